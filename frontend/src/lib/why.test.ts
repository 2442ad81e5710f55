import { expect, test } from 'vitest';
import type { Why } from '../live/contract';
import { openerWords, whyWords } from './why';

const why = (holders: number, size: number, help: Why['help'] = null): Why => ({ holders, size, help });

test('how many picked the topic is said in letters', () => {
  expect([why(3, 4), why(4, 4), why(2, 2), why(1, 1), why(12, 12)].map((it) => whyWords(it, 'chess'))).toEqual([
    '3 of 4 picked chess.',
    'All four picked chess.',
    'Both picked chess.',
    'Here for chess.',
    'All 12 picked chess.',
  ]);
});

test('an ask that an offer meets is told with names, several as a number', () => {
  expect(whyWords(why(3, 3, { topic: 'pottery', askers: ['Ada L.'], helpers: ['Bo', 'Cy'] }), 'chess')).toBe(
    'All three picked chess; Ada L. asks about pottery, two offer it.',
  );
});

test('an open table says so', () => {
  expect(whyWords(why(0, 4), null)).toBe(
    'An open table: nobody has picked a topic yet, so start with what brought you here.',
  );
});

test('tables begin with different questions, open ones with their own', () => {
  expect([0, 1, 4].map((opener) => openerWords(opener, 'chess'))).toEqual([
    'What first drew you to chess?',
    'What are you trying out in chess at the moment?',
    'What first drew you to chess?',
  ]);
  expect(openerWords(2, null)).toBe('What are you curious about at the moment?');
});
