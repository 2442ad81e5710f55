/**
 * The page for after the talk: read, changed at once and saved behind, and read again when there may be news.
 *
 *     const after = new AfterPage(authorization, () => now);   // the server's time, in milliseconds
 *     onMount(() => after.start());
 *     after.page                    the Afterwards, or null until the first answer; then after.trouble says why
 *     after.pick(id, true)          shown at once, sent behind, again after a lost connection
 *     after.status('picks/<id>')    clean, saving, saved, or waiting for a connection; after.refusal(...): why the server would not
 *     await after.act('POST', 'promises', body)    what must happen once only: throws ApiProblem, else the page has been read again
 *
 * Keys of `status` and `refusal`: picks/<id>, notes/<id>, card/<field>, tables/<id>, blocks/<id>, promises/<id>, worth, quiet.
 */
import { backoff } from '../../live/backoff';
import type { Afterwards, Card, FlagKind, PromiseRecord, Shared } from '../../live/contract';
import { ApiProblem, http } from '../../live/http';
import { Outbox, type Change, type Status } from './outbox.svelte';

export type Felt = { flags: FlagKind[]; words: string; named: boolean };

/** A hall of phones does not ask all at once: at the reveal each waits up to four seconds, as before a fourth retry. */
const SPREAD = 3;
/** What is typed is sent after a rest of so many milliseconds. */
const REST = 1000;

export class AfterPage {
  page = $state.raw<Afterwards | null>(null);
  /** Why the page could not be read; null when it could. */
  trouble = $state.raw<ApiProblem | null>(null);

  private readonly outbox: Outbox;
  private typed = $state.raw<Record<string, Change>>({});
  private rest: ReturnType<typeof setTimeout> | undefined;
  private changes = 0;
  /** An answer was put aside, since it could not know of a change: the page is to be read again. */
  private missed = false;
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running = false;

  constructor(
    readonly authorization: string,
    private readonly now: () => number,
  ) {
    // Of what was refused the server knows better.
    this.outbox = new Outbox(authorization, (refused) => {
      if (refused || this.missed) void this.load();
    });
  }

  status(key: string): Status {
    return key in this.typed ? 'saving' : this.outbox.status(key);
  }

  refusal(key: string): ApiProblem | null {
    return this.outbox.refusal(key);
  }

  get settled(): boolean {
    return this.outbox.settled && !Object.keys(this.typed).length;
  }

  /** How many are picked. */
  get count(): number {
    return this.page?.tablemates.filter(({ picked }) => picked).length ?? 0;
  }

  get full(): boolean {
    return this.page !== null && this.count >= this.page.limit;
  }

  /** Reads the page, again when it is looked at after a while, and once more at the reveal. Returns what ends it. */
  start(): () => void {
    this.running = true;
    document.addEventListener('visibilitychange', this.look);
    addEventListener('online', this.look);
    void this.load();
    return () => {
      this.running = false;
      clearTimeout(this.timer);
      this.flush();
      document.removeEventListener('visibilitychange', this.look);
      removeEventListener('online', this.look);
    };
  }

  /** Picks, or takes back. */
  pick(id: string, picked: boolean): void {
    const shares = picked ? (this.tablemate(id)?.shares ?? []) : [];
    this.meet(id, { picked, shares });
    const path = `picks/${id}`;
    this.send(path, picked ? { method: 'PUT', path, body: { shares } } : { method: 'DELETE', path });
  }

  /** What somebody I picked may read, if they pick me too. */
  share(id: string, shares: Shared[]): void {
    this.meet(id, { shares });
    this.send(`picks/${id}`, { method: 'PUT', path: `picks/${id}`, body: { shares } });
  }

  /** Takes what is being typed; it is sent after a rest, or by `flush`. */
  note(id: string, text: string): void {
    this.meet(id, { note: text });
    const introductions = this.page?.introductions.map((one) => (one.id === id ? { ...one, note: text } : one));
    this.show({ introductions });
    this.type(`notes/${id}`, { method: 'PUT', path: `notes/${id}`, body: { text: text.trim() } });
  }

  /** Takes what is being typed, as `note`. */
  write(field: Shared, text: string): void {
    if (!this.page) return;
    const card: Card = { ...this.page.card, [field]: text };
    this.show({ card });
    this.type(`card/${field}`, { method: 'PATCH', path: 'card', body: { [field]: text.trim() } });
  }

  /** How a table felt; the words as they are being typed. */
  feel(table: string, felt: Partial<Felt>): void {
    const before = this.page?.tables.find(({ id }) => id === table);
    if (!before) return;
    const { flags, words, named } = { ...before, ...felt };
    this.show({ tables: this.page!.tables.map((one) => (one.id === table ? { ...one, flags, words, named } : one)) });
    const body = flags.includes('unsafe') ? { flags, words: words.trim(), named } : { flags };
    const change: Change = { method: 'PUT', path: `tables/${table}/flags`, body };
    if (felt.words === undefined) this.send(`tables/${table}`, change);
    else this.type(`tables/${table}`, change);
  }

  /** Nothing of each other any more: they are gone from the page at once. */
  block(id: string, name: string): void {
    const { page } = this;
    if (!page) return;
    const without = <One extends { id: string }>(list: One[]): One[] => list.filter((one) => one.id !== id);
    this.show({
      tablemates: without(page.tablemates),
      introductions: without(page.introductions),
      promises: page.promises.filter((one) => one.with.id !== id),
      blocked: [...without(page.blocked), { id, name }],
    });
    this.drop(`picks/${id}`, `notes/${id}`);
    this.send(`blocks/${id}`, { method: 'PUT', path: `blocks/${id}` });
  }

  /** They may come back to the page when it is read again; no pick does. */
  unblock(id: string): void {
    this.show({ blocked: this.page?.blocked.filter((one) => one.id !== id) });
    this.missed = true;
    this.send(`blocks/${id}`, { method: 'DELETE', path: `blocks/${id}` });
  }

  /** Of a promise of mine. */
  settle(id: string, change: Partial<Pick<PromiseRecord, 'status' | 'due'>>): void {
    this.promised(id, change);
    this.send(`promises/${id}`, { method: 'PATCH', path: `promises/${id}`, body: change });
  }

  /** For a promise made to me that was kept. */
  thank(id: string): void {
    this.promised(id, { thanked: true });
    this.send(`promises/${id}`, { method: 'POST', path: `promises/${id}/thank` });
  }

  judge(worth: boolean | null): void {
    this.show({ worth });
    this.send('worth', { method: 'PUT', path: 'worth', body: { worth } });
  }

  /** No reminders and no mail through us. */
  leaveAlone(on: boolean): void {
    this.show({ quiet: on });
    this.send('quiet', { method: 'PUT', path: 'quiet', body: { on } });
  }

  /** Sends now what is typed. */
  flush(): void {
    clearTimeout(this.rest);
    const { typed } = this;
    this.typed = {};
    for (const [key, change] of Object.entries(typed)) this.outbox.put(key, change);
  }

  /** Asks once for what must not happen twice, then reads the page again. Throws ApiProblem. `path` is below /api/v1/me/. */
  async act<Answer = void>(method: Change['method'], path: string, body?: object): Promise<Answer> {
    this.flush();
    const answer = await http<Answer>(`/api/v1/me/${path}`, { method, body, authorization: this.authorization });
    // An answer to an earlier reading cannot know of it.
    this.changes++;
    await this.load();
    return answer;
  }

  async load(): Promise<void> {
    const { changes, settled } = this;
    try {
      const page = await http<Afterwards>('/api/v1/me/afterwards', { authorization: this.authorization });
      // An answer that was under way together with a change may not know of it yet; what is shown here does.
      this.missed = !settled || changes !== this.changes;
      if (!this.missed) this.page = page;
      this.trouble = null;
    } catch (error) {
      this.trouble = error as ApiProblem;
    }
    if (this.missed && this.settled && !this.trouble) return this.load();
    if (this.running) this.plan();
  }

  private tablemate(id: string): Afterwards['tablemates'][number] | undefined {
    return this.page?.tablemates.find((one) => one.id === id);
  }

  private meet(id: string, change: Partial<Afterwards['tablemates'][number]>): void {
    this.show({ tablemates: this.page?.tablemates.map((one) => (one.id === id ? { ...one, ...change } : one)) });
  }

  private promised(id: string, change: Partial<PromiseRecord>): void {
    this.show({ promises: this.page?.promises.map((one) => (one.id === id ? { ...one, ...change } : one)) });
  }

  private show(part: Partial<Afterwards>): void {
    this.changes++;
    if (this.page) this.page = { ...this.page, ...part };
  }

  private type(key: string, change: Change): void {
    this.typed = { ...this.typed, [key]: change };
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.flush(), REST);
  }

  private send(key: string, change: Change): void {
    // What is typed and not sent yet is older than this.
    this.drop(key);
    this.outbox.put(key, change);
  }

  private drop(...keys: string[]): void {
    this.typed = Object.fromEntries(Object.entries(this.typed).filter(([key]) => !keys.includes(key)));
  }

  /** After trouble, and when the reveal is overdue: soon. Before the reveal: just then, each phone a little later than another. */
  private plan(): void {
    clearTimeout(this.timer);
    const again = (wait: number) => (this.timer = setTimeout(() => void this.load(), wait));
    const moment = this.page?.revealed ? null : (this.page?.reveal_at ?? null);
    const ahead = moment === null ? 0 : Date.parse(moment) - this.now();
    if (this.trouble || (moment !== null && ahead <= 0)) {
      again(backoff(this.attempt++));
      return;
    }
    this.attempt = 0;
    if (moment !== null) again(ahead + backoff(SPREAD));
  }

  /** Looked at again, or back online: read anew. Put away: nothing typed is left behind. */
  private readonly look = (): void => {
    if (document.visibilityState === 'visible') void this.load();
    else this.flush();
  };
}
