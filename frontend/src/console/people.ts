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
  /** By their own wish. */
  resting: number;
}

export function headcount(state: ConsoleState, round: ConsoleRound | null): Headcount {
  const attendees = Object.values(state.attendees);
  const present = attendees.filter(isPresent).length;
  const without = unseated(state, round);
  const resting = without.filter(({ id }) => sitsOut(state, id)).length;
  return {
    registered: attendees.filter((attendee) => attendee.status === 'registered').length,
    present,
    seated: present - without.length,
    waiting: without.length - resting,
    resting,
  };
}

function unseated(state: ConsoleState, round: ConsoleRound | null): ConsoleAttendee[] {
  const seated = new Set(tablesOf(state, round).flatMap((table) => table.people));
  return Object.values(state.attendees).filter((attendee) => isPresent(attendee) && !seated.has(attendee.id));
}

/** Whether a person asked to be left without a seat for now. */
export function sitsOut(state: ConsoleState, attendee: string): boolean {
  return state.wishes[attendee]?.kind === 'sit_out';
}

/** Who is here, has no seat and wants none, by name. */
export function resting(state: ConsoleState, round: ConsoleRound | null): ConsoleAttendee[] {
  return unseated(state, round)
    .filter(({ id }) => sitsOut(state, id))
    .sort(byName);
}

/** How long is too long without a seat: a glance for 5 minutes, a worry from 10. */
export type Patience = 'calm' | 'amber' | 'red';

export function patience(minutes: number): Patience {
  if (minutes >= 10) return 'red';
  return minutes >= 5 ? 'amber' : 'calm';
}

/** A host who was sent to somebody. */
export interface Errand {
  id: string;
  host: string;
  attendee: string;
  minutes: number;
}

/** Who is on the way to whom, by name, the latest first. */
export function errands(state: ConsoleState, now: number): Errand[] {
  const name = (id: string) => state.attendees[id]?.name ?? '';
  return Object.values(state.errands)
    .sort((one, other) => Date.parse(other.sent_at) - Date.parse(one.sent_at))
    .map(({ id, host, attendee, sent_at }) => ({ id, host: name(host), attendee, minutes: minutesSince(Date.parse(sent_at), now) }));
}

function minutesSince(then: number, now: number): number {
  return Math.max(0, Math.floor((now - then) / 60_000));
}

export interface Waiting {
  attendee: ConsoleAttendee;
  minutes: number;
  patience: Patience;
  /** Asked to be drawn in. */
  drawIn: boolean;
  /** Who was sent and is on the way. */
  errand: Errand | null;
}

/**
 * Who is checked in and has no seat: first who asked to be drawn in, then the longest wait. Nobody waits for a round that has not
 * begun: the wait counts from their arrival, or from when the latest timed round began (or ended, once it is over). Whoever sits
 * out by their own wish does not wait.
 */
export function waitingList(state: ConsoleState, round: ConsoleRound | null, now: number): Waiting[] {
  const floor = waitsSince(state, round);
  const sent = new Map(errands(state, now).map((errand) => [errand.attendee, errand]));
  return unseated(state, round)
    .filter(({ id }) => !sitsOut(state, id))
    .map((attendee) => {
      const since = Math.max(Date.parse(attendee.present_since as Time), floor);
      const minutes = minutesSince(since, now);
      const drawIn = state.wishes[attendee.id]?.kind === 'draw_me_in';
      return { attendee, minutes, patience: patience(minutes), drawIn, errand: sent.get(attendee.id) ?? null };
    })
    .sort((one, other) => Number(other.drawIn) - Number(one.drawIn) || other.minutes - one.minutes || byName(one.attendee, other.attendee));
}

function waitsSince(state: ConsoleState, round: ConsoleRound | null): number {
  if (round) return round.starts_at ? Date.parse(round.starts_at) : -Infinity;
  const ends = Object.values(state.rounds).map((past) => (past.status === 'done' && past.ends_at ? Date.parse(past.ends_at) : -Infinity));
  return Math.max(-Infinity, ...ends);
}

/** How many may sit at a table: as it stands in the room, or as any table is when the room has no plan. */
export function chairsAt(state: ConsoleState, number: number): number {
  const { table_max: most } = state.event;
  return Math.min(most, state.venue.find((table) => table.number === number)?.chairs ?? most);
}

export function isClosed(state: ConsoleState, number: number): boolean {
  return state.venue.some((table) => table.number === number && table.closed);
}

/** Tables of the round that is on at which too few are left, and of which nobody has said yet what shall become of them. */
export function shortTables(state: ConsoleState, round: ConsoleRound | null): ConsoleTable[] {
  if (round?.status !== 'published') return [];
  return tablesOf(state, round).filter((table) => isShort(state, table) && !table.left_short);
}

export function isShort(state: ConsoleState, table: ConsoleTable): boolean {
  return table.people.length > 0 && table.people.length < state.event.table_min;
}
