/** The quiet colour of a topic's dot. */

const HUES = 10;

/** The same topic has the same hue on every surface, whatever its order or id: it is drawn from the name (FNV-1a, 32 bits). */
export function topicHue(label: string): string {
  let hash = 0x811c9dc5;
  for (const letter of label.trim().toLowerCase()) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193);
  return `var(--topic-${((hash >>> 0) % HUES) + 1})`;
}
