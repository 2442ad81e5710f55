/**
 * Hardware scanners "type" what they read and press Enter. People type too: what tells them apart is the speed.
 */

const LONGEST_GAP_MS = 60;
const SHORTEST_CODE = 6;

export interface Wedge {
  /** Feed every key press with its time; answers the scanned text when a scanner has just finished, else null. */
  key(key: string, at: number): string | null;
}

export function createWedge(): Wedge {
  let typed = '';
  let last = -Infinity;
  return {
    key(key, at) {
      if (at - last > LONGEST_GAP_MS) typed = '';
      last = at;
      if (key === 'Enter') {
        const scanned = typed;
        typed = '';
        return scanned.length >= SHORTEST_CODE ? scanned : null;
      }
      if (key.length === 1) typed += key;
      return null;
    },
  };
}
