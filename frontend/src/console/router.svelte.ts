/** Which page is shown. Links are real links: plain clicks stay in the page, everything else is the browser's. */
import { tick } from 'svelte';
import { parseRoute, type Route } from './route';

export class Router {
  route = $state.raw<Route>(parseRoute(location.pathname));

  readonly go = (href: string): void => {
    history.pushState(null, '', href);
    this.route = parseRoute(location.pathname);
    scrollTo(0, 0);
    // A screen reader hears of a new page when the focus moves there.
    void tick().then(() => document.getElementById('content')?.focus({ preventScroll: true }));
  };

  readonly back = (): void => {
    this.route = parseRoute(location.pathname);
  };

  readonly click = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest('a');
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (parseRoute(link.pathname).page === 'missing') return;
    event.preventDefault();
    this.go(link.pathname);
  };
}
