import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from './language';

type Words = string | Record<string, string>;
type Catalogue = Record<string, Words>;

const SOURCES = join(import.meta.dirname, '..');
const files = import.meta.glob<{ default: Catalogue }>('../**/words/*.ts', { eager: true });
const parts = [...new Set(Object.keys(files).map((file) => file.replace(/\/\w+\.ts$/, '')))];
const others = Object.keys(LANGUAGES).filter((language) => language !== 'en');

const words = (part: string, language: string): Catalogue => files[`${part}/${language}.ts`]?.default ?? {};
const forms = (said: Words): string[] => (typeof said === 'string' ? [said] : Object.values(said));
const placeholders = (said: string): string[] => (said.match(/\{\w+\}/g) ?? []).toSorted();

describe.each(parts)('%s', (part) => {
  const english = words(part, 'en');

  describe.each(others)('%s', (language) => {
    const catalogue = words(part, language);

    test('says all that English says and nothing else', () => {
      expect(Object.keys(catalogue).toSorted()).toEqual(Object.keys(english).toSorted());
    });

    test('leaves no placeholder out and invents none', () => {
      const strays = Object.entries(catalogue).filter(([key, said]) => {
        const allowed = forms(english[key] ?? '').map((form) => placeholders(form).join());
        return forms(said).some((form) => !allowed.includes(placeholders(form).join()));
      });
      expect(strays).toEqual([]);
    });

    test('has words for every number where English has', () => {
      const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
      const wrong = Object.entries(english).filter(([key, said]) => {
        const spoken = catalogue[key]!;
        if (typeof said === 'string' || typeof spoken === 'string') return typeof said !== typeof spoken;
        return !('other' in spoken && Object.keys(spoken).every((form) => pluralCategories.includes(form as Intl.LDMLPluralRule)));
      });
      expect(wrong).toEqual([]);
    });

    test('leaves nothing empty', () => {
      expect(Object.entries(catalogue).filter(([, said]) => forms(said).some((form) => !form.trim()))).toEqual([]);
    });
  });
});

/** What a template is filled with: a word, the one source of guest lists that has a dot in its name, or in front a whole key. */
const WORD = '(?:[\\w-]+|hi\\.events|^.+)';

/** What stands in quotes in the sources; of a template the text around what is filled in. */
function quoted(): RegExp[] {
  const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(ts|svelte)$/.test(file) && !/\.test\.ts$|\/words\/|testing\.ts$|fixtures\.ts$/.test(file),
  );
  const literals = new Set(
    sources.flatMap((file) => readFileSync(join(SOURCES, file), 'utf8').match(/(['"])[\w.-]+\1|`[\w.-]*(?:\$\{[^}`]*\}[\w.-]*)+`/g) ?? []),
  );
  return [...literals]
    .map((literal) => literal.slice(1, -1).replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, WORD))
    .filter((pattern) => pattern !== WORD)
    .map((pattern) => new RegExp(`^${pattern}$`));
}

test('everything that can be said is said somewhere', () => {
  const said = quoted();
  const keys = parts.flatMap((part) => Object.keys(words(part, 'en')));
  expect(keys.filter((key) => !said.some((pattern) => pattern.test(key)))).toEqual([]);
});
