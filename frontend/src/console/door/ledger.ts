import type { ConsoleAttendee, ConsoleCheckIn } from '../../live/contract';

const SHOWN = 30;

export function latestScans(checkins: ConsoleCheckIn[]): ConsoleCheckIn[] {
  return checkins.toSorted((one, other) => other.at.localeCompare(one.at)).slice(0, SHOWN);
}

export function canBeUndone(row: ConsoleCheckIn): row is ConsoleCheckIn & { outcome: 'entry' | 'exit' } {
  return (row.outcome === 'entry' || row.outcome === 'exit') && !row.undone;
}

/** Rows that may offer "left": the latest one of everybody who is in, once per person. */
export function whoCanLeave(latest: ConsoleCheckIn[], attendees: Record<string, ConsoleAttendee>): Set<string> {
  const rows = new Map<string, string>();
  for (const { id, attendee, outcome, undone } of latest) {
    if (!attendee || undone || rows.has(attendee) || !attendees[attendee]?.present_since) continue;
    if (outcome === 'entry' || outcome === 'already_in') rows.set(attendee, id);
  }
  return new Set(rows.values());
}
