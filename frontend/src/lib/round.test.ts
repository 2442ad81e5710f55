import { expect, test } from 'vitest';
import type { RoundClock } from '../live/contract';
import { minutesAndSeconds, standing } from './round';

const at = (clock: string) => Date.parse(`2026-03-14T${clock}.000Z`);

const round: RoundClock = {
  id: 'r',
  number: 1,
  kind: 'timed',
  status: 'published',
  starts_at: '2026-03-14T18:10:00.000Z',
  ends_at: '2026-03-14T18:25:00.000Z',
  paused_at: null,
  patience: null,
};

test('before the start people gather', () => {
  expect(standing(round, at('18:07:50'))).toEqual({ phase: 'gather', paused: false, left: 130_000 });
});

test('from the start on they talk', () => {
  expect(standing(round, at('18:10:00'))).toEqual({ phase: 'talk', paused: false, left: 900_000 });
});

test('at the end it is done even before the server says so', () => {
  expect(standing(round, at('18:25:00'))).toEqual({ phase: 'done', paused: false, left: null });
});

test('a paused clock stands still', () => {
  const paused = { ...round, paused_at: '2026-03-14T18:20:00.000Z' };
  expect(standing(paused, at('18:24:00'))).toEqual({ phase: 'talk', paused: true, left: 300_000 });
  expect(standing(paused, at('19:00:00'))).toEqual({ phase: 'talk', paused: true, left: 300_000 });
});

test('a rolling round has no clock', () => {
  const rolling: RoundClock = { ...round, number: 0, kind: 'rolling', starts_at: null, ends_at: null };
  expect(standing(rolling, at('18:00:00'))).toEqual({ phase: 'open', paused: false, left: null });
});

test('an ended round is done whatever its times', () => {
  expect(standing({ ...round, status: 'done' }, at('18:12:00'))).toEqual({ phase: 'done', paused: false, left: null });
});

test('time left reads as minutes and seconds, rounded up', () => {
  expect([130_000, 129_001, 59_999, 1, 0, -5, 3_600_000].map(minutesAndSeconds)).toEqual([
    '2:10',
    '2:10',
    '1:00',
    '0:01',
    '0:00',
    '0:00',
    '60:00',
  ]);
});
