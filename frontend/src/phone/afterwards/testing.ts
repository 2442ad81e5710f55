/** A server that answers with a page for after the talk, for the tests of what stands on it. */
import { vi } from 'vitest';
import type { Afterwards, AfterTablemate } from '../../live/contract';

export const tablemate = (id: string, name: string, changes: Partial<AfterTablemate> = {}): AfterTablemate => ({
  id,
  name,
  topic: 'Jazz',
  table: 't7',
  round: 'r1',
  picked: false,
  shares: [],
  note: '',
  known: false,
  ...changes,
});

export const afterwards = (changes: Partial<Afterwards> = {}): Afterwards => ({
  event: { title: 'Supper', ended_at: null, time_zone: 'Europe/Berlin', series: null },
  limit: 2,
  reveal_at: null,
  revealed: false,
  due_at: null,
  grace_until: null,
  tablemates: [],
  tables: [{ id: 't7', round: 'r1', number: 7, topic: 'Jazz', flags: [], words: '', named: false }],
  card: { email: 'ada@example.org', phone: '', link: '', company: '', words: '' },
  introductions: [],
  promises: [],
  requests: { pass_on: [], meet: [], own: [] },
  worth: null,
  quiet: false,
  blocked: [],
  ...changes,
});

/** Answers a page to whoever reads, and `verdict` to whoever writes. */
export class FakeServer {
  answer: object = afterwards();
  /** Null: no connection. */
  verdict: (() => Response) | null = FakeServer.taken;
  readonly fetched = vi.fn<typeof fetch>();

  constructor() {
    this.fetched.mockImplementation(async (_, init) => {
      if (init?.method === 'GET') return new Response(JSON.stringify(this.answer));
      if (this.verdict === null) throw new TypeError('Failed to fetch');
      return this.verdict();
    });
    vi.stubGlobal('fetch', this.fetched);
  }

  static taken(this: void): Response {
    return new Response(null, { status: 204 });
  }

  static refused(this: void, status: number, code: string, message: string, field?: string): Response {
    return new Response(JSON.stringify({ code, message, field }), { status });
  }

  /** How often the page was read. */
  get asked(): number {
    return this.fetched.mock.calls.filter(([, init]) => init!.method === 'GET').length;
  }

  /** What was written: method, path below /api/v1/me/, body. */
  get written(): [string, string, unknown][] {
    return this.fetched.mock.calls
      .filter(([, init]) => init!.method !== 'GET')
      .map(([path, init]) => [
        init!.method!,
        String(path).replace('/api/v1/me/', ''),
        init!.body ? (JSON.parse(String(init!.body)) as unknown) : null,
      ]);
  }
}
