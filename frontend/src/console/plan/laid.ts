/** The venue's tables while they are being laid: what can be said of them without a page. */
import type { ConsoleAttendee, VenueTable } from '../../live/contract';
import { onPaper, type Spot } from '../../ui/plan';

/** A table has a name of its own while its number changes. */
export type Laid = VenueTable & { key: number };

export const CHAIRS = { least: 1, most: 16 };
export const MOST_TABLES = 200;

/** The lowest numbers that are not taken. */
export function freeNumbers(tables: VenueTable[], count: number): number[] {
  const taken = new Set(tables.map(({ number }) => number));
  const free: number[] = [];
  for (let number = 1; free.length < count; number += 1) if (!taken.has(number)) free.push(number);
  return free;
}

/** Percent that stay free along the walls. */
const EDGE = { x: 8, y: 12 };
/** Of a block that stands beside other tables: percent from one table to the next. */
const STEP = { x: 10, y: 15 };

/** From the middle of one table to the next there is this much room at least, on the paper. */
const APART = 14;

/** Rows of spots: over the whole room while it is empty, else as a block where it stands freest. */
export function block(rows: number, inEach: number, standing: Spot[]): Spot[] {
  const grid = (from: Spot, step: Spot) =>
    Array.from({ length: rows * inEach }, (_, index) => ({
      x: Math.round(from.x + (index % inEach) * step.x),
      y: Math.round(from.y + Math.floor(index / inEach) * step.y),
    }));
  const spread = (count: number, edge: number) => (count > 1 ? (100 - 2 * edge) / (count - 1) : 0);
  const whole = { x: spread(inEach, EDGE.x), y: spread(rows, EDGE.y) };
  if (!standing.length) return grid({ x: inEach > 1 ? EDGE.x : 50, y: rows > 1 ? EDGE.y : 50 }, whole);
  // A little closer than would fill the room, so that a full one leaves a choice of places.
  const step = { x: Math.min(STEP.x, 0.92 * whole.x), y: Math.min(STEP.y, 0.92 * whole.y) };
  const last = { x: 100 - EDGE.x - (inEach - 1) * step.x, y: 100 - EDGE.y - (rows - 1) * step.y };
  let freest: Spot[] = [];
  let most = -1;
  for (let y = EDGE.y; y <= last.y + 0.01 && most < APART; y += 2) {
    for (let x = EDGE.x; x <= last.x + 0.01 && most < APART; x += 2) {
      const spots = grid({ x, y }, step);
      const free = Math.min(...spots.map((spot) => room(spot, standing)));
      if (free > most) [freest, most] = [spots, free];
    }
  }
  return freest;
}

/** How far away the nearest of the others stands. */
function room(spot: Spot, others: Spot[]): number {
  const here = onPaper(spot);
  return Math.min(...others.map(onPaper).map((other) => Math.hypot(other.x - here.x, other.y - here.y)));
}

/** All of them moved alike, and none beyond a wall. */
export function moved<Thing extends Spot>(things: Thing[], by: Spot): Thing[] {
  const within = (axis: 'x' | 'y') => {
    const at = things.map((thing) => thing[axis]);
    return Math.min(100 - Math.max(...at), Math.max(-Math.min(...at), by[axis]));
  };
  const step = { x: within('x'), y: within('y') };
  return things.map((thing) => ({ ...thing, x: thing.x + step.x, y: thing.y + step.y }));
}

/** Numbers that more than one table has. */
export function twins(tables: VenueTable[]): number[] {
  const numbers = tables.map(({ number }) => number);
  return [...new Set(numbers.filter((number, index) => numbers.indexOf(number) !== index))].sort((one, other) => one - other);
}

export interface Capacity {
  tables: number;
  chairs: number;
  closed: number;
  /** People on the list for whom there is no chair. */
  short: number;
  /** Needs that guests have and no open table meets, with how many guests have them. */
  unmet: { need: 'step_free' | 'quiet'; count: number }[];
}

export function capacity(tables: VenueTable[], attendees: ConsoleAttendee[]): Capacity {
  const open = tables.filter(({ closed }) => !closed);
  const coming = attendees.filter(({ status }) => status === 'registered');
  const chairs = open.reduce((sum, table) => sum + table.chairs, 0);
  const unmet = (['step_free', 'quiet'] as const)
    .map((need) => ({ need, count: coming.filter(({ needs }) => needs.includes(need)).length }))
    .filter(({ need, count }) => count > 0 && !open.some(({ features }) => features.includes(need)));
  return { tables: open.length, chairs, closed: tables.length - open.length, short: Math.max(0, coming.length - chairs), unmet };
}

/** As the server keeps it. */
export function asVenue(tables: Laid[]): VenueTable[] {
  return tables
    .map(({ number, chairs, x, y, features, closed }) => ({ number, chairs, x, y, features: [...features].sort(), closed }))
    .sort((one, other) => one.number - other.number);
}
