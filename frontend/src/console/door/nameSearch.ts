import type { ConsoleAttendee } from '../../live/contract';
import { byName, fold } from '../people';

const SHORTEST_QUERY = 2;
const MOST_HITS = 10;

/**
 * The door's search by name: 2 letters or more, 10 hits at most, by the beginnings of words in the name only, so that a
 * glance over the shoulder never shows the guest list.
 */
export function findByName(attendees: ConsoleAttendee[], query: string): ConsoleAttendee[] {
  const wanted = fold(query).split(/\s+/).filter(Boolean);
  if (wanted.join('').length < SHORTEST_QUERY) return [];
  const matches = (attendee: ConsoleAttendee) => {
    const words = fold(attendee.name).split(/[\s'’-]+/);
    return wanted.every((part) => words.some((word) => word.startsWith(part)));
  };
  return attendees.filter(matches).sort(byName).slice(0, MOST_HITS);
}
