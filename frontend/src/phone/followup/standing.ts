/** Where one stands with following through: what is left to do, and until when. */
import type { Afterwards } from '../../live/contract';

/** fresh: within a day of the end. grace: within two. late: nobody is reminded any more. */
export type Standing = 'fresh' | 'grace' | 'late';

export function standing({ due_at: due, grace_until: grace }: Afterwards, now: number): Standing {
  if (due !== null && now < Date.parse(due)) return 'fresh';
  return grace !== null && now < Date.parse(grace) ? 'grace' : 'late';
}

/** Whom I have not written to, what I promised, what I am asked. */
export function leftToDo({ introductions, promises, requests }: Afterwards): { letters: number; promises: number; requests: number } {
  return {
    letters: introductions.filter(({ letter }) => letter === null).length,
    promises: promises.filter(({ mine, status }) => mine && status === 'open').length,
    requests: requests.meet.length + requests.pass_on.length,
  };
}
