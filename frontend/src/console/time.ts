import type { Time } from '../live/contract';

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });

/** "18:04", as clocks are written where the organiser is. */
export function timeOfDay(time: Time): string {
  return clock.format(new Date(time));
}
