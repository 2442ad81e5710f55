/** What a scanner read: a ticket's secret, a short code that somebody typed, or a pairing link. Tickets are read as the server reads them. */

const LONGEST_SECRET = 120;
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/u;

/** The secret in a text: the text itself, or the fragment of a ticket's link. "" for what no ticket can be. */
export function readScan(text: string): string {
  const trimmed = text.trim();
  const at = trimmed.indexOf('#');
  const secret = at < 0 ? trimmed : trimmed.slice(at + 1);
  return [...secret].length > LONGEST_SECRET || UNPRINTABLE.test(secret) ? '' : secret;
}

/** The same as a short code: K7QX-2M0P, k7qx 2mop and K7QX2M0P are one. Codes have no O, I and L: whoever types one means the digit. */
export function asCode(secret: string): string {
  return secret.replace(/[- ]/g, '').toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
}

const PAIRING = /^(?:https?:\/\/[^/#]+)?\/scan\/?#([\w-]{8,})$/;

/** The pairing code in a link that makes a device a scanner, or null. */
export function pairingIn(text: string): string | null {
  return PAIRING.exec(text.trim())?.[1] ?? null;
}
