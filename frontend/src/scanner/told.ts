/** A decision of the device in the words and colours of the door. */
import { resultOfAnswer, type Result } from '../door/result';
import type { Answer, Found, Outcome, RosterPerson } from '../live/contract';
import type { Decision } from './decide';
import { t } from './text';

export type Person = Found['people'][number];

/** What a refusal means, and what to do; the server says it itself when it is there. */
function advice(outcome: Outcome): string {
  switch (outcome) {
    case 'unknown':
    case 'cancelled':
    case 'blocked':
    case 'too_early':
    case 'closed':
      return t(`advice.${outcome}`);
    default:
      return '';
  }
}

export function resultOfDecision({ outcome, person, since }: Decision, at: string): Result {
  const answer: Answer = {
    code: outcome,
    outcome,
    at,
    message: advice(outcome),
    ...(since ? { since } : {}),
    ...(person ? { name: person.name } : {}),
  };
  return { ...resultOfAnswer(answer), mark: t('mark.offline') };
}

/** Without a roster, or where the browser cannot work without a secure address. */
export function resultOfNothing(): Result {
  return { verdict: 'notice', title: t('kept.title'), detail: t('kept.body') };
}

export function asFound(person: RosterPerson, present_since: string | null): Person {
  const status = person.state === 'ok' ? 'registered' : person.state;
  return { id: person.id, name: person.name, company: person.company, status, present_since };
}
