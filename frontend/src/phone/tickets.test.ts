import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { earlierTickets, forget, keepApart, remember, ticketFor } from './tickets';

beforeEach(() => localStorage.clear());
afterEach(() => vi.restoreAllMocks());

test('the ticket used at this poster last is offered', () => {
  remember({ secret: 'a', name: 'Ada', title: 'Supper', poster: 'p1' });
  remember({ secret: 'b', name: 'Bo', title: 'Supper', poster: 'p1' });
  expect(ticketFor('p1', 'Supper')?.name).toBe('Bo');
});

test('a ticket opened by its link is offered at the poster of the same event', () => {
  remember({ secret: 'a', name: 'Ada', title: 'Supper' });
  expect(ticketFor('p1', 'Supper')).toEqual({ secret: 'a', name: 'Ada', title: 'Supper', poster: null });
  expect(ticketFor('p1', 'Breakfast')).toBeNull();
});

test('a ticket of last week is not offered at the poster of this week', () => {
  remember({ secret: 'a', name: 'Ada', title: 'Supper', poster: 'last-week' });
  expect(ticketFor('this-week', 'Supper')).toBeNull();
});

test('opening the link later does not forget the poster', () => {
  remember({ secret: 'a', name: 'Ada', title: 'Supper', poster: 'p1' });
  remember({ secret: 'a', name: 'Ada Lovelace', title: 'Supper' });
  expect(ticketFor('p1', 'x')).toEqual({ secret: 'a', name: 'Ada Lovelace', title: 'Supper', poster: 'p1' });
});

test('a forgotten ticket is not offered', () => {
  remember({ secret: 'a', name: 'Ada', title: 'Supper', poster: 'p1' });
  forget('a');
  expect(ticketFor('p1', 'Supper')).toBeNull();
});

test('a browser that forbids storage remembers nothing and breaks nothing', () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('forbidden', 'SecurityError');
  });
  remember({ secret: 'a', name: 'Ada', title: 'Supper', poster: 'p1' });
  expect(ticketFor('p1', 'Supper')).toBeNull();
});

test('what another page left under our key does not break ours', () => {
  localStorage.setItem('tablemates.tickets', '{not json');
  expect(ticketFor('p1', 'Supper')).toBeNull();
});

test('a ticket that the poster of another evening refused is not offered there again, and stays', () => {
  remember({ secret: 'one', name: 'Ada', title: 'Supper' });
  keepApart('one', 'other');
  expect(ticketFor('other', 'Supper')).toBeNull();
  expect(ticketFor('mine', 'Supper')?.secret).toBe('one');
  remember({ secret: 'one', name: 'Ada', title: 'Supper' });
  expect(ticketFor('other', 'Supper')).toBeNull();
});

test('tickets of earlier evenings are those that bear the same name, the newest first', () => {
  for (const [secret, name] of [['one', 'Ada'], ['two', 'Bo'], ['three', ' ADA'], ['four', 'Ada']] as const) {
    remember({ secret, name, title: secret });
  }
  expect([earlierTickets('four', 'Ada'), earlierTickets('two', 'Bo')]).toEqual([['three', 'one'], []]);
});
