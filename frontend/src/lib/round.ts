/** Where a round stands, read off its clock and the server's time. */
import type { RoundClock } from '../live/contract';

/** open: a rolling round, no clock. gather: on the way to the tables. talk: the conversation. */
export type RoundPhase = 'draft' | 'open' | 'gather' | 'talk' | 'done';

export interface Standing {
  phase: RoundPhase;
  paused: boolean;
  /** Milliseconds until the phase ends; null where no clock runs. */
  left: number | null;
}

/** `now` is the server's time in milliseconds. A paused clock stands at the moment it was paused. */
export function standing(round: RoundClock, now: number): Standing {
  const paused = round.paused_at !== null && round.status === 'published';
  const still = (phase: RoundPhase): Standing => ({ phase, paused: false, left: null });
  if (round.status !== 'published') return still(round.status);
  if (round.starts_at === null || round.ends_at === null) return still('open');
  const at = paused ? Date.parse(round.paused_at!) : now;
  const starts = Date.parse(round.starts_at);
  const ends = Date.parse(round.ends_at);
  if (at < starts) return { phase: 'gather', paused, left: starts - at };
  if (at < ends) return { phase: 'talk', paused, left: ends - at };
  return still('done');
}

/** Time left as people read it, "12:05": rounded up, so that 0:00 means over. */
export function minutesAndSeconds(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
