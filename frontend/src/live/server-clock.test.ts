import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ServerClock } from './server-clock';

const DEVICE = Date.parse('2026-03-14T12:00:00.000Z');

beforeEach(() => vi.useFakeTimers({ now: DEVICE }));
afterEach(() => vi.useRealTimers());

test('before the server speaks the device is believed', () => {
  expect(new ServerClock().now()).toBe(DEVICE);
});

test('a device that is two hours slow shows the server time', () => {
  const clock = new ServerClock();
  clock.hear('2026-03-14T14:00:00.000Z');
  vi.setSystemTime(DEVICE + 60_000);
  expect(clock.now()).toBe(Date.parse('2026-03-14T14:01:00.000Z'));
});

test('a message that was long under way does not turn the clock back', () => {
  const clock = new ServerClock();
  clock.hear('2026-03-14T12:00:00.000Z');
  clock.hear('2026-03-14T11:59:57.000Z');
  expect(clock.now()).toBe(DEVICE);
});

test('readings older than the last six are forgotten', () => {
  const clock = new ServerClock();
  clock.hear('2026-03-14T12:00:30.000Z');
  for (let i = 0; i < 6; i++) clock.hear('2026-03-14T12:00:00.000Z');
  expect(clock.now()).toBe(DEVICE);
});
