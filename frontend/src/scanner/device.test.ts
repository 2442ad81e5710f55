import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Device } from './device.svelte';
import { at, FakeServer, freshBrowser, paired, person, roster } from './fixtures';
import { openVault, type Vault } from './vault';

const pause = globalThis.setTimeout;

let server: FakeServer;
let vault: Vault;
let devices: Device[];

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  vi.setSystemTime(at('18:00'));
  freshBrowser();
  server = new FakeServer();
  server.roster = roster(await Promise.all(['Ada', 'Bo', 'Cy'].map((name) => person(name))));
  vi.stubGlobal('fetch', server.fetch);
  vault = await openVault();
  await vault.pair(paired);
  devices = [];
});
afterEach(() => {
  for (const device of devices) device.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function open(from = vault): Promise<Device> {
  const device = new Device((await from.pairing())!, from);
  devices.push(device);
  await device.open();
  return device;
}

/** At the door, after its first contact. */
async function ready(): Promise<Device> {
  const device = await open();
  device.start();
  await until(() => device.line === 'online' && device.canDecide);
  return device;
}

/** Real work (cryptography, the database) goes on between the steps of the fake clock. */
async function until(done: () => boolean, step = 0): Promise<void> {
  for (let turn = 0; turn < 4000 && !done(); turn++) {
    await vi.advanceTimersByTimeAsync(step);
    await new Promise((resolve) => pause(resolve, 1));
  }
  expect(done()).toBe(true);
}

const ticket = (name: string) => ({ secret: `ticket of ${name}` });
const titles = (device: Device) => device.recent.map(({ title, offline }) => (offline ? `${title} (offline)` : title)).reverse();

describe('with a network', () => {
  it('the server decides, and nothing waits', async () => {
    const device = await ready();
    await device.scan(ticket('Ada'));
    server.says.set('nonsense', { outcome: 'unknown' });
    await device.scan({ secret: 'nonsense' });
    expect(titles(device)).toEqual(['Welcome, Ada', 'Unknown ticket']);
    expect([device.queue.length, device.result?.mark]).toEqual([0, undefined]);
    expect(server.asked('/check-in').map(({ act, secret }) => [act, secret])).toEqual([
      ['in', 'ticket of Ada'],
      ['in', 'nonsense'],
    ]);
  });

  it('an exit is an exit, and a person found by name goes by id', async () => {
    const device = await ready();
    device.act = 'out';
    server.says.set('Bo', { outcome: 'exit' });
    await device.scan({ attendee: 'Bo' });
    expect(titles(device)).toEqual(['Goodbye, Bo']);
    expect(server.asked('/check-in').map(({ act, attendee }) => [act, attendee])).toEqual([['out', 'Bo']]);
  });
});

describe('without a network', () => {
  it('the device decides, says so, and brings it later, in order, with its own times and signatures', async () => {
    const device = await ready();
    server.cut = true;
    for (const what of [ticket('Ada'), ticket('Ada'), { secret: 'nonsense' }, { attendee: 'Bo' }]) await device.scan(what);
    expect(titles(device).map((title) => title.replace(/since.*\(/, 'since … ('))).toEqual([
      'Welcome, Ada (offline)',
      'Ada is already in, since … (offline)',
      'Unknown ticket (offline)',
      'Welcome, Bo (offline)',
    ]);
    expect([device.line, device.queue.length, device.guests.present, device.result?.mark]).toEqual(['offline', 4, 2, 'Offline: decided by this device']);

    server.says.set('nonsense', { outcome: 'unknown', attendee: undefined, name: undefined });
    server.cut = false;
    device.hurry();
    await until(() => device.queue.length === 0);
    const [batch] = server.asked('/sync');
    const entries = batch!.entries as Record<string, unknown>[];
    expect(entries.map(({ secret, attendee, shown }) => [secret ?? attendee, shown])).toEqual([
      ['ticket of Ada', 'entry'],
      ['ticket of Ada', 'already_in'],
      ['nonsense', 'unknown'],
      ['Bo', 'entry'],
    ]);
    expect(new Set(entries.map(({ at: when }) => when))).toEqual(new Set([at('18:00')]));
    expect(entries.every(({ mac }) => /^[\w-]{43}$/.test(String(mac)))).toBe(true);
    expect(await vault.queue()).toEqual([]);
    expect(device.line).toBe('online');
  });

  it('a page that was closed goes on where it was: roster, queue, and who came in here', async () => {
    const first = await ready();
    server.cut = true;
    await first.scan(ticket('Ada'));
    first.stop();
    const again = await open(await openVault());
    again.start();
    await again.scan(ticket('Ada'));
    await again.scan(ticket('Bo'));
    expect(titles(again).map((title) => title.split(',')[0])).toEqual(['Welcome', 'Ada is already in', 'Welcome']);
    expect(again.queue.length).toBe(3);
  });

  it('a scan that was under way when the answer failed to come is not made twice', async () => {
    const device = await ready();
    server.late = true;
    const done = device.scan(ticket('Ada'));
    await until(() => device.queue.length === 1, 500);
    await done;
    expect([titles(device), device.line]).toEqual([['Welcome, Ada (offline)'], 'slow']);
    server.late = false;
    await until(() => device.queue.length === 0, 1000);
    const [asked] = server.asked('/check-in');
    const entries = server.asked('/sync').flatMap(({ entries: sent }) => sent as { nonce: string }[]);
    expect(new Set(entries.map(({ nonce }) => nonce))).toEqual(new Set([asked!.nonce]));
    expect(server.rows.size).toBe(1);
    expect(device.queue.differences).toEqual([]);
  });

  it('what the server says otherwise is listed, and a tampered entry is put aside alone', async () => {
    const device = await ready();
    server.cut = true;
    for (const name of ['Ada', 'Bo', 'Cy']) await device.scan(ticket(name));
    server.says.set('Ada', { outcome: 'already_in', since: at('17:30') });
    server.tampered.add((await vault.queue())[1]!.scan!.nonce);
    server.cut = false;
    device.hurry();
    await until(() => device.queue.length === 0);
    expect(device.queue.aside).toBe(1);
    const told = device.queue.differences.map(({ name, shown, outcome, since }) => ({ name, shown, outcome, since }));
    expect(told).toEqual([{ name: 'Ada', shown: 'entry', outcome: 'already_in', since: at('17:30') }]);
    await device.queue.dismiss(device.queue.differences[0]!.nonce);
    const again = await open(await openVault());
    expect([again.queue.aside, again.queue.differences]).toEqual([1, []]);
  });

  it('a long queue goes in parts of a hundred', async () => {
    const device = await ready();
    server.cut = true;
    for (let number = 0; number < 250; number++) await device.scan({ attendee: ['Ada', 'Bo', 'Cy'][number % 3]! });
    expect(device.queue.length).toBe(250);
    server.cut = false;
    device.hurry();
    await until(() => device.queue.length === 0);
    expect(server.asked('/sync').map(({ entries, queue_length }) => [(entries as unknown[]).length, queue_length])).toEqual([
      [100, 150],
      [100, 50],
      [50, 0],
    ]);
  });

  it('one entry that makes no sense does not hold up the others', async () => {
    const device = await ready();
    server.cut = true;
    for (let number = 0; number < 20; number++) await device.scan({ attendee: ['Ada', 'Bo', 'Cy'][number % 3]! });
    server.nonsense.add((await vault.queue())[13]!.scan!.nonce);
    server.cut = false;
    device.hurry();
    await until(() => device.queue.length === 0);
    expect([device.queue.aside, server.rows.size, await vault.queue()]).toEqual([1, 19, []]);
  });

  it('before the first roster a scan is kept, and asked for later', async () => {
    server.cut = true;
    const device = await open();
    device.start();
    await device.scan(ticket('Ada'));
    expect([device.result?.title, device.queue.length]).toEqual(['Kept for later', 1]);
    server.cut = false;
    device.hurry();
    await until(() => device.queue.length === 0);
    expect(device.queue.differences.map(({ name, outcome }) => [name, outcome])).toEqual([['Ada', 'entry']]);
  });

  it('a full storage is said, and the scan is kept as long as the page', async () => {
    const device = await ready();
    server.cut = true;
    vault.enqueue = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    await device.scan(ticket('Ada'));
    expect([device.queue.full, device.queue.length, device.result?.title]).toEqual([true, 1, 'Welcome, Ada']);
  });

  it('people are found in the roster, with who is in, and nobody by one letter', async () => {
    const device = await ready();
    server.cut = true;
    await device.scan(ticket('Bo'));
    expect(await device.search('b')).toEqual([]);
    expect(await device.search('bo')).toEqual([{ id: 'Bo', name: 'Bo', company: '', status: 'registered', present_since: at('18:00') }]);
  });
});

describe('a new roster', () => {
  it('is fetched when the server has another one, and knows what this device saw meanwhile', async () => {
    const device = await ready();
    await device.scan(ticket('Ada'));
    expect(device.guests.present).toBe(1);
    server.roster = roster([await person('Ada', { present_since: null }), await person('Dee')], 'ended', 'r2');
    vi.setSystemTime(at('18:05'));
    device.hurry();
    await until(() => device.view?.roster === 'r2' && device.guests.expected === 2 && device.guests.present === 0);
    server.cut = true;
    await device.scan(ticket('Dee'));
    await device.scan(ticket('Dee'));
    expect(titles(device).slice(1)).toEqual(['The doors are closed (offline)', 'The doors are closed (offline)']);
  });
});

describe('what is no answer', () => {
  it.each([
    ['a network that wants a login', 403, null],
    ['a server in trouble', 502, null],
    ['a server that is overrun', 429, 'throttled'],
  ])('%s is as good as silence', async (_, status, code) => {
    const device = await ready();
    server.refuse = { status, code: code ?? '' };
    await device.scan(ticket('Ada'));
    expect([titles(device), device.end, device.queue.length]).toEqual([['Welcome, Ada (offline)'], null, 1]);
    server.refuse = null;
    device.hurry();
    await until(() => device.queue.length === 0);
    expect(server.rows.size).toBe(1);
  });

  it('an empty scan is none', async () => {
    const device = await ready();
    await device.scan({ secret: '  ' });
    expect([titles(device), server.asked('/check-in')]).toEqual([[], []]);
  });
});

describe('the end', () => {
  it('a revoked device stops, hands over what it has, keeps it, and stays so after a reload', async () => {
    const device = await ready();
    server.cut = true;
    await device.scan(ticket('Ada'));
    server.refuse = { status: 403, code: 'revoked_station' };
    server.cut = false;
    device.hurry();
    await until(() => device.handedOver);
    expect([device.end, device.queue.length, server.asked('/sync').length]).toEqual(['revoked_station', 1, 1]);
    await device.scan(ticket('Bo'));
    expect(device.queue.length).toBe(1);

    const again = await open(await openVault());
    expect([again.end, again.handedOver, again.queue.length]).toEqual(['revoked_station', true, 1]);
  });

  it('its hours end without a network too', async () => {
    const device = await ready();
    server.cut = true;
    vi.setSystemTime('2126-01-01T00:00:01.000Z');
    await device.scan(ticket('Ada'));
    expect([device.end, device.queue.length]).toEqual(['station_expired', 0]);
  });
});

describe('without a secure address', () => {
  it('a scan without an answer is kept and asked for again under its nonce', async () => {
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
    const tab = await openVault();
    await tab.pair(paired);
    const device = await open(tab);
    device.start();
    server.cut = true;
    await device.scan(ticket('Ada'));
    expect([device.canDecide, device.result?.title, device.queue.length]).toEqual([false, 'Kept for later', 1]);
    server.cut = false;
    device.hurry();
    await until(() => device.queue.length === 0);
    expect(titles(device)).toEqual(['Kept for later (offline)', 'Welcome, Ada']);
    expect([server.rows.size, server.asked('/sync').length]).toEqual([1, 0]);
  });
});
