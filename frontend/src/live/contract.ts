/**
 * What the server and the three surfaces say to each other: one page, both sides keep it.
 *
 * Each surface holds a *state*: an object of records and collections of records. `GET .../snapshot` answers the whole
 * state with the `seq` it stands for; every later message carries facts that overwrite parts of it. Applying a message
 * twice is harmless, and the same `apply` serves all three surfaces.
 */

/** ISO 8601 in UTC, as in "2026-03-14T18:05:00.000Z". Compare with server time, never with the device's clock. */
export type Time = string;

/** A path is "record" or "collection/id". `set` overwrites, `unset` removes. */
export interface Message {
  seq: number;
  /** The last message that was meant for this socket before this one; newer than what we know means a gap. */
  prev: number;
  /** The fact's name, as in "attendee.arrived": for announcements and motion, never needed to apply it. */
  type: string;
  set: Record<string, unknown>;
  unset: string[];
}

export interface Snapshot<State> {
  seq: number;
  now: Time;
  state: State;
}

/** First frame of the server. `resumed` false: what we missed is not in memory any more, fetch the snapshot. */
export interface Welcome {
  type: 'welcome';
  seq: number;
  now: Time;
  resumed: boolean;
}

/** Every 5 seconds: the server is alive, its clock, and the last seq that was meant for this socket. */
export interface Beat {
  type: 'beat';
  prev: number;
  now: Time;
}

export interface ErrorFrame {
  type: 'error';
  code: string;
  message: string;
}

/** First frame of the client, within 5 seconds of opening. */
export interface Subscribe {
  type: 'subscribe';
  /** Phone: the ticket's secret. Screen: the screen's token. Console: nothing, the session cookie speaks. */
  token?: string;
  /** The seq of the state we already hold, to be answered from memory. */
  since?: number;
}

/** 4401 not a valid token, 4403 not yours, 4408 no subscribe frame in time, 4409 too slow (come back), 4429 too many frames. */
export type CloseCode = 4401 | 4403 | 4408 | 4409 | 4429;

// ---------------------------------------------------------------------------------------------------- shared records

export type Intent = 'sell' | 'buy' | 'hire' | 'find_work' | 'peers' | 'learn' | 'help';

/** planned: doors closed, nobody checks in. open: the evening. ended: thanks and follow-through. */
export type EventPhase = 'planned' | 'open' | 'ended';

export interface Topic {
  id: number;
  label: string;
}

export interface TopicCount extends Topic {
  /** People present who picked it. */
  count: number;
}

/**
 * The clock of a round; the phase follows from it and the server's time:
 * draft -> (published) gather until starts_at -> talk until ends_at -> done. While paused_at is set, the clock stands there.
 * A rolling round (tables that open while people arrive) has number 0 and no times.
 */
export interface RoundClock {
  id: string;
  number: number;
  kind: 'rolling' | 'timed';
  status: 'draft' | 'published' | 'done';
  starts_at: Time | null;
  ends_at: Time | null;
  paused_at: Time | null;
}

// ------------------------------------------------------------------------------------------------------------- phone

export interface PhoneState {
  event: { title: string; phase: EventPhase; topics: Topic[] };
  me: {
    id: string;
    name: string;
    /** What others read: first name and initial, or the chosen alias. */
    shown_name: string;
    present_since: Time | null;
    interests: Topic[];
    intent: Intent | '';
    ask: string;
    offer: string;
    /** false: the big screen shows "+1" instead of the name. */
    on_screen: boolean;
  };
  room: { present: number; topics: TopicCount[] };
  /** The round that is on now (never a draft), or the last one that ended. */
  round: RoundClock | null;
  /** My seat in that round; null while I wait. */
  seat: PhoneSeat | null;
}

export interface PhoneSeat {
  round: string;
  table: number;
  topic: string;
  /** Why this table, in a sentence: "All five picked urban farming." */
  reason: string;
  /** A question to begin with. */
  opener: string;
  tablemates: Tablemate[];
}

export interface Tablemate {
  /** First name only. */
  name: string;
  /** Interests we both picked, by label. */
  shared: string[];
  ask: string;
  offer: string;
  host: boolean;
}

// ------------------------------------------------------------------------------------------------------------ screen

export interface ScreenState {
  event: { title: string; phase: EventPhase; poster_url: string };
  room: {
    present: number;
    topics: TopicCount[];
    /** Shown names of the latest arrivals who are fine with the big screen, newest first, at most 6. */
    latest: string[];
  };
  round: RoundClock | null;
  /** Tables of that round, by id. */
  tables: Record<string, ScreenTable>;
}

export interface ScreenTable {
  id: string;
  number: number;
  topic: string;
  /** name null: this person rather not; show "+1". */
  people: { id: string; name: string | null }[];
}

// ----------------------------------------------------------------------------------------------------------- console

export interface ConsoleState {
  event: {
    id: string;
    title: string;
    slug: string;
    phase: EventPhase;
    poster_url: string;
    poster_page: string;
    screen_url: string;
    table_min: number;
    table_size: number;
    table_max: number;
  };
  mixer: {
    /** rolling: tables open while people arrive. */
    rolling: boolean;
    round_minutes: number;
    gap_minutes: number;
    /** Rises with every change of drafts and rounds; send it with an action, get 409 if someone was quicker. */
    version: number;
  };
  attendees: Record<string, ConsoleAttendee>;
  rounds: Record<string, ConsoleRound>;
  /** Of all rounds, drafts included. */
  tables: Record<string, ConsoleTable>;
  /** The door's ledger, the latest 50 when the snapshot was made and all that came after. */
  checkins: Record<string, ConsoleCheckIn>;
}

export interface ConsoleAttendee {
  id: string;
  name: string;
  email: string;
  company: string;
  status: 'registered' | 'cancelled';
  interests: string[];
  intent: Intent | '';
  ask: string;
  offer: string;
  host: boolean;
  present_since: Time | null;
  source: string;
}

export interface ConsoleRound extends RoundClock {
  /** Of the plan as it was drafted; random is the same room seated at random. Empty for the rolling round. */
  quality: Quality | null;
  random: Quality | null;
  /** Present people without a seat in it (attendee ids). */
  sitting_out: string[];
  /** Sentences for the organiser: what cannot be helped, and what one more table would change. */
  notes: string[];
}

export interface Quality {
  tables: number;
  seated: number;
  /** Share of tables with a topic that all hold, 0..1. */
  topic_share: number;
  /** Share of seated people who hold their table's topic, 0..1. */
  topic_cover: number;
  mean_affinity: number;
  /** Each person's best tablemate: mean, and the worst-off person's. */
  best_mean: number;
  best_worst: number;
  /** Share of seated people whose best tablemate is under half as close as three others in the room, 0..1. */
  floor_missed: number;
  /** Pairs that have already sat together. */
  repeats: number;
  company_clashes: number;
  /** People who do not sit where they sat. */
  moved: number;
}

export interface ConsoleTable {
  id: string;
  round: string;
  number: number;
  topic: string;
  reason: string;
  /** False: no topic that all of them hold; the organiser sees it before publishing. */
  shared: boolean;
  people: string[];
}

export interface ConsoleCheckIn {
  id: string;
  at: Time;
  outcome: Outcome;
  /** Attendee's name, or "" for an unknown ticket. */
  name: string;
  attendee: string | null;
  station: string;
}

// -------------------------------------------------------------------------------------------------------------- HTTP
//
// Every error is {code, message, field?}; the message says what to do next.
// Phone:   Authorization: Ticket <secret>      Screen: Authorization: Screen <token>      Console: session + X-CSRFToken
//
// Phone
//   GET   /api/v1/posters/<code>                    Poster
//   POST  /api/v1/posters/<code>/check-in           {nonce, ticket: secret, link or short code}
//                                                   or {nonce, name, interests: string[] (labels), intent?, ask?, offer?, on_screen?} for a walk-in
//                                                   -> Answer (201 entry, 200 already_in; refusals 404/409/429)
//   GET   /api/v1/me/snapshot                       Snapshot<PhoneState>
//   PATCH /api/v1/me                                {name?, interests?: string[], intent?, ask?, offer?, on_screen?} -> PhoneState['me']
//   POST  /api/v1/me/leave                          {nonce} -> Answer ("exit")
//   GET   /api/v1/me/ticket.svg                     the ticket's QR
//   GET   /api/v1/me/tablemates                     Afterwards
//   PUT   /api/v1/me/picks/<attendee id>            {contact} -> 204 (404 never met, 409 enough_picks or revealed)
//   DELETE /api/v1/me/picks/<attendee id>           -> 204
//   socket /ws/phone/                               subscribe.token = secret
// Screen
//   GET   /api/v1/screen/snapshot                   Snapshot<ScreenState>
//   GET   /api/v1/posters/<code>/qr.svg             the poster's QR
//   socket /ws/screen/                              subscribe.token = token
// Console
//   GET   /api/v1/events                            EventRow[]
//   POST  /api/v1/events                            {title, slug?} -> 201 EventRow
//   GET   /api/v1/events/<id>/snapshot              Snapshot<ConsoleState>
//   PATCH /api/v1/events/<id>                       {title?, table_min?, table_size?, table_max?, round_minutes?, gap_minutes?} -> 200
//   POST  /api/v1/events/<id>/open | /end           opens the doors | ends the evening
//   POST  /api/v1/events/<id>/import                multipart file, dry_run=true|false -> ImportSummary
//   POST  /api/v1/events/<id>/check-in              {nonce, secret: any scanned text} or {nonce, attendee: id} -> Answer
//   POST  /api/v1/events/<id>/check-out             {nonce, attendee: id} -> Answer
//   POST  /api/v1/events/<id>/rolling               {on: boolean, version}
//   POST  /api/v1/events/<id>/rounds                {version} -> 201 drafts the next round (replaces a draft)
//   POST  /api/v1/rounds/<id>/publish               {version}
//   POST  /api/v1/rounds/<id>/discard               {version}   (a draft only)
//   POST  /api/v1/rounds/<id>/start | /pause | /resume | /end    {version}   start: begin talking now
//   POST  /api/v1/rounds/<id>/extend                {version, minutes: 1..30}
//   socket /ws/console/<event id>/
// All of the organiser's actions answer the new {version}; what changed arrives over the socket.

export type Outcome =
  | 'entry'
  | 'already_in'
  | 'exit'
  | 'not_in'
  | 'unknown'
  | 'wrong_event'
  | 'cancelled'
  | 'blocked'
  | 'too_early'
  | 'closed'
  | 'revoked_station';

export interface Answer {
  code: Outcome;
  outcome: Outcome;
  message: string;
  at: Time;
  /** Of already_in: when this person came in. */
  since?: Time;
  /** To staff and to the person only. */
  name?: string;
  attendee?: string;
  /** Poster path only: the secret of the personal link, /t#<secret>. */
  ticket?: string;
}

/** After the talk. The same for one-sided and mutual picks until the reveal, an hour after the evening has ended. */
export interface Afterwards {
  /** How many people one may pick. */
  limit: number;
  reveal_at: Time | null;
  revealed: boolean;
  tablemates: { id: string; name: string; topic: string; picked: boolean; contact: string }[];
  /** Those who picked each other, once revealed: full name, and how to reach them in their own words. */
  introductions: { name: string; contact: string }[];
}

export interface Poster {
  title: string;
  phase: EventPhase;
  topics: Topic[];
}

export interface EventRow {
  id: string;
  title: string;
  slug: string;
  phase: EventPhase;
  attendees: number;
  present: number;
}

export interface ImportSummary {
  source: 'eventbrite' | 'pretix' | 'plain';
  created: number;
  updated: number;
  skipped: number;
  duplicates: number;
  errors: number;
  rows: { line: number; outcome: 'created' | 'updated' | 'unchanged' | 'skipped' | 'duplicate' | 'error' | 'warning'; reason: string }[];
}

export interface ApiError {
  code: string;
  message: string;
  field?: string;
}

// ------------------------------------------------------------------------------------------------------------- pages
//
// Django serves a shell per surface with <div id="app"> and <script type="application/json" id="page">:
//   /e/<code>      phone   PhonePage with poster           /t#<secret>   phone   PhonePage without poster (the secret is the fragment)
//   /screen#<token> screen {}                              /console/...  console ConsolePage (signed in; else redirected to /console/sign-in/)
// Console paths, all the same shell: /console/  /console/events/<id>/  /console/events/<id>/guests/  /console/events/<id>/door/

export interface PhonePage {
  poster: string | null;
}

export interface ConsolePage {
  organiser: string;
  team: string;
}
