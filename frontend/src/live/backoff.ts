/**
 * How long to wait before trying again: doubling from half a second to fifteen, with full jitter so that a hall of phones that
 * lost the server together does not come back together (after "Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
 */

const FIRST = 500;
const LONGEST = 15_000;

/** Milliseconds before attempt number `attempt` (the first retry is 0): anything from half of `FIRST` up to the ceiling. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST, FIRST * 2 ** attempt);
  return Math.max(FIRST / 2, random() * ceiling);
}
