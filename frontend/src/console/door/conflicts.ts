import type { ConsoleConflict, ConsoleState } from '../../live/contract';

/**
 * What an organiser can do about a conflict, beside having seen it. admit: check the person in after all. find: nobody knows who it was,
 * so look for the person by name. guests: the guest list says no, and only it can say yes. look: one ticket came in twice.
 */
export type WayOut = 'admit' | 'find' | 'guests' | 'look' | 'none';

export function wayOut(conflict: ConsoleConflict, state: ConsoleState): WayOut {
  if (conflict.outcome === 'already_in') return 'look';
  const person = state.attendees[conflict.attendee ?? ''];
  if (!person) return 'find';
  if (person.present_since) return 'none';
  if (person.status !== 'registered') return 'guests';
  return state.event.phase === 'open' ? 'admit' : 'none';
}
