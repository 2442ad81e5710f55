/**
 * The organiser's hands on the room: a person is picked up (by mouse, finger or key) and put down at a table, in the place of
 * somebody else, or out. In a draft that is done at once; in a round that is on, whoever has a seat moves only after a question.
 */
import type { ConsoleRound, ConsoleState, ConsoleTable } from '../../live/contract';
import { movePerson, setPin, type Move } from '../api';
import type { Evening } from '../evening.svelte';
import { chairsAt, isClosed } from '../people';
import { t } from '../text';

/** Somebody in the organiser's hand. */
export interface Held {
  attendee: string;
  name: string;
  round: string;
  /** null: without a seat in this round. */
  from: ConsoleTable | null;
  /** What the organiser looked at when they picked the person up: if a colleague acts meanwhile, nothing is moved. */
  version: number;
}

/** Where somebody may be put down; table null: out. With `swap` (a person) in their place, who takes the place given up. */
export interface Place {
  table: ConsoleTable | null;
  swap?: string;
}

/** free: somebody may be put down here. Otherwise why not. */
export type Welcome = 'free' | 'here' | 'full' | 'closed';

export class Desk {
  held = $state.raw<Held | null>(null);
  /** What would change a round that is on: waits for the organiser's yes. */
  asking = $state.raw<Place | null>(null);
  /** The latest deed, for a screen reader. */
  said = $state('');
  /** Who was moved last: to catch the eye, and to get the focus that their old place took along. */
  latest = $state.raw<string[]>([]);

  constructor(private readonly evening: Evening) {}

  /** Picked up a second time is put back. */
  pickUp(attendee: string, round: string): void {
    const again = this.isHeld(attendee, round);
    this.letGo();
    if (!again) this.take(attendee, round);
  }

  take(attendee: string, round: string): void {
    const name = this.name(attendee);
    this.held = { attendee, name, round, from: this.tableOf(attendee, round), version: this.evening.version };
    this.said = t('desk.picked_up', { name });
  }

  letGo(): void {
    this.held = null;
    this.asking = null;
    this.said = '';
  }

  isHeld(attendee: string, round: string): boolean {
    return this.held?.attendee === attendee && this.held.round === round;
  }

  /** The person went home, or their round is over. */
  get isHoldingNobody(): boolean {
    if (!this.held) return false;
    const status = this.round(this.held.round)?.status ?? 'done';
    return status === 'done' || !this.room.attendees[this.held.attendee]?.present_since;
  }

  welcomeAt(table: ConsoleTable): Welcome {
    if (table.people.includes(this.held?.attendee ?? '')) return 'here';
    if (isClosed(this.room, table.number)) return 'closed';
    return table.people.length >= chairsAt(this.room, table.number) ? 'full' : 'free';
  }

  /** Whether it makes sense to put the person in hand there; the server knows the other rules. */
  mayGo({ table, swap }: Place): boolean {
    const { held } = this;
    if (!held || (table && table.round !== held.round)) return false;
    if (swap !== undefined) return swap !== held.attendee && table?.id !== held.from?.id;
    return table ? this.welcomeAt(table) === 'free' : held.from !== null;
  }

  put(place: Place): void {
    if (!this.mayGo(place)) return;
    if (this.disturbs(place)) this.asking = place;
    else void this.move(place);
  }

  confirm(): void {
    const place = this.asking;
    this.asking = null;
    if (place) void this.move(place);
  }

  placeOf(attendee: string): Place {
    return { table: this.tableOf(attendee, this.held?.round ?? ''), swap: attendee };
  }

  pinPerson(table: ConsoleTable, attendee: string): void {
    const on = !table.pins.includes(attendee);
    void this.evening.act(`pin-${attendee}`, (version) => setPin(table.round, { attendee }, on, version));
  }

  pinTable(table: ConsoleTable): void {
    void this.evening.act(`pin-${table.id}`, (version) => setPin(table.round, { table: table.id }, !table.pinned, version));
  }

  name(attendee: string): string {
    return this.room.attendees[attendee]?.name ?? '';
  }

  private get room(): ConsoleState {
    return this.evening.line.state!;
  }

  private round(id: string): ConsoleRound | undefined {
    return this.room.rounds[id];
  }

  private tableOf(attendee: string, round: string): ConsoleTable | null {
    return Object.values(this.room.tables).find((table) => table.round === round && table.people.includes(attendee)) ?? null;
  }

  private isOn(held: Held): boolean {
    return this.round(held.round)?.status === 'published';
  }

  /** Takes somebody who sits in a round that is on away from their table. */
  private disturbs({ swap }: Place): boolean {
    return this.isOn(this.held!) && (this.held!.from !== null || swap !== undefined);
  }

  private async move(place: Place): Promise<void> {
    const held = this.held!;
    const before = this.latest;
    const move = { ...asMove(held, place), ...(this.isOn(held) && { confirmed: true as const }) };
    this.latest = place.swap ? [held.attendee, place.swap] : [held.attendee];
    const done = await this.evening.act('move', (version) => movePerson(held.round, move, version), held.version);
    // Meanwhile somebody else may have been picked up.
    const isStillHeld = this.held === held;
    if (done) {
      if (isStillHeld) this.letGo();
      this.said = this.told(held, place);
    } else {
      // Still in hand, from now on by what the organiser sees after the refusal.
      this.latest = before;
      if (isStillHeld) this.held = { ...held, from: this.tableOf(held.attendee, held.round), version: this.evening.version };
    }
  }

  private told({ name }: Held, { table, swap }: Place): string {
    if (swap) return t('desk.swapped', { name, other: this.name(swap) });
    return table ? t('desk.moved', { name, table: table.number }) : t('desk.out', { name });
  }
}

/** Changing places with somebody who sits out is asked for from their side: they get the table. */
function asMove({ attendee, from }: Held, { table, swap }: Place): Move {
  if (swap !== undefined && table === null) return { attendee: swap, table: from?.id ?? null, swap: attendee };
  return { attendee, table: table?.id ?? null, ...(swap !== undefined && { swap }) };
}
