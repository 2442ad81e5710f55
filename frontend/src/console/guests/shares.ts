/** How many of the guests say the same of themselves, and whether one answer fills the room. */
import type { ConsoleAttendee, Intent } from '../../live/contract';

export const INTENTS: Intent[] = ['sell', 'buy', 'hire', 'find_work', 'peers', 'learn', 'help'];

/** Below this many answers a share says nothing. */
const FEWEST_ANSWERS = 5;
/** A share above which one answer dominates. There are many trades: one is much sooner too much of one kind. */
const DOMINATES = { intent: 0.6, trade: 0.4 };
/** As many trades are named; the rest is one number. */
const MOST_TRADES = 7;

export interface Share<Answer extends string = string> {
  answer: Answer;
  count: number;
  share: number;
}

export interface Picture<Answer extends string = string> {
  answered: number;
  silent: number;
  /** Most frequent first; what nobody says is left out. */
  shares: Share<Answer>[];
  /** People with one of the answers that are not named. */
  others: number;
  dominant: Share<Answer> | null;
}

export function intentPicture(attendees: ConsoleAttendee[]): Picture<Intent> {
  return picture(coming(attendees), ({ intent }) => intent || null, DOMINATES.intent);
}

/** "gardener" and "Gardener " are one trade, called as most people write it. */
export function tradePicture(attendees: ConsoleAttendee[]): Picture {
  const guests = coming(attendees);
  const fold = (trade: string) => trade.trim().toLocaleLowerCase();
  const spellings = new Map<string, Map<string, number>>();
  for (const { trade } of guests) {
    const written = spellings.get(fold(trade)) ?? new Map<string, number>();
    spellings.set(fold(trade), written.set(trade.trim(), (written.get(trade.trim()) ?? 0) + 1));
  }
  const called = (trade: string) => [...spellings.get(fold(trade))!].reduce((one, other) => (other[1] > one[1] ? other : one))[0];
  return picture(guests, ({ trade }) => (trade.trim() ? called(trade) : null), DOMINATES.trade, MOST_TRADES);
}

const coming = (attendees: ConsoleAttendee[]) => attendees.filter(({ status }) => status === 'registered');

function picture<Answer extends string>(
  guests: ConsoleAttendee[],
  answerOf: (guest: ConsoleAttendee) => Answer | null,
  dominates: number,
  most = Infinity,
): Picture<Answer> {
  const counts = new Map<Answer, number>();
  for (const guest of guests) {
    const answer = answerOf(guest);
    if (answer !== null) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  }
  const answered = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const all = [...counts]
    .map(([answer, count]) => ({ answer, count, share: count / answered }))
    .sort((one, other) => other.count - one.count || one.answer.localeCompare(other.answer));
  const top = all[0];
  return {
    answered,
    silent: guests.length - answered,
    shares: all.slice(0, most),
    others: all.slice(most).reduce((sum, { count }) => sum + count, 0),
    dominant: top && answered >= FEWEST_ANSWERS && top.share > dominates ? top : null,
  };
}
