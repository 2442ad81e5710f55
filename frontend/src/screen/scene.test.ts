import { describe, expect, test } from 'vitest';
import type { RoundClock, ScreenState, ScreenTable } from '../live/contract';
import { chunks, findPages, initial, movesSince, namesAlphabetically, readable, sceneOf } from './scene';

const at = (clock: string) => Date.parse(`2026-03-14T${clock}.000Z`);

const round: RoundClock = {
  id: 'r1',
  number: 1,
  kind: 'timed',
  status: 'published',
  starts_at: '2026-03-14T18:10:00.000Z',
  ends_at: '2026-03-14T18:25:00.000Z',
  paused_at: null,
  patience: null,
};
const rolling: RoundClock = { ...round, number: 0, kind: 'rolling', starts_at: null, ends_at: null, patience: 600 };
const event = { title: 'Supper', phase: 'open', poster_url: 'http://hall.local/e/7kd2', language: 'en' } as const;

function table(number: number, ...names: (string | null)[]): ScreenTable {
  return { id: `t${number}`, number, topic: 'Jazz', people: names.map((name, i) => ({ id: `${number}.${i}`, name })) };
}

function state(changes: Partial<ScreenState> = {}, ...tables: ScreenTable[]): ScreenState {
  return {
    event,
    room: { present: 0, topics: [], latest: [] },
    round: null,
    tables: Object.fromEntries(tables.map((one) => [one.id, one])),
    plan: { entrance: { x: 50, y: 100 }, tables: [] },
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
    ['after the evening thanks', state({ round, event: { ...event, phase: 'ended' } }, one), '18:12:00', 'ended'],
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
  const tables = Array.from({ length: 7 }, (_, i) => table(i + 1, ...['A', 'B', 'C', 'D'].map((name) => `${name}${i}`)));
  expect(findPages(state({ round }, ...tables)).map(({ key }) => key)).toEqual(['names 0', 'names 1', 'tables 0', 'tables 1']);
});

test('where there is a plan of the room it comes between names and tables', () => {
  const plan = { entrance: { x: 50, y: 100 }, tables: [{ number: 1, x: 20, y: 20 }] };
  expect(findPages(state({ round, plan }, table(1, 'Ada'))).map(({ key }) => key)).toEqual(['names 0', 'plan', 'tables 0']);
});

test('a plan too crowded to be read is left out', () => {
  const rows = (each: number, rest: number) =>
    Array.from({ length: each * rest }, (_, i) => ({ number: i + 1, x: (100 * (i % each)) / each, y: (100 * Math.floor(i / each)) / rest }));
  const crowd = (tables: ReturnType<typeof rows>) => readable({ entrance: { x: 0, y: 0 }, tables });
  expect([crowd([]), crowd(rows(1, 1)), crowd(rows(10, 8)), crowd(rows(15, 10))]).toEqual([false, true, true, false]);
});

test('a large room is shown densely, a small one is not', () => {
  const room = (count: number, ...more: string[]) => {
    const tables = Array.from({ length: count }, (_, i) => table(i + 1, 'A', 'B', 'C', 'D', 'E', 'F', ...more));
    return findPages(state({ round }, ...tables)).map((page) =>
      page.kind === 'names' ? page.rows.length : page.kind === 'tables' ? -page.tables.length : 0,
    );
  };
  expect(room(12)).toEqual([15, 15, 15, 15, 12, -4, -4, -4]);
  expect(room(18)).toEqual([22, 22, 22, 22, 20, -6, -6, -6]);
  expect(room(18, 'G')).toEqual([21, 21, 21, 21, 21, 21, -4, -4, -4, -4, -2]);
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

describe('who has come to another table', () => {
  const seats = (...tables: ScreenTable[]) => new Map(namesAlphabetically(state({}, ...tables)).map(({ id, table: at }) => [id, at]));
  const at = (number: number, ...ids: string[]): ScreenTable => ({
    id: `t${number}`,
    number,
    topic: null,
    people: ids.map((id) => ({ id, name: id === 'shy' ? null : id.toUpperCase() })),
  });

  test('is told with the table they had', () => {
    expect(movesSince(seats(at(1, 'ada', 'bo'), at(2)), state({}, at(1, 'bo'), at(2, 'ada', 'cy')))).toEqual([
      { id: 'ada', name: 'ADA', from: 1, to: 2 },
      { id: 'cy', name: 'CY', from: null, to: 2 },
    ]);
  });

  test('is not told of who rather not be named, nor of who left', () => {
    expect(movesSince(seats(at(1, 'shy', 'bo'), at(2)), state({}, at(1), at(2, 'shy')))).toEqual([]);
  });

  test('is a new plan if they are many', () => {
    expect(movesSince(new Map(), state({}, at(1, 'a', 'b', 'c', 'd', 'e')))).toEqual([]);
  });
});
