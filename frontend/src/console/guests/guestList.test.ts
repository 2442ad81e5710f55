import { expect, it } from 'vitest';
import { at, attendee } from '../fixtures';
import { filterCounts, guestList, ticketState, type GuestQuery } from './guestList';

const guests = [
  attendee('Zoë Dubois', { company: 'Grün AG', interests: ['Urban farming'] }),
  attendee('ada Lovelace', { present_since: at('18:02') }),
  attendee('Bo', { present_since: at('18:09') }),
  attendee('Cy', { status: 'cancelled' }),
  attendee('Di', { status: 'blocked' }),
  attendee('Guest of Bo', { email: '' }),
  attendee('Eve', { ticket: { mailed_at: at('12:00') } }),
  attendee('Fay', { ticket: null, trade: 'Roof gardener', host: true, first_timer: true, needs: ['quiet'] }),
];

const found = (query: Partial<GuestQuery>) =>
  guestList(guests, { search: '', filter: 'all', sort: 'name', ...query }).map((guest) => guest.name);

it('sorts by name without regard to capitals', () => {
  expect(found({})).toEqual(['ada Lovelace', 'Bo', 'Cy', 'Di', 'Eve', 'Fay', 'Guest of Bo', 'Zoë Dubois']);
});

it('sorts by arrival, the latest first, then those who are not here', () => {
  expect(found({ sort: 'arrival' })).toEqual(['Bo', 'ada Lovelace', 'Cy', 'Di', 'Eve', 'Fay', 'Guest of Bo', 'Zoë Dubois']);
});

it('finds by every word, anywhere, without accents', () => {
  expect(found({ search: ' FARMING grun ' })).toEqual(['Zoë Dubois']);
  expect(found({ search: 'farming lovelace' })).toEqual([]);
  expect(found({ search: 'gardener' })).toEqual(['Fay']);
});

it('the filters split the guests', () => {
  expect(found({ filter: 'here' })).toEqual(['ada Lovelace', 'Bo']);
  expect(found({ filter: 'expected' })).toEqual(['Eve', 'Fay', 'Guest of Bo', 'Zoë Dubois']);
  expect((['hosts', 'first_timers', 'needs'] as const).map((filter) => found({ filter }))).toEqual([['Fay'], ['Fay'], ['Fay']]);
  expect(found({ filter: 'away' })).toEqual(['Cy', 'Di']);
});

it('who gets the next mails is registered, has an address and no mail yet', () => {
  expect(found({ filter: 'not_mailed' })).toEqual(['ada Lovelace', 'Bo', 'Zoë Dubois']);
});

it('the state of a ticket says why somebody has no mail', () => {
  const states = Object.fromEntries(guests.map((guest) => [guest.name, ticketState(guest)]));
  expect([states.Fay, states['Guest of Bo'], states.Bo, states.Eve]).toEqual(['none', 'no_address', 'not_mailed', 'mailed']);
});

it('counts say what each filter will show', () => {
  expect(filterCounts(guests)).toEqual({ all: 8, here: 2, expected: 4, not_mailed: 3, hosts: 1, first_timers: 1, needs: 1, away: 2 });
});
