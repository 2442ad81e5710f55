import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeDeeds } from './testing';

const fetched = vi.fn<typeof fetch>();
let up: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  up = true;
  fetched.mockImplementation(async () => {
    if (!up) throw new TypeError('Failed to fetch');
    return new Response('{}');
  });
  vi.stubGlobal('fetch', fetched);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  fetched.mockReset();
});

const sent = () => fetched.mock.calls.map(([path, init]) => [path, JSON.parse(String(init!.body))] as const);

test('each tap is one request', async () => {
  const deeds = makeDeeds();
  deeds.wish('draw_me_in');
  deeds.met(4);
  deeds.profile.save({ trade: 'Weaver' });
  await vi.runAllTimersAsync();
  expect(sent()).toEqual([
    ['/api/v1/me/wish', { kind: 'draw_me_in' }],
    ['/api/v1/me/errand/done', { id: 4 }],
    ['/api/v1/me', { trade: 'Weaver' }],
  ]);
});

test('in a tunnel a wish waits, says so, and only the last one counts', async () => {
  const deeds = makeDeeds();
  up = false;
  deeds.wish('sit_out');
  await vi.advanceTimersByTimeAsync(100);
  expect([deeds.waiting, deeds.going]).toEqual([true, false]);
  deeds.wish(null);
  up = true;
  fetched.mockClear();
  await vi.runAllTimersAsync();
  expect([sent(), deeds.waiting]).toEqual([[['/api/v1/me/wish', { kind: null }]], false]);
});

test('leaving is tried until it is answered, always as the same leaving', async () => {
  const deeds = makeDeeds();
  up = false;
  deeds.leave();
  await vi.advanceTimersByTimeAsync(5000);
  expect([deeds.going, deeds.waiting]).toEqual([true, true]);
  up = true;
  await vi.runAllTimersAsync();
  expect(deeds.going).toBe(false);
  expect(new Set(sent().map(([, body]) => body.nonce)).size).toBe(1);
  expect(sent().length).toBeGreaterThan(2);
});

test('what the server refuses is said and not tried again', async () => {
  const deeds = makeDeeds();
  const words = { code: 'not_here', message: 'Check in first.' };
  fetched.mockImplementation(async () => new Response(JSON.stringify(words), { status: 409 }));
  deeds.wish('draw_me_in');
  await vi.runAllTimersAsync();
  expect([deeds.refusal?.message, fetched.mock.calls.length]).toEqual(['Check in first.', 1]);
});
