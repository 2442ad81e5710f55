/** The console's paths: what an address means and how to write one. */

export type Route =
  | { page: 'events' }
  | { page: 'room' | 'guests' | 'door'; event: string }
  | { page: 'missing' };

const EVENT_PATH = /^\/console\/events\/([^/]+)\/(?:(guests|door)\/)?$/;

export function parseRoute(pathname: string): Route {
  const path = pathname.endsWith('/') ? pathname : `${pathname}/`;
  if (path === '/console/') return { page: 'events' };
  const match = EVENT_PATH.exec(path);
  if (!match?.[1]) return { page: 'missing' };
  return { page: (match[2] as 'guests' | 'door' | undefined) ?? 'room', event: match[1] };
}

export function hrefOf(route: Exclude<Route, { page: 'missing' }>): string {
  if (route.page === 'events') return '/console/';
  const room = `/console/events/${route.event}/`;
  return route.page === 'room' ? room : `${room}${route.page}/`;
}
