import type { ConsoleAttendee } from '../../live/contract';
import { byName, fold } from '../../lib/names';
import { isPresent } from '../people';

export const FILTERS = ['all', 'here', 'expected', 'not_mailed', 'hosts', 'first_timers', 'needs', 'away'] as const;
export type Filter = (typeof FILTERS)[number];

export const SORTS = ['name', 'arrival'] as const;
export type Sort = (typeof SORTS)[number];

/** no_address: they get their ticket on paper, or at the door. */
export type TicketState = 'none' | 'no_address' | 'not_mailed' | 'mailed';

export function ticketState({ ticket, email }: ConsoleAttendee): TicketState {
  if (!ticket) return 'none';
  if (ticket.mailed_at) return 'mailed';
  return email ? 'not_mailed' : 'no_address';
}

const belongs: Record<Filter, (attendee: ConsoleAttendee) => boolean> = {
  all: () => true,
  here: isPresent,
  expected: (attendee) => attendee.status === 'registered' && !isPresent(attendee),
  not_mailed: (attendee) => attendee.status === 'registered' && ticketState(attendee) === 'not_mailed',
  hosts: (attendee) => attendee.status === 'registered' && attendee.host,
  first_timers: (attendee) => attendee.status === 'registered' && attendee.first_timer,
  needs: (attendee) => attendee.status === 'registered' && attendee.needs.length > 0,
  away: (attendee) => attendee.status !== 'registered',
};

export function filterCounts(attendees: ConsoleAttendee[]): Record<Filter, number> {
  const count = (filter: Filter) => attendees.filter(belongs[filter]).length;
  return Object.fromEntries(FILTERS.map((filter) => [filter, count(filter)])) as Record<Filter, number>;
}

export interface GuestQuery {
  search: string;
  filter: Filter;
  sort: Sort;
}

/** Every word of the search must occur somewhere in name, e-mail, company, trade or interests. */
export function guestList(attendees: ConsoleAttendee[], query: GuestQuery): ConsoleAttendee[] {
  const words = fold(query.search).split(/\s+/).filter(Boolean);
  const matches = (attendee: ConsoleAttendee) => {
    const text = fold([attendee.name, attendee.email, attendee.company, attendee.trade, ...attendee.interests].join(' '));
    return words.every((word) => text.includes(word));
  };
  return attendees
    .filter((attendee) => belongs[query.filter](attendee) && matches(attendee))
    .sort(query.sort === 'name' ? byName : byArrival);
}

/** Latest arrival first; those who are not here follow by name. */
function byArrival(one: ConsoleAttendee, other: ConsoleAttendee): number {
  return (other.present_since ?? '').localeCompare(one.present_since ?? '') || byName(one, other);
}
