/** Where the evening stands, and with it the one next step that the room page offers. */
import type { ConsoleRound, ConsoleState } from '../live/contract';
import { standing } from '../lib/round';

export type Stage =
  /** Doors closed, nobody checks in yet. */
  | { name: 'planned' }
  /** Doors open, nothing runs: before the first round, or between two. */
  | { name: 'open'; next: number }
  /** Tables form while people arrive. */
  | { name: 'rolling'; round: ConsoleRound | null; next: number }
  /** A draft waits to be published and no round is on. */
  | { name: 'draft'; draft: ConsoleRound }
  /** A timed round: finding the table, talking, standing still, or past its end. */
  | { name: 'gather' | 'talk' | 'paused' | 'time_up'; round: ConsoleRound; next: number }
  | { name: 'ended' };

/** The round that is on: a timed one before the rolling one. */
export function currentRound(state: ConsoleState): ConsoleRound | null {
  const published = Object.values(state.rounds).filter((round) => round.status === 'published');
  return published.sort((one, other) => other.number - one.number)[0] ?? null;
}

export function draftRound(state: ConsoleState): ConsoleRound | null {
  return Object.values(state.rounds).find((round) => round.status === 'draft') ?? null;
}

/** The number that the next drafted round will carry. */
export function nextNumber(state: ConsoleState): number {
  const numbers = Object.values(state.rounds).map((round) => (round.status === 'draft' ? 0 : round.number));
  return Math.max(0, ...numbers) + 1;
}

const UNDO_FOR = 60_000;

/** Milliseconds in which the publish of a round can still be taken back; 0 when it cannot. */
export function undoLeft(round: ConsoleRound, now: number): number {
  if (round.status !== 'published' || round.published_at === null) return 0;
  return Math.max(0, Date.parse(round.published_at) + UNDO_FOR - now);
}

export function stageOf(state: ConsoleState, now: number): Stage {
  if (state.event.phase !== 'open') return { name: state.event.phase };
  const next = nextNumber(state);
  const round = currentRound(state);
  const draft = draftRound(state);
  if (round?.kind === 'timed') {
    const { phase, paused } = standing(round, now);
    if (paused) return { name: 'paused', round, next };
    if (phase === 'gather' || phase === 'talk') return { name: phase, round, next };
    return draft ? { name: 'draft', draft } : { name: 'time_up', round, next };
  }
  if (draft) return { name: 'draft', draft };
  return state.mixer.rolling ? { name: 'rolling', round, next } : { name: 'open', next };
}
