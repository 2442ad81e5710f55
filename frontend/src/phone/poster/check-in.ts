/** Checking in at the poster. A lost connection is waited out; the nonce makes a retry the same scan, also after a reload. */
import { backoff } from '../../live/backoff';
import type { Answer, MailChoice } from '../../live/contract';
import { ApiProblem, http } from '../../live/http';
import { nonce } from '../../live/nonce';
import { forgetKept, keep, recall } from '../storage';

export type Person =
  | { ticket: string }
  | { name: string; interests: string[]; on_screen: boolean }
  | { email: string; mail_code: string; attendee?: string };

/** One tap on "Check in": whom the server hears of, and whom the page may greet meanwhile. */
export interface Scan {
  nonce: string;
  person: Person;
  name: string;
  since: number;
}

/** Whoever comes back to a tab of hours ago does not mean to check in. */
const FRESH = 15 * 60_000;
const kept = (code: string): string => `tablemates.scan.${code}`;

export function beginScan(code: string, person: Person, name: string): Scan {
  const scan = { nonce: nonce(), person, name, since: Date.now() };
  keep('sessionStorage', kept(code), scan);
  return scan;
}

/** The scan that a reload interrupted. */
export function interruptedScan(code: string): Scan | null {
  const scan = recall<Scan | null>('sessionStorage', kept(code), null);
  return scan && Date.now() - scan.since < FRESH ? scan : null;
}

export function endScan(code: string): void {
  forgetKept('sessionStorage', kept(code));
}

/** Sends the scan until there is an answer. Throws ApiProblem when the server refuses. */
export function checkIn(
  code: string,
  scan: Scan,
  pass: string | null,
  onwaiting: () => void,
  signal: AbortSignal,
): Promise<Answer | MailChoice> {
  const path = 'mail_code' in scan.person ? 'mail-code/check' : 'check-in';
  return untilAnswered(code, path, { nonce: scan.nonce, pass, ...scan.person }, onwaiting, signal);
}

/**
 * Posts to the poster until the server has answered. `onwaiting` is called each time there was no answer; aborting `signal` gives up
 * (the promise then stays open). Throws ApiProblem when the server refuses.
 */
export async function untilAnswered<Reply>(
  code: string,
  path: string,
  body: object,
  onwaiting: () => void,
  signal: AbortSignal,
): Promise<Reply> {
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      return await http<Reply>(`/api/v1/posters/${encodeURIComponent(code)}/${path}`, { method: 'POST', body });
    } catch (error) {
      if (!(error instanceof ApiProblem) || !noAnswer(error)) throw error;
    }
    onwaiting();
    await pause(backoff(attempt));
  }
  return new Promise(() => undefined);
}

// What is not in our words comes from something between us and the server: a proxy, the venue's sign-in page.
function noAnswer(problem: ApiProblem): boolean {
  return problem.offline || problem.code === 'broken';
}

/** Waits, but no longer than until the phone says that it has a network again. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => {
    const end = (): void => {
      clearTimeout(timer);
      removeEventListener('online', end);
      done();
    };
    const timer = setTimeout(end, milliseconds);
    addEventListener('online', end);
  });
}
