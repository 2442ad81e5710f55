import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { checkIn } from './check-in';

const fetched = vi.fn<typeof fetch>();
const bodies = () => fetched.mock.calls.map(([, init]) => JSON.parse(String(init!.body)) as { nonce: string; ticket: string });
const entry = () => new Response('{"code":"entry","outcome":"entry","message":"Welcome","ticket":"s"}', { status: 201 });

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', fetched);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  fetched.mockReset();
});

test('a lost connection is waited out and every try is the same scan', async () => {
  fetched.mockRejectedValueOnce(new TypeError('offline'));
  fetched.mockResolvedValueOnce(new Response('busy', { status: 503 }));
  fetched.mockResolvedValueOnce(entry());
  let waits = 0;
  const answer = checkIn('7kd2', { ticket: 'abc' }, () => waits++, new AbortController().signal);
  await vi.runAllTimersAsync();
  expect((await answer).outcome).toBe('entry');
  expect(waits).toBe(2);
  expect(bodies().map(({ ticket }) => ticket)).toEqual(['abc', 'abc', 'abc']);
  expect(new Set(bodies().map(({ nonce }) => nonce)).size).toBe(1);
});

test('two check-ins are two scans', async () => {
  fetched.mockImplementation(async () => entry());
  const { signal } = new AbortController();
  await checkIn('7kd2', { ticket: 'abc' }, () => undefined, signal);
  await checkIn('7kd2', { ticket: 'abc' }, () => undefined, signal);
  expect(new Set(bodies().map(({ nonce }) => nonce)).size).toBe(2);
});

test('a refusal is not tried again', async () => {
  fetched.mockResolvedValue(new Response('{"code":"cancelled","message":"This place was given back."}', { status: 409 }));
  const answer = checkIn('7kd2', { ticket: 'abc' }, () => undefined, new AbortController().signal);
  await expect(answer).rejects.toMatchObject({ code: 'cancelled', status: 409 });
  expect(fetched).toHaveBeenCalledTimes(1);
});

test('going back stops trying', async () => {
  fetched.mockRejectedValue(new TypeError('offline'));
  const giveUp = new AbortController();
  void checkIn('7kd2', { ticket: 'abc' }, () => giveUp.abort(), giveUp.signal);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(fetched).toHaveBeenCalledTimes(1);
});
