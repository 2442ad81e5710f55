/**
 * Hardware scanners "type" what they read and press Enter. People type too: what tells them apart is the speed.
 */

const LONGEST_GAP_MS = 60;
const SHORTEST_CODE = 6;

/** Listens to a page's key presses (while they are captured); `scanned` gets what a hand scanner types, wherever the focus is. */
export function listenToWedge(scanned: (text: string) => void): (event: KeyboardEvent) => void {
  const wedge = createWedge();
  return (event) => {
    // A form takes care of itself.
    if (event.ctrlKey || event.metaKey || event.altKey || (event.target as HTMLElement).closest('form')) return;
    const text = wedge.key(event.key, event.timeStamp);
    if (text === null) return;
    // The scanner's Enter must not press the button that happens to have the focus.
    event.preventDefault();
    if (event.target instanceof HTMLInputElement) clear(event.target);
    scanned(text);
  };
}

function clear(field: HTMLInputElement): void {
  field.value = '';
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

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
