/** What the organiser should know before publishing, as a sentence. */
import type { ConsoleAttendee, Note } from '../../live/contract';
import { t } from '../text';

export function noteWords(note: Note, attendees: Record<string, ConsoleAttendee>): string {
  switch (note.code) {
    case 'unmet':
      return t('note.unmet');
    case 'rule':
      return t(`note.rule.${note.rule}`, { count: note.n, people: note.people });
    case 'needs_unmet':
    case 'kept_out':
      return t(`note.${note.code}`, { count: note.attendees.length, names: names(note.attendees, attendees) });
    case 'too_few_chairs':
      return `${t('note.too_few_chairs', { ...note, count: note.out })} ${t('note.more_tables', { count: note.more_tables })}`;
    case 'one_more_table':
      return t('note.one_more_table', { ...note });
    default:
      return t(`note.${note.code}`, { ...note, count: note.n });
  }
}

function names(ids: string[], attendees: Record<string, ConsoleAttendee>): string {
  return ids.flatMap((id) => attendees[id]?.name ?? []).join(', ');
}
