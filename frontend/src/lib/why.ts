/** What the server knows of a table as facts, put into words: why these people sit together, and how to begin. */
import type { Why } from '../live/contract';
import { t } from './shared';

/** One sentence; `topic` null: an open table. */
export function whyWords(why: Why, topic: string | null): string {
  const picked = topic === null ? t('why.open') : pickedWords(why, topic);
  if (why.help === null) return t('why.sentence', { picked });
  const { askers, helpers } = why.help;
  return t('why.sentence.help', {
    picked,
    asking: t('why.asks', { ...counted(askers.length), who: askers[0]!, topic: why.help.topic }),
    offering: t('why.offers', { ...counted(helpers.length), who: helpers[0]! }),
  });
}

/** The question that all at the table begin with. */
export function openerWords(opener: number, topic: string | null): string {
  if (topic === null) return t('opener.open');
  const questions = ['opener.0', 'opener.1', 'opener.2', 'opener.3'] as const;
  return t(questions[opener % questions.length]!, { topic });
}

function pickedWords({ holders, size }: Why, topic: string): string {
  if (holders < size) return t('why.some', { holders, size, topic });
  if (size < 2) return t('why.one', { topic });
  return size === 2 ? t('why.both', { topic }) : t('why.all', { topic, ...counted(size) });
}

/** Up to ten people in letters, as a sentence wants it. */
function counted(count: number): { count: number; number: string | number } {
  return { count, number: count < 2 || count > 10 ? count : t(`number.${count}` as 'number.2') };
}
