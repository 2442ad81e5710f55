/** What the tests of the console's pages share. */
import { vi } from 'vitest';
import type { ConsoleState } from '../live/contract';
import { Evening } from './evening.svelte';

export interface Request {
  path: string;
  body: unknown;
}

/** A server that answers what it is told to, and remembers what it was asked. What else a page reads comes to nothing. */
export function server(answers: Record<string, { status: number; body?: object }>): Request[] {
  const asked: Request[] = [];
  vi.stubGlobal('fetch', (path: string, options: RequestInit) => {
    if (!(path in answers) && !options.body) return Promise.reject(new TypeError('nothing there'));
    asked.push({ path, body: options.body ? JSON.parse(String(options.body)) : null });
    const { status, body } = answers[path]!;
    return Promise.resolve(new Response(body ? JSON.stringify(body) : null, { status }));
  });
  return asked;
}

export function live(state: ConsoleState, now: number): Evening {
  const evening = new Evening(state.event.id);
  evening.line.state = state;
  evening.line.status = 'live';
  evening.line.now = now;
  return evening;
}

/** jsdom lays nothing out, so no width ever changes. */
export function giveWidths(): void {
  vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} });
}

/** jsdom has the element, and not its methods. Like a browser's, they give the focus back. */
export function giveDialogsMethods(): void {
  const openers = new WeakMap<HTMLDialogElement, Element | null>();
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    openers.set(this, document.activeElement);
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function (this: HTMLDialogElement) {
    if (!this.open) return;
    this.open = false;
    (openers.get(this) as HTMLElement | null)?.focus();
    this.dispatchEvent(new Event('close'));
  };
}
