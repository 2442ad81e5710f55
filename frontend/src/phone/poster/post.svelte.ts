/** Asking for a code by mail: once at a time, and until the server has answered. */
import type { ApiProblem } from '../../live/http';
import type { Visit } from './visit.svelte';

export class Post {
  busy = $state(false);
  /** The server does not answer. */
  waiting = $state(false);
  private giveUp = new AbortController();

  constructor(private readonly visit: Visit) {}

  /** Whether a mail is on its way; what the server says no with is the visit's. */
  async ask(email: string): Promise<boolean> {
    this.visit.refusal = null;
    this.busy = true;
    try {
      await this.visit.askForCode(email, () => (this.waiting = true), this.giveUp.signal);
      return true;
    } catch (error) {
      this.visit.refuse(error as ApiProblem);
      return false;
    } finally {
      this.busy = this.waiting = false;
    }
  }

  stop(): void {
    this.giveUp.abort();
  }
}
