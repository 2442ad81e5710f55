/** The evening along one line: who is here, minute by minute, and the rounds beneath. Times in milliseconds. */
import type { Arrivals, ConsoleRound } from '../../live/contract';

const MINUTE = 60_000;

export interface Here {
  at: number;
  /** How many are here from then on. */
  here: number;
}

export function presence({ minutes }: Arrivals): Here[] {
  let here = 0;
  return minutes.map((minute) => {
    here += minute.in - minute.out;
    return { at: Date.parse(minute.at), here };
  });
}

export interface Span {
  id: string;
  number: number;
  kind: ConsoleRound['kind'];
  on: boolean;
  /** From when people walked to their tables; talking begins at `talk`. */
  from: number;
  talk: number;
  to: number;
}

/** Rounds that are on or over, in the order they were. One that is on, and has no end set, lasts until now. */
export function spans(rounds: ConsoleRound[], now: number): Span[] {
  const time = (moment: string | null) => (moment === null ? null : Date.parse(moment));
  return rounds
    .flatMap(({ id, number, kind, status, published_at, starts_at, ends_at }) => {
      const on = status === 'published';
      const from = time(published_at) ?? time(starts_at);
      const to = time(ends_at) ?? (on ? now : null);
      if (status === 'draft' || from === null || to === null) return [];
      // A round that was ended early has its end before its beginning was due.
      return [{ id, number, kind, on, from, talk: Math.min(Math.max(from, time(starts_at) ?? from), Math.max(from, to)), to: Math.max(from, to) }];
    })
    .sort((one, other) => one.from - other.from);
}

const SHORTEST = 30 * MINUTE;
const AHEAD = 5 * MINUTE;

/** What the line spans: from the first thing that happened to a little after now, or to the end of the round that is on. */
export function stretch(here: Here[], rounds: Span[], now: number, running: boolean): { from: number; to: number } {
  const begun = [here[0]?.at, rounds[0]?.from].filter((time) => time !== undefined);
  const from = Math.min(now, ...begun);
  const last = Math.max(from, ...here.map(({ at }) => at), ...rounds.map(({ to }) => to), running ? now + AHEAD : from);
  return { from, to: Math.max(last, from + SHORTEST) };
}

const STEPS = [5, 10, 15, 30, 60, 120, 240, 720, 1440].map((minutes) => minutes * MINUTE);

/** Round moments to write beneath the line, at most so many. They are round where the reader's clock is. */
export function ticks(from: number, to: number, most: number, zoneOffset = new Date(from).getTimezoneOffset() * MINUTE): number[] {
  const step = STEPS.find((width) => (to - from) / width <= most) ?? STEPS.at(-1)!;
  const first = Math.ceil((from - zoneOffset) / step) * step + zoneOffset;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, index) => first + index * step);
}

/** A round number at or above the highest, for the scale. */
export function ceiling(highest: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, highest)));
  return Math.max(5, [1, 2, 3, 4, 6, 8, 10].map((times) => times * power).find((round) => round >= highest)!);
}
