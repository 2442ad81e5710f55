/** What the door shows and says after a scan. */
import type { Answer, Outcome } from '../../live/contract';
import type { ApiProblem } from '../../live/http';
import { firstName } from '../people';
import { t } from '../text';
import { timeOfDay } from '../time';
import { verdictOf, type Verdict } from './verdict';

export interface Result {
  verdict: Verdict;
  title: string;
  detail: string;
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

export function resultOfProblem(problem: ApiProblem): Result {
  const outcome = REFUSALS.find((refusal) => refusal === problem.code);
  return { verdict: 'stop', title: t(outcome ? `outcome.${outcome}` : 'outcome.problem'), detail: problem.message };
}
