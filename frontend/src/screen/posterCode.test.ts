import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PosterCode } from './posterCode.svelte';

const fetched = vi.fn<typeof fetch>();
const NOW = Date.parse('2026-03-14T18:00:10.000Z');
const answer = (stamp: string, refresh_at: string | null) => async () =>
  new Response(JSON.stringify({ url: `https://h.org/e/7kd2${stamp}`, svg: `<svg>${stamp}</svg>`, refresh_at }));
const rotating = (stamp: string, clock: string) => answer(`#${stamp}`, `2026-03-14T18:${clock}.000Z`);
const picture = (stamp: string) => `data:image/svg+xml,${encodeURIComponent(`<svg>${stamp}</svg>`)}`;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  vi.stubGlobal('fetch', fetched);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  fetched.mockReset();
});

async function at(code: PosterCode, seconds: number, away = false): Promise<void> {
  vi.setSystemTime(NOW + seconds * 1000);
  code.tick(NOW + seconds * 1000, away);
  await vi.advanceTimersByTimeAsync(0);
}

test('a poster on paper is asked for once, and may be typed instead', async () => {
  fetched.mockImplementation(answer('', null));
  const code = new PosterCode('Screen s');
  for (const seconds of [0, 1, 3600]) await at(code, seconds);
  expect(fetched).toHaveBeenCalledTimes(1);
  expect([code.picture, code.address, code.secondsLeft]).toEqual([picture(''), 'h.org/e/7kd2', null]);
});

test('a poster on paper stays while the server is away', async () => {
  fetched.mockImplementation(answer('', null));
  const code = new PosterCode('Screen s');
  await at(code, 0);
  await at(code, 60, true);
  expect(code.picture).toBe(picture(''));
});

test('a rotating one is fetched anew when it changes, and cannot be typed', async () => {
  fetched.mockImplementationOnce(rotating('A', '00:30')).mockImplementationOnce(rotating('B', '01:00'));
  const code = new PosterCode('Screen s');
  await at(code, 0);
  await at(code, 8.5);
  expect([code.picture, code.secondsLeft, code.address]).toEqual([picture('#A'), 12, '']);
  await at(code, 20);
  expect([code.picture, code.secondsLeft]).toEqual([picture('#B'), 30]);
  expect(fetched).toHaveBeenCalledTimes(2);
});

test('a rotating one that is old is not shown, and comes back by itself', async () => {
  fetched.mockImplementationOnce(rotating('A', '00:30')).mockRejectedValue(new TypeError('offline'));
  const code = new PosterCode('Screen s');
  await at(code, 0);
  await at(code, 24);
  expect(code.picture).toBe(picture('#A'));
  await at(code, 26);
  expect([code.picture, code.secondsLeft]).toEqual([null, null]);
  fetched.mockImplementation(rotating('C', '05:00'));
  await at(code, 260);
  await at(code, 260);
  expect(code.picture).toBe(picture('#C'));
});

test('a rotating one is taken down as soon as the server is silent', async () => {
  fetched.mockImplementation(rotating('A', '00:30'));
  const code = new PosterCode('Screen s');
  await at(code, 0);
  await at(code, 12, true);
  expect(code.picture).toBeNull();
});

test('a server that does not answer is asked less and less often', async () => {
  fetched.mockRejectedValue(new TypeError('offline'));
  const code = new PosterCode('Screen s');
  for (let seconds = 0; seconds < 60; seconds += 0.25) await at(code, seconds);
  expect(fetched.mock.calls.length).toBeLessThan(60);
});

test('when the organiser changes its kind it is asked for at once', async () => {
  fetched.mockImplementationOnce(answer('', null)).mockImplementationOnce(rotating('A', '00:30'));
  const code = new PosterCode('Screen s');
  await at(code, 0);
  await code.renew();
  expect(code.rotating).toBe(true);
});
