/** A phone that holds tickets of earlier evenings shows them once for each new one: whoever said yes to being remembered is known again. */
import { http } from '../../live/http';
import { keep, recall } from '../storage';
import { earlierTickets } from '../tickets';

const KEY = 'tablemates.recognised';
const MOST = 20;

export async function recognise(secret: string, name: string): Promise<void> {
  const earlier = earlierTickets(secret, name);
  const shown = recall<string[]>('localStorage', KEY, []);
  if (!earlier.length || shown.includes(secret)) return;
  try {
    await http('/api/v1/me/memory/recognise', { method: 'POST', body: { earlier }, authorization: `Ticket ${secret}` });
  } catch {
    // Nobody waits for it: the next time this page opens, it is tried again.
    return;
  }
  keep('localStorage', KEY, [secret, ...shown].slice(0, MOST));
}
