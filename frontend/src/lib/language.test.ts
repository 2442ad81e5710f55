import { afterEach, describe, expect, test, vi } from 'vitest';
import { language, LANGUAGES, locale, localised, settle } from './language';

afterEach(() => {
  vi.restoreAllMocks();
  settle('en');
});

describe('the variety of the language', () => {
  const cases: [string, string[], string][] = [
    ['is the reader’s own', ['fr', 'en-GB', 'en-US'], 'en-GB'],
    ['is none where the reader has none', ['fr-CA', 'nl'], 'en'],
    ['is none that browsers make up', ['en-US@posix'], 'en'],
  ];
  test.each(cases)('%s', (_, wanted, found) => {
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(wanted);
    expect(locale()).toBe(found);
  });
});

test('a formatter is made anew in another language, and only then', () => {
  const made = vi.fn((of: string) => new Intl.NumberFormat(of));
  const number = localised(made);
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue([]);
  expect([number().format(1.5), number().format(2.5)]).toEqual(['1.5', '2.5']);
  settle('de');
  expect(number().format(1.5)).toBe('1,5');
  expect(made).toHaveBeenCalledTimes(2);
});

test('the page says what it speaks, and in which direction', () => {
  settle('fr');
  expect([language(), document.documentElement.lang, document.documentElement.dir]).toEqual(['fr', 'fr', 'ltr']);
});

test('every language calls itself by its own name', () => {
  expect(LANGUAGES).toEqual({ en: 'English', de: 'Deutsch', fr: 'Français', es: 'Español' });
});
