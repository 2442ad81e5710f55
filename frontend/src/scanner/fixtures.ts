/** Small worlds for the tests of the scanner: a roster, and a server at the end of a line that can be cut. */
import { webcrypto } from 'node:crypto';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { vi } from 'vitest';
import type { Answer, EventPhase, Outcome, Paired, QueuedScan, Roster, RosterPerson, StationView, SyncAnswer } from '../live/contract';
import { digest } from './seal';

export const at = (clock: string) => `2026-11-22T${clock}:00.000Z`;
export const SALT = 'salt';
export const SIGNING_KEY = 'MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE';

/** A fresh browser: its database, its cryptography. */
export function freshBrowser(): void {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('crypto', webcrypto);
  sessionStorage.clear();
}

/** A person whose ticket's secret is "ticket of <name>", with these short codes. */
export async function person(name: string, changes: Partial<RosterPerson> = {}, ...codes: string[]): Promise<RosterPerson> {
  const digests = await Promise.all([`ticket of ${name}`, ...codes].map((secret) => digest(SALT, secret)));
  return { id: name, name, company: '', state: 'ok', present_since: null, digests, revoked: [], ...changes };
}

export function roster(people: RosterPerson[], phase: EventPhase = 'open', version = 'r1'): Roster {
  return { version, salt: SALT, event: { id: 'e1', title: 'Autumn dinner', phase }, people };
}

export const paired: Paired = {
  token: 'token-of-the-station',
  signing_key: SIGNING_KEY,
  station: { id: 's1', name: 'North door', valid_until: '2126-01-01T00:00:00.000Z' },
  event: { id: 'e1', title: 'Autumn dinner' },
};

interface Heard {
  path: string;
  body: Record<string, unknown>;
}

/** A server that decides as told, keeps nonces as the real one does, and whose line can be cut. */
export class FakeServer {
  cut = false;
  /** Answers come, but later than anybody waits: the request is worked on all the same. */
  late = false;
  refuse: { status: number; code: string } | null = null;
  roster: Roster = roster([]);
  readonly heard: Heard[] = [];
  readonly rows = new Map<string, Answer>();
  /** What it says of a scan that it sees for the first time; entry when nothing is said. */
  readonly says = new Map<string, Partial<Answer> & { outcome: Outcome }>();
  readonly tampered = new Set<string>();
  /** A part of a queue with one of these makes no sense as a whole. */
  readonly nonsense = new Set<string>();

  readonly fetch = async (path: string, options: RequestInit = {}): Promise<Response> => {
    if (this.cut) throw new TypeError('no network');
    const body = JSON.parse(String(options.body ?? '{}')) as Record<string, unknown>;
    this.heard.push({ path, body });
    const { status, said } = this.reply(path, body);
    if (this.late) await new Promise((_, reject) => options.signal!.addEventListener('abort', () => reject(new Error('aborted'))));
    return new Response(JSON.stringify(said), { status });
  };

  private reply(path: string, body: Record<string, unknown>): { status: number; said: unknown } {
    if (this.refuse) return { status: this.refuse.status, said: { code: this.refuse.code, message: 'No.' } };
    if (path.startsWith('/api/v1/station?')) return { status: 200, said: this.view() };
    if (path.endsWith('/roster')) return { status: 200, said: this.roster };
    if (path.endsWith('/check-in')) return this.scan(body as unknown as QueuedScan);
    const entries = body.entries as QueuedScan[];
    if (entries.some(({ nonce }) => this.nonsense.has(nonce))) return { status: 400, said: { code: 'invalid', message: 'No.' } };
    return { status: 200, said: { answers: entries.map((entry) => this.bring(entry)) } };
  }

  private scan(scan: QueuedScan): { status: number; said: Answer } {
    const said = this.row(scan);
    return { status: said.outcome === 'unknown' ? 404 : 200, said };
  }

  private bring(entry: QueuedScan): SyncAnswer {
    if (this.tampered.has(entry.nonce)) return { code: 'tampered', nonce: entry.nonce, message: 'Changed.' };
    return this.row(entry);
  }

  private row({ nonce, secret, attendee }: QueuedScan): Answer {
    const name = attendee ?? secret!.replace('ticket of ', '');
    const told = { outcome: 'entry' as Outcome, at: at('18:00'), message: 'What the server says.', name, attendee: name, ...this.says.get(name) };
    if (!this.rows.has(nonce)) this.rows.set(nonce, { ...told, code: told.outcome });
    return this.rows.get(nonce)!;
  }

  private view(): StationView {
    const { station } = paired;
    return { station, event: this.roster.event, present: 0, registered: 0, roster: this.roster.version, now: new Date().toISOString() };
  }

  asked(end: string): Record<string, unknown>[] {
    return this.heard.filter(({ path }) => path.endsWith(end)).map(({ body }) => body);
  }
}
