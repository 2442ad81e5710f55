import { afterEach, expect, test } from 'vitest';
import { fill, speak, spoken, words } from './text';

afterEach(() => speak('en'));

const here = { one: '{count} person is here', other: '{count} people are here' };

test('plain words come as they are', () => expect(fill('Check in', {}, 'en')).toBe('Check in'));

test('a variable is filled in', () => expect(fill('Check in as {name}', { name: 'Ada' }, 'en')).toBe('Check in as Ada'));

test('one and many have their own form and numbers are grouped', () => {
  expect([1, 0, 1200].map((count) => fill(here, { count }, 'en'))).toEqual([
    '1 person is here',
    '0 people are here',
    '1,200 people are here',
  ]);
});

test('plurals and numbers are those of the language', () => {
  const people = { one: '{count} personne', other: '{count} personnes' };
  expect([0, 1, 2].map((count) => fill(people, { count }, 'fr'))).toEqual(['0 personne', '1 personne', '2 personnes']);
  expect(fill('{n} Gäste', { n: 1200 }, 'de')).toBe('1.200 Gäste');
});

test('a right-to-left name keeps its direction to itself', () => {
  expect(fill('Check in as {name}', { name: 'ليلى' }, 'en')).toBe('Check in as \u2068ليلى\u2069');
});

test('markup and braces in a name stay letters', () => {
  expect(fill('Check in as {name}', { name: '<b>{name}</b>' }, 'en')).toBe('Check in as <b>{name}</b>');
});

test('only the language spoken is fetched, and another one when it is spoken', async () => {
  const fetched: string[] = [];
  const file = (language: string, hello: string) => async () => {
    fetched.push(language);
    return { default: { hello } };
  };
  const t = words<{ hello: string }>({
    './words/en.ts': file('en', 'Hello {name}'),
    './words/de.ts': file('de', 'Guten Tag {name}'),
    './words/fr.ts': file('fr', 'Bonjour {name}'),
  });
  await spoken();
  expect([t('hello', { name: 'Ada' }), fetched]).toEqual(['Hello Ada', ['en']]);
  await speak('de');
  expect([t('hello', { name: 'Ada' }), fetched]).toEqual(['Guten Tag Ada', ['en', 'de']]);
});
