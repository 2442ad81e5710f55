import type { ConsoleAttendee, Topics } from '../../live/contract';

export type PickedTopic = Topics['topics'][number];
export type Why = Topics['proposals'][number]['why'];

/** Two topics to decide about: proposed for a reason, or chosen by hand. */
export interface TopicPair {
  one: PickedTopic;
  other: PickedTopic;
  why: Why | 'by_hand';
}

export function pair(topics: PickedTopic[], one: number, other: number, why: TopicPair['why']): TopicPair | null {
  const find = (id: number) => topics.find((topic) => topic.id === id);
  const [first, second] = [find(one), find(other)];
  return first && second ? { one: first, other: second, why } : null;
}

export function proposedPairs({ topics, proposals }: Topics): TopicPair[] {
  return proposals.map(({ one, other, why }) => pair(topics, one, other, why)).filter((found) => found !== null);
}

/** Changes when somebody brings a topic that nobody had before, or takes the last pick of one away. */
export function topicsPicked(attendees: ConsoleAttendee[]): string {
  return [...new Set(attendees.flatMap((attendee) => attendee.interests))].sort().join('\n');
}

/** How many picked each topic, by its name. */
export function picks(attendees: ConsoleAttendee[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { interests } of attendees) for (const label of interests) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}
