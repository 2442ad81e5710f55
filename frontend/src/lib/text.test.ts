import { expect, test } from 'vitest';
import { texts } from './text';

const t = texts({
  plain: 'Check in',
  named: 'Check in as {name}',
  here: { one: '{count} person is here', other: '{count} people are here' },
});

test('plain words come as they are', () => expect(t('plain')).toBe('Check in'));

test('a variable is filled in', () => expect(t('named', { name: 'Ada' })).toBe('Check in as Ada'));

test('one and many have their own form and numbers are grouped', () => {
  expect([t('here', { count: 1 }), t('here', { count: 0 }), t('here', { count: 1200 })]).toEqual([
    '1 person is here',
    '0 people are here',
    '1,200 people are here',
  ]);
});

test('a right-to-left name keeps its direction to itself', () => {
  expect(t('named', { name: 'ليلى' })).toBe('Check in as \u2068ليلى\u2069');
});

test('markup and braces in a name stay letters', () => {
  expect(t('named', { name: '<b>{name}</b>' })).toBe('Check in as <b>{name}</b>');
});
