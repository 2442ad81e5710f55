import { describe, expect, it } from 'vitest';
import { timeOfDay } from '../../lib/time';
import { at, station } from '../fixtures';
import { ago, isSilent, sorted, statusOf } from './contact';

const now = Date.parse(at('18:10'));

describe('the last contact', () => {
  it.each([
    [-3, '0 s ago'],
    [12, '12 s ago'],
    [59, '59 s ago'],
    [60, '1 min ago'],
    [3599, '59 min ago'],
  ])('of %i seconds before is %s', (seconds, words) => {
    expect(ago(at('18:10'), now + seconds * 1000)).toBe(words);
  });

  it('from an hour on is told by the clock', () => {
    expect(ago(at('18:10'), now + 3_600_000)).toBe(`at ${timeOfDay(at('18:10'))}`);
  });
});

it('a scanner in use is silent after two minutes, and no other ever is', () => {
  const silent = (changes: object, seconds: number) => isSilent(station('Side door', changes), now + seconds * 1000);
  expect([silent({}, 119), silent({}, 120)]).toEqual([false, true]);
  expect([silent({ status: 'revoked' }, 900), silent({ status: 'expired' }, 900), silent({ status: 'waiting', seen_at: null }, 900)]).toEqual([
    false,
    false,
    false,
  ]);
});

it('the hours of a scanner end by the clock, without a word from the server', () => {
  const ends = Date.parse(at('23:00'));
  expect([statusOf(station('Side door'), ends - 1), statusOf(station('Side door'), ends)]).toEqual(['active', 'expired']);
  expect(statusOf(station('Side door', { status: 'revoked' }), ends)).toBe('revoked');
});

it('scanners that scan come first, then those that wait for their device', () => {
  const stations = [station('B'), station('a', { status: 'waiting' }), station('d', { status: 'revoked' }), station('C', { status: 'expired' })];
  const { current, past } = sorted(stations, now);
  expect([current.map(({ id }) => id), past.map(({ id }) => id)]).toEqual([
    ['B', 'a'],
    ['C', 'd'],
  ]);
});
