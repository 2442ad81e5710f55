/**
 * Visible words. A surface writes its English catalogue once and asks for words by key; the keys are typed, so a missing or
 * misspelt one does not compile. A further language is one more catalogue of the same shape.
 */

/** Words with a number in them: one form for each plural category that the language has, chosen by `count`. */
type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
type Catalogue = Record<string, string | Plural>;
type Vars = Record<string, string | number>;

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A right-to-left name amid left-to-right words keeps its own direction and leaves theirs alone. */
function isolate(value: string): string {
  return RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value;
}

/**
 * Makes `t(key, vars)` for a catalogue. `{name}` stands for a variable; numbers are written as the language writes them.
 *
 *     const t = texts({ 'room.here': { one: '{count} person is here', other: '{count} people are here' } });
 *     t('room.here', { count: 1 })
 */
export function texts<C extends Catalogue>(catalogue: C, language = 'en'): (key: keyof C, vars?: Vars) => string {
  const plural = new Intl.PluralRules(language);
  const number = new Intl.NumberFormat(language);

  function form(words: string | Plural, vars: Vars): string {
    if (typeof words === 'string') return words;
    return words[plural.select(Number(vars.count))] ?? words.other;
  }

  return (key, vars = {}) =>
    form(catalogue[key]!, vars).replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = vars[name] ?? '';
      return typeof value === 'number' ? number.format(value) : isolate(value);
    });
}
