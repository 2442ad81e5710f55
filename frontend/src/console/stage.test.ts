import { describe, expect, it } from 'vitest';
import { at, evening, round } from './fixtures';
import { nextNumber, stageOf, undoLeft } from './stage';

const now = Date.parse(at('18:35'));
const nameAt = (state: Parameters<typeof stageOf>[0], clock: string) => stageOf(state, Date.parse(at(clock))).name;

describe('the stage of the evening', () => {
  it('follows the doors', () => {
    expect(stageOf(evening({}, { phase: 'planned' }), now)).toEqual({ name: 'planned' });
    expect(stageOf(evening(), now)).toEqual({ name: 'open', next: 1 });
    expect(stageOf(evening({ rounds: [round('r1')] }, { phase: 'ended' }), now)).toEqual({ name: 'ended' });
  });

  it('is rolling as soon as tables may form, even before the first one has', () => {
    expect(stageOf(evening({}, { rolling: true }), now)).toEqual({ name: 'rolling', round: null, next: 1 });
  });

  it('a draft comes before rolling tables', () => {
    const draft = round('r1', { status: 'draft', starts_at: null, ends_at: null });
    expect(stageOf(evening({ rounds: [draft] }, { rolling: true }), now)).toEqual({ name: 'draft', draft });
  });

  it('follows the clock of a round: gather, talk, time up', () => {
    const state = evening({ rounds: [round('r1')] });
    expect(['18:29', '18:35', '18:46'].map((clock) => nameAt(state, clock))).toEqual(['gather', 'talk', 'time_up']);
  });

  it('stands still while the round is paused, however late it gets', () => {
    expect(nameAt(evening({ rounds: [round('r1', { paused_at: at('18:40') })] }), '19:30')).toBe('paused');
  });

  it('a draft waits while people talk and is next when time is up', () => {
    const draft = round('r2', { number: 2, status: 'draft', starts_at: null, ends_at: null });
    const state = evening({ rounds: [round('r1'), draft] });
    expect(['18:35', '18:46'].map((clock) => nameAt(state, clock))).toEqual(['talk', 'draft']);
  });

  it('a timed round is shown before the rolling one', () => {
    const rolling = round('r0', { number: 0, kind: 'rolling', starts_at: null, ends_at: null });
    expect(nameAt(evening({ rounds: [rolling, round('r1')] }, { rolling: true }), '18:35')).toBe('talk');
  });
});

it('a publish can be taken back for a minute', () => {
  const left = (changes: Parameters<typeof round>[1]) => undoLeft(round('r1', changes), now);
  const published = new Date(now - 20_000).toISOString();
  expect([
    left({ published_at: published }),
    left({ published_at: new Date(now - 61_000).toISOString() }),
    left({ published_at: published, status: 'done' }),
    left({}),
  ]).toEqual([40_000, 0, 0, 0]);
});

it('the next round counts on from the published ones, and a draft does not count', () => {
  const draft = round('r2', { number: 2, status: 'draft' });
  expect(nextNumber(evening({ rounds: [round('r1', { status: 'done' }), draft] }))).toBe(2);
});
