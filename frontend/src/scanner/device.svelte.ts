/**
 * A paired device at the door: every scan is answered by the server, or by the device itself when the server is silent, and what the
 * device decided is brought to the server as soon as it can be.
 */
import { refusalOf, resultOfAnswer, resultOfProblem, type Result } from '../door/result';
import { signal } from '../door/signal';
import { backoff } from '../live/backoff';
import type { Answer, Outcome, QueuedScan, StationView, SyncAnswer, Time } from '../live/contract';
import { ApiProblem } from '../live/http';
import { nonce } from '../live/nonce';
import { ServerClock } from '../live/server-clock';
import { Api, DOOR_PATIENCE } from './api';
import type { Act, What } from './decide';
import { Guests } from './guests.svelte';
import { isEnd, isRefusal, Queue, type Difference } from './queue.svelte';
import { sign } from './seal';
import { resultOfDecision, resultOfNothing, type Person } from './told';
import type { Pairing, Vault } from './vault';

const CONTACT_EVERY = 15_000;
const SLOW = 1500;
const LAST_SCANS = 20;

/** starting: not heard of the server yet. slow: it answers late, or not to everything. */
export type Line = 'starting' | 'online' | 'slow' | 'offline';
export type End = 'revoked_station' | 'station_expired' | 'invalid';

export interface LastScan {
  at: Time;
  outcome: Outcome | null;
  title: string;
  name: string;
  offline: boolean;
}

interface Scan {
  nonce: string;
  act: Act;
  what: What;
  at: Time;
}

export class Device {
  act = $state<Act>('in');
  line = $state<Line>('starting');
  view = $state.raw<StationView | null>(null);
  result = $state.raw<Result | null>(null);
  recent = $state.raw<LastScan[]>([]);
  end = $state.raw<End | null>(null);
  readonly queue: Queue;
  readonly guests: Guests;

  private readonly api: Api;
  private readonly clock = new ServerClock();
  private turn: Promise<void> = Promise.resolve();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private touching: Promise<void> | null = null;
  private again = false;
  private attempt = 0;
  private stopped = false;
  /** What waited when the device was taken away has been written down by the server. */
  handedOver = $state(false);

  constructor(
    readonly pairing: Pairing,
    private readonly vault: Vault,
  ) {
    this.api = new Api(pairing.token);
    this.queue = new Queue(vault);
    this.guests = new Guests(vault, (nonce) => this.queue.has(nonce));
  }

  /** Reads what the device keeps; from then on it can decide. */
  async open(): Promise<void> {
    await this.queue.open();
    await this.guests.open();
    const { vault } = this;
    this.recent = (await vault.get<LastScan[]>('recent')) ?? [];
    this.view = await vault.get<StationView>('view');
    this.end = await vault.get<End>('end');
    this.handedOver = (await vault.get<boolean>('handed over')) ?? false;
  }

  /** Whether it can answer when the server cannot. */
  get canDecide(): boolean {
    return this.pairing.signer !== null && this.guests.known;
  }

  start(): void {
    addEventListener('online', this.hurry);
    addEventListener('offline', this.hurry);
    document.addEventListener('visibilitychange', this.wake);
    void this.touch();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    removeEventListener('online', this.hurry);
    removeEventListener('offline', this.hurry);
    document.removeEventListener('visibilitychange', this.wake);
  }

  /** In the order they were made, one at a time: the second scan of a ticket must know of the first. */
  scan(what: What): Promise<void> {
    if ('secret' in what && !what.secret.trim()) return this.turn;
    const scan: Scan = { nonce: nonce(), act: this.act, what, at: new Date().toISOString() };
    const done = this.turn.then(() => this.take(scan));
    this.turn = done.catch(() => {});
    return done;
  }

  private async take(scan: Scan): Promise<void> {
    if (this.stopped || this.hasEnded()) return;
    if (this.mayAsk() && (await this.ask(scan))) return;
    if (this.stopped || this.end) return;
    await this.decideHere(scan);
  }

  /** While scans wait, the server does not know whom we have let in. */
  private mayAsk(): boolean {
    return !this.canDecide || (this.line !== 'offline' && this.queue.length === 0);
  }

  /** True when the server has answered. */
  private async ask(scan: Scan): Promise<boolean> {
    const asked = performance.now();
    try {
      const answer = await this.api.scan(scan.nonce, scan.act, scan.what);
      this.heard(asked);
      void this.guests.hear([{ nonce: scan.nonce, answer }]);
      this.show(resultOfAnswer(answer), { at: scan.at, outcome: answer.outcome, name: answer.name ?? '', offline: false });
      return true;
    } catch (error) {
      return this.refused(scan, asProblem(error), asked);
    }
  }

  private refused(scan: Scan, problem: ApiProblem, asked: number): boolean {
    if (isEnd(problem)) {
      this.finish(problem);
      return true;
    }
    // The server is there but in no state to answer: that is as good as silence.
    if (!isRefusal(problem)) {
      this.unheard(performance.now() - asked >= DOOR_PATIENCE);
      return false;
    }
    this.heard(asked);
    this.show(resultOfProblem(problem), { at: scan.at, outcome: refusalOf(problem) ?? null, name: '', offline: false });
    return true;
  }

  private async decideHere(scan: Scan): Promise<void> {
    const decision = this.canDecide ? await this.guests.decide(scan.act, scan.what, this.view?.event.phase) : null;
    if (!decision) {
      await this.queue.add(await this.written(scan, 'unknown'));
      this.show(resultOfNothing(), { at: scan.at, outcome: null, name: '', offline: true });
      this.hurry();
      return;
    }
    await this.queue.add(await this.written(scan, decision.outcome));
    void this.guests.see(scan.nonce, scan.at, decision);
    this.show(resultOfDecision(decision, scan.at), {
      at: scan.at,
      outcome: decision.outcome,
      name: decision.person?.name ?? '',
      offline: true,
    });
    if (this.line !== 'offline') this.hurry();
  }

  private async written({ what, ...scan }: Scan, shown: Outcome): Promise<QueuedScan> {
    const entry = { ...scan, ...what, shown };
    return this.pairing.signer ? sign(entry, this.pairing.signer) : { ...entry, mac: '' };
  }

  private show(result: Result, scan: Omit<LastScan, 'title'>): void {
    this.result = result;
    signal(result.verdict);
    this.recent = [{ ...scan, title: result.title }, ...this.recent].slice(0, LAST_SCANS);
    void this.vault.put('recent', this.recent).catch(() => {});
  }

  /** By the server, who knows best; else in the roster. */
  async search(query: string): Promise<Person[]> {
    if (this.line !== 'offline') {
      try {
        return (await this.api.search(query)).people;
      } catch (error) {
        if (!this.guests.known) throw asProblem(error);
      }
    }
    return this.guests.search(query) ?? [];
  }

  // ------------------------------------------------------------------------------------------- keeping in touch

  /** Tries at once instead of waiting for the next time. */
  readonly hurry = (): void => {
    this.attempt = 0;
    void this.touch();
  };

  private readonly wake = (): void => {
    if (document.visibilityState === 'visible') this.hurry();
  };

  /** Sends what waits, now; answers whether nothing is left that only this device knows. */
  async flush(): Promise<boolean> {
    await this.touching;
    await this.touch();
    return this.queue.length === 0 || this.handedOver;
  }

  private touch(): Promise<void> {
    if (this.touching) this.again = true;
    else if (!this.stopped) this.touching = this.round();
    return this.touching ?? Promise.resolve();
  }

  private async round(): Promise<void> {
    clearTimeout(this.timer);
    const wait = await this.talk();
    this.touching = null;
    const soon = this.again;
    this.again = false;
    if (!this.stopped && (soon || wait !== null)) this.timer = setTimeout(() => void this.touch(), soon ? 0 : wait!);
  }

  /** One round with the server; answers how long to wait for the next one, or null when there will be none. */
  private async talk(): Promise<number | null> {
    try {
      if (this.hasEnded()) return await this.handOver();
      await this.look();
      if (this.queue.length) {
        await this.bring();
        await this.look();
      }
      await this.freshenRoster();
      this.attempt = 0;
      return CONTACT_EVERY * (0.8 + 0.4 * Math.random());
    } catch (error) {
      const problem = asProblem(error);
      if (isEnd(problem)) this.finish(problem);
      else this.unheard(false);
      return this.end && this.handedOver ? null : backoff(this.attempt++);
    }
  }

  private async look(): Promise<void> {
    const asked = performance.now();
    const view = await this.api.view(this.queue.length);
    if (this.stopped) return;
    this.clock.hear(view.now);
    this.heard(asked);
    this.view = view;
    await this.vault.put('view', view).catch(() => {});
  }

  private async freshenRoster(): Promise<void> {
    if (this.view?.roster === this.guests.version) return;
    const asked = Date.now();
    const roster = await this.api.roster();
    if (!this.stopped) await this.guests.adopt(roster, asked);
  }

  private bring(): Promise<void> {
    if (this.pairing.signer) return this.queue.send(this.api, (settled) => this.settle(settled));
    return this.queue.sendUnsigned(this.api, (scan, said) => this.late(scan, said));
  }

  private async settle(settled: { scan: QueuedScan; answer: SyncAnswer }[]): Promise<void> {
    const told = settled.flatMap(({ scan, answer }) => ('outcome' in answer ? [{ nonce: scan.nonce, scan, answer }] : []));
    await this.guests.hear(told);
    const others = told.filter(({ scan, answer }) => answer.outcome !== scan.shown);
    if (others.length) await this.queue.differ(await Promise.all(others.map(({ scan, answer }) => this.difference(scan, answer))));
  }

  private async difference(scan: QueuedScan, { outcome, since, name }: Answer): Promise<Difference> {
    const known = name ?? (await this.guests.nameOf(whatOf(scan)));
    return { nonce: scan.nonce, at: scan.at, name: known, shown: scan.shown, outcome, since: since ?? null };
  }

  /** What was not decided at the time is shown when the server has decided it. */
  private async late(scan: QueuedScan, said: Answer | ApiProblem): Promise<void> {
    if (said instanceof ApiProblem) {
      this.show(resultOfProblem(said), { at: scan.at, outcome: refusalOf(said) ?? null, name: '', offline: false });
      return;
    }
    void this.guests.hear([{ nonce: scan.nonce, answer: said }]);
    this.show(resultOfAnswer(said), { at: scan.at, outcome: said.outcome, name: said.name ?? '', offline: false });
  }

  private heard(asked: number): void {
    this.line = performance.now() - asked > SLOW ? 'slow' : 'online';
  }

  /** An answer that is late is not yet a lost network: the next contact will tell. */
  private unheard(late: boolean): void {
    this.line = late ? 'slow' : 'offline';
  }

  // ------------------------------------------------------------------------------------------------ the end of it

  /** The hours of a device end without a network, too. */
  private hasEnded(): boolean {
    const until = this.view?.station.valid_until ?? this.pairing.station.valid_until;
    if (!this.end && this.clock.now() >= Date.parse(until)) this.close('station_expired');
    return this.end !== null;
  }

  private finish(problem: ApiProblem): void {
    const known = problem.code === 'revoked_station' || problem.code === 'station_expired';
    this.close(known ? (problem.code as End) : 'invalid');
  }

  private close(end: End): void {
    this.end = end;
    this.result = null;
    void this.vault.put('end', end).catch(() => {});
    this.hurry();
  }

  private async handOver(): Promise<number | null> {
    if (!this.handedOver && this.pairing.signer && this.end !== 'invalid') {
      this.handedOver = await this.queue.handOver(this.api);
      if (!this.handedOver) return backoff(this.attempt++);
      await this.vault.put('handed over', true).catch(() => {});
    }
    return null;
  }
}

function whatOf({ secret, attendee }: QueuedScan): What {
  return attendee ? { attendee } : { secret: secret ?? '' };
}

function asProblem(error: unknown): ApiProblem {
  if (!(error instanceof ApiProblem)) throw error;
  return error;
}
