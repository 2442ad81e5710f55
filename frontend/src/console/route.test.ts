import { describe, expect, it } from 'vitest';
import { hrefOf, parseRoute, type Route } from './route';

const routes: Exclude<Route, { page: 'missing' }>[] = [
  { page: 'events' },
  { page: 'team' },
  { page: 'room', event: '01k9' },
  { page: 'guests', event: '01k9' },
  { page: 'door', event: '01k9' },
  { page: 'tables', event: '01k9' },
  { page: 'outcome', event: '01k9' },
  { page: 'settings', event: '01k9' },
];

describe('routes', () => {
  it.each(routes)('the address of $page leads back to it', (route) => {
    expect(parseRoute(hrefOf(route))).toEqual(route);
  });

  it('a missing slash at the end changes nothing', () => {
    expect(parseRoute('/console')).toEqual({ page: 'events' });
    expect(parseRoute('/console/events/01k9/door')).toEqual({ page: 'door', event: '01k9' });
  });

  it.each(['/', '/console/elsewhere/', '/console/events/', '/console/events/01k9/chairs/', '/console/events/01k9/door/x/', '/console/team/x/'])(
    '%s is a page that does not exist',
    (path) => {
      expect(parseRoute(path)).toEqual({ page: 'missing' });
    },
  );
});
