import type { ConsoleAttendee, Intent } from '../../live/contract';

export const INTENTS: Intent[] = ['sell', 'buy', 'hire', 'find_work', 'peers', 'learn', 'help'];

const DOMINATES = 0.6;
/** Below this many answers a share says nothing. */
const FEWEST_ANSWERS = 5;

export interface IntentShare {
  intent: Intent;
  count: number;
  share: number;
}

export interface IntentPicture {
  answered: number;
  silent: number;
  /** Most frequent first; intents nobody chose are left out. */
  shares: IntentShare[];
  /** The intent of more than 60 % of those who answered. */
  dominant: Intent | null;
}

export function intentPicture(attendees: ConsoleAttendee[]): IntentPicture {
  const registered = attendees.filter((attendee) => attendee.status === 'registered');
  const answered = registered.filter((attendee) => attendee.intent !== '').length;
  const shares = INTENTS.map((intent) => {
    const count = registered.filter((attendee) => attendee.intent === intent).length;
    return { intent, count, share: answered ? count / answered : 0 };
  })
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count);
  const top = shares[0];
  const dominant = answered >= FEWEST_ANSWERS && top && top.share > DOMINATES ? top.intent : null;
  return { answered, silent: registered.length - answered, shares, dominant };
}
