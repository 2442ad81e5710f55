import type { Time } from '../live/contract';
import { localised } from './language';

const clock = localised((locale) => new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }));

/** "18:04", as clocks are written where the reader is. */
export function timeOfDay(time: Time): string {
  return clock().format(new Date(time));
}

const day = localised((locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }));

/** The time of today, the date of any other day. */
export function timeOrDay(time: Time, now: number): string {
  const moment = new Date(time);
  return moment.toDateString() === new Date(now).toDateString() ? clock().format(moment) : day().format(moment);
}
