/**
 * Scans that wait for the network, in order. Each keeps its nonce until it is answered, so that none becomes two; what the server says
 * otherwise than the device did is kept for the person at the door.
 */
import type { Answer, Outcome, QueuedScan, SyncAnswer, Time } from '../live/contract';
import { ApiProblem } from '../live/http';
import type { Api } from './api';
import type { Vault } from './vault';

const AT_ONCE = 100;
const UNHURRIED = 10_000;

/** A device was told one thing, the server says another. */
export interface Difference {
  nonce: string;
  at: Time;
  name: string;
  shown: Outcome;
  outcome: Outcome;
  since: Time | null;
}

interface Waiting {
  order: number;
  scan: QueuedScan;
}

/** What was answered of some scans, in their order. */
export type Settled = (settled: { scan: QueuedScan; answer: SyncAnswer }[]) => Promise<void>;

/** The server has said no. Silence, trouble of its own, and whatever a network that wants a login puts in between are no answer. */
export function isRefusal(problem: ApiProblem): boolean {
  return problem.status >= 400 && problem.status < 429 && problem.code !== 'broken';
}

/** The device is no scanner any more. */
export function isEnd(problem: ApiProblem): boolean {
  return isRefusal(problem) && (problem.status === 401 || problem.code === 'revoked_station' || problem.code === 'station_expired');
}

function isNonsense(problem: ApiProblem): boolean {
  return isRefusal(problem) && problem.status === 400;
}

export class Queue {
  length = $state(0);
  /** Entries that were changed on the device, or that made no sense: put aside, the rest goes on. */
  aside = $state(0);
  differences = $state.raw<Difference[]>([]);
  /** True when the device could not keep an entry: it lives as long as the page. */
  full = $state(false);

  private waiting: Waiting[] = [];
  private last = 0;
  private size = AT_ONCE;

  constructor(private readonly vault: Vault) {}

  async open(): Promise<void> {
    const kept = await this.vault.queue();
    this.waiting = kept.flatMap(({ order, scan }) => (scan ? [{ order, scan }] : []));
    this.last = kept.at(-1)?.order ?? 0;
    this.aside = (await this.vault.get<number>('aside')) ?? 0;
    this.differences = (await this.vault.get<Difference[]>('differences')) ?? [];
    const broken = kept.filter(({ scan }) => scan === null).map(({ order }) => order);
    await this.attempt(() => this.vault.dequeue(broken));
    if (broken.length) await this.putAside(broken.length);
    this.length = this.waiting.length;
  }

  async add(scan: QueuedScan): Promise<void> {
    // By the clock, so that two tabs never take the same place; never backwards, whatever the clock does.
    this.last = Math.max(Date.now(), this.last + 1);
    const entry = { order: this.last, scan };
    this.waiting.push(entry);
    this.length = this.waiting.length;
    await this.attempt(() => this.vault.enqueue(entry.order, scan));
  }

  has(nonce: string): boolean {
    return this.waiting.some(({ scan }) => scan.nonce === nonce);
  }

  /** Sends all that waits; throws ApiProblem when it has to stop, with the rest still waiting. */
  async send(api: Api, settled: Settled): Promise<void> {
    while (this.waiting.length) {
      const batch = this.waiting.slice(0, this.size);
      const answers = await this.deliver(api, batch);
      if (answers) await this.settle(batch, answers, settled);
    }
  }

  /** Where nothing can be signed, nothing was decided either: each scan is asked again, under its nonce. */
  async sendUnsigned(api: Api, told: (scan: QueuedScan, said: Answer | ApiProblem) => Promise<void>): Promise<void> {
    for (let next = this.waiting[0]; next; next = this.waiting[0]) {
      const { nonce, act, attendee, secret = '' } = next.scan;
      const said = await api.scan(nonce, act, attendee ? { attendee } : { secret }, UNHURRIED).catch(asProblem);
      if (said instanceof ApiProblem && (isEnd(said) || !isRefusal(said))) throw said;
      await told(next.scan, said);
      await this.remove([next]);
    }
  }

  /**
   * What a device that is no scanner any more had let in: the server writes it down and refuses. It all stays here as well.
   * Answers false while there is no answer.
   */
  async handOver(api: Api): Promise<boolean> {
    for (let from = 0; from < this.waiting.length; from += AT_ONCE) {
      const batch = this.waiting.slice(from, from + AT_ONCE).map(({ scan }) => scan);
      const problem = await api.sync(batch, this.waiting.length - from - batch.length).then(() => null, asProblem);
      if (problem && !isEnd(problem) && !isNonsense(problem)) return false;
    }
    return true;
  }

  /** Null: the batch as a whole made no sense; the next try is with half of it, until the culprit is alone. */
  private async deliver(api: Api, batch: Waiting[]): Promise<SyncAnswer[] | null> {
    try {
      const { answers } = await api.sync(
        batch.map(({ scan }) => scan),
        this.waiting.length - batch.length,
      );
      this.size = AT_ONCE;
      return answers;
    } catch (error) {
      const problem = asProblem(error);
      if (!isNonsense(problem)) throw problem;
      if (batch.length === 1) return [{ code: 'invalid', nonce: batch[0]!.scan.nonce, message: problem.message }];
      this.size = Math.ceil(batch.length / 2);
      return null;
    }
  }

  private async settle(batch: Waiting[], answers: SyncAnswer[], settled: Settled): Promise<void> {
    const done = batch.slice(0, answers.length);
    const refused = answers.filter((answer) => !('outcome' in answer)).length;
    await settled(done.map(({ scan }, index) => ({ scan, answer: answers[index]! })));
    if (refused) await this.putAside(refused);
    await this.remove(done);
  }

  /** Adds to what the person at the door should look at. Telling the same twice is telling it once. */
  async differ(found: Difference[]): Promise<void> {
    const news = new Set(found.map(({ nonce }) => nonce));
    await this.keepDifferences([...found, ...this.differences.filter(({ nonce }) => !news.has(nonce))]);
  }

  dismiss(nonce: string): Promise<void> {
    return this.keepDifferences(this.differences.filter((difference) => difference.nonce !== nonce));
  }

  private keepDifferences(differences: Difference[]): Promise<void> {
    this.differences = differences;
    return this.attempt(() => this.vault.put('differences', differences));
  }

  /** Of the first that wait. */
  private async remove(done: Waiting[]): Promise<void> {
    this.waiting = this.waiting.slice(done.length);
    this.length = this.waiting.length;
    await this.attempt(() => this.vault.dequeue(done.map(({ order }) => order)));
  }

  private async putAside(count: number): Promise<void> {
    this.aside += count;
    await this.attempt(() => this.vault.put('aside', this.aside));
  }

  private async attempt(keep: () => Promise<void>): Promise<void> {
    this.full = await keep().then(
      () => false,
      () => true,
    );
  }
}

function asProblem(error: unknown): ApiProblem {
  if (!(error instanceof ApiProblem)) throw error;
  return error;
}
