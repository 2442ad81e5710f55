/** One event as the console holds it: its live state, and the organiser's actions with what came of them. */
import { SvelteSet } from 'svelte/reactivity';
import { Connection } from '../live/connection.svelte';
import type { ConsoleState } from '../live/contract';
import { ApiProblem } from '../live/http';

/** Why the last action did not happen. A conflict means that a colleague was quicker. */
export interface Trouble {
  conflict: boolean;
  message: string;
}

export class Evening {
  readonly line: Connection<ConsoleState>;
  /** Names of the actions under way. */
  readonly busy = new SvelteSet<string>();
  trouble = $state.raw<Trouble | null>(null);

  constructor(readonly id: string) {
    this.line = new Connection<ConsoleState>({ socket: `/ws/console/${id}/`, snapshot: `/api/v1/events/${id}/snapshot` });
  }

  /**
   * A second press while the same action is under way is not a second action. `send` gets the version the organiser is looking at.
   * Answers whether it was done; if not, `trouble` says why.
   */
  async act(name: string, send: (version: number) => Promise<unknown>): Promise<boolean> {
    if (this.busy.has(name) || !this.line.state) return false;
    this.busy.add(name);
    this.trouble = null;
    try {
      await send(this.line.state.mixer.version);
      if (this.line.status !== 'live') await this.line.refresh();
      return true;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.trouble = { conflict: error.code === 'version_conflict', message: error.message };
      if (error.status === 409) await this.line.refresh();
      return false;
    } finally {
      this.busy.delete(name);
    }
  }
}
