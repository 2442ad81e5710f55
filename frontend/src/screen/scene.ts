/** What the big screen shows, read off its state and the server's time. */
import type { ScreenState, ScreenTable } from '../live/contract';
import { standing } from '../lib/round';

export type Scene = 'doors' | 'find' | 'talk' | 'thank' | 'ended';

export function sceneOf({ event, round, tables }: ScreenState, now: number): Scene {
  if (event.phase === 'ended') return 'ended';
  if (!round || Object.keys(tables).length === 0) return 'doors';
  const { phase } = standing(round, now);
  if (phase === 'gather' || phase === 'open') return 'find';
  if (phase === 'talk') return 'talk';
  return phase === 'done' && round.kind === 'timed' ? 'thank' : 'doors';
}

export interface NameRow {
  id: string;
  name: string;
  table: number;
}

/** A page of "find your table". `key` stays the same while people come and go on it. */
export type Page =
  | { kind: 'doors'; key: string }
  | { kind: 'names'; key: string; rows: NameRow[]; dense: boolean }
  | { kind: 'tables'; key: string; tables: ScreenTable[]; dense: boolean };

/** A room of more tables than this is shown densely, so that nobody waits for their page longer than a minute or two. */
const SMALL_ROOM = 15;
const NAMES = { dense: 27, roomy: 18 };
const TABLES = { dense: 6, roomy: 4 };
export const TOPICS_PER_PAGE = 12;

export function tablesByNumber({ tables }: Pick<ScreenState, 'tables'>): ScreenTable[] {
  return Object.values(tables).sort((a, b) => a.number - b.number);
}

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

/** Everybody who is fine with being named, A to Z. */
export function namesAlphabetically(state: Pick<ScreenState, 'tables'>): NameRow[] {
  return tablesByNumber(state)
    .flatMap(({ number, people }) =>
      people.flatMap(({ id, name }) => (name === null ? [] : [{ id, name, table: number }])),
    )
    .sort((a, b) => collator.compare(a.name, b.name) || a.table - b.table);
}

/** The pages to cycle through. While tables open on their own, the doors are one of them: people still arrive. */
export function findPages(state: ScreenState): Page[] {
  const doors: Page[] = state.round?.kind === 'rolling' ? [{ kind: 'doors', key: 'doors' }] : [];
  const dense = Object.keys(state.tables).length > SMALL_ROOM;
  const measure = dense ? 'dense' : 'roomy';
  const names = chunks(namesAlphabetically(state), NAMES[measure]);
  const tables = chunks(tablesByNumber(state), TABLES[measure]);
  return [
    ...doors,
    ...names.map((rows, at): Page => ({ kind: 'names', key: `names ${at}`, rows, dense })),
    ...tables.map((some, at): Page => ({ kind: 'tables', key: `tables ${at}`, tables: some, dense })),
  ];
}

/** Pieces of at most `most`, as even as can be, so that the last page is not a lonely line. */
export function chunks<T>(items: T[], most: number): T[][] {
  const pages = Math.ceil(items.length / most);
  const size = Math.ceil(items.length / pages);
  return Array.from({ length: pages }, (_, at) => items.slice(at * size, (at + 1) * size));
}

/** First letter as people look for it: of any script, whole emoji included. */
export function initial(name: string): string {
  const [first = ''] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(name.trim());
  return (typeof first === 'string' ? first : first.segment).toLocaleUpperCase();
}
