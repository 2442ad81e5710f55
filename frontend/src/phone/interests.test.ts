import { expect, test } from 'vitest';
import { hasInterest, ownInterest, toggleInterest } from './interests';

const EIGHT = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

test('a topic is added, and taken away again however it is written', () => {
  expect(toggleInterest(['Jazz'], 'Climate tech')).toEqual(['Jazz', 'Climate tech']);
  expect(toggleInterest(['Jazz', 'Climate tech'], 'ClimateTech')).toEqual(['Jazz']);
});

test('a ninth topic is not added, one of eight can be taken away', () => {
  expect(toggleInterest(EIGHT, 'i')).toEqual(EIGHT);
  expect(toggleInterest(EIGHT, 'h')).toEqual(EIGHT.slice(0, 7));
});

test('case, spaces and hyphens do not make another topic', () => {
  expect([' climate-tech ', 'CLIMATE TECH', 'climate'].map((typed) => hasInterest(['ClimateTech'], typed))).toEqual([
    true,
    true,
    false,
  ]);
});

test('two emoji are two topics', () => {
  expect([hasInterest(['🌱'], '🌱'), hasInterest(['🌱'], '🎷')]).toEqual([true, false]);
});

test('an own topic is trimmed, cut at forty letters, and takes the spelling that is there', () => {
  expect(ownInterest('  night   trains ', [])).toBe('night trains');
  expect(ownInterest('NIGHT-TRAINS', ['Night trains'])).toBe('Night trains');
  expect(ownInterest('x'.repeat(99), [])).toBe('x'.repeat(40));
  expect(ownInterest('   ', [])).toBeNull();
});
