import { expect, it } from 'vitest';
import { neighbour } from './neighbour';

// 0 1 2
// 3 4
const corners = [0, 1, 2, 3, 4].map((index) => ({ x: (index % 3) * 100, y: Math.floor(index / 3) * 120 }));
const walk = (from: number, key: string) => neighbour(corners, from, key);

it('arrows lead to the next thing on that side', () => {
  expect([walk(0, 'ArrowRight'), walk(1, 'ArrowDown'), walk(4, 'ArrowUp'), walk(4, 'ArrowLeft')]).toEqual([1, 4, 1, 3]);
});

it('a short row offers the nearest thing it has', () => {
  expect(walk(2, 'ArrowDown')).toBe(4);
});

it('there is nothing beyond the edges', () => {
  expect([walk(0, 'ArrowLeft'), walk(0, 'ArrowUp'), walk(4, 'ArrowRight'), walk(3, 'ArrowDown')]).toEqual([null, null, null, null]);
});

it('Home and End lead to the first and the last', () => {
  expect([walk(3, 'Home'), walk(1, 'End')]).toEqual([0, 4]);
});

it('other keys lead nowhere', () => {
  expect([walk(0, 'a'), walk(0, 'Enter'), neighbour([], 0, 'Home')]).toEqual([null, null, null]);
});
