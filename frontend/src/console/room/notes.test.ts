import { expect, it } from 'vitest';
import type { Note } from '../../live/contract';
import { attendee } from '../fixtures';
import { noteWords } from './notes';

const people = { a: attendee('a', { name: 'Ada' }), b: attendee('b', { name: 'Bo' }) };

it.each<[Note, string]>([
  [{ code: 'repeats', n: 1 }, '1 pair at one table has sat together before.'],
  [{ code: 'forced_repeats', n: 3, people: 12, tables: 2 }, 'With 12 people at 2 tables at least 3 pairs must meet again.'],
  [{ code: 'sitting_out', n: 2 }, '2 people sit out.'],
  [{ code: 'unmet' }, 'No plan was found that keeps every rule; this is the nearest.'],
  [{ code: 'rule', rule: 'company', n: 1, people: 2 }, '1 pair from one company shares a table (people: 2).'],
  [
    { code: 'too_few_chairs', people: 30, chairs: 24, out: 6, more_tables: 1 },
    '30 people are here for 24 chairs, so 6 people sit out. With 1 more table everyone could sit.',
  ],
  [
    { code: 'needs_unmet', attendees: ['a'] },
    'No table laid has what Ada needs. Look at the plan of the tables, or pin them where it works.',
  ],
  [
    { code: 'needs_unmet', attendees: ['a', 'b', 'gone'] },
    'No tables laid have what these 3 people need: Ada, Bo. Look at the plan of the tables, or pin them where it works.',
  ],
  [
    { code: 'one_more_table', more: 7, tables: 6, then: 100, now: 83 },
    'One more table (7 instead of 6): 100 % of the tables would share a topic instead of 83 %.',
  ],
])('%o', (note, words) => {
  expect(noteWords(note, people)).toBe(words);
});
