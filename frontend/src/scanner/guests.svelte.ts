/** The people as this device knows them: the roster it was given, and what it has seen of them since. */
import { findByName } from '../door/nameSearch';
import type { Answer, EventPhase, Roster, Time } from '../live/contract';
import { decide, GuestBook, type Act, type Decision, type What } from './decide';
import { digest } from './seal';
import { asFound, type Person } from './told';
import type { Vault } from './vault';

/** What this device saw of a person, by the scan that it saw it with. */
interface Mark {
  nonce: string;
  attendee: string;
  since: Time | null;
  /** When the device learnt it, in milliseconds. */
  learnt: number;
}

export class Guests {
  /** Whether there is a roster. */
  known = $state(false);
  /** How many are in, and how many were expected, as far as the device knows. */
  present = $state(0);
  expected = $state(0);

  private book: GuestBook | null = null;
  private marks: Mark[] = [];

  constructor(
    private readonly vault: Vault,
    private readonly waits: (nonce: string) => boolean,
  ) {}

  async open(): Promise<void> {
    this.marks = (await this.vault.get<Mark[]>('marks')) ?? [];
    const roster = await this.vault.get<Roster>('roster');
    if (roster) this.take(roster, -Infinity);
  }

  get version(): string | null {
    return this.book?.roster.version ?? null;
  }

  /** A newer roster, asked for at a moment in milliseconds. */
  async adopt(roster: Roster, asked: number): Promise<void> {
    this.take(roster, asked);
    await this.vault.put('roster', roster).catch(() => {});
  }

  /** A roster knows all that was answered before it was asked for. */
  private take(roster: Roster, asked: number): void {
    this.marks = this.marks.filter((mark) => mark.learnt >= asked || this.waits(mark.nonce));
    this.book = new GuestBook(roster, digest);
    for (const { attendee, since } of this.marks) this.book.see(attendee, since);
    this.known = true;
    this.count();
  }

  /** Null without a roster. `phase` may be newer than the roster's. */
  async decide(act: Act, what: What, phase?: EventPhase): Promise<Decision | null> {
    return this.book && decide(this.book, phase ?? this.book.roster.event.phase, act, what);
  }

  async nameOf(what: What): Promise<string> {
    return (await this.book?.find(what))?.person.name ?? '';
  }

  /** Null without a roster. */
  search(query: string): Person[] | null {
    const { book } = this;
    return book && findByName(book.roster.people, query).map((person) => asFound(person, book.presentSince(person.id)));
  }

  /** What the server said of some scans, by their nonces. */
  async hear(answers: { nonce: string; answer: Answer }[]): Promise<void> {
    for (const { nonce, answer } of answers) {
      const since = { entry: answer.at, already_in: answer.since ?? answer.at, exit: null, not_in: null };
      if (answer.attendee && answer.outcome in since) this.mark(nonce, answer.attendee, since[answer.outcome as keyof typeof since]);
    }
    await this.keep();
  }

  /** What the device itself said. */
  async see(nonce: string, at: Time, { outcome, person }: Decision): Promise<void> {
    if (!person || (outcome !== 'entry' && outcome !== 'exit')) return;
    this.mark(nonce, person.id, outcome === 'entry' ? at : null);
    await this.keep();
  }

  private mark(nonce: string, attendee: string, since: Time | null): void {
    this.book?.see(attendee, since);
    this.marks = [...this.marks.filter((mark) => mark.attendee !== attendee), { nonce, attendee, since, learnt: Date.now() }];
    this.count();
  }

  private keep(): Promise<void> {
    return this.vault.put('marks', this.marks).catch(() => {});
  }

  private count(): void {
    this.present = this.book?.present() ?? 0;
    this.expected = this.book?.expected() ?? 0;
  }
}
