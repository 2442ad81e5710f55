/** Small states for the tests of the console. */
import type {
  ConsoleAlert,
  ConsoleAttendee,
  ConsoleCheckIn,
  ConsoleConflict,
  ConsoleRound,
  ConsoleState,
  ConsoleStation,
  ConsoleTable,
  Figure,
  Measure,
  OutcomeReport,
  Quality,
  VenueTable,
} from '../live/contract';

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
    trade: '',
    needs: [],
    host: false,
    first_timer: false,
    present_since: null,
    source: 'plain',
    ticket: { mailed_at: null },
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
    patience: null,
    quality: null,
    random: null,
    sitting_out: [],
    notes: [],
    published_at: null,
    ...changes,
  };
}

export function table(id: string, changes: Partial<ConsoleTable> = {}): ConsoleTable {
  const people = changes.people ?? [];
  const why = { holders: people.length, size: people.length, help: null };
  const alone = { pinned: false, pins: [], left_short: false };
  return { id, round: 'r1', number: 1, topic: 'Urban farming', why, shared: true, people, ...alone, ...changes };
}

export function checkin(id: string, changes: Partial<ConsoleCheckIn> = {}): ConsoleCheckIn {
  return {
    id,
    at: at('18:10'),
    late: false,
    outcome: 'entry',
    name: 'Ada Lovelace',
    attendee: 'Ada Lovelace',
    station: 'Poster',
    undone: false,
    ...changes,
  };
}

export function station(id: string, changes: Partial<ConsoleStation> = {}): ConsoleStation {
  return { id, name: id, status: 'active', valid_until: at('23:00'), seen_at: at('18:10'), queue_length: 0, rejected: 0, ...changes };
}

export function conflict(id: string, changes: Partial<ConsoleConflict> = {}): ConsoleConflict {
  return {
    id,
    at: at('18:10'),
    station: 'Side door',
    name: 'Ada Lovelace',
    attendee: 'Ada Lovelace',
    outcome: 'already_in',
    since: at('18:04'),
    ...changes,
  };
}

export function alert(id: string, changes: Partial<ConsoleAlert> = {}): ConsoleAlert {
  return { id, at: at('18:40'), round: 1, table: 4, words: '', attendee: null, ...changes };
}

export function figure(measure: Measure, value: number | null, of: number | null = 40): Figure {
  return value === null ? { measure, value, of: null, why_hidden: 'too_few' } : { measure, value, of, why_hidden: null };
}

export function report(changes: Partial<OutcomeReport> = {}): OutcomeReport {
  return { targets: [], settable: false, figures: [], plots: null, series: [], ...changes };
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
  rows: {
    attendees?: ConsoleAttendee[];
    rounds?: ConsoleRound[];
    tables?: ConsoleTable[];
    checkins?: ConsoleCheckIn[];
    stations?: ConsoleStation[];
    conflicts?: ConsoleConflict[];
    venue?: VenueTable[];
    wishes?: ConsoleState['wishes'];
    errands?: ConsoleState['errands'];
    alerts?: ConsoleAlert[];
    patterns?: ConsoleState['patterns'];
  } = {},
  changes: Partial<Pick<ConsoleState['event'], 'phase'> & Pick<ConsoleState['mixer'], 'rolling'>> = {},
): ConsoleState {
  return {
    event: {
      id: 'e1',
      title: 'Autumn dinner',
      slug: 'autumn-dinner',
      phase: changes.phase ?? 'open',
      poster_url: 'http://localhost/e/AUTUMN',
      poster_page: '/console/events/e1/print/poster/',
      poster_mode: 'static',
      poster_screen_url: '/screen?show=poster#token',
      screen_url: '/screen#token',
      starts_at: null,
      time_zone: 'UTC',
      place: '',
      language: 'en',
      table_min: 3,
      table_size: 5,
      table_max: 6,
      pick_limit: 2,
      series: null,
    },
    mixer: { rolling: changes.rolling ?? false, round_minutes: 15, gap_minutes: 3, version: 1, entrance: { x: 50, y: 100 } },
    venue: rows.venue ?? [],
    attendees: byId(rows.attendees ?? []),
    wishes: rows.wishes ?? {},
    errands: rows.errands ?? {},
    rounds: byId(rows.rounds ?? []),
    tables: byId(rows.tables ?? []),
    checkins: byId(rows.checkins ?? []),
    stations: byId(rows.stations ?? []),
    conflicts: byId(rows.conflicts ?? []),
    alerts: byId(rows.alerts ?? []),
    patterns: rows.patterns ?? [],
  };
}
