/** Questions to the console's state about people: who is here, who sits where, who has no seat. */
import { byName } from '../lib/names';
import type { ConsoleAttendee, ConsoleRound, ConsoleState, ConsoleTable, Time } from '../live/contract';

export function isPresent(attendee: ConsoleAttendee): boolean {
  return attendee.present_since !== null;
}

export function tablesOf(state: ConsoleState, round: ConsoleRound | null): ConsoleTable[] {
  return Object.values(state.tables)
    .filter((table) => table.round === round?.id)
    .sort((one, other) => one.number - other.number);
}

export interface Headcount {
  registered: number;
  present: number;
  seated: number;
  waiting: number;
}

export function headcount(state: ConsoleState, round: ConsoleRound | null): Headcount {
  const attendees = Object.values(state.attendees);
  const present = attendees.filter(isPresent).length;
  const waiting = unseated(state, round).length;
  return {
    registered: attendees.filter((attendee) => attendee.status === 'registered').length,
    present,
    seated: present - waiting,
    waiting,
  };
}

function unseated(state: ConsoleState, round: ConsoleRound | null): ConsoleAttendee[] {
  const seated = new Set(tablesOf(state, round).flatMap((table) => table.people));
  return Object.values(state.attendees).filter((attendee) => isPresent(attendee) && !seated.has(attendee.id));
}

/** How long is too long without a seat: a glance for 5 minutes, a worry from 10. */
export type Patience = 'calm' | 'amber' | 'red';

export function patience(minutes: number): Patience {
  if (minutes >= 10) return 'red';
  return minutes >= 5 ? 'amber' : 'calm';
}

export interface Waiting {
  attendee: ConsoleAttendee;
  minutes: number;
  patience: Patience;
}

/**
 * Who is checked in and has no seat, longest wait first. Nobody waits for a round that has not begun: the wait counts
 * from their arrival, or from when the latest timed round began (or ended, once it is over).
 */
export function waitingList(state: ConsoleState, round: ConsoleRound | null, now: number): Waiting[] {
  const floor = waitsSince(state, round);
  return unseated(state, round)
    .map((attendee) => {
      const since = Math.max(Date.parse(attendee.present_since as Time), floor);
      const minutes = Math.max(0, Math.floor((now - since) / 60_000));
      return { attendee, minutes, patience: patience(minutes) };
    })
    .sort((one, other) => other.minutes - one.minutes || byName(one.attendee, other.attendee));
}

function waitsSince(state: ConsoleState, round: ConsoleRound | null): number {
  if (round) return round.starts_at ? Date.parse(round.starts_at) : -Infinity;
  const ends = Object.values(state.rounds).map((past) => (past.status === 'done' && past.ends_at ? Date.parse(past.ends_at) : -Infinity));
  return Math.max(-Infinity, ...ends);
}
