import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeServer } from '../afterwards/testing';
import { remember } from '../tickets';
import { recognise } from './recognise';

let server: FakeServer;

beforeEach(() => {
  localStorage.clear();
  server = new FakeServer();
  server.verdict = () => new Response('{"remembered":false}');
  remember({ secret: 'first', name: 'Ada Lovelace', title: 'Supper' });
  remember({ secret: 'lent', name: 'Bo', title: 'Supper' });
  remember({ secret: 'second', name: 'ada lovelace ', title: 'Breakfast' });
  remember({ secret: 'new', name: 'Ada Lovelace', title: 'Tea' });
});

afterEach(() => vi.unstubAllGlobals());

test('a new ticket shows those of earlier evenings that bear the same name, once', async () => {
  await recognise('new', 'Ada Lovelace');
  await recognise('new', 'Ada Lovelace');
  expect(server.written).toEqual([['POST', 'memory/recognise', { earlier: ['second', 'first'] }]]);
  expect(server.fetched.mock.calls[0]![1]!.headers).toMatchObject({ Authorization: 'Ticket new' });
});

test('a phone that holds no other ticket of this name asks nothing', async () => {
  await recognise('lent', 'Bo');
  expect(server.fetched).not.toHaveBeenCalled();
});

test.each([
  ['without a connection', null],
  ['when the server has trouble', () => FakeServer.refused(500, 'broken', 'Oh.')],
])('%s it stays quiet, and is tried again another time', async (_, verdict) => {
  server.verdict = verdict;
  await recognise('new', 'Ada Lovelace');
  server.verdict = FakeServer.taken;
  await recognise('new', 'Ada Lovelace');
  await recognise('new', 'Ada Lovelace');
  expect(server.written.length).toBe(2);
});
