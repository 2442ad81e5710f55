/** Moments as clocks show them in a time zone, and back. */
import type { Time } from '../../live/contract';

/** "2026-03-14" and "19:05"; both "" for no moment. */
export interface Clock {
  day: string;
  clock: string;
}

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** All zones that this browser can count in, with the given one even if it cannot. */
export function zones(current: string): string[] {
  const known = Intl.supportedValuesOf?.('timeZone') ?? [ownZone()];
  return [...new Set([...known, 'UTC', current])].sort();
}

export function clockAt(time: Time | null, zone: string): Clock {
  if (time === null) return { day: '', clock: '' };
  const moment = Date.parse(time);
  const [day, clock] = new Date(moment + offset(moment, zone)).toISOString().split('T');
  return { day: day!, clock: clock!.slice(0, 5) };
}

/** A time that a clock skips in spring is taken as the one an hour later. What is no day stays as it is: the server says so. */
export function momentOf({ day, clock }: Clock, zone: string): Time {
  const wall = Date.parse(`${day}T${clock}:00.000Z`);
  if (Number.isNaN(wall)) return `${day}T${clock}:00.000Z`;
  const guess = wall - offset(wall, zone);
  return new Date(wall - offset(guess, zone)).toISOString();
}

/** By how many milliseconds the zone's clocks are ahead of UTC at a moment; 0 for a zone that this browser does not know. */
function offset(moment: number, zone: string): number {
  const shown = Object.fromEntries(format(zone).formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  const wall = Date.UTC(shown.year!, shown.month! - 1, shown.day, shown.hour, shown.minute, shown.second);
  return wall - Math.floor(moment / 1000) * 1000;
}

function format(zone: string): Intl.DateTimeFormat {
  const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
  try {
    return new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', { ...fields, hourCycle: 'h23', timeZone: zone });
  } catch {
    return format('UTC');
  }
}
