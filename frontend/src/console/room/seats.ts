/** Where seats are drawn around a table, and what is written on them. */

const CENTRE = 60;
const RADIUS = 47;

/** Evenly around the table in a 120 by 120 drawing, the first seat at the top. */
export function seatSpots(count: number): { x: number; y: number }[] {
  return Array.from({ length: count }, (_, index) => {
    const angle = (index / count) * 2 * Math.PI - Math.PI / 2;
    return { x: CENTRE + RADIUS * Math.cos(angle), y: CENTRE + RADIUS * Math.sin(angle) };
  });
}

/**
 * First letters of the first and the last word. Scripts without capitals (Arabic, Devanagari, Han) get one letter: two would join or
 * not fit the seat.
 */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  const letters = ends.map((word) => [...word][0]!.toUpperCase());
  return letters.some((letter) => /\p{Lo}/u.test(letter)) ? letters[0]! : letters.join('');
}
