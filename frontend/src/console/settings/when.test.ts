import { expect, it } from 'vitest';
import { clockAt, momentOf, zones } from './when';

it.each([
  ['2026-03-14T18:05:00.000Z', 'Europe/Berlin', { day: '2026-03-14', clock: '19:05' }],
  ['2026-07-14T18:05:00.000Z', 'Europe/Berlin', { day: '2026-07-14', clock: '20:05' }],
  ['2026-03-14T23:30:00.000Z', 'Asia/Kolkata', { day: '2026-03-15', clock: '05:00' }],
  ['2026-03-15T02:30:00.000Z', 'America/New_York', { day: '2026-03-14', clock: '22:30' }],
  ['2026-01-01T00:00:00.000Z', 'UTC', { day: '2026-01-01', clock: '00:00' }],
])('%s is what clocks in %s show, and back', (time, zone, shown) => {
  expect(clockAt(time, zone)).toEqual(shown);
  expect(momentOf(shown, zone)).toBe(time);
});

it('an hour before and after the clocks change is right', () => {
  for (const clock of ['01:30', '03:30']) {
    expect(clockAt(momentOf({ day: '2026-03-29', clock }, 'Europe/Berlin'), 'Europe/Berlin').clock).toBe(clock);
  }
});

it('no moment is an empty clock', () => {
  expect(clockAt(null, 'Europe/Berlin')).toEqual({ day: '', clock: '' });
});

it('a zone that the browser does not know is offered, and counted as UTC', () => {
  expect(zones('Moon/Tranquility')).toContain('Moon/Tranquility');
  expect(clockAt('2026-03-14T18:05:00.000Z', 'Moon/Tranquility').clock).toBe('18:05');
});
