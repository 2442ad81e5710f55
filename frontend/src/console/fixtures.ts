/** Small states for the tests of the console. */
import type { ConsoleAttendee, ConsoleRound, ConsoleState, ConsoleTable, Quality } from '../live/contract';

export const at = (clock: string) => `2026-11-22T${clock}:00.000Z`;

export function attendee(id: string, changes: Partial<ConsoleAttendee> = {}): ConsoleAttendee {
  return {
    id,
    name: id,
    email: `${id.toLowerCase()}@example.org`,
    company: '',
    status: 'registered',
    interests: [],
    intent: '',
    ask: '',
    offer: '',
    host: false,
    present_since: null,
    source: 'plain',
    ...changes,
  };
}

export function round(id: string, changes: Partial<ConsoleRound> = {}): ConsoleRound {
  return {
    id,
    number: 1,
    kind: 'timed',
    status: 'published',
    starts_at: at('18:30'),
    ends_at: at('18:45'),
    paused_at: null,
    quality: null,
    random: null,
    sitting_out: [],
    notes: [],
    ...changes,
  };
}

export function table(id: string, changes: Partial<ConsoleTable> = {}): ConsoleTable {
  return { id, round: 'r1', number: 1, topic: 'Urban farming', reason: '', shared: true, people: [], ...changes };
}

export const quality: Quality = {
  tables: 12,
  seated: 60,
  topic_share: 1,
  topic_cover: 0.9,
  mean_affinity: 0.5,
  best_mean: 0.9,
  best_worst: 0.5,
  floor_missed: 0,
  repeats: 0,
  company_clashes: 0,
  moved: 0,
};

const byId = <Row extends { id: string }>(rows: Row[]) => Object.fromEntries(rows.map((row) => [row.id, row]));

export function evening(
  rows: { attendees?: ConsoleAttendee[]; rounds?: ConsoleRound[]; tables?: ConsoleTable[] } = {},
  changes: Partial<Pick<ConsoleState['event'], 'phase'> & Pick<ConsoleState['mixer'], 'rolling'>> = {},
): ConsoleState {
  return {
    event: {
      id: 'e1',
      title: 'Autumn dinner',
      slug: 'autumn-dinner',
      phase: changes.phase ?? 'open',
      poster_url: 'http://localhost/e/AUTUMN',
      poster_page: '/e/AUTUMN/poster',
      screen_url: '/screen#token',
      table_min: 3,
      table_size: 5,
      table_max: 6,
    },
    mixer: { rolling: changes.rolling ?? false, round_minutes: 15, gap_minutes: 3, version: 1 },
    attendees: byId(rows.attendees ?? []),
    rounds: byId(rows.rounds ?? []),
    tables: byId(rows.tables ?? []),
    checkins: {},
  };
}
