/** The room from above: how a plan in percent is drawn, and how the way to a table is told to who cannot see it. */
import type { Plan } from '../live/contract';

/** What a plan is drawn on: percent of a room half as wide again as it is deep. */
export const ROOM = { width: 150, height: 100 };

export interface Spot {
  x: number;
  y: number;
}

export function onPaper({ x, y }: Spot): Spot {
  return { x: (x / 100) * ROOM.width, y: (y / 100) * ROOM.height };
}

const WIDEST = 7;
const NARROWEST = 2.6;

/** As wide as fits between the two tables that stand closest. */
export function tableRadius(tables: Spot[]): number {
  const spots = tables.map(onPaper);
  let closest = Infinity;
  spots.forEach((one, index) => {
    for (const other of spots.slice(index + 1)) closest = Math.min(closest, Math.hypot(one.x - other.x, one.y - other.y));
  });
  return Math.min(WIDEST, Math.max(NARROWEST, closest * 0.4));
}

/** Where a table is for somebody who comes in and looks into the room. */
export type Way = 'ahead' | 'ahead_left' | 'ahead_right' | 'left' | 'right';

export function wayTo({ entrance, tables }: Plan, number: number): Way | null {
  const table = tables.find((one) => one.number === number);
  if (!table) return null;
  const from = onPaper(entrance);
  const turn = degrees(between(from, onPaper(table)) - between(from, { x: ROOM.width / 2, y: ROOM.height / 2 }));
  if (Math.abs(turn) <= 15) return 'ahead';
  if (Math.abs(turn) <= 60) return turn < 0 ? 'ahead_left' : 'ahead_right';
  return turn < 0 ? 'left' : 'right';
}

const between = (from: Spot, to: Spot): number => Math.atan2(to.y - from.y, to.x - from.x);

/** From -180 to 180; below 0 is to the left, as y counts downwards. */
function degrees(angle: number): number {
  const turned = (angle * 180) / Math.PI;
  return ((((turned + 180) % 360) + 360) % 360) - 180;
}
