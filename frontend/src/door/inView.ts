/** A camera reads the same ticket many times a second while it is held up. One look is one scan. */

const GONE_AFTER_MS = 3000;

export interface InView {
  /** True when this text has just come into view: not seen within the last 3 seconds. */
  isNew(text: string, at: number): boolean;
}

export function createInView(): InView {
  const lastSeen = new Map<string, number>();
  return {
    isNew(text, at) {
      for (const [seen, when] of lastSeen) if (at - when > GONE_AFTER_MS) lastSeen.delete(seen);
      const known = lastSeen.has(text);
      lastSeen.set(text, at);
      return !known;
    },
  };
}
