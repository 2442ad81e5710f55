import { describe, expect, it } from 'vitest';
import { at, attendee, evening, round, table } from './fixtures';
import { chairsAt, errands, headcount, isClosed, patience, resting, shortTables, waitingList } from './people';

const minutesLate = (state: Parameters<typeof waitingList>[0], on: Parameters<typeof waitingList>[1], clock: string) =>
  waitingList(state, on, Date.parse(at(clock))).map(({ attendee, minutes, patience }) => [attendee.name, minutes, patience]);

describe('the waiting list', () => {
  const early = attendee('Ada', { present_since: at('18:00') });
  const people = [
    early,
    attendee('Bo', { present_since: at('18:07') }),
    attendee('Cy', { present_since: at('18:05') }),
    attendee('Not here'),
  ];

  it('names who is checked in without a seat, longest wait first', () => {
    const rolling = round('r0', { number: 0, kind: 'rolling', starts_at: null, ends_at: null });
    const state = evening({ attendees: people, rounds: [rolling], tables: [table('t1', { round: 'r0', people: ['Cy'] })] });
    expect(minutesLate(state, rolling, '18:12')).toEqual([
      ['Ada', 12, 'red'],
      ['Bo', 5, 'amber'],
    ]);
  });

  it('counts from the beginning of a timed round for those who were here before', () => {
    const state = evening({ attendees: people, rounds: [round('r1')] });
    expect(minutesLate(state, round('r1'), '18:34')).toEqual([
      ['Ada', 4, 'calm'],
      ['Bo', 4, 'calm'],
      ['Cy', 4, 'calm'],
    ]);
  });

  it('starts again when a round is over', () => {
    const done = round('r1', { status: 'done', ends_at: at('18:45') });
    const late = attendee('Di', { present_since: at('18:47') });
    const state = evening({ attendees: [early, late], rounds: [done] });
    expect(minutesLate(state, null, '18:51')).toEqual([
      ['Ada', 6, 'amber'],
      ['Di', 4, 'calm'],
    ]);
  });

  it('never shows a wait below zero while people walk to their tables', () => {
    expect(minutesLate(evening({ attendees: [early] }), round('r1'), '18:28')).toEqual([['Ada', 0, 'calm']]);
  });

  it('begins with who asked to be drawn in, and leaves out who asked to sit out', () => {
    const wishes = {
      Bo: { attendee: 'Bo', kind: 'draw_me_in' as const, since: at('18:08') },
      Cy: { attendee: 'Cy', kind: 'sit_out' as const, since: at('18:08') },
    };
    const state = evening({ attendees: people, wishes });
    const found = waitingList(state, null, Date.parse(at('18:12')));
    expect(found.map(({ attendee, drawIn }) => [attendee.name, drawIn])).toEqual([
      ['Bo', true],
      ['Ada', false],
    ]);
    expect(resting(state, null).map(({ name }) => name)).toEqual(['Cy']);
  });

  it('tells which host is on the way, and for how long', () => {
    const sent = { e1: { id: 'e1', host: 'Cy', attendee: 'Ada', sent_at: at('18:10') } };
    const state = evening({ attendees: people, errands: sent });
    const now = Date.parse(at('18:12'));
    const errand = { id: 'e1', host: 'Cy', attendee: 'Ada', minutes: 2 };
    expect(errands(state, now)).toEqual([errand]);
    expect(waitingList(state, null, now).map((row) => row.errand)).toEqual([errand, null, null]);
  });

  it('is empty in an empty room', () => {
    expect(minutesLate(evening(), null, '18:00')).toEqual([]);
  });
});

it('patience turns amber at 5 minutes and red at 10', () => {
  expect([0, 4, 5, 9, 10, 60].map(patience)).toEqual(['calm', 'calm', 'amber', 'amber', 'red', 'red']);
});

it('everyone present is seated, waits, or sits out by their own wish', () => {
  const state = evening({
    attendees: [
      attendee('Ada', { present_since: at('18:00') }),
      attendee('Bo', { present_since: at('18:00') }),
      attendee('Cy'),
      attendee('Di', { present_since: at('18:00') }),
      attendee('Gone', { status: 'cancelled' }),
    ],
    tables: [table('t1', { people: ['Ada', 'Cy'] })],
    wishes: { Di: { attendee: 'Di', kind: 'sit_out', since: at('18:05') } },
  });
  expect(headcount(state, round('r1'))).toEqual({ registered: 4, present: 3, seated: 1, waiting: 1, resting: 1 });
});

it('a table has the chairs that stand there, and never more than people at a table', () => {
  const spot = { x: 50, y: 50, features: [], closed: false };
  const state = evening({
    venue: [
      { ...spot, number: 1, chairs: 4 },
      { ...spot, number: 2, chairs: 12, closed: true },
    ],
  });
  expect([1, 2, 3].map((number) => [chairsAt(state, number), isClosed(state, number)])).toEqual([
    [4, false],
    [6, true],
    [6, false],
  ]);
});

it('a table is short while few are left, in a round that is on, until it is said that it may stay so', () => {
  const tables = [
    table('two', { number: 1, people: ['Ada', 'Bo'] }),
    table('three', { number: 2, people: ['Cy', 'Di', 'Ed'] }),
    table('nobody', { number: 3 }),
    table('left', { number: 4, people: ['Fay'], left_short: true }),
  ];
  const short = (changes: Parameters<typeof round>[1]) => shortTables(evening({ tables }), round('r1', changes)).map(({ id }) => id);
  expect([short({}), short({ status: 'draft' }), short({ status: 'done' })]).toEqual([['two'], [], []]);
});
