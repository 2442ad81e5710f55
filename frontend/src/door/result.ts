/** What the door shows and says after a scan. */
import { firstName } from '../lib/names';
import { timeOfDay } from '../lib/time';
import type { Answer, Outcome } from '../live/contract';
import type { ApiProblem } from '../live/http';
import { t } from './text';
import { verdictOf, type Verdict } from './verdict';

export interface Result {
  verdict: Verdict;
  title: string;
  detail: string;
  /** What else to know of it, in a word or two: that nobody but this device has decided it. */
  mark?: string;
}

export function resultOfAnswer(answer: Answer): Result {
  const verdict = verdictOf(answer.outcome);
  const name = answer.name ? firstName(answer.name) : t('outcome.someone');
  const since = answer.outcome === 'already_in' && answer.since;
  const title = since
    ? t('outcome.already_in.since', { name, time: timeOfDay(since) })
    : t(`outcome.${answer.outcome}`, { name });
  return { verdict, title, detail: verdict === 'stop' ? answer.message : (answer.name ?? '') };
}

const REFUSALS: readonly Outcome[] = ['unknown', 'wrong_event', 'cancelled', 'blocked', 'too_early', 'closed', 'revoked_station'];

/** The outcome that a refusal stands for; undefined for an error that is none of the door's. */
export function refusalOf(problem: ApiProblem): Outcome | undefined {
  return REFUSALS.find((refusal) => refusal === problem.code);
}

export function resultOfProblem(problem: ApiProblem): Result {
  const outcome = refusalOf(problem);
  return { verdict: 'stop', title: t(outcome ? `outcome.${outcome}` : 'outcome.problem'), detail: problem.message };
}
