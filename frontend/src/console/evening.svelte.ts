/** One event as the console holds it: its live state, and the organiser's actions with what came of them. */
import { SvelteSet } from 'svelte/reactivity';
import { Connection } from '../live/connection.svelte';
import type { Change, ConsoleState } from '../live/contract';
import { ApiProblem } from '../live/http';

/** Why the last action did not happen. */
export interface Trouble {
  /** A colleague was quicker; `changes` tells with what. */
  conflict: boolean;
  message: string;
  changes?: Change[];
}

type Send<Done> = (version: number) => Promise<Done>;

export class Evening {
  readonly line: Connection<ConsoleState>;
  /** Names of the actions under way. */
  readonly busy = new SvelteSet<string>();
  trouble = $state.raw<Trouble | null>(null);
  /** Versions that our own actions made, by the version each was done on. */
  private readonly made = new Map<number, number>();
  private turn: Promise<unknown> = Promise.resolve();

  constructor(readonly id: string) {
    this.line = new Connection<ConsoleState>({ socket: `/ws/console/${id}/`, snapshot: `/api/v1/events/${id}/snapshot` });
  }

  /** The version the organiser is looking at. */
  get version(): number {
    return this.afterOurs(this.line.state?.mixer.version ?? 0);
  }

  /** What we did ourselves is no surprise to us, even before the socket has told it. */
  private afterOurs(version: number): number {
    const next = this.made.get(version);
    return next === undefined ? version : this.afterOurs(next);
  }

  /**
   * A second press while the same action is under way is not a second action; another action waits its turn. `send` gets the version
   * the organiser decided by: the one they are looking at, unless they decided earlier (`decidedAt`). Answers whether it was done; if
   * not, `trouble` says why.
   */
  async act(name: string, send: Send<unknown>, decidedAt?: number): Promise<boolean> {
    return (await this.ask(name, send, decidedAt)) !== null;
  }

  /** The same for an action whose answer is wanted; null when it was not done. */
  async ask<Done>(name: string, send: Send<Done>, decidedAt = this.version): Promise<Done | null> {
    if (this.busy.has(name) || !this.line.state) return null;
    this.busy.add(name);
    this.trouble = null;
    const mine = this.turn.then(() => this.take(send, decidedAt)).finally(() => this.busy.delete(name));
    this.turn = mine.catch(() => null);
    return mine;
  }

  private async take<Done>(send: Send<Done>, decidedAt: number): Promise<Done | null> {
    const version = this.afterOurs(decidedAt);
    try {
      const done = await send(version);
      this.remember(version, done);
      if (this.line.status !== 'live') await this.line.refresh();
      return done;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      // What is said of the room has to be true of the one that is seen.
      if (error.status === 409) await this.line.refresh();
      this.trouble = { conflict: error.code === 'version_conflict', message: error.message, changes: error.changes };
      return null;
    }
  }

  private remember(version: number, done: unknown): void {
    const { version: made } = (done ?? {}) as { version?: unknown };
    if (typeof made === 'number' && made > version) this.made.set(version, made);
  }
}
