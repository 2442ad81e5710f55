/** The door's decision without the server, by the roster that the device keeps: the same rules in the same order. */
import type { EventPhase, Outcome, Roster, RosterPerson, Time } from '../live/contract';
import { asCode, readScan } from './secret';

export type Act = 'in' | 'out';
export type What = { secret: string } | { attendee: string };

export interface Decision {
  outcome: Outcome;
  /** Who it is, for those outcomes that name people. */
  person: RosterPerson | null;
  since: Time | null;
}

interface Ticket {
  person: RosterPerson;
  revoked: boolean;
}

/** A roster to look up in. Presence is as the roster has it, or as this device has seen it since. */
export class GuestBook {
  private readonly tickets = new Map<string, Ticket>();
  private readonly people = new Map<string, RosterPerson>();
  private readonly seen = new Map<string, Time | null>();

  constructor(
    readonly roster: Roster,
    private readonly digest: (salt: string, secret: string) => Promise<string>,
  ) {
    for (const person of roster.people) {
      this.people.set(person.id, person);
      for (const name of person.revoked) this.tickets.set(name, { person, revoked: true });
      for (const name of person.digests) this.tickets.set(name, { person, revoked: false });
    }
  }

  async find(what: What): Promise<Ticket | null> {
    if ('attendee' in what) {
      const person = this.people.get(what.attendee);
      return person ? { person, revoked: false } : null;
    }
    const secret = readScan(what.secret);
    return (await this.ticket(secret)) ?? (await this.ticket(asCode(secret)));
  }

  private async ticket(secret: string): Promise<Ticket | null> {
    return secret ? (this.tickets.get(await this.digest(this.roster.salt, secret)) ?? null) : null;
  }

  presentSince(id: string): Time | null {
    const seen = this.seen.get(id);
    return seen === undefined ? (this.people.get(id)?.present_since ?? null) : seen;
  }

  /** What this device saw of a person counts at once, whatever the roster says. */
  see(id: string, since: Time | null): void {
    this.seen.set(id, since);
  }

  expected(): number {
    return this.roster.people.filter((person) => person.state === 'ok').length;
  }

  present(): number {
    return this.roster.people.filter((person) => this.presentSince(person.id) !== null).length;
  }
}

export async function decide(book: GuestBook, phase: EventPhase, act: Act, what: What): Promise<Decision> {
  const ticket = await book.find(what);
  if (!ticket) return { outcome: 'unknown', person: null, since: null };
  const { person } = ticket;
  const since = book.presentSince(person.id);
  if (act === 'out') return { outcome: since ? 'exit' : 'not_in', person, since };
  const refused = refusal(ticket, phase);
  if (refused) return { outcome: refused, person: null, since: null };
  return { outcome: since ? 'already_in' : 'entry', person, since };
}

function refusal({ person, revoked }: Ticket, phase: EventPhase): Outcome | null {
  if (person.state === 'blocked') return 'blocked';
  if (person.state === 'cancelled' || revoked) return 'cancelled';
  if (phase === 'open') return null;
  return phase === 'planned' ? 'too_early' : 'closed';
}
