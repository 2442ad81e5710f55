/** Picking topics: at most eight, the same one only once however it is written. */

export const MOST_INTERESTS = 8;
export const LONGEST_INTEREST = 40;

const fold = (label: string): string => label.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

export function hasInterest(interests: string[], label: string): boolean {
  return interests.some((one) => same(one, label));
}

/** Adds it, or takes it away when it is there. A ninth one is not added. */
export function toggleInterest(interests: string[], label: string): string[] {
  if (hasInterest(interests, label)) return interests.filter((one) => !same(one, label));
  return interests.length < MOST_INTERESTS ? [...interests, label] : interests;
}

/** An own topic as typed: trimmed, an existing one's spelling where there is one. Null: nothing to add. */
export function ownInterest(typed: string, known: string[]): string | null {
  const label = typed.trim().replace(/\s+/g, ' ').slice(0, LONGEST_INTEREST);
  if (!label) return null;
  return known.find((one) => same(one, label)) ?? label;
}

function same(a: string, b: string): boolean {
  // Labels of signs only (an emoji) fold to nothing: those compare as they are.
  return fold(a) || fold(b) ? fold(a) === fold(b) : a.trim() === b.trim();
}
