/** Mailing everyone's ticket, a portion at a time until none is left: it can be stopped, and goes on where it was. */
import type { MailedTickets } from '../../live/contract';
import { ApiProblem } from '../../live/http';
import { mailTickets } from '../api';

export class Mailing {
  phase = $state<'idle' | 'going' | 'done' | 'stopped'>('idle');
  sent = $state(0);
  total = $state(0);
  left = $state(0);
  failed = $state.raw<MailedTickets['failed']>([]);
  /** Why it stopped, where the server said so. */
  problem = $state('');
  note = $state('');

  constructor(private readonly event: string) {}

  get done(): number {
    return this.sent + this.failed.length;
  }

  /** From the beginning: addresses that failed before are tried again. */
  async start(total: number): Promise<void> {
    if (this.phase === 'going') return;
    Object.assign(this, { phase: 'going', sent: 0, total, left: total, failed: [], problem: '', note: '' });
    let after: string | null = null;
    try {
      while (this.going()) {
        const portion: MailedTickets = await mailTickets(this.event, after);
        after = portion.after;
        this.take(portion);
      }
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.problem = error.message;
      this.phase = 'stopped';
    }
  }

  /** The portion under way is still sent. */
  stop(): void {
    if (this.phase === 'going') this.phase = 'stopped';
  }

  private going(): boolean {
    return this.phase === 'going';
  }

  private take({ sent, left, failed, note }: MailedTickets): void {
    this.sent += sent;
    this.failed = [...this.failed, ...failed];
    this.left = left;
    // More people may have come onto the list meanwhile, or a colleague mails as well.
    this.total = Math.max(this.done + left, this.done);
    this.note = note;
    if (left === 0) this.phase = 'done';
  }
}
