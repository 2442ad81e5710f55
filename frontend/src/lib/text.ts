/**
 * Visible words. Each part of the pages has a catalogue for each language, words/<language>.ts, and asks for words by key. Only
 * the language spoken is fetched. The keys are those of English and typed: a missing or misspelt one does not compile.
 */
import type { Language } from '../live/contract';
import { language, settle } from './language';

/** Words with a number in them: one form for each plural category that the language has, chosen by `count`. */
type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
type Catalogue = Record<string, string | Plural>;
type Vars = Record<string, string | number>;
/** Catalogues by "./words/<language>.ts", as `import.meta.glob` gives them. */
type Files = Record<string, () => Promise<unknown>>;

/** The shape of every other language: English's keys, with plurals where English has them. */
export type Translation<English extends Catalogue> = {
  [Key in keyof English]: English[Key] extends string ? string : Plural;
};

interface Shelf {
  files: Files;
  catalogue: Catalogue;
}

const shelves: Shelf[] = [];
let fetching: Promise<unknown> = Promise.resolve();

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A right-to-left name amid left-to-right words keeps its own direction and leaves theirs alone. */
function isolate(value: string): string {
  return RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value;
}

/** Made once for each language: making one takes longer than a long list of words may. */
function once<Formatter>(make: (spoken: Language) => Formatter): (spoken: Language) => Formatter {
  const made = new Map<Language, Formatter>();
  return (spoken) => {
    if (!made.has(spoken)) made.set(spoken, make(spoken));
    return made.get(spoken)!;
  };
}

const plurals = once((spoken) => new Intl.PluralRules(spoken));
const numbers = once((spoken) => new Intl.NumberFormat(spoken));

/** `words` of one catalogue with its variables filled in: `{name}` stands for one, and numbers are written as the language writes them. */
export function fill(words: string | Plural, vars: Vars, spoken: Language): string {
  const form = typeof words === 'string' ? words : (words[plurals(spoken).select(Number(vars.count))] ?? words.other);
  return form.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = vars[name] ?? '';
    return typeof value === 'number' ? numbers(spoken).format(value) : isolate(value);
  });
}

async function fetched({ files }: Shelf, spoken: Language): Promise<Catalogue> {
  const file = await files[`./words/${spoken}.ts`]!();
  return (file as { default: Catalogue }).default;
}

/**
 * Makes `t(key, vars)` for the catalogues beside the caller, and begins to fetch the one that is spoken:
 *
 *     export const t = words<typeof en>(import.meta.glob('./words/*.ts'));
 *     t('room.here', { count: 1 })
 *
 * Nothing may be said before `spoken()`: a page waits for it before it starts, and again for what it fetches later.
 */
export function words<English extends Catalogue>(files: Files): (key: keyof English & string, vars?: Vars) => string {
  const shelf: Shelf = { files, catalogue: {} };
  shelves.push(shelf);
  const filled = fetched(shelf, language()).then((catalogue) => (shelf.catalogue = catalogue));
  fetching = Promise.all([fetching, filled]);
  return (key, vars = {}) => fill(shelf.catalogue[key]!, vars, language());
}

/** All the words asked for so far are here. */
export async function spoken(): Promise<void> {
  await fetching;
}

/** Changes the language of the page as it stands: what is shown must be drawn anew. */
export async function speak(next: Language): Promise<void> {
  if (next === language()) return;
  const catalogues = await Promise.all(shelves.map((shelf) => fetched(shelf, next)));
  shelves.forEach((shelf, at) => (shelf.catalogue = catalogues[at]!));
  settle(next);
}
