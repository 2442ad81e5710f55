/** Where tables are drawn when the room has a plan. */
import type { ConsoleTable, VenueTable } from '../../live/contract';
import { ROOM, tableRadius } from '../../ui/plan';

/** A figure is its table with the chairs around it: so much wider than the table alone. */
const WITH_CHAIRS = 1.55;

/** A topic beneath a figure, in percent of the room's width. */
const TOPIC = 4;

/** Rows nearer than this, in percent of the room's height, are drawn over each other. */
const ROWS_NEAREST = 10;

export interface PlanSpots {
  /** Of a figure, in percent of the room's width. */
  width: number;
  /** Height of the room by its width: as drawn elsewhere, or more, so that no row hides the topics of the one before it. */
  tall: number;
  placed: { table: ConsoleTable; x: number; y: number }[];
  /** Stand in the room, and nobody is sent there. */
  idle: VenueTable[];
  /** Sat at, and not on the plan. */
  elsewhere: ConsoleTable[];
}

export function planSpots(tables: ConsoleTable[], venue: VenueTable[]): PlanSpots {
  const known = new Map(venue.map((table) => [table.number, table]));
  const used = new Set(tables.map((table) => table.number));
  const width = (tableRadius(venue) * 2 * WITH_CHAIRS * 100) / ROOM.width;
  return {
    width,
    tall: Math.max(ROOM.height / ROOM.width, (width + TOPIC) / rowGap(venue, width)),
    placed: tables.flatMap((table) => {
      const spot = known.get(table.number);
      return spot ? [{ table, x: spot.x, y: spot.y }] : [];
    }),
    idle: venue.filter(({ number }) => !used.has(number)),
    elsewhere: tables.filter(({ number }) => !known.has(number)),
  };
}

/** How far apart rows are at least, in percent of the room's height: of tables that stand one behind the other. */
function rowGap(venue: VenueTable[], width: number): number {
  const gaps = venue.flatMap((one) =>
    venue.filter((other) => other.y > one.y && Math.abs(other.x - one.x) < width).map((other) => other.y - one.y),
  );
  // Those that stand in each other are to be moved apart on the plan: no room is tall enough for them.
  return Math.max(ROWS_NEAREST, Math.min(100, ...gaps));
}
