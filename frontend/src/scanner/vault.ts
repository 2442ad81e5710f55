/**
 * What the device keeps: its pairing, the roster, what waits for the network. In IndexedDB every value is sealed with a key that cannot
 * be read out; where the browser has no safe place, things are kept until the tab is closed, and `lasting` says so.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Paired, QueuedScan } from '../live/contract';
import { canSeal, importSigner, makeSealKey, seal, type Sealed, unseal } from './seal';

/** Without `signer` (no secure address) nothing can be decided on the device. */
export interface Pairing {
  token: string;
  station: Paired['station'];
  event: Paired['event'];
  signer: CryptoKey | null;
}

export interface Kept {
  order: number;
  /** Null for an entry that was changed on the device: it cannot be opened any more. */
  scan: QueuedScan | null;
}

export interface Vault {
  /** False: all is lost when the tab is closed. */
  readonly lasting: boolean;
  pairing(): Promise<Pairing | null>;
  pair(paired: Paired): Promise<Pairing>;
  /** A value by name; null when it was never kept, or cannot be opened any more. */
  get<Value>(name: string): Promise<Value | null>;
  put(name: string, value: unknown): Promise<void>;
  queue(): Promise<Kept[]>;
  enqueue(order: number, scan: QueuedScan): Promise<void>;
  dequeue(orders: number[]): Promise<void>;
  /** Forgets everything, keys included. */
  clear(): Promise<void>;
}

interface Stores extends DBSchema {
  keys: { key: string; value: CryptoKey };
  facts: { key: string; value: Sealed };
  queue: { key: number; value: Sealed };
}

const NAME = 'tablemates-scanner';
const STORES = ['keys', 'facts', 'queue'] as const;

export async function openVault(): Promise<Vault> {
  if (!canSeal() || !('indexedDB' in globalThis)) return new TabVault();
  try {
    return await SealedVault.open();
  } catch {
    // Some private windows have no database, or none that takes keys.
    return new TabVault();
  }
}

class SealedVault implements Vault {
  readonly lasting = true;

  private constructor(
    private readonly db: IDBPDatabase<Stores>,
    private key: CryptoKey,
  ) {}

  static async open(): Promise<Vault> {
    const db = await openDB<Stores>(NAME, 1, {
      upgrade: (fresh) => STORES.forEach((name) => fresh.createObjectStore(name)),
    });
    return new SealedVault(db, await sealKey(db));
  }

  async pairing(): Promise<Pairing | null> {
    const [paired, signer] = await Promise.all([this.get<Omit<Pairing, 'signer'>>('pairing'), this.db.get('keys', 'sign')]);
    return paired && signer ? { ...paired, signer } : null;
  }

  async pair({ signing_key, ...paired }: Paired): Promise<Pairing> {
    const signer = await importSigner(signing_key);
    await this.put('pairing', paired);
    await this.db.put('keys', signer, 'sign');
    return { ...paired, signer };
  }

  async get<Value>(name: string): Promise<Value | null> {
    const sealed = await this.db.get('facts', name);
    return sealed ? unseal<Value>(sealed, this.key).catch(() => null) : null;
  }

  async put(name: string, value: unknown): Promise<void> {
    await this.db.put('facts', await seal(value, this.key), name);
  }

  async queue(): Promise<Kept[]> {
    const [orders, sealed] = await Promise.all([this.db.getAllKeys('queue'), this.db.getAll('queue')]);
    return Promise.all(
      sealed.map(async (entry, index) => ({
        order: orders[index]!,
        scan: await unseal<QueuedScan>(entry, this.key).catch(() => null),
      })),
    );
  }

  async enqueue(order: number, scan: QueuedScan): Promise<void> {
    await this.db.put('queue', await seal(scan, this.key), order);
  }

  async dequeue(orders: number[]): Promise<void> {
    const work = this.db.transaction('queue', 'readwrite');
    await Promise.all([...orders.map((order) => work.store.delete(order)), work.done]);
  }

  async clear(): Promise<void> {
    const work = this.db.transaction(STORES, 'readwrite');
    await Promise.all([...STORES.map((name) => work.objectStore(name).clear()), work.done]);
    this.key = await sealKey(this.db);
  }
}

async function sealKey(db: IDBPDatabase<Stores>): Promise<CryptoKey> {
  const kept = await db.get('keys', 'seal');
  if (kept) return kept;
  await db.put('keys', await makeSealKey(), 'seal');
  return (await db.get('keys', 'seal'))!;
}

/** Only the pairing outlives a reload: it cannot be had twice. */
class TabVault implements Vault {
  readonly lasting = false;
  private readonly facts = new Map<string, unknown>();
  private readonly waiting = new Map<number, QueuedScan>();

  async pairing(): Promise<Pairing | null> {
    const kept = readTab();
    return kept ? this.open(kept) : null;
  }

  async pair(paired: Paired): Promise<Pairing> {
    writeTab(JSON.stringify(paired));
    return this.open(paired);
  }

  private async open({ signing_key, ...paired }: Paired): Promise<Pairing> {
    return { ...paired, signer: canSeal() ? await importSigner(signing_key) : null };
  }

  async get<Value>(name: string): Promise<Value | null> {
    return (this.facts.get(name) as Value | undefined) ?? null;
  }

  async put(name: string, value: unknown): Promise<void> {
    this.facts.set(name, value);
  }

  async queue(): Promise<Kept[]> {
    return [...this.waiting].map(([order, scan]) => ({ order, scan }));
  }

  async enqueue(order: number, scan: QueuedScan): Promise<void> {
    this.waiting.set(order, scan);
  }

  async dequeue(orders: number[]): Promise<void> {
    for (const order of orders) this.waiting.delete(order);
  }

  async clear(): Promise<void> {
    this.facts.clear();
    this.waiting.clear();
    writeTab('');
  }
}

function readTab(): Paired | null {
  try {
    return JSON.parse(sessionStorage.getItem(NAME) || 'null') as Paired | null;
  } catch {
    return null;
  }
}

function writeTab(text: string): void {
  try {
    sessionStorage.setItem(NAME, text);
  } catch {
    // Then a reload needs a new pairing.
  }
}
