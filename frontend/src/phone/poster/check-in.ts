/** Checking in at the poster. A lost connection is waited out; the nonce makes a retry the same scan. */
import { backoff } from '../../live/backoff';
import type { Answer } from '../../live/contract';
import { ApiProblem, http } from '../../live/http';
import { nonce } from '../../live/nonce';

export type Person = { ticket: string } | { name: string; interests: string[]; on_screen: boolean };

/**
 * Tries until the server has answered. `onwaiting` is called each time there was no answer; aborting `signal` gives up (the promise
 * then stays open). Throws ApiProblem when the server refuses.
 */
export async function checkIn(code: string, person: Person, onwaiting: () => void, signal: AbortSignal): Promise<Answer> {
  const scan = { nonce: nonce(), ...person };
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      return await http<Answer>(`/api/v1/posters/${encodeURIComponent(code)}/check-in`, { method: 'POST', body: scan });
    } catch (error) {
      if (!(error instanceof ApiProblem) || !noAnswer(error)) throw error;
    }
    onwaiting();
    await new Promise((done) => setTimeout(done, backoff(attempt)));
  }
  return new Promise(() => undefined);
}

function noAnswer(problem: ApiProblem): boolean {
  return problem.offline || problem.status >= 500;
}
