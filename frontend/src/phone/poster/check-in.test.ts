import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { beginScan, checkIn as send, endScan, interruptedScan, type Person } from './check-in';

const fetched = vi.fn<typeof fetch>();
const bodies = () => fetched.mock.calls.map(([, init]) => JSON.parse(String(init!.body)) as { nonce: string; ticket: string });
const entry = () => new Response('{"code":"entry","outcome":"entry","message":"Welcome","ticket":"s"}', { status: 201 });

const checkIn = (code: string, person: Person, onwaiting: () => void, signal: AbortSignal) =>
  send(code, beginScan(code, person, ''), null, onwaiting, signal);

beforeEach(() => {
  sessionStorage.clear();
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
  expect((await answer).code).toBe('entry');
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

test('what is not in our words is no answer: the venue asks to sign in to its network first', async () => {
  fetched.mockResolvedValueOnce(new Response('<html>Welcome to the venue</html>'));
  fetched.mockResolvedValueOnce(entry());
  const answer = checkIn('7kd2', { ticket: 'abc' }, () => undefined, new AbortController().signal);
  await vi.runAllTimersAsync();
  expect((await answer).code).toBe('entry');
});

test('a server that says no in our words is not asked again', async () => {
  fetched.mockResolvedValue(new Response('{"code":"mail_failed","message":"Not now."}', { status: 503 }));
  const answer = checkIn('7kd2', { ticket: 'abc' }, () => undefined, new AbortController().signal);
  await expect(answer).rejects.toMatchObject({ code: 'mail_failed' });
});

test('a network that is back is used at once', async () => {
  fetched.mockRejectedValueOnce(new TypeError('offline'));
  fetched.mockResolvedValueOnce(entry());
  const answer = checkIn('7kd2', { ticket: 'abc' }, () => undefined, new AbortController().signal);
  await vi.advanceTimersByTimeAsync(0);
  dispatchEvent(new Event('online'));
  expect((await answer).code).toBe('entry');
});

test('a scan that a reload interrupted is the same one afterwards, until it has its answer or is too old', () => {
  const scan = beginScan('7kd2', { ticket: 'abc' }, 'Ada');
  expect(interruptedScan('7kd2')).toEqual(scan);
  expect(interruptedScan('other')).toBeNull();
  vi.advanceTimersByTime(16 * 60_000);
  expect(interruptedScan('7kd2')).toBeNull();
  beginScan('7kd2', { ticket: 'abc' }, 'Ada');
  endScan('7kd2');
  expect(interruptedScan('7kd2')).toBeNull();
});

test('a code by mail is checked at its own address, with the pass of a rotating poster', async () => {
  fetched.mockImplementation(async () => entry());
  const scan = beginScan('7kd2', { email: 'a@b.c', mail_code: '123456' }, '');
  await send('7kd2', scan, 'pass', () => undefined, new AbortController().signal);
  const [[path, init]] = fetched.mock.calls as [[string, RequestInit]];
  expect(path).toBe('/api/v1/posters/7kd2/mail-code/check');
  expect(JSON.parse(String(init.body))).toEqual({ nonce: scan.nonce, pass: 'pass', email: 'a@b.c', mail_code: '123456' });
});
