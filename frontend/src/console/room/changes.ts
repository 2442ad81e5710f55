/** What a colleague did, as a sentence. */
import type { Change } from '../../live/contract';
import { t } from '../text';

type Moved = 'change.person_moved' | 'change.person_taken_out' | 'change.person_placed';

export function changeWords({ by, kind, params }: Change): string {
  const { round = '', minutes = 0, person = '', other = '', table, from } = params;
  const who = by || t('change.clock');
  const numbers = { table: table ?? '', from: from ?? '' };
  return t(kind === 'person_moved' ? moved(params) : `change.${kind}`, { who, round, minutes, count: minutes, person, other, ...numbers });
}

/** To a table, away from one, or from one to another. */
function moved({ table, from }: Change['params']): Moved {
  if (table == null) return 'change.person_taken_out';
  return from == null ? 'change.person_placed' : 'change.person_moved';
}
