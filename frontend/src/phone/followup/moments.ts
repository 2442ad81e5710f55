/** Days and times as one speaks of them afterwards. */
import { localised } from '../../lib/language';
import type { Time } from '../../live/contract';

const weekday = localised(
  (locale) => new Intl.DateTimeFormat(locale, { weekday: 'long', hour: 'numeric', minute: '2-digit' }),
);
const day = localised((locale) => new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short' }));
const date = localised((locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }));

/** "Thursday 21:05": of a moment within the week. */
export function dayAndTime(time: Time): string {
  return weekday().format(new Date(time));
}

/** "Thu, 3 Dec": of a day like "2026-12-03", which is the same day everywhere. */
export function dayOf(iso: string): string {
  return day().format(new Date(`${iso}T00:00`));
}

/** "3 Dec 2026": of a moment that may be long ago. */
export function dateOf(time: Time): string {
  return date().format(new Date(time));
}

/** "2026-12-03": the day of a moment where the reader is. */
export function isoDay(time: number | Time): string {
  const moment = new Date(time);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}
