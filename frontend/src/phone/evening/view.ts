/** What a phone shows and says, read off its state and the server's time. */
import type { PhoneState, RoundClock, TopicCount } from '../../live/contract';
import { standing } from '../../lib/round';
import { t } from '../text';

/**
 * ticket: not in the room. waiting: in the room, no table yet. table: seated. after: the round is over, the table thanks each other.
 * sitting_out: a round is on without a seat for me. resting: sitting out by my own wish. ended: the evening is over.
 */
export type View = 'ticket' | 'waiting' | 'table' | 'after' | 'sitting_out' | 'resting' | 'ended';

export function viewOf({ event, me, round, seat, wish }: PhoneState, now: number): View {
  if (event.phase === 'ended') return 'ended';
  if (me.present_since === null) return 'ticket';
  const phase = round ? standing(round, now).phase : 'done';
  if (seat && phase !== 'done') return 'table';
  if (wish?.kind === 'sit_out') return 'resting';
  if (!round) return 'waiting';
  // Whoever comes back after the round has no table to thank any more.
  if (seat) return round.ends_at !== null && me.present_since > round.ends_at ? 'waiting' : 'after';
  return phase === 'gather' || phase === 'talk' ? 'sitting_out' : 'waiting';
}

export const WARNING = 120_000;

/** One polite sentence for screen readers; it changes only when something happened, so each is read once. */
export function spoken(state: PhoneState, now: number): string {
  const view = viewOf(state, now);
  if (view === 'sitting_out' || view === 'resting' || view === 'ended') return t(`spoken.${view}`);
  if (view === 'after') return t('spoken.done');
  if (view !== 'table') return '';
  const { phase, paused, left } = standing(state.round!, now);
  const { table, topic } = state.seat!;
  if (paused) return t('spoken.paused');
  if (phase !== 'talk') return t('spoken.go', { number: table, topic: topic ?? t('table.open_table') });
  return left! <= WARNING ? t('spoken.two_minutes') : t('spoken.talk', { number: table });
}

/** Milliseconds until any table is better than none for somebody who has waited long enough; never below 0. */
export function patienceLeft({ me, round }: PhoneState, now: number): number {
  const since = Date.parse(me.present_since!);
  return Math.max(0, since + (round!.patience ?? 0) * 1000 - now);
}

/** Milliseconds until a timed round ends; a paused clock stands. */
export function untilEnd({ ends_at, paused_at }: RoundClock, now: number): number {
  return Date.parse(ends_at!) - (paused_at === null ? now : Date.parse(paused_at));
}

/** My topics with how many others here picked each, the most shared first. */
export function shared({ me, room }: Pick<PhoneState, 'me' | 'room'>): TopicCount[] {
  const counts = new Map(room.topics.map(({ id, count }) => [id, count]));
  const self = me.present_since === null ? 0 : 1;
  return me.interests
    .map((topic) => ({ ...topic, count: Math.max(0, (counts.get(topic.id) ?? 0) - self) }))
    .sort((a, b) => b.count - a.count);
}
