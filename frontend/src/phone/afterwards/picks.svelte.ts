/** Whom I sat with and whom I picked: read, changed at once and saved behind, and read again when there may be news. */
import { backoff } from '../../live/backoff';
import type { Afterwards } from '../../live/contract';
import { ApiProblem, http } from '../../live/http';
import { Saver } from '../evening/saver.svelte';

export type Tablemate = Afterwards['tablemates'][number];
type Wish = Pick<Tablemate, 'picked' | 'contact'>;

/** A hall of phones does not ask all at once: at the reveal each waits up to four seconds, as before a fourth retry. */
const SPREAD = 3;
/** What is typed is sent after a rest of so many milliseconds. */
const REST = 1000;

export class Picks {
  /** Null until the first answer. */
  page = $state.raw<Afterwards | null>(null);
  /** Why the page could not be read; null when it could. */
  trouble = $state.raw<ApiProblem | null>(null);

  private readonly saver = new Saver<Record<string, Wish>>((wishes) => this.send(wishes));
  private unsent: Record<string, Wish> = {};
  private typing = $state(false);
  private rest: ReturnType<typeof setTimeout> | undefined;
  private changes = 0;
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running = false;

  /** `now` tells the server's time in milliseconds. */
  constructor(
    private readonly authorization: string,
    private readonly now: () => number,
  ) {}

  get status(): Saver<object>['status'] {
    return this.typing && this.saver.settled ? 'saving' : this.saver.status;
  }

  /** Why the server would not take the last change; null when it did. */
  get refusal(): ApiProblem | null {
    return this.saver.refusal;
  }

  get settled(): boolean {
    return !this.typing && this.saver.settled;
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
    document.addEventListener('visibilitychange', this.wake);
    addEventListener('online', this.wake);
    void this.load();
    return () => {
      this.running = false;
      clearTimeout(this.timer);
      this.flush();
      document.removeEventListener('visibilitychange', this.wake);
      removeEventListener('online', this.wake);
    };
  }

  /** Picks, or takes back. */
  pick(id: string, picked: boolean): void {
    this.change(id, { picked });
    this.flush();
  }

  /** Takes what is being typed; it is sent after a rest, or by `flush`. */
  write(id: string, contact: string): void {
    this.change(id, { contact });
    this.typing = true;
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.flush(), REST);
  }

  flush(): void {
    clearTimeout(this.rest);
    this.typing = false;
    const { unsent } = this;
    this.unsent = {};
    if (Object.keys(unsent).length) this.saver.save(unsent);
  }

  async load(): Promise<void> {
    const { changes, settled } = this;
    try {
      const page = await http<Afterwards>('/api/v1/me/tablemates', { authorization: this.authorization });
      // An answer that was under way together with a change may not know of it yet; what is shown here does.
      if (settled && changes === this.changes) this.page = page;
      this.trouble = null;
    } catch (error) {
      this.trouble = error as ApiProblem;
    }
    if (this.running) this.plan();
  }

  private change(id: string, wish: Partial<Wish>): void {
    const person = this.page?.tablemates.find((one) => one.id === id);
    if (!this.page || !person) return;
    const changed = { ...person, ...wish };
    const tablemates = this.page.tablemates.map((one) => (one.id === id ? changed : one));
    this.changes++;
    this.page = { ...this.page, tablemates };
    this.unsent[id] = { picked: changed.picked, contact: changed.contact.trim() };
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

  private async send(wishes: Partial<Record<string, Wish>>): Promise<void> {
    // Who is taken back makes room for who is picked.
    const inOrder = Object.entries(wishes).sort(([, a], [, b]) => Number(a!.picked) - Number(b!.picked));
    for (const [id, wish] of inOrder) {
      const { picked, contact } = wish!;
      const request = picked ? { method: 'PUT' as const, body: { contact } } : { method: 'DELETE' as const };
      await http(`/api/v1/me/picks/${id}`, { ...request, authorization: this.authorization });
    }
  }

  private readonly wake = (): void => {
    if (document.visibilityState === 'visible') void this.load();
  };
}
