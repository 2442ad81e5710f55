import { describe, expect, test } from 'vitest';
import type { RoundClock, ScreenState, ScreenTable } from '../live/contract';
import { chunks, findPages, initial, namesAlphabetically, sceneOf } from './scene';

const at = (clock: string) => Date.parse(`2026-03-14T${clock}.000Z`);

const round: RoundClock = {
  id: 'r1',
  number: 1,
  kind: 'timed',
  status: 'published',
  starts_at: '2026-03-14T18:10:00.000Z',
  ends_at: '2026-03-14T18:25:00.000Z',
  paused_at: null,
};
const rolling: RoundClock = { ...round, number: 0, kind: 'rolling', starts_at: null, ends_at: null };

function table(number: number, ...names: (string | null)[]): ScreenTable {
  return { id: `t${number}`, number, topic: 'Jazz', people: names.map((name, i) => ({ id: `${number}.${i}`, name })) };
}

function state(changes: Partial<ScreenState> = {}, ...tables: ScreenTable[]): ScreenState {
  return {
    event: { title: 'Supper', phase: 'open', poster_url: 'http://hall.local/e/7kd2' },
    room: { present: 0, topics: [], latest: [] },
    round: null,
    tables: Object.fromEntries(tables.map((one) => [one.id, one])),
    ...changes,
  };
}

describe('the scene', () => {
  const one = table(1, 'Ada');
  const cases: [string, ScreenState, string, string][] = [
    ['before any table the doors', state(), '18:00:00', 'doors'],
    ['a round without tables leaves the doors', state({ round: rolling }), '18:00:00', 'doors'],
    ['tables that open on their own are shown', state({ round: rolling }, one), '18:00:00', 'find'],
    ['a published round is shown', state({ round }, one), '18:08:00', 'find'],
    ['while they talk the clock', state({ round }, one), '18:12:00', 'talk'],
    ['a paused clock stays the clock', state({ round: { ...round, paused_at: '2026-03-14T18:12:00.000Z' } }, one), '19:00:00', 'talk'],
    ['time is up', state({ round }, one), '18:25:00', 'thank'],
    ['after open tables closed the doors', state({ round: { ...rolling, status: 'done' } }, one), '18:25:00', 'doors'],
    ['after the evening thanks', state({ round, event: { title: '', phase: 'ended', poster_url: '' } }, one), '18:12:00', 'ended'],
  ];
  test.each(cases)('%s', (_, given, clock, scene) => expect(sceneOf(given, at(clock))).toBe(scene));
});

test('names are listed A to Z across tables, without those who rather not', () => {
  const names = namesAlphabetically(state({}, table(2, 'Émile', 'zoe', null), table(1, 'Ada', 'Bo')));
  expect(names.map(({ name, table: number }) => [name, number])).toEqual([
    ['Ada', 1],
    ['Bo', 1],
    ['Émile', 2],
    ['zoe', 2],
  ]);
});

test('people of the same name are told apart by table', () => {
  const names = namesAlphabetically(state({}, table(9, 'Ada L.'), table(3, 'Ada L.')));
  expect(names.map(({ table: number }) => number)).toEqual([3, 9]);
});

test('pages go through the names, then the tables', () => {
  const tables = Array.from({ length: 7 }, (_, i) => table(i + 1, ...['A', 'B', 'C', 'D', 'E'].map((name) => `${name}${i}`)));
  expect(findPages(state({ round }, ...tables)).map(({ key }) => key)).toEqual(['names 0', 'names 1', 'tables 0', 'tables 1']);
});

test('a large room is shown densely, a small one is not', () => {
  const room = (count: number) => {
    const tables = Array.from({ length: count }, (_, i) => table(i + 1, 'A', 'B', 'C', 'D', 'E', 'F'));
    return findPages(state({ round }, ...tables)).map((page) =>
      page.kind === 'names' ? page.rows.length : page.kind === 'tables' ? -page.tables.length : 0,
    );
  };
  expect(room(12)).toEqual([18, 18, 18, 18, -4, -4, -4]);
  expect(room(18)).toEqual([27, 27, 27, 27, -6, -6, -6]);
});

test('while tables open on their own the doors come first', () => {
  expect(findPages(state({ round: rolling }, table(1, 'Ada'))).map(({ key }) => key)).toEqual(['doors', 'names 0', 'tables 0']);
});

test('a table of people who rather not be named has no page of names', () => {
  expect(findPages(state({ round }, table(1, null, null))).map(({ key }) => key)).toEqual(['tables 0']);
});

test('pages are even', () => {
  expect(chunks([1, 2, 3, 4, 5, 6, 7], 6)).toEqual([
    [1, 2, 3, 4],
    [5, 6, 7],
  ]);
  expect(chunks([], 6)).toEqual([]);
});

test('the initial is a whole letter in any script', () => {
  expect(['ada', ' émile', '李娜', 'ليلى', '👩‍🌾 Kim', ''].map(initial)).toEqual(['A', 'É', '李', 'ل', '👩‍🌾', '']);
});
