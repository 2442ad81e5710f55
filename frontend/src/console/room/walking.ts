/** One stop for the Tab key in a group of buttons, arrow keys within: 120 tables do not stand between the keyboard and the page. */
import { neighbour } from './neighbour';

/**
 * Makes the group's buttons marked `data-stop` one stop. Those marked `data-stop="side"` belong to the button beside them: the arrow
 * to the side leads there, the way up and down passes them by.
 */
export function walking(group: HTMLElement): () => void {
  let current: HTMLElement | undefined;

  function stops(): HTMLElement[] {
    return [...group.querySelectorAll<HTMLElement>('[data-stop]')];
  }

  /** The last one visited keeps the stop, or the first. */
  function settle(): void {
    const all = stops();
    if (!current || !all.includes(current)) current = all[0];
    for (const stop of all) {
      const index = stop === current ? 0 : -1;
      if (stop.getAttribute('tabindex') !== String(index)) stop.tabIndex = index;
    }
  }

  function focused(event: FocusEvent): void {
    const stop = (event.target as HTMLElement).closest<HTMLElement>('[data-stop]');
    if (!stop) return;
    current = stop;
    settle();
  }

  function walk(event: KeyboardEvent): void {
    const from = event.target as HTMLElement;
    if (!from.matches('[data-stop]')) return;
    const sideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
    const isNear = (stop: HTMLElement) => stop.dataset.stop !== 'side' || (sideways && stop.parentElement === from.parentElement);
    const ways = stops().filter((stop) => stop !== from && isNear(stop));
    const next = neighbour(from.getBoundingClientRect(), ways.map((stop) => stop.getBoundingClientRect()), event.key);
    if (next === null) return;
    event.preventDefault();
    ways[next]?.focus();
  }

  const watcher = new MutationObserver(settle);
  watcher.observe(group, { childList: true, subtree: true });
  group.addEventListener('focusin', focused);
  group.addEventListener('keydown', walk);
  settle();
  return () => watcher.disconnect();
}
