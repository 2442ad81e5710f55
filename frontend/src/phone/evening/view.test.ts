import { describe, expect, test } from 'vitest';
import type { PhoneState } from '../../live/contract';
import { phoneState as state, rolling, round, seat } from './testing';
import { patienceLeft, shared, spoken, untilEnd, viewOf } from './view';

const at = (clock: string) => Date.parse(`2026-03-14T${clock}.000Z`);
const EARLY = at('18:07:00');
const TALKING = at('18:12:00');
const LATE = at('18:23:30');
const OVER = at('18:26:00');

const restful = { kind: 'sit_out', since: '2026-03-14T18:05:00.000Z' } as const;
const drawn = { ...restful, kind: 'draw_me_in' } as const;
const returned = (phone: PhoneState): PhoneState => ({
  ...phone,
  me: { ...phone.me, present_since: '2026-03-14T18:25:30.000Z' },
});

describe('the view', () => {
  const cases: [string, PhoneState, number, string][] = [
    ['somebody not in the room sees the ticket', state({}, false), EARLY, 'ticket'],
    ['somebody who left in mid-round sees the ticket', state({ round, seat }, false), TALKING, 'ticket'],
    ['without a round one waits', state(), EARLY, 'waiting'],
    ['with a seat one goes to the table before the start', state({ round, seat }), EARLY, 'table'],
    ['with a seat one sits at the table while the round runs', state({ round, seat }), TALKING, 'table'],
    ['a seat of a rolling table has no end', state({ round: rolling, seat }), OVER, 'table'],
    ['while tables open on their own, waiting is waiting', state({ round: rolling }), EARLY, 'waiting'],
    ['without a seat a timed round is sat out', state({ round }), TALKING, 'sitting_out'],
    ['also while the others are on their way', state({ round }), EARLY, 'sitting_out'],
    ['who wished to sit out rests while the round runs', state({ round, wish: restful }), TALKING, 'resting'],
    ['also while tables form, and between rounds', state({ round: rolling, wish: restful }), EARLY, 'resting'],
    ['before any round too', state({ wish: restful }), EARLY, 'resting'],
    ['after a round, who sits out the next one rests', state({ round, seat, wish: restful }), OVER, 'resting'],
    ['at the table they still sit', state({ round, seat, wish: restful }), TALKING, 'table'],
    ['who wants to be drawn in waits as before', state({ round: rolling, wish: drawn }), EARLY, 'waiting'],
    ['also in a round that is full', state({ round, wish: drawn }), TALKING, 'sitting_out'],
    ['when time is up the table is thanked', state({ round, seat }), OVER, 'after'],
    ['a round that was sat out and is over leaves one waiting', state({ round }), OVER, 'waiting'],
    ['a round ended early is over', state({ round: { ...round, status: 'done' }, seat }), TALKING, 'after'],
    ['who comes back after the round waits for the next', returned(state({ round, seat })), OVER, 'waiting'],
    ['after the evening there are thanks', state({ event: { title: '', phase: 'ended', topics: [], series: null }, round, seat }), OVER, 'ended'],
  ];
  test.each(cases)('%s', (_, given, now, view) => expect(viewOf(given, now)).toBe(view));
});

describe('what is read out', () => {
  const seated = state({ round, seat });
  const cases: [string, PhoneState, number, string][] = [
    ['waiting is silent', state(), EARLY, ''],
    ['a seat says where to go', seated, EARLY, 'Go to table 7: Night trains.'],
    ['a seat at a rolling table says where to go', state({ round: rolling, seat }), TALKING, 'Go to table 7: Night trains.'],
    ['the start', seated, TALKING, 'Your round at table 7 has begun.'],
    ['two minutes before the end', seated, LATE, 'Two minutes left.'],
    ['the end', seated, OVER, 'The round is over. Thank your table.'],
    ['a pause', state({ round: { ...round, paused_at: '2026-03-14T18:12:00.000Z' }, seat }), OVER, 'The clock is paused.'],
    ['an open table says so', state({ round, seat: { ...seat, topic: null } }), EARLY, 'Go to table 7: Open table.'],
    ['no seat', state({ round }), TALKING, 'A round is on, and there is no free chair for you yet.'],
    ['a break', state({ round, wish: restful }), TALKING, 'You are sitting this one out.'],
  ];
  test.each(cases)('%s', (_, given, now, words) => expect(spoken(given, now)).toBe(words));

  test('a sentence stays the same from one second to the next', () => {
    const seconds = Array.from({ length: 90 }, (_, i) => spoken(seated, LATE + i * 1000));
    expect([...new Set(seconds)]).toEqual(['Two minutes left.']);
  });
});

describe('an honest time', () => {
  test('any table will do once somebody has waited as long as the round says', () => {
    const waiting = state({ round: rolling });
    expect([at('18:00:30'), at('18:01:30'), EARLY].map((now) => patienceLeft(waiting, now))).toEqual([60_000, 0, 0]);
  });

  test('the end of a round stands still while the clock is paused', () => {
    expect(untilEnd(round, TALKING)).toBe(13 * 60_000);
    expect(untilEnd({ ...round, paused_at: '2026-03-14T18:20:00.000Z' }, OVER)).toBe(5 * 60_000);
  });
});

describe('shared topics', () => {
  const topics = [
    { id: 1, label: 'Jazz', count: 2 },
    { id: 2, label: 'Night trains', count: 5 },
  ];

  test('count the others, not me, the most shared first', () => {
    expect(shared(state({ room: { present: 9, topics } })).map(({ label, count }) => [label, count])).toEqual([
      ['Night trains', 4],
      ['Jazz', 1],
      ['Bees', 0],
    ]);
  });

  test('before I am in the room everybody counts', () => {
    expect(shared(state({ room: { present: 9, topics } }, false)).map(({ count }) => count)).toEqual([5, 2, 0]);
  });
});
