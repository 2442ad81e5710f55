/** What an organiser wants to know of a scanner: is it in use, and has it been heard of? */
import type { ConsoleStation, Time } from '../../live/contract';
import { byName } from '../../lib/names';
import { timeOfDay } from '../../lib/time';
import { t } from '../text';

/** A scanner in use says hello every few seconds: after so long it is off, or has no network. */
const SILENT_AFTER_MS = 2 * 60_000;

/** Nobody tells us when its hours are over: the clock does. */
export function statusOf({ status, valid_until }: ConsoleStation, now: number): ConsoleStation['status'] {
  return status === 'active' && valid_until !== null && Date.parse(valid_until) <= now ? 'expired' : status;
}

export function isSilent(station: ConsoleStation, now: number): boolean {
  return statusOf(station, now) === 'active' && station.seen_at !== null && now - Date.parse(station.seen_at) >= SILENT_AFTER_MS;
}

/** "12 s ago"; from an hour on the time of day. Devices differ by a little from the server, so the future is now. */
export function ago(time: Time, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(time)) / 1000));
  if (seconds < 60) return t('ago.seconds', { count: seconds });
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? t('ago.minutes', { count: minutes }) : t('ago.at', { time: timeOfDay(time) });
}

/** Those that scan, with those that will, and those that are over; each by name. */
export function sorted(stations: ConsoleStation[], now: number): { current: ConsoleStation[]; past: ConsoleStation[] } {
  const names = stations.toSorted(byName);
  const isOver = (station: ConsoleStation) => ['expired', 'revoked'].includes(statusOf(station, now));
  const isWaiting = ({ status }: ConsoleStation) => status === 'waiting';
  const current = names.filter((station) => !isOver(station));
  return { current: current.toSorted((one, other) => Number(isWaiting(one)) - Number(isWaiting(other))), past: names.filter(isOver) };
}
