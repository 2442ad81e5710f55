/** Changes on their way to the server: one request at a time, the newest for each key, again after a lost connection. */
import { backoff } from '../../live/backoff';
import { ApiProblem, http } from '../../live/http';

/** What may be sent twice without harm. */
export interface Change {
  method: 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  /** Below /api/v1/me/. */
  path: string;
  body?: object;
}

export type Status = 'clean' | 'saving' | 'saved' | 'waiting';

/** Of two changes the newer one counts; fields that it says nothing of are changed as before. */
function together(older: Change | undefined, newer: Change): Change {
  return newer.method === 'PATCH' ? { ...newer, body: { ...older?.body, ...newer.body } } : newer;
}

export class Outbox {
  private unsent = $state.raw<Record<string, Change>>({});
  private answers = $state.raw<Record<string, ApiProblem | null>>({});
  private busy = $state(false);
  /** No connection: what is unsent waits for it. */
  private stuck = $state(false);
  private sending = $state<string | null>(null);

  /** `done` is called once all is answered, with whether something was refused. */
  constructor(
    private readonly authorization: string,
    private readonly done: (refused: boolean) => void,
  ) {}

  get settled(): boolean {
    return !this.busy;
  }

  status(key: string): Status {
    if (key in this.unsent || key === this.sending) return this.stuck ? 'waiting' : 'saving';
    return this.answers[key] === null ? 'saved' : 'clean';
  }

  /** Why the server would not take the last change of this key; null when it did, or when there was none. */
  refusal(key: string): ApiProblem | null {
    return this.answers[key] ?? null;
  }

  put(key: string, change: Change): void {
    this.unsent = { ...this.unsent, [key]: together(this.unsent[key], change) };
    if (!this.busy) void this.run();
  }

  private async run(): Promise<void> {
    this.busy = true;
    let refused = false;
    for (let attempt = 0; Object.keys(this.unsent).length; ) {
      const answer = await this.send(this.next());
      this.stuck = answer === 'none';
      if (this.stuck) await new Promise((over) => setTimeout(over, backoff(attempt++)));
      refused ||= answer === 'refused';
    }
    this.busy = false;
    this.done(refused);
  }

  /** Who is taken back makes room for who is picked. */
  private next(): string {
    const keys = Object.keys(this.unsent);
    return keys.find((key) => this.unsent[key]!.method === 'DELETE') ?? keys[0]!;
  }

  private async send(key: string): Promise<'taken' | 'refused' | 'none'> {
    const { [key]: change, ...others } = this.unsent;
    this.sending = key;
    this.unsent = others;
    const { path, ...options } = change!;
    try {
      await http(`/api/v1/me/${path}`, { ...options, authorization: this.authorization });
      this.answers = { ...this.answers, [key]: null };
      return 'taken';
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (error.offline || error.status >= 500) {
        // A newer change of the same key has the last word.
        const newer = this.unsent[key];
        this.unsent = { ...this.unsent, [key]: newer ? together(change, newer) : change! };
        return 'none';
      }
      this.answers = { ...this.answers, [key]: error };
      return 'refused';
    } finally {
      this.sending = null;
    }
  }
}
