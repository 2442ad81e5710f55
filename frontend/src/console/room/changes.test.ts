import { expect, it } from 'vitest';
import type { Change } from '../../live/contract';
import { at } from '../fixtures';
import { changeWords } from './changes';

function change(kind: Change['kind'], params: Change['params'] = {}, by = 'Bea'): Change {
  return { version: 4, by, at: at('18:30'), kind, params };
}

it.each<[Change, string]>([
  [change('person_moved', { person: 'Ada', from: 3, table: 5 }), 'Bea moved Ada from table 3 to table 5.'],
  [change('person_moved', { person: 'Ada', from: null, table: 5 }), 'Bea gave Ada a seat at table 5.'],
  [change('person_moved', { person: 'Ada', from: 3, table: null }), 'Bea took Ada from table 3.'],
  [change('people_swapped', { person: 'Ada', other: 'Bo' }), 'Bea swapped Ada and Bo.'],
  [change('round_extended', { round: 2, minutes: 1 }), 'Bea gave round 2 one minute more.'],
  [change('round_extended', { round: 2, minutes: 5 }), 'Bea gave round 2 5 minutes more.'],
  [change('table_pinned', { table: 7 }), 'Bea pinned table 7.'],
  [change('round_ended', { round: 1 }, ''), 'The clock ended round 1.'],
  [change('venue_changed'), 'Bea changed the plan of the tables.'],
])('%o', (told, words) => {
  expect(changeWords(told)).toBe(words);
});
