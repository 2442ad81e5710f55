import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { QueuedScan } from '../live/contract';
import { at, freshBrowser, paired } from './fixtures';
import { sign, type Sealed } from './seal';
import { openVault } from './vault';

beforeEach(freshBrowser);
afterEach(() => void vi.unstubAllGlobals());

const scan = (nonce: string): QueuedScan => ({ nonce, act: 'in', secret: 'the secret', at: at('18:00'), shown: 'entry', mac: 'm' });

describe('what the device keeps', () => {
  it('comes back after the page was closed, in order', async () => {
    const vault = await openVault();
    await vault.pair(paired);
    await vault.put('roster', { people: ['Ada'] });
    for (const order of [30, 4, 500]) await vault.enqueue(order, scan(`n${order}`));
    await vault.dequeue([4]);

    const again = await openVault();
    expect(await again.get('roster')).toEqual({ people: ['Ada'] });
    expect((await again.queue()).map(({ order, scan: kept }) => [order, kept?.nonce])).toEqual([
      [30, 'n30'],
      [500, 'n500'],
    ]);
    const { signer, ...rest } = (await again.pairing())!;
    expect(rest).toEqual({ token: paired.token, station: paired.station, event: paired.event });
    expect(signer?.extractable).toBe(false);
    expect((await sign(scan('n'), signer!)).mac).toMatch(/^[\w-]{43}$/);
  });

  it('cannot be read in the database, and its keys cannot be read out', async () => {
    const vault = await openVault();
    await vault.pair(paired);
    await vault.put('roster', { people: ['Ada Lovelace'] });
    await vault.enqueue(1, scan('n1'));
    const db = await openDB('tablemates-scanner');
    const stored = (await Promise.all(['facts', 'queue'].map((store) => db.getAll(store)))).flat() as Sealed[];
    const raw = stored.map(({ iv, data }) => [iv, new Uint8Array(data)].map((bytes) => String.fromCharCode(...bytes)).join('')).join('');
    const words = ['Ada', 'Lovelace', 'the secret', 'n1', paired.token, paired.signing_key, 'North'];
    expect(words.filter((word) => raw.includes(word))).toEqual([]);
    expect(((await db.getAll('keys')) as CryptoKey[]).map((key) => key.extractable)).toEqual([false, false]);
  });

  it('an entry that was changed cannot be opened, the others can', async () => {
    const vault = await openVault();
    for (const order of [1, 2, 3]) await vault.enqueue(order, scan(`n${order}`));
    const db = await openDB('tablemates-scanner');
    const entry = (await db.get('queue', 2)) as Sealed;
    new Uint8Array(entry.data)[5]! ^= 1;
    await db.put('queue', entry, 2);
    expect((await (await openVault()).queue()).map(({ scan: kept }) => kept?.nonce)).toEqual(['n1', undefined, 'n3']);
  });

  it('is gone when the device is forgotten, and what was written with the old key stays closed', async () => {
    const vault = await openVault();
    await vault.pair(paired);
    await vault.put('roster', 1);
    await vault.clear();
    expect([await vault.pairing(), await vault.get('roster'), await vault.queue()]).toEqual([null, null, []]);
    await vault.put('roster', 2);
    expect(await (await openVault()).get('roster')).toBe(2);
  });

  it('without a database lives as long as the tab; a reload keeps the pairing', async () => {
    vi.stubGlobal('indexedDB', { open: () => { throw new DOMException('private', 'InvalidStateError'); } });
    const vault = await openVault();
    await vault.pair(paired);
    await vault.enqueue(1, scan('n1'));
    expect([vault.lasting, (await vault.queue()).length]).toEqual([false, 1]);
    const again = await openVault();
    expect([(await again.pairing())?.token, (await again.queue()).length]).toEqual([paired.token, 0]);
    await again.clear();
    expect(await (await openVault()).pairing()).toBe(null);
  });

  it('without a secure address has no key to sign with', async () => {
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
    const vault = await openVault();
    expect([vault.lasting, (await vault.pair(paired)).signer]).toEqual([false, null]);
  });
});
