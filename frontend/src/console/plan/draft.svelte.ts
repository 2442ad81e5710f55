/** The plan as it is being changed here, beside the one that stands. */
import { SvelteSet } from 'svelte/reactivity';
import type { ConsoleState, VenueTable } from '../../live/contract';
import type { Spot } from '../../ui/plan';
import { asVenue, block, freeNumbers, moved, type Laid } from './laid';

/** What is pointed at: a table by its key, or the entrance. */
export type Piece = number | 'entrance';

type Standing = Pick<ConsoleState, 'venue'> & { mixer: { entrance: Spot } };

const drafts = new WeakMap<object, PlanDraft>();

/** The same draft for as long as the event is open here, so that a look at another of its pages loses nothing. */
export function draftOf(evening: object, state: Standing): PlanDraft {
  const draft = drafts.get(evening) ?? new PlanDraft(state);
  drafts.set(evening, draft);
  return draft;
}

export class PlanDraft {
  tables = $state.raw<Laid[]>([]);
  entrance = $state.raw<Spot>({ x: 50, y: 100 });
  readonly chosen = new SvelteSet<Piece>();
  /** Of the plan that this one began from. */
  private began = $state.raw('');
  private next = 0;

  constructor(state: Standing) {
    this.begin(state);
  }

  /** Forget what was changed here. */
  begin({ venue, mixer }: Standing): void {
    this.tables = venue.map((table) => ({ ...table, key: this.next++ }));
    this.entrance = mixer.entrance;
    this.chosen.clear();
    this.began = written(venue, mixer.entrance);
  }

  /** From now on this is what changes are counted from: it has been saved. */
  keep(): void {
    this.began = written(asVenue(this.tables), this.entrance);
  }

  get changed(): boolean {
    return written(asVenue(this.tables), this.entrance) !== this.began;
  }

  /** Whether somebody else has laid the tables anew since this draft began. */
  isBehind({ venue, mixer }: Standing): boolean {
    return written(venue, mixer.entrance) !== this.began;
  }

  add(rows: number, inEach: number, chairs: number): void {
    const spots = block(rows, inEach, this.tables);
    const numbers = freeNumbers(this.tables, spots.length);
    const added = spots.map((spot, index) => ({ ...spot, number: numbers[index]!, chairs, features: [], closed: false, key: this.next++ }));
    this.tables = [...this.tables, ...added];
    this.choose(...added.map(({ key }) => key));
  }

  choose(...pieces: Piece[]): void {
    this.chosen.clear();
    for (const piece of pieces) this.chosen.add(piece);
  }

  get chosenTables(): Laid[] {
    return this.tables.filter(({ key }) => this.chosen.has(key));
  }

  change(changes: (table: Laid) => Partial<VenueTable>): void {
    this.tables = this.tables.map((table) => (this.chosen.has(table.key) ? { ...table, ...changes(table) } : table));
  }

  remove(): void {
    this.tables = this.tables.filter(({ key }) => !this.chosen.has(key));
    this.chosen.clear();
  }

  /** Where the chosen pieces stand, to put them back or to move them from there. */
  spots(): Map<Piece, Spot> {
    const pieces: [Piece, Spot][] = this.chosenTables.map(({ key, x, y }) => [key, { x, y }]);
    return new Map(this.chosen.has('entrance') ? [...pieces, ['entrance', this.entrance]] : pieces);
  }

  /** Puts pieces so far from where they stood. */
  move(from: Map<Piece, Spot>, by: Spot): void {
    const to = new Map(moved([...from].map(([piece, spot]) => ({ piece, ...spot })), by).map(({ piece, x, y }) => [piece, { x, y }]));
    this.tables = this.tables.map((table) => ({ ...table, ...to.get(table.key) }));
    this.entrance = to.get('entrance') ?? this.entrance;
  }
}

function written(venue: VenueTable[], entrance: Spot): string {
  return JSON.stringify([asVenue(venue.map((table) => ({ ...table, key: 0 }))), entrance.x, entrance.y]);
}
