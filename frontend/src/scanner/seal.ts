/** The cryptography of the scanner: digests to look tickets up by, signatures on what waits, and sealing what is kept on the device. */
import type { QueuedScan } from '../live/contract';

export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

/** Browsers leave it out where the page came over plain http. */
export function canSeal(): boolean {
  return globalThis.crypto?.subtle !== undefined;
}

const words = new TextEncoder();

/** SHA-256 of salt and secret, as the roster names tickets. */
export async function digest(salt: string, secret: string): Promise<string> {
  return toBase64Url(await crypto.subtle.digest('SHA-256', words.encode(salt + secret)));
}

/** A key that nobody can read again, not even this page. */
export function importSigner(signingKey: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', fromBase64Url(signingKey), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

export async function sign(scan: Omit<QueuedScan, 'mac'>, signer: CryptoKey): Promise<QueuedScan> {
  const said = [scan.nonce, scan.act, scan.secret ?? '', scan.attendee ?? '', scan.at, scan.shown].join('\n');
  return { ...scan, mac: toBase64Url(await crypto.subtle.sign('HMAC', signer, words.encode(said))) };
}

export function makeSealKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

export async function seal(value: unknown, key: CryptoKey): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, words.encode(JSON.stringify(value))) };
}

/** Throws when somebody changed it. */
export async function unseal<Value>({ iv, data }: Sealed, key: CryptoKey): Promise<Value> {
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data))) as Value;
}

function toBase64Url(bytes: ArrayBuffer): string {
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}
