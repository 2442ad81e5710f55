/** Where tables are drawn when the room has a plan. */
import type { ConsoleTable, VenueTable } from '../../live/contract';
import { ROOM, tableRadius } from '../../ui/plan';

/** A figure is its table with the chairs around it: so much wider than the table alone. */
const WITH_CHAIRS = 1.55;

export interface PlanSpots {
  /** Of a figure, in percent of the room's width. */
  width: number;
  placed: { table: ConsoleTable; x: number; y: number }[];
  /** Stand in the room, and nobody is sent there. */
  idle: VenueTable[];
  /** Sat at, and not on the plan. */
  elsewhere: ConsoleTable[];
}

export function planSpots(tables: ConsoleTable[], venue: VenueTable[]): PlanSpots {
  const known = new Map(venue.map((table) => [table.number, table]));
  const used = new Set(tables.map((table) => table.number));
  return {
    width: (tableRadius(venue) * 2 * WITH_CHAIRS * 100) / ROOM.width,
    placed: tables.flatMap((table) => {
      const spot = known.get(table.number);
      return spot ? [{ table, x: spot.x, y: spot.y }] : [];
    }),
    idle: venue.filter(({ number }) => !used.has(number)),
    elsewhere: tables.filter(({ number }) => !known.has(number)),
  };
}
