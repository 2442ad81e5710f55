/** The console's paths: what an address means and how to write one. */

const PARTS = ['guests', 'door', 'tables', 'outcome', 'settings'] as const;

/** A page of one event. */
export type EventPage = 'room' | (typeof PARTS)[number];

export type Route = { page: 'events' } | { page: 'team' } | { page: EventPage; event: string } | { page: 'missing' };

const EVENT_PATH = new RegExp(`^/console/events/([^/]+)/(?:(${PARTS.join('|')})/)?$`);

export function parseRoute(pathname: string): Route {
  const path = pathname.endsWith('/') ? pathname : `${pathname}/`;
  if (path === '/console/') return { page: 'events' };
  if (path === '/console/team/') return { page: 'team' };
  const match = EVENT_PATH.exec(path);
  if (!match?.[1]) return { page: 'missing' };
  return { page: (match[2] as EventPage | undefined) ?? 'room', event: match[1] };
}

export function hrefOf(route: Exclude<Route, { page: 'missing' }>): string {
  if (route.page === 'events') return '/console/';
  if (route.page === 'team') return '/console/team/';
  const room = `/console/events/${route.event}/`;
  return route.page === 'room' ? room : `${room}${route.page}/`;
}
