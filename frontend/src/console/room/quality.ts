import type { Quality } from '../../live/contract';

/** One line of "how good is this draft", beside the same room seated at random. */
export type Figure =
  | { kind: 'share'; name: 'tables_with_topic' | 'people_with_topic'; draft: number; of: number; random: number; randomOf: number }
  | { kind: 'count'; name: 'repeats' | 'company_clashes'; draft: number; random: number }
  /** How many times as close as at random. */
  | { kind: 'times'; name: 'best_tablemate'; times: number };

/** Closeness at random can be next to nothing, and then "a hundred times" would be a boast. */
const MOST_TIMES = 10;

export function qualityFigures(draft: Quality, random: Quality): Figure[] {
  const share = (name: 'tables_with_topic' | 'people_with_topic', part: 'topic_share' | 'topic_cover', whole: 'tables' | 'seated'): Figure => ({
    kind: 'share',
    name,
    draft: Math.round(draft[part] * draft[whole]),
    of: draft[whole],
    random: Math.round(random[part] * random[whole]),
    randomOf: random[whole],
  });
  const count = (name: 'repeats' | 'company_clashes'): Figure => ({ kind: 'count', name, draft: draft[name], random: random[name] });
  const times = random.best_mean > 0 ? draft.best_mean / random.best_mean : Infinity;
  const closeness: Figure[] = times > 1 && times <= MOST_TIMES ? [{ kind: 'times', name: 'best_tablemate', times }] : [];
  return [
    share('tables_with_topic', 'topic_share', 'tables'),
    share('people_with_topic', 'topic_cover', 'seated'),
    ...closeness,
    count('repeats'),
    count('company_clashes'),
  ];
}
