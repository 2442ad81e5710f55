import { describe, expect, it } from 'vitest';
import { at, attendee, evening, round, table } from './fixtures';
import { headcount, patience, waitingList } from './people';

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

  it('is empty in an empty room', () => {
    expect(minutesLate(evening(), null, '18:00')).toEqual([]);
  });
});

it('patience turns amber at 5 minutes and red at 10', () => {
  expect([0, 4, 5, 9, 10, 60].map(patience)).toEqual(['calm', 'calm', 'amber', 'amber', 'red', 'red']);
});

it('everyone present is either seated or waiting', () => {
  const state = evening({
    attendees: [
      attendee('Ada', { present_since: at('18:00') }),
      attendee('Bo', { present_since: at('18:00') }),
      attendee('Cy'),
      attendee('Gone', { status: 'cancelled' }),
    ],
    tables: [table('t1', { people: ['Ada', 'Cy'] })],
  });
  expect(headcount(state, round('r1'))).toEqual({ registered: 3, present: 2, seated: 1, waiting: 1 });
});
