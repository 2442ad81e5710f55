/** Dragging a person by mouse, pen or finger, on top of the desk: it picks up, shows where they would go, and puts down. */
import type { Desk, Place } from './desk.svelte';

/** Pixels after which a press is a drag. */
const THRESHOLD = 6;
/** Near the upper or lower edge of the window the page scrolls along. */
const EDGE = 72;
const SCROLL = 14;

interface Press {
  attendee: string;
  round: string;
  x: number;
  y: number;
}

export class Drag {
  /** Where the pointer is while somebody is dragged. */
  at = $state.raw<{ x: number; y: number } | null>(null);
  /** Where they would go now; null where they cannot. */
  over = $state.raw<Place | null>(null);
  private press: Press | null = null;

  constructor(
    private readonly desk: Desk,
    private readonly tableById: (id: string) => Place['table'],
  ) {}

  /** A finger drags by the grip alone, so that it can scroll by the rest. */
  begin(event: PointerEvent, attendee: string, round: string): void {
    const byGrip = (event.target as Element).closest('[data-grip]');
    if (event.button !== 0 || (event.pointerType === 'touch' && !byGrip)) return;
    this.press = { attendee, round, x: event.clientX, y: event.clientY };
    addEventListener('pointermove', this.move);
    addEventListener('pointerup', this.drop);
    addEventListener('pointercancel', this.cancel);
    addEventListener('keydown', this.escape, true);
  }

  private readonly move = (event: PointerEvent): void => {
    const { press } = this;
    if (!press) return;
    if (!this.at) {
      if (Math.hypot(event.clientX - press.x, event.clientY - press.y) < THRESHOLD) return;
      this.desk.letGo();
      this.desk.take(press.attendee, press.round);
      requestAnimationFrame(this.scroll);
    }
    this.at = { x: event.clientX, y: event.clientY };
    this.look();
  };

  private readonly drop = (): void => {
    const { at, over } = this;
    this.end();
    if (!at) return;
    addEventListener('click', swallow, { capture: true, once: true });
    // Without a click of its own (the pointer left the element) there is nothing to swallow.
    setTimeout(() => removeEventListener('click', swallow, { capture: true }));
    if (over) this.desk.put(over);
    else this.desk.letGo();
  };

  private readonly cancel = (): void => {
    if (this.at) this.desk.letGo();
    this.end();
  };

  private readonly escape = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.cancel();
  };

  private end(): void {
    this.press = this.at = this.over = null;
    removeEventListener('pointermove', this.move);
    removeEventListener('pointerup', this.drop);
    removeEventListener('pointercancel', this.cancel);
    removeEventListener('keydown', this.escape, true);
  }

  private look(): void {
    const place = this.placeUnder(this.at!.x, this.at!.y);
    this.over = place && this.desk.mayGo(place) ? place : null;
  }

  private placeUnder(x: number, y: number): Place | null {
    const target = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-swap], [data-table], [data-out]');
    const round = target?.closest<HTMLElement>('[data-round]')?.dataset.round;
    if (!target || round !== this.press?.round) return null;
    if (target.dataset.swap !== undefined) return this.desk.placeOf(target.dataset.swap);
    return { table: target.dataset.table === undefined ? null : this.tableById(target.dataset.table) };
  }

  private readonly scroll = (): void => {
    if (!this.at) return;
    const step = this.at.y < EDGE ? -SCROLL : this.at.y > innerHeight - EDGE ? SCROLL : 0;
    if (step) {
      scrollBy(0, step);
      this.look();
    }
    requestAnimationFrame(this.scroll);
  };
}

function swallow(event: MouseEvent): void {
  event.preventDefault();
  event.stopPropagation();
}
