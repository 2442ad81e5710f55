import { expect, it } from 'vitest';
import { at, attendee } from '../fixtures';
import { filterCounts, guestList, type GuestQuery } from './guestList';

const guests = [
  attendee('Zoë Dubois', { company: 'Grün AG', interests: ['Urban farming'] }),
  attendee('ada Lovelace', { present_since: at('18:02') }),
  attendee('Bo', { present_since: at('18:09') }),
  attendee('Cy', { status: 'cancelled' }),
];

const found = (query: Partial<GuestQuery>) =>
  guestList(guests, { search: '', filter: 'all', sort: 'name', ...query }).map((guest) => guest.name);

it('sorts by name without regard to capitals', () => {
  expect(found({})).toEqual(['ada Lovelace', 'Bo', 'Cy', 'Zoë Dubois']);
});

it('sorts by arrival, the latest first, then those who are not here', () => {
  expect(found({ sort: 'arrival' })).toEqual(['Bo', 'ada Lovelace', 'Cy', 'Zoë Dubois']);
});

it('finds by every word, anywhere, without accents', () => {
  expect(found({ search: ' FARMING grun ' })).toEqual(['Zoë Dubois']);
  expect(found({ search: 'farming lovelace' })).toEqual([]);
});

it('the filters split the guests', () => {
  expect(found({ filter: 'here' })).toEqual(['ada Lovelace', 'Bo']);
  expect(found({ filter: 'expected' })).toEqual(['Zoë Dubois']);
  expect(found({ filter: 'cancelled' })).toEqual(['Cy']);
});

it('counts say what each filter will show', () => {
  expect(filterCounts(guests)).toEqual({ all: 4, here: 2, expected: 1, cancelled: 1 });
});
