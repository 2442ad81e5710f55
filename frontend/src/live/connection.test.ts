import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Connection } from './connection.svelte';

interface State {
  present: number;
}

const NOW = '2026-03-14T18:00:00.000Z';

/** The browser's WebSocket, with the server's hand in it. */
class Socket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static all: Socket[] = [];
  static get last(): Socket {
    return Socket.all.at(-1)!;
  }

  readyState = 0;
  sent: unknown[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor(readonly url: string) {
    Socket.all.push(this);
  }

  send(frame: string): void {
    this.sent.push(JSON.parse(frame));
  }

  close(): void {
    this.readyState = 3;
  }

  opens(): void {
    this.readyState = 1;
    this.onopen!();
  }

  says(frame: object): void {
    this.onmessage!({ data: JSON.stringify(frame) });
  }

  ends(code = 1006): void {
    this.readyState = 3;
    this.onclose!({ code });
  }
}

const fetched = vi.fn<typeof fetch>();
let line: Connection<State>;

const welcome = (seq: number, resumed = false) => ({ type: 'welcome', seq, now: new Date().toISOString(), resumed });
const beat = (prev: number) => ({ type: 'beat', prev, now: new Date().toISOString() });
const arrived = (seq: number, prev: number, present: number) => ({
  seq,
  prev,
  type: 'attendee.arrived',
  set: { present },
  unset: [],
});

function serve(seq: number, present: number): void {
  fetched.mockImplementation(async () =>
    new Response(JSON.stringify({ seq, now: new Date().toISOString(), state: { present } })),
  );
}

const settle = () => vi.advanceTimersByTimeAsync(0);

async function live(seq = 5, present = 1): Promise<void> {
  serve(seq, present);
  Socket.last.opens();
  Socket.last.says(welcome(seq));
  await settle();
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(NOW) });
  vi.stubGlobal('WebSocket', Socket);
  vi.stubGlobal('fetch', fetched);
  Socket.all = [];
  line = new Connection<State>({
    socket: '/ws/phone/',
    snapshot: '/api/v1/me/snapshot',
    token: 'secret',
    authorization: 'Ticket secret',
  });
  line.start();
});

afterEach(() => {
  line.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  fetched.mockReset();
});

describe('getting right', () => {
  test('it subscribes, fetches the snapshot and applies what follows', async () => {
    await live();
    expect(Socket.last.url).toBe('ws://localhost:3000/ws/phone/');
    expect(Socket.last.sent).toEqual([{ type: 'subscribe', token: 'secret' }]);
    Socket.last.says(arrived(6, 5, 2));
    expect([line.status, line.state]).toEqual(['live', { present: 2 }]);
  });

  test('a message that overtakes the snapshot is applied after it, with one snapshot only', async () => {
    serve(5, 1);
    Socket.last.opens();
    Socket.last.says(welcome(5));
    Socket.last.says(arrived(6, 5, 2));
    await settle();
    expect(line.state).toEqual({ present: 2 });
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  test('a gap before a message fetches the snapshot again', async () => {
    await live();
    serve(8, 4);
    Socket.last.says(arrived(8, 7, 4));
    await settle();
    expect(line.state).toEqual({ present: 4 });
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  test('a beat that knows of a message we never got fetches the snapshot', async () => {
    await live();
    serve(7, 3);
    Socket.last.says(beat(7));
    await settle();
    expect(line.state).toEqual({ present: 3 });
  });

  test('a beat with nothing new fetches nothing', async () => {
    await live();
    Socket.last.says(beat(5));
    await settle();
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  test('the clock is the server clock', async () => {
    serve(5, 1);
    Socket.last.opens();
    Socket.last.says({ ...welcome(5), now: '2026-03-14T20:30:00.000Z' });
    await vi.advanceTimersByTimeAsync(1000);
    expect(new Date(line.now).toISOString()).toBe('2026-03-14T20:30:01.000Z');
  });
});

describe('coming back', () => {
  test('after a lost socket it subscribes from where it was and needs no snapshot when resumed', async () => {
    await live();
    Socket.last.ends();
    await vi.advanceTimersByTimeAsync(500);
    expect(Socket.all.length).toBe(2);
    Socket.last.opens();
    expect(Socket.last.sent).toEqual([{ type: 'subscribe', token: 'secret', since: 5 }]);
    const before = fetched.mock.calls.length;
    Socket.last.says(welcome(6, true));
    Socket.last.says(arrived(6, 5, 2));
    await settle();
    expect([line.status, line.state]).toEqual(['live', { present: 2 }]);
    expect(fetched.mock.calls.length).toBe(before);
  });

  test('ten silent seconds make it stale and open a new socket, the state stays', async () => {
    await live();
    fetched.mockRejectedValue(new TypeError('Failed to fetch'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(line.stale).toBe(false);
    await vi.advanceTimersByTimeAsync(1000);
    expect([line.stale, line.state, Socket.all.length]).toEqual([true, { present: 1 }, 2]);
  });

  test('a new socket on a slow network is given ten seconds to open', async () => {
    await live();
    fetched.mockRejectedValue(new TypeError('Failed to fetch'));
    await vi.advanceTimersByTimeAsync(20_000);
    expect([line.stale, Socket.all.length]).toEqual([true, 2]);
    Socket.last.opens();
    Socket.last.says(welcome(5, true));
    expect([line.stale, line.status]).toEqual([false, 'live']);
  });

  test('beats keep it fresh', async () => {
    await live();
    for (let i = 0; i < 12; i++) {
      await vi.advanceTimersByTimeAsync(5000);
      Socket.last.says(beat(5));
    }
    expect([line.stale, Socket.all.length]).toEqual([false, 1]);
  });

  test('waking from a long sleep asks at once', async () => {
    await live();
    serve(9, 7);
    vi.setSystemTime(Date.now() + 600_000);
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect([line.state, Socket.all.length]).toEqual([{ present: 7 }, 2]);
  });

  test('coming out of a tunnel overtakes a socket and a request that were lost in it', async () => {
    await live();
    Socket.last.ends();
    fetched.mockImplementation(() => new Promise(() => undefined));
    await vi.advanceTimersByTimeAsync(8000);
    const lost = Socket.all.length;
    expect([Socket.last.readyState, line.state]).toEqual([Socket.CONNECTING, { present: 1 }]);
    serve(9, 7);
    window.dispatchEvent(new Event('online'));
    await settle();
    expect([line.state, Socket.all.length]).toEqual([{ present: 7 }, lost + 1]);
  });

  test('after the shortest tunnel too, as a line that seems sound may have been cut in it', async () => {
    await live();
    serve(9, 7);
    window.dispatchEvent(new Event('online'));
    await settle();
    expect([line.state, Socket.all.length]).toEqual([{ present: 7 }, 2]);
  });

  test('a page that has just begun to open its line is left to it', async () => {
    window.dispatchEvent(new Event('pageshow'));
    await settle();
    expect([Socket.all.length, fetched.mock.calls.length]).toEqual([1, 0]);
  });

  test('waking while the line is sound does nothing', async () => {
    await live();
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect([Socket.all.length, fetched.mock.calls.length]).toEqual([1, 1]);
  });
});

describe('when sockets are blocked', () => {
  test('it asks for the snapshot every five seconds and is not stale', async () => {
    serve(5, 1);
    Socket.last.ends();
    await vi.advanceTimersByTimeAsync(3000);
    expect([line.status, line.state]).toEqual(['polling', { present: 1 }]);
    serve(6, 2);
    await vi.advanceTimersByTimeAsync(5000);
    expect([line.state, line.stale]).toEqual([{ present: 2 }, false]);
    const before = fetched.mock.calls.length;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(fetched.mock.calls.length - before).toBe(4);
  });

  test('a socket that hangs while opening does not keep the page empty', async () => {
    serve(5, 1);
    await vi.advanceTimersByTimeAsync(3000);
    expect(line.state).toEqual({ present: 1 });
  });
});

describe('refusals', () => {
  test.each([4401, 4403])('close code %i is final', async (code) => {
    Socket.last.opens();
    Socket.last.ends(code);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([line.status, Socket.all.length, fetched.mock.calls.length]).toEqual(['refused', 1, 0]);
  });

  test('a snapshot we may not have is final', async () => {
    fetched.mockImplementation(
      async () => new Response('{"code":"unknown","message":"This link is not valid."}', { status: 401 }),
    );
    Socket.last.opens();
    Socket.last.says(welcome(5));
    await vi.advanceTimersByTimeAsync(60_000);
    expect([line.status, Socket.all.length, fetched.mock.calls.length]).toEqual(['refused', 1, 1]);
  });

  test.each([4408, 4409, 4429])('close code %i is tried again', async (code) => {
    await live();
    Socket.last.ends(code);
    await vi.advanceTimersByTimeAsync(16_000);
    expect(Socket.all.length).toBe(2);
  });
});
