/** What the big screen shows, read off its state and the server's time. */
import type { Plan, ScreenState, ScreenTable } from '../live/contract';
import { locale, localised } from '../lib/language';
import { standing } from '../lib/round';
import { tableRadius } from '../ui/plan';

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
  | { kind: 'plan'; key: string }
  | { kind: 'names'; key: string; rows: NameRow[]; columns: number }
  | { kind: 'tables'; key: string; tables: ScreenTable[]; cardRows: number };

/** A room of more tables than this is shown densely, so that nobody waits for their page longer than a minute or two. */
const SMALL_ROOM = 15;
export const NAMES_PER_COLUMN = 8;
/** So many names fit below each other on a card of a roomy page. */
export const ONE_COLUMN = 5;
/** As many people as a card of a dense page has room for. */
export const SMALL_TABLE = 6;
export const TOPICS_PER_PAGE = 10;

export function tablesByNumber({ tables }: Pick<ScreenState, 'tables'>): ScreenTable[] {
  return Object.values(tables).sort((a, b) => a.number - b.number);
}

const collator = localised((language) => new Intl.Collator(language, { sensitivity: 'base', numeric: true }));

/** Everybody who is fine with being named, A to Z. */
export function namesAlphabetically(state: Pick<ScreenState, 'tables'>): NameRow[] {
  return tablesByNumber(state)
    .flatMap(({ number, people }) =>
      people.flatMap(({ id, name }) => (name === null ? [] : [{ id, name, table: number }])),
    )
    .sort((a, b) => collator().compare(a.name, b.name) || a.table - b.table);
}

/** The pages to cycle through. While tables open on their own, the doors are one of them: people still arrive. */
export function findPages(state: ScreenState): Page[] {
  const byNumber = tablesByNumber(state);
  const dense = byNumber.length > SMALL_ROOM;
  const columns = dense ? 3 : 2;
  const cardRows = dense && byNumber.every(({ people }) => people.length <= SMALL_TABLE) ? 3 : 2;
  const names = chunks(namesAlphabetically(state), columns * NAMES_PER_COLUMN);
  return [
    ...(state.round?.kind === 'rolling' ? [{ kind: 'doors', key: 'doors' } as const] : []),
    ...names.map((rows, at): Page => ({ kind: 'names', key: `names ${at}`, rows, columns })),
    ...(readable(state.plan) ? [{ kind: 'plan', key: 'plan' } as const] : []),
    ...chunks(byNumber, 2 * cardRows).map((tables, at): Page => ({ kind: 'tables', key: `tables ${at}`, tables, cardRows })),
  ];
}

/** Whether the names on these cards stand in two columns. */
export function manyNames({ cardRows, tables }: { cardRows: number; tables: ScreenTable[] }): boolean {
  return cardRows === 3 || tables.some(({ people }) => people.length > ONE_COLUMN);
}

/** Whether the numbers on a plan keep clear of each other, at the size that the far end of the hall can read. */
export function readable({ tables }: Plan): boolean {
  if (!tables.length) return false;
  const digits = String(Math.max(...tables.map(({ number }) => number))).length;
  return tableRadius(tables) >= 1.65 * digits + 0.6;
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
  return (typeof first === 'string' ? first : first.segment).toLocaleUpperCase(locale());
}

/** Somebody who sits at another table than before; from null: who had none. */
export interface Move {
  id: string;
  name: string;
  from: number | null;
  to: number;
}

/** More at once is a new plan, which has pages of its own. */
const MOST_MOVES = 4;

/** Who has come to another table since `before`, in the same round and only if they are few. */
export function movesSince(before: Map<string, number>, state: Pick<ScreenState, 'tables'>): Move[] {
  const moves = namesAlphabetically(state)
    .map(({ id, name, table }) => ({ id, name, from: before.get(id) ?? null, to: table }))
    .filter(({ from, to }) => from !== to);
  return moves.length <= MOST_MOVES ? moves : [];
}
