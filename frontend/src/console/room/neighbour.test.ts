import { expect, it } from 'vitest';
import { neighbour, type Box } from './neighbour';

const box = (left: number, top: number, width = 80, height = 40): Box => ({ left, top, right: left + width, bottom: top + height });

// 0 1 2
// 3 4
const boxes = [0, 1, 2, 3, 4].map((index) => box((index % 3) * 100, Math.floor(index / 3) * 120));
const walk = (from: number, key: string) => neighbour(boxes[from]!, boxes, key);

it('arrows lead to the next thing on that side', () => {
  expect([walk(0, 'ArrowRight'), walk(1, 'ArrowDown'), walk(4, 'ArrowUp'), walk(4, 'ArrowLeft')]).toEqual([1, 4, 1, 3]);
});

it('a short row offers the nearest thing it has', () => {
  expect(walk(2, 'ArrowDown')).toBe(4);
});

it('there is nothing beyond the edges', () => {
  expect([walk(0, 'ArrowLeft'), walk(0, 'ArrowUp'), walk(3, 'ArrowDown')]).toEqual([null, null, null]);
});

it('tables that stand anywhere are reached by where they stand, not by their order', () => {
  const room = [box(450, 900), box(10, 10), box(900, 14), box(460, 400)];
  const from = (index: number, key: string) => neighbour(room[index]!, room, key);
  expect([from(0, 'ArrowUp'), from(1, 'ArrowRight'), from(2, 'ArrowLeft')]).toEqual([3, 2, 1]);
});

it('a wide row leads straight up and down, to narrow things at its end too', () => {
  const [pin, first, second, elsewhere] = [box(210, 0, 30), box(0, 50, 200), box(0, 100, 200), box(0, -200, 200)];
  const card = [pin, first, second, elsewhere];
  expect([neighbour(first, card, 'ArrowDown'), neighbour(second, card, 'ArrowUp'), neighbour(first, card, 'ArrowUp')]).toEqual([2, 1, 0]);
});

it('Home and End lead to the first and the last', () => {
  expect([walk(3, 'Home'), walk(1, 'End')]).toEqual([0, 4]);
});

it('other keys lead nowhere', () => {
  expect([walk(0, 'a'), walk(0, 'Enter'), neighbour(box(0, 0), [], 'Home')]).toEqual([null, null, null]);
});
