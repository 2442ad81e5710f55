import { byName, fold } from '../lib/names';

export const SHORTEST_QUERY = 2;
const MOST_HITS = 10;

/**
 * The door's search by name: 2 letters or more, 10 hits at most, by the beginnings of words in the name only, so that a
 * glance over the shoulder never shows the guest list.
 */
export function findByName<Person extends { name: string }>(people: Person[], query: string): Person[] {
  const wanted = fold(query).split(/\s+/).filter(Boolean);
  if (wanted.join('').length < SHORTEST_QUERY) return [];
  const matches = (person: Person) => {
    const words = fold(person.name).split(/[\s'’-]+/);
    return wanted.every((part) => words.some((word) => word.startsWith(part)));
  };
  return people.filter(matches).sort(byName).slice(0, MOST_HITS);
}
