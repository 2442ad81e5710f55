import { expect, it } from 'vitest';
import { initials, seatSpots } from './seats';

const rounded = (count: number) => seatSpots(count).map(({ x, y }) => [Math.round(x), Math.round(y)]);

it('seats stand evenly around the table, the first at the top', () => {
  expect(rounded(4)).toEqual([
    [60, 13],
    [107, 60],
    [60, 107],
    [13, 60],
  ]);
});

it('an empty table has no seats', () => {
  expect(seatSpots(0)).toEqual([]);
});

it.each([
  ['Ada Lovelace', 'AL'],
  ['ada king von Lovelace', 'AL'],
  ['Cher', 'C'],
  ['Олена Коваль', 'ОК'],
  ['🌱 Green', '🌱G'],
  ['王 小明', '王'],
  ['محمد Larsson', 'م'],
  [' ', ''],
])('the seat of "%s" says "%s"', (name, letters) => {
  expect(initials(name)).toBe(letters);
});
