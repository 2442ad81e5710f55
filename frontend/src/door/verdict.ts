import type { Outcome } from '../live/contract';

/** What the person at the door has to know at a glance: let in, look twice, or stop. */
export type Verdict = 'in' | 'notice' | 'stop';

const VERDICTS: Record<Outcome, Verdict> = {
  entry: 'in',
  already_in: 'notice',
  exit: 'notice',
  not_in: 'notice',
  undone: 'notice',
  unknown: 'stop',
  wrong_event: 'stop',
  cancelled: 'stop',
  blocked: 'stop',
  too_early: 'stop',
  closed: 'stop',
  revoked_station: 'stop',
};

export function verdictOf(outcome: Outcome): Verdict {
  return VERDICTS[outcome];
}
