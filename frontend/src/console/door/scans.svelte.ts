/**
 * Scans, and what else is done at the door, on their way to the server: in order, one at a time. Each keeps its nonce until it has an
 * answer, so that a retry after a lost connection is never a second deed.
 */
import { backoff } from '../../live/backoff';
import type { Answer } from '../../live/contract';
import { ApiProblem } from '../../live/http';
import { nonce } from '../../live/nonce';
import { resultOfAnswer, resultOfProblem, type Result } from '../../door/result';
import { t } from '../text';
import type { Deed, Task } from './deed';

type Send = (task: Task) => Promise<Answer>;

export class Scans {
  /** Not answered yet, oldest first. */
  queue = $state.raw<Task[]>([]);
  /** True while the network is away and the queue waits for it. */
  offline = $state(false);
  private sending = false;
  private attempt = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly send: Send,
    private readonly show: (result: Result) => void,
  ) {}

  add(what: Deed): void {
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
  private async deliver(task: Task): Promise<boolean> {
    const result = await this.send(task).then(told, (error: unknown) => {
      if (!(error instanceof ApiProblem)) throw error;
      return error.offline ? null : refused(task, error);
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

/** Whoever takes a scan back is told what follows: another scan may still say that the person is in. */
function told(answer: Answer): Result {
  const result = resultOfAnswer(answer);
  return answer.outcome === 'undone' ? { ...result, detail: answer.message } : result;
}

function refused(task: Task, problem: ApiProblem): Result {
  const result = resultOfProblem(problem);
  return 'undo' in task ? { ...result, title: t('undo.refused') } : result;
}
