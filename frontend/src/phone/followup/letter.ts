/** What a letter says in one's own words, and how it reaches a mail program. */

/** So many letters or digits of one's own make a letter. The server counts them too. */
const FEWEST = 20;

/** A draft with my note as it is now: the server's may hold an earlier one. */
export function begun(draft: string, note: string): string {
  return [...given(draft), note.trim()].filter(Boolean).join('\n\n');
}

/** How many letters of one's own are still missing; 0: enough. */
export function missing(text: string, draft: string): number {
  const own = given(draft).map(folded).reduce((left, said) => left.replaceAll(said, ' '), folded(text));
  return Math.max(0, FEWEST - (own.match(/[\p{L}\p{N}]/gu)?.length ?? 0));
}

/** An address that opens the mail program of the device; some do not know an encoded "@". */
export function mailTo(email: string): string {
  return `mailto:${encodeURIComponent(email).replaceAll('%40', '@')}`;
}

/** The same, with a letter in it. */
export function mailWith(email: string, subject: string, text: string): string {
  const said = { subject, body: text.replaceAll('\n', '\r\n') };
  const query = Object.entries(said).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${mailTo(email)}?${query.join('&')}`;
}

/** The greeting and the line on how we met: what is not one's own. */
function given(draft: string): string[] {
  return draft.split('\n\n').slice(0, 2);
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean).join(' ');
}
