import { expect, it } from 'vitest';
import { onPaper, tableRadius, wayTo } from './plan';

const door = { x: 50, y: 100 };
const at = (x: number, y: number) => ({ entrance: door, tables: [{ number: 7, x, y }] });

it('percent of the room become units of the paper', () => {
  expect(onPaper({ x: 50, y: 50 })).toEqual({ x: 75, y: 50 });
});

it('tables are as wide as the closest two allow, within bounds', () => {
  expect(tableRadius([{ x: 50, y: 50 }])).toBe(7);
  expect(
    tableRadius([
      { x: 0, y: 10 },
      { x: 0, y: 20 },
      { x: 0, y: 60 },
    ]),
  ).toBe(4);
  expect(
    tableRadius([
      { x: 1, y: 1 },
      { x: 1, y: 1 },
    ]),
  ).toBe(2.6);
});

it.each([
  [50, 10, 'ahead'],
  [30, 20, 'ahead_left'],
  [80, 20, 'ahead_right'],
  [5, 95, 'left'],
  [95, 95, 'right'],
] as const)('from a door at the bottom the table at %i/%i is %s', (x, y, way) => {
  expect(wayTo(at(x, y), 7)).toBe(way);
});

it('left and right turn with the door', () => {
  expect(wayTo({ entrance: { x: 50, y: 0 }, tables: [{ number: 7, x: 95, y: 5 }] }, 7)).toBe('left');
});

it('a table that is not on the plan has no way', () => {
  expect(wayTo(at(5, 95), 8)).toBe(null);
});
