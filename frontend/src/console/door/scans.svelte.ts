/**
 * Scans on their way to the server, in order, one at a time. Each keeps its nonce until it has an answer, so that a retry after a lost
 * connection is never a second scan.
 */
import { backoff } from '../../live/backoff';
import type { Answer } from '../../live/contract';
import { ApiProblem } from '../../live/http';
import { nonce } from '../../live/nonce';
import type { Arrival } from '../api';
import { resultOfAnswer, resultOfProblem, type Result } from './result';

type Send = (arrival: Arrival) => Promise<Answer>;

export class Scans {
  /** Not answered yet, oldest first. */
  queue = $state.raw<Arrival[]>([]);
  /** True while the network is away and the queue waits for it. */
  offline = $state(false);
  private sending = false;
  private attempt = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly send: Send,
    private readonly show: (result: Result) => void,
  ) {}

  add(what: { secret: string } | { attendee: string }): void {
    this.queue = [...this.queue, { nonce: nonce(), ...what }];
    void this.work();
  }

  /** Tries at once instead of waiting for the next retry. */
  readonly hurry = (): void => {
    clearTimeout(this.retry);
    void this.work();
  };

  stop(): void {
    clearTimeout(this.retry);
  }

  private async work(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    try {
      for (let next = this.queue[0]; next; next = this.queue[0]) {
        if (!(await this.deliver(next))) break;
        this.queue = this.queue.slice(1);
      }
    } finally {
      this.sending = false;
    }
  }

  /** False: no answer came, the scan stays first in the queue. */
  private async deliver(arrival: Arrival): Promise<boolean> {
    const result = await this.send(arrival).then(resultOfAnswer, (error: unknown) => {
      if (!(error instanceof ApiProblem)) throw error;
      return error.offline ? null : resultOfProblem(error);
    });
    this.offline = result === null;
    if (result === null) {
      this.retry = setTimeout(this.hurry, backoff(this.attempt++));
      return false;
    }
    this.attempt = 0;
    this.show(result);
    return true;
  }
}
