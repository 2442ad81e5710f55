import { describe, expect, it } from 'vitest';
import type { VenueTable } from '../../live/contract';
import { attendee } from '../fixtures';
import { asVenue, block, capacity, freeNumbers, moved, twins } from './laid';

const table = (number: number, changes: Partial<VenueTable> = {}): VenueTable => ({
  number,
  chairs: 6,
  x: 50,
  y: 50,
  features: [],
  closed: false,
  ...changes,
});

it('new tables take the lowest numbers that are free', () => {
  expect(freeNumbers([table(2), table(4)], 3)).toEqual([1, 3, 5]);
});

describe('rows of tables', () => {
  it('spread over an empty room', () => {
    expect(block(2, 3, [])).toEqual([
      { x: 8, y: 12 },
      { x: 50, y: 12 },
      { x: 92, y: 12 },
      { x: 8, y: 88 },
      { x: 50, y: 88 },
      { x: 92, y: 88 },
    ]);
    expect(block(1, 1, [])).toEqual([{ x: 50, y: 50 }]);
  });

  it('stand beside those that are there, and on top of none even where it is crowded', () => {
    const standing = block(3, 4, []);
    for (const added of [block(1, 1, standing), block(3, 4, standing), block(10, 12, standing)]) {
      expect(added.filter((spot) => standing.some(({ x, y }) => x === spot.x && y === spot.y))).toEqual([]);
      expect(added.every(({ x, y }) => x >= 0 && x <= 100 && y >= 0 && y <= 100)).toBe(true);
    }
  });
});

it('what is moved keeps its shape and stays in the room', () => {
  const two = [
    { x: 10, y: 90 },
    { x: 30, y: 95 },
  ];
  expect(moved(two, { x: -20, y: 20 })).toEqual([
    { x: 0, y: 95 },
    { x: 20, y: 100 },
  ]);
});

it('numbers that two tables have are found', () => {
  expect(twins([table(3), table(1), table(3), table(1), table(2)])).toEqual([1, 3]);
});

it('says what the room holds, and what it lacks', () => {
  const guests = [
    attendee('Ada', { needs: ['step_free', 'stay'] }),
    attendee('Bo', { needs: ['quiet'] }),
    attendee('Cy', { needs: ['step_free'], status: 'cancelled' }),
    ...Array.from({ length: 6 }, (_, number) => attendee(`Guest ${number}`)),
  ];
  const tables = [table(1, { features: ['quiet'] }), table(2, { features: ['step_free'], closed: true })];
  expect(capacity(tables, guests)).toEqual({ tables: 1, chairs: 6, closed: 1, short: 2, unmet: [{ need: 'step_free', count: 1 }] });
});

it('the server gets the tables by number, and no names of ours', () => {
  const laid = [
    { ...table(2, { features: ['step_free', 'quiet'] }), key: 1 },
    { ...table(1), key: 0 },
  ];
  expect(asVenue(laid)).toEqual([table(1), table(2, { features: ['quiet', 'step_free'] })]);
});
