import { expect, it } from 'vitest';
import { table } from '../fixtures';
import { planSpots } from './planSpots';

const spot = (number: number, x: number, y: number) => ({ number, x, y, chairs: 6, features: [], closed: false });

it('tables stand where the plan has them; unused ones are shown, and those it lacks are told apart', () => {
  const [two, nine] = [table('two', { number: 2 }), table('nine', { number: 9 })];
  const found = planSpots([two, nine], [spot(1, 20, 20), spot(2, 80, 60)]);
  expect(found).toMatchObject({ placed: [{ table: two, x: 80, y: 60 }], idle: [spot(1, 20, 20)], elsewhere: [nine] });
});

it('the closer tables stand, the smaller they are drawn', () => {
  const width = (gap: number) => planSpots([], [spot(1, 40, 50), spot(2, 40 + gap, 50)]).width;
  expect(width(6)).toBeLessThan(width(9));
});

it('rows that stand close make the room taller, so that topics beneath the tables are read', () => {
  const tall = (gap: number) => planSpots([], [spot(1, 20, 20), spot(2, 80, 20), spot(3, 20, 20 + gap)]).tall;
  expect(tall(60)).toBe(2 / 3);
  expect(tall(15)).toBeGreaterThan(tall(20));
});

it('without a plan no table has a place', () => {
  expect(planSpots([table('t1')], [])).toMatchObject({ placed: [], idle: [], elsewhere: [table('t1')] });
});
