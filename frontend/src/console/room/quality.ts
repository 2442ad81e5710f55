import type { Quality } from '../../live/contract';

export type ShareName = 'tables_with_topic' | 'people_with_topic' | 'floor_missed';
export type CountName = 'repeats' | 'company_clashes' | 'moved';
export type TimesName = 'best_tablemate' | 'whole_table' | 'worst_off';

/** One line of "how good is this draft", beside the same room seated at random. `better` is null where they are alike. */
export type Figure = { better: boolean | null } & (
  | { kind: 'share'; name: ShareName; draft: number; of: number; random: number; randomOf: number }
  | { kind: 'count'; name: CountName; draft: number; random: number }
  /** Closeness, as how many times as close as at random; null where chance gives next to nothing to compare with. */
  | { kind: 'times'; name: TimesName; times: number | null; draft: number; random: number }
);

/** Closeness at random can be next to nothing, and then "a hundred times" would be a boast. */
const MOST_TIMES = 10;

export function qualityFigures(draft: Quality, random: Quality): Figure[] {
  return [
    share('tables_with_topic', draft, random, { part: 'topic_share', whole: 'tables' }),
    share('people_with_topic', draft, random, { part: 'topic_cover', whole: 'seated' }),
    times('best_tablemate', draft.best_mean, random.best_mean),
    times('whole_table', draft.mean_affinity, random.mean_affinity),
    times('worst_off', draft.best_worst, random.best_worst),
    share('floor_missed', draft, random, { part: 'floor_missed', whole: 'seated' }),
    count('repeats', draft, random),
    count('company_clashes', draft, random),
    count('moved', draft, random),
  ];
}

type Whole = { part: 'topic_share' | 'topic_cover' | 'floor_missed'; whole: 'tables' | 'seated' };

function share(name: ShareName, draft: Quality, random: Quality, { part, whole }: Whole): Figure {
  const better = name === 'floor_missed' ? compared(random[part], draft[part]) : compared(draft[part], random[part]);
  return {
    kind: 'share',
    name,
    draft: Math.round(draft[part] * draft[whole]),
    of: draft[whole],
    random: Math.round(random[part] * random[whole]),
    randomOf: random[whole],
    better,
  };
}

function count(name: CountName, draft: Quality, random: Quality): Figure {
  return { kind: 'count', name, draft: draft[name], random: random[name], better: compared(random[name], draft[name]) };
}

function times(name: TimesName, draft: number, random: number): Figure {
  const ratio = random > 0 ? draft / random : Infinity;
  return { kind: 'times', name, times: ratio <= MOST_TIMES ? ratio : null, draft, random, better: compared(draft, random) };
}

function compared(better: number, worse: number): boolean | null {
  return better === worse ? null : better > worse;
}
