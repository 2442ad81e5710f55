/** Saves changes as they are made: one request at a time, the newest value of each field, again after a lost connection. */
import { backoff } from '../../live/backoff';
import { ApiProblem } from '../../live/http';

export class Saver<Fields extends object> {
  status = $state<'clean' | 'saving' | 'saved' | 'waiting'>('clean');
  /** Why the server would not take the last change; null when it did. */
  refusal = $state.raw<ApiProblem | null>(null);

  private changes: Partial<Fields> = {};
  private busy = false;

  constructor(private readonly send: (changes: Partial<Fields>) => Promise<void>) {}

  /** Whether all that was changed has been answered. */
  get settled(): boolean {
    return this.status === 'clean' || this.status === 'saved';
  }

  save(changes: Partial<Fields>): void {
    this.changes = { ...this.changes, ...changes };
    if (!this.busy) void this.run();
  }

  private async run(): Promise<void> {
    this.busy = true;
    this.refusal = null;
    for (let attempt = 0; Object.keys(this.changes).length; attempt++) {
      if (this.status !== 'waiting') this.status = 'saving';
      if (!(await this.trySend())) {
        this.status = 'waiting';
        await new Promise((done) => setTimeout(done, backoff(attempt)));
      }
    }
    this.status = this.refusal ? 'clean' : 'saved';
    this.busy = false;
  }

  /** False: no answer; the changes are kept, newer ones in front. */
  private async trySend(): Promise<boolean> {
    const sending = this.changes;
    this.changes = {};
    try {
      await this.send(sending);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (error.offline || error.status >= 500) {
        this.changes = { ...sending, ...this.changes };
        return false;
      }
      this.refusal = error;
    }
    return true;
  }
}
