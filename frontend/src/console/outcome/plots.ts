/** Numbers of the evening's pictures: what is drawn where, and in which words. */
import type { OutcomeReport } from '../../live/contract';

type Plots = NonNullable<OutcomeReport['plots']>;
export type Arrival = Plots['arrivals'][number];
export type Wait = Plots['waiting'][number];
export type RoundOutcome = Plots['rounds'][number];

const MINUTE = 60_000;
const SHORTEST = 30 * MINUTE;

/** From the opening of the doors to the last arrival, and never less than half an hour. */
export function span(arrivals: Arrival[]): { from: number; to: number } {
  const moments = arrivals.map(({ at }) => Date.parse(at));
  const from = Math.min(...moments);
  return { from, to: Math.max(from + SHORTEST, ...moments) };
}

/** A line along x and y, straight between what is told, since nobody is told when within it people came; it goes on to `until`. */
export function curve(arrivals: Arrival[], x: (time: number) => number, y: (count: number) => number, until: number): string {
  if (!arrivals.length) return '';
  const points = arrivals.map(({ at, came }) => `${x(Date.parse(at)).toFixed(1)} ${y(came).toFixed(1)}`);
  return `M${points.join('L')}H${x(until).toFixed(1)}`;
}

/** By when half of all who came were there. */
export function halfway(arrivals: Arrival[]): Arrival | null {
  const all = arrivals.at(-1)?.came ?? 0;
  return arrivals.find(({ came }) => came > 0 && 2 * came >= all) ?? null;
}

type WaitWords = 'under' | 'between' | 'longer' | 'longer_or_never' | 'any' | 'never';

/** How each waiting time is worded. Whoever was never seated is a group at the end, or joined with those who waited longest. */
export function waitWords(waiting: Wait[]): WaitWords[] {
  const isNeverApart = waiting.some(({ from }) => from === null);
  return waiting.map(({ from, to }) => {
    if (from === null) return 'never';
    if (to !== null) return from === 0 ? 'under' : 'between';
    if (isNeverApart) return 'longer';
    return from === 0 ? 'any' : 'longer_or_never';
  });
}

/** How many had a seat within these minutes, of all; null where groups are joined across them. */
export function within(waiting: Wait[], minutes: number): { soon: number; all: number } | null {
  const isEarly = ({ from, to }: Wait) => from !== null && to !== null && to <= minutes;
  if (waiting.some((wait) => !isEarly(wait) && wait.from !== null && wait.from < minutes)) return null;
  const count = (rows: Wait[]) => rows.reduce((sum, { people }) => sum + (people ?? 0), 0);
  return { soon: count(waiting.filter(isEarly)), all: count(waiting) };
}
