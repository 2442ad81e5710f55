/** One phone's visit to a poster: what it may show, who this may be, and the scan under way. */
import { backoff } from '../../live/backoff';
import type { MailChoice, Poster } from '../../live/contract';
import { ApiProblem, http } from '../../live/http';
import { forgetKept } from '../storage';
import { forget, keepApart, remember, ticketFor, type Remembered } from '../tickets';
import { beginScan, checkIn, endScan, interruptedScan, untilAnswered, type Person, type Scan } from './check-in';
import { dropPass, dropStamp, keepPass, keptPass, stampInAddress } from './pass';

const LOOK_AGAIN = 10_000;
const TICK = 250;

export class Visit {
  poster = $state.raw<Poster | null>(null);
  /** Why there is no poster. */
  trouble = $state.raw<ApiProblem | null>(null);
  /** A ticket that this phone has held. */
  known = $state.raw<Remembered | null>(null);
  /** The scan under way; waiting: the server has not answered yet. */
  going = $state.raw<{ name: string; waiting: boolean } | null>(null);
  refusal = $state.raw<ApiProblem | null>(null);
  /** Seconds until codes may be tried again. */
  wait = $state(0);
  /** Whom the mail code may stand for. */
  choice = $state.raw<MailChoice | null>(null);
  /** In, but without a key to an own page. */
  inside = $state.raw<{ name: string } | null>(null);
  /** The scanned code of a rotating poster is too old. */
  spent = $state(false);

  readonly title = document.title;
  private pass: string | null = null;
  private stamp = stampInAddress();
  private giveUp = new AbortController();
  private again: ReturnType<typeof setTimeout> | undefined;
  private clock: ReturnType<typeof setInterval> | undefined;

  constructor(readonly code: string) {}

  start(): void {
    this.pass = keptPass(this.code);
    const interrupted = interruptedScan(this.code);
    if (interrupted) void this.send(interrupted);
    void this.look(0);
  }

  stop(): void {
    clearTimeout(this.again);
    clearInterval(this.clock);
    this.giveUp.abort();
  }

  enter(person: Person, name: string): Promise<void> {
    return this.send(beginScan(this.code, person, name));
  }

  /** Asks for a code by mail; throws ApiProblem. */
  async askForCode(email: string, onwaiting: () => void, signal: AbortSignal): Promise<void> {
    await untilAnswered(this.code, 'mail-code', { email, pass: this.pass }, onwaiting, signal);
  }

  /** Takes back what is under way; a scan that is on its way already may still arrive. */
  goBack(): void {
    this.giveUp.abort();
    endScan(this.code);
    this.going = this.refusal = this.choice = null;
  }

  someoneElse(): void {
    this.known = this.refusal = null;
  }

  /** The server says no. */
  refuse(problem: ApiProblem): void {
    if (problem.code === 'poster_expired') {
      dropPass(this.code);
      this.pass = null;
      this.spent = true;
      return;
    }
    this.refusal = problem;
    if (problem.retryAfter) this.waitFor(problem.retryAfter);
  }

  private async look(attempt: number): Promise<void> {
    const reached = await this.load();
    // Doors that are still closed are looked at again, and so is a server out of reach.
    if (reached && this.poster?.phase !== 'planned') return;
    this.again = setTimeout(() => void this.look(reached ? 0 : attempt + 1), reached ? LOOK_AGAIN : backoff(attempt));
  }

  /** False: no answer, worth another try. */
  private async load(): Promise<boolean> {
    const query = this.stamp ? `?stamp=${encodeURIComponent(this.stamp)}` : '';
    try {
      this.poster = await http<Poster>(`/api/v1/posters/${encodeURIComponent(this.code)}${query}`);
      this.swapStamp(this.poster);
      this.known ??= ticketFor(this.code, this.poster.title);
      this.trouble = null;
      return true;
    } catch (error) {
      this.trouble = error as ApiProblem;
      return this.trouble.status === 404 || this.trouble.status === 410;
    }
  }

  private swapStamp({ mode, pass }: Poster): void {
    if (this.stamp) dropStamp();
    this.stamp = '';
    if (pass) keepPass(this.code, pass);
    this.pass = pass ?? this.pass;
    this.spent = mode === 'rotating' && this.pass === null;
  }

  private async send(scan: Scan): Promise<void> {
    const { person, name } = scan;
    this.refusal = null;
    this.giveUp = new AbortController();
    const { signal } = this.giveUp;
    this.going = { name, waiting: false };
    try {
      const waiting = (): void => void (this.going = { name, waiting: true });
      const answer = await checkIn(this.code, scan, this.pass, waiting, signal);
      endScan(this.code);
      if (answer.code !== 'choose') return this.open(answer.name ?? name, answer.ticket);
      this.going = null;
      this.choice = answer;
    } catch (error) {
      if (signal.aborted) return;
      endScan(this.code);
      this.going = null;
      this.refuse(error as ApiProblem);
      if ('ticket' in person) this.doubt(person.ticket, (error as ApiProblem).code);
    }
  }

  private open(name: string, secret: string | null | undefined): void {
    for (const typed of ['draft', 'mail', 'step']) forgetKept('sessionStorage', `tablemates.${typed}.${this.code}`);
    if (!secret) {
      this.going = null;
      this.inside = { name };
      return;
    }
    remember({ secret, name, title: this.poster?.title ?? this.title, poster: this.code });
    location.replace(`/t#${encodeURIComponent(secret)}`);
  }

  /** A remembered ticket that is none here. One of another evening stays remembered for that one. */
  private doubt(ticket: string, code: string): void {
    if (this.known?.secret !== ticket) return;
    if (code === 'unknown') forget(ticket);
    else if (code === 'wrong_event') keepApart(ticket, this.code);
    else return;
    this.known = null;
  }

  private waitFor(seconds: number): void {
    const until = Date.now() + seconds * 1000;
    clearInterval(this.clock);
    const tick = (): void => {
      this.wait = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      if (this.wait) return;
      clearInterval(this.clock);
      if (this.refusal?.retryAfter) this.refusal = null;
    };
    this.clock = setInterval(tick, TICK);
    tick();
  }
}
