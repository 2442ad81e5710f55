/**
 * A surface's line to the server. Subscribe, then snapshot, then apply; after a gap, a lost socket, a sleep or a tunnel it is right
 * again by itself, and where sockets are blocked it asks for the snapshot every few seconds instead.
 */
import { backoff } from './backoff';
import type { Beat, ErrorFrame, Message, Snapshot, Subscribe, Welcome } from './contract';
import { ApiProblem, http } from './http';
import { Replica } from './replica';
import { ServerClock } from './server-clock';

/** live: the socket is open. polling: it is not, and we ask for snapshots. refused: our token is not valid, nothing is tried again. */
export type Status = 'connecting' | 'live' | 'polling' | 'refused';

export interface Line {
  /** Path of the socket, as in "/ws/phone/". */
  socket: string;
  /** Path of the snapshot. */
  snapshot: string;
  /** Phone and screen: what the socket says to be let in. */
  token?: string;
  /** Phone and screen: the same, as an HTTP header. */
  authorization?: string;
}

const TICK = 250;
/** Without a sign from the server for this long, what we show may be old. Two beats are 10 s. */
const SILENCE = 10_000;
/** A socket that slept with the device is doubted sooner: one beat has surely been missed. */
const DOUBT = 6_000;
const POLL = 5_000;
/** A socket that has not opened by then may be blocked: start asking for snapshots. */
const FIRST_POLL = 2_500;

/** We talked too much: begin with a longer wait. */
const CALM_DOWN = 4;

type Frame = Message | Welcome | Beat | ErrorFrame;

export class Connection<State extends object> {
  /** Null until the first snapshot. */
  state = $state.raw<State | null>(null);
  status = $state<Status>('connecting');
  /** True when the server has been silent for 10 s: say so, and keep showing the last state. */
  stale = $state(false);
  /** The server's time in milliseconds, four times a second. */
  now = $state(Date.now());
  /** The last message applied, for announcements and motion. */
  latest = $state.raw<Message | null>(null);

  private readonly replica = new Replica<State>();
  private readonly clock = new ServerClock();
  private socket: WebSocket | null = null;
  private heard = Date.now();
  private opened = 0;
  private attempt = 0;
  private fetching = false;
  private again = false;
  private nextPoll = 0;
  private timer: ReturnType<typeof setInterval> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly line: Line) {}

  start(): void {
    this.heard = Date.now();
    this.nextPoll = this.heard + FIRST_POLL;
    this.timer = setInterval(this.tick, TICK);
    document.addEventListener('visibilitychange', this.wake);
    addEventListener('online', this.wake);
    addEventListener('pageshow', this.wake);
    this.open();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    clearTimeout(this.retry);
    document.removeEventListener('visibilitychange', this.wake);
    removeEventListener('online', this.wake);
    removeEventListener('pageshow', this.wake);
    this.drop();
  }

  /** Brings the state up to date now, for instance after a write while no socket is open. */
  async refresh(): Promise<void> {
    if (this.fetching) {
      this.again = true;
      return;
    }
    this.fetching = true;
    do {
      this.again = false;
      await this.fetchSnapshot();
    } while (this.again && this.timer !== undefined);
    this.fetching = false;
  }

  private async fetchSnapshot(): Promise<void> {
    this.nextPoll = Date.now() + POLL;
    try {
      const snapshot = await http<Snapshot<State>>(this.line.snapshot, { authorization: this.line.authorization });
      this.hear(snapshot.now);
      const whole = this.replica.adopt(snapshot);
      this.state = this.replica.state;
      if (!whole) await this.pauseThenAgain(1);
    } catch (error) {
      // Whoever is not let in over HTTP will not be let in over the socket either.
      if (error instanceof ApiProblem && [401, 403, 404, 410].includes(error.status)) this.refuse();
      else if (this.status === 'live') await this.pauseThenAgain(4);
    }
  }

  /** A snapshot that lags behind the socket is asked for once more, but never in a tight loop. */
  private async pauseThenAgain(attempt: number): Promise<void> {
    await new Promise((done) => setTimeout(done, backoff(attempt)));
    this.again = true;
  }

  private open(): void {
    clearTimeout(this.retry);
    this.drop();
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(`${scheme}//${location.host}${this.line.socket}`);
    this.socket = socket;
    this.opened = Date.now();
    socket.onopen = () => socket.send(JSON.stringify(this.subscribe()));
    socket.onmessage = (event) => this.receive(JSON.parse(String(event.data)) as Frame);
    socket.onclose = (event) => this.closed(event.code);
  }

  private subscribe(): Subscribe {
    const { token } = this.line;
    return {
      type: 'subscribe',
      ...(token === undefined ? {} : { token }),
      ...(this.replica.state === null ? {} : { since: this.replica.seq }),
    };
  }

  private receive(frame: Frame): void {
    if ('now' in frame) this.hear(frame.now);
    else this.heard = Date.now();
    if ('set' in frame) this.take(frame);
    else if (frame.type === 'welcome') this.welcome(frame as Welcome);
    else if (frame.type === 'beat' && !this.replica.knows((frame as Beat).prev)) this.heal();
  }

  private take(message: Message): void {
    if (!this.replica.receive(message)) {
      this.heal();
      return;
    }
    this.latest = message;
    this.state = this.replica.state;
  }

  /** After a gap. A snapshot under way will either close it or find that it did not. */
  private heal(): void {
    if (!this.fetching) void this.refresh();
  }

  private welcome(frame: Welcome): void {
    this.attempt = 0;
    this.status = 'live';
    // A snapshot that was asked for before this moment may miss what was said in between, so it is asked for again.
    if (!frame.resumed) void this.refresh();
  }

  private closed(code: number): void {
    this.socket = null;
    if (code === 4401 || code === 4403) {
      this.refuse();
      return;
    }
    this.status = 'polling';
    if (this.state === null) this.nextPoll = 0;
    if (code === 4429) this.attempt = Math.max(this.attempt, CALM_DOWN);
    this.retry = setTimeout(() => this.open(), backoff(this.attempt++));
  }

  private refuse(): void {
    this.status = 'refused';
    this.stale = false;
    this.stop();
  }

  /** Lets go of the socket without hearing its end. */
  private drop(): void {
    if (!this.socket) return;
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
    this.socket.close();
    this.socket = null;
  }

  private hear(now: string): void {
    this.heard = Date.now();
    this.stale = false;
    this.clock.hear(now);
    this.now = this.clock.now();
  }

  private silence(): number {
    return Date.now() - this.heard;
  }

  private readonly tick = (): void => {
    this.now = this.clock.now();
    this.stale = this.silence() > SILENCE;
    if (this.status !== 'live' && !this.fetching && Date.now() >= this.nextPoll) void this.refresh();
    // A dead socket may say nothing for minutes: after the silence it counts as lost. A new one gets as long to open.
    if (this.stale && this.socket && Date.now() - this.opened > SILENCE) {
      this.drop();
      this.closed(1006);
    }
  };

  /** Back from sleep, from another tab, from no network: right at once rather than at the next retry. */
  private readonly wake = ({ type }: Event): void => {
    if (document.visibilityState === 'hidden') return;
    const sound = type !== 'online' && this.socket?.readyState === WebSocket.OPEN && this.silence() < DOUBT;
    const opening = type === 'pageshow' && this.socket?.readyState === WebSocket.CONNECTING;
    if (sound || opening) return;
    this.attempt = 0;
    // Whatever set out before a sleep or a tunnel may be lost in it: a new socket and a new request overtake it.
    this.open();
    this.fetching = false;
    void this.refresh();
  };
}
