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
  /** More has changed than a message should hold: nothing of it is applied, fetch the snapshot. */
  reload?: true;
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

/** Languages that every page speaks. */
export type Language = 'en' | 'de' | 'fr' | 'es';

/** What a person needs of a table; stay: to keep the same one all evening. Known to them and to organisers alone. */
export type Need = 'step_free' | 'quiet' | 'stay';

/** sit_out: no seat until the round is over (or until they say otherwise). draw_me_in: a seat at once, with a host where there is one. */
export type WishKind = 'sit_out' | 'draw_me_in';

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
  /** Of a rolling round: after so many seconds without company of one's own topic, any table is better than none. */
  patience: number | null;
}

/** Why a table sits together, as facts: every surface words them in its own language. */
export interface Why {
  /** How many of the people there picked the table's topic. */
  holders: number;
  size: number;
  /** An ask that an offer meets, by shown names. */
  help: { topic: string; askers: string[]; helpers: string[] } | null;
}

/** The room from above, in percent of its width and height from the top left. No tables: there is no plan. */
export interface Plan {
  entrance: { x: number; y: number };
  tables: { number: number; x: number; y: number }[];
}

// ------------------------------------------------------------------------------------------------------------- phone

export interface PhoneState {
  event: { title: string; phase: EventPhase; topics: Topic[]; series: string | null };
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
    trade: string;
    needs: Need[];
  };
  room: { present: number; topics: TopicCount[] };
  /** The round that is on now (never a draft), or the last one that ended. */
  round: RoundClock | null;
  /** My seat in that round; null while I wait. */
  seat: PhoneSeat | null;
  /** What I asked for and what has not come about yet. */
  wish: { kind: WishKind; since: Time } | null;
  /** Of a host: who would be glad of company (shown name). */
  errand: { id: number; name: string } | null;
  /** Somebody would like to be introduced: by me (target: to whom), or to me (target null; via: by whom, '' a host). The oldest one. */
  request: { id: string; asker: string; target: string | null; via: string } | null;
  plan: Plan;
}

export interface PhoneSeat {
  round: string;
  /** The table's id, beside the number it has in the room. */
  id: string;
  table: number;
  /** null: an open table. */
  topic: string | null;
  why: Why;
  /** Which question to begin with, counted from 0: the same for all at the table, another one at the next. */
  opener: number;
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
  event: { title: string; phase: EventPhase; poster_url: string; language: Language };
  room: {
    present: number;
    topics: TopicCount[];
    /** Shown names of the latest arrivals who are fine with the big screen, newest first, at most 6. */
    latest: string[];
  };
  round: RoundClock | null;
  /** Tables of that round, by id. */
  tables: Record<string, ScreenTable>;
  plan: Plan;
}

export interface ScreenTable {
  id: string;
  number: number;
  /** null: an open table. */
  topic: string | null;
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
    /** rotating: the code changes on a screen (poster_screen_url), so that a photograph of it opens nothing after a minute. */
    poster_mode: 'static' | 'rotating';
    poster_screen_url: string;
    screen_url: string;
    starts_at: Time | null;
    /** IANA name, as in "Europe/Berlin": when and where, as tickets and posters say it. */
    time_zone: string;
    place: string;
    /** Of the big screen, posters, print and mail. */
    language: Language;
    table_min: number;
    table_size: number;
    table_max: number;
    /** How many people each may pick for a longer talk, 1..5. */
    pick_limit: number;
    /** Name of the series whose memory it shares. */
    series: string | null;
  };
  mixer: {
    /** rolling: tables open while people arrive. */
    rolling: boolean;
    round_minutes: number;
    gap_minutes: number;
    /** Rises with every change of drafts and rounds; send it with an action, get 409 if someone was quicker. */
    version: number;
    entrance: { x: number; y: number };
  };
  /** Tables of the room by number; empty: as many alike ones as people need. */
  venue: VenueTable[];
  attendees: Record<string, ConsoleAttendee>;
  /** By attendee id. */
  wishes: Record<string, { attendee: string; kind: WishKind; since: Time }>;
  /** Not done yet, by id. */
  errands: Record<string, { id: string; host: string; attendee: string; sent_at: Time }>;
  rounds: Record<string, ConsoleRound>;
  /** Of all rounds, drafts included. */
  tables: Record<string, ConsoleTable>;
  /** The door's ledger, the latest 50 when the snapshot was made and all that came after. */
  checkins: Record<string, ConsoleCheckIn>;
  /** Phones and laptops paired as scanners, revoked ones included. */
  stations: Record<string, ConsoleStation>;
  /** Not settled yet. */
  conflicts: Record<string, ConsoleConflict>;
  /** Somebody felt unsafe and nobody has taken care of it yet. */
  alerts: Record<string, ConsoleAlert>;
  /** What three people or more have flagged; fewer are told to nobody. */
  patterns: Pattern[];
}

export interface ConsoleAlert {
  id: string;
  at: Time;
  round: number;
  table: number;
  /** In the reporter's words, or ''. */
  words: string;
  /** Of a reporter who gave their name: attendee id. */
  attendee: string | null;
}

export interface Pattern {
  kind: Exclude<FlagKind, 'unsafe'>;
  /** How many different people said so, of at least three. */
  people: number;
  /** Rounds (0: rolling tables) and tables where three or more of them sat. */
  tables: { round: number; table: number; people: number }[];
}

export interface VenueTable {
  number: number;
  chairs: number;
  /** Percent of the room's width and height, from the top left. */
  x: number;
  y: number;
  features: ('step_free' | 'quiet')[];
  /** Not used tonight: nobody is sent there. */
  closed: boolean;
}

export interface ConsoleAttendee {
  id: string;
  name: string;
  email: string;
  company: string;
  status: 'registered' | 'cancelled' | 'blocked';
  interests: string[];
  intent: Intent | '';
  ask: string;
  offer: string;
  trade: string;
  needs: Need[];
  host: boolean;
  first_timer: boolean;
  present_since: Time | null;
  source: string;
  /** Of our own valid ticket; null without one (revoked, or never made). */
  ticket: { mailed_at: Time | null } | null;
}

export interface ConsoleRound extends RoundClock {
  /** Of the plan as it was drafted; random is the same room seated at random. Empty for the rolling round. */
  quality: Quality | null;
  random: Quality | null;
  /** Present people without a seat in it (attendee ids). */
  sitting_out: string[];
  /** What the organiser should know before publishing: what cannot be helped, and what one more table would change. */
  notes: Note[];
  /** A publish can be undone for 60 seconds from here. */
  published_at: Time | null;
}

/** Worded by the console; which numbers there are depends on the code. */
export type Note =
  | { code: 'repeats'; n: number }
  | { code: 'forced_repeats'; n: number; people: number; tables: number }
  | { code: 'sitting_out'; n: number }
  | { code: 'unmet' }
  | { code: 'rule'; rule: 'size' | 'company' | 'trade' | 'sellers' | 'newcomers' | 'host' | 'place'; n: number; people: number }
  | { code: 'too_few_chairs'; people: number; chairs: number; out: number; more_tables: number }
  /** These people (attendee ids) need a table that none of those laid is, or are kept at one that is not laid. */
  | { code: 'needs_unmet'; attendees: string[] }
  /** Moved out of the draft by an organiser: once it is published, they sit it out until they say otherwise. */
  | { code: 'kept_out'; attendees: string[] }
  /** then, now: percent of the tables that share a topic. */
  | { code: 'one_more_table'; more: number; tables: number; then: number; now: number };

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
  /** null: an open table. */
  topic: string | null;
  why: Why;
  /** False: no topic that all of them hold; the organiser sees it before publishing. */
  shared: boolean;
  people: string[];
  /** Of a draft: solving again leaves this table as it is. */
  pinned: boolean;
  /** Of a draft: people here (attendee ids) whom solving again keeps at this table. */
  pins: string[];
  /** Too few sit here, and the organiser said that it may stay so. */
  left_short: boolean;
}

export interface ConsoleCheckIn {
  id: string;
  /** When it happened; `late` tells that a device brought it later, from its queue. */
  at: Time;
  late: boolean;
  outcome: Outcome;
  /** Attendee's name, or "" for an unknown ticket. */
  name: string;
  attendee: string | null;
  station: string;
  /** An entry or exit that an organiser took back, or false. */
  undone: boolean;
}

export interface ConsoleStation {
  id: string;
  name: string;
  /** waiting: its pairing code has not been used yet. expired: its hours are over. */
  status: 'waiting' | 'active' | 'expired' | 'revoked';
  valid_until: Time | null;
  /** Last contact; null before the first. */
  seen_at: Time | null;
  /** Scans the device had not sent yet when it was last heard of. */
  queue_length: number;
  /** Queue entries refused because somebody changed them on the device. */
  rejected: number;
}

/** A device without network let somebody in, and the server says otherwise. */
export interface ConsoleConflict {
  id: string;
  /** When it happened at the door. */
  at: Time;
  station: string;
  name: string;
  attendee: string | null;
  /** What the server says of the scan. */
  outcome: Outcome;
  /** Of already_in: the entry that counts. */
  since: Time | null;
}

// -------------------------------------------------------------------------------------------------------------- HTTP
//
// Every error is {code, message, field?}; the message says what to do next.
// Phone:   Authorization: Ticket <secret>      Screen: Authorization: Screen <token>      Console: session + X-CSRFToken
//
// Phone
//   GET   /api/v1/posters/<code>?stamp=<stamp>      Poster   (stamp: of a rotating poster, from the fragment of its link)
//   POST  /api/v1/posters/<code>/check-in           {nonce, pass?, ticket: secret, link or short code}
//                                                   or {nonce, pass?, name, interests: string[] (labels), intent?, ask?, offer?, on_screen?} for a walk-in
//                                                   -> Answer (201 entry, 200 already_in; refusals 404/409; 410 poster_expired; 429 too_many_tries {retry_after})
//   POST  /api/v1/posters/<code>/mail-code          {email, pass?} -> 202 {message}: the same whether we know the address or not
//   POST  /api/v1/posters/<code>/mail-code/check    {nonce, pass?, email, mail_code, attendee?} -> Answer, or 200 MailChoice if the address stands for several
//                                                   (404 wrong_mail_code, 429)
//   GET   /api/v1/me/snapshot                       Snapshot<PhoneState>
//   PATCH /api/v1/me                                {name?, interests?: string[], intent?, ask?, offer?, on_screen?, trade?, needs?: Need[]} -> PhoneState['me']
//   POST  /api/v1/me/wish                           {kind: WishKind | null} -> {wish: PhoneState['wish']}; null takes it back. No reason is asked.
//                                                   The same again is the same answer (409 not_here: not checked in; not_open;
//                                                   429 too_many_wishes {retry_after}: more than 20 in a minute)
//   POST  /api/v1/me/errand/done                    {id} -> 204, the second time too (404: not mine)
//   POST  /api/v1/me/leave                          {nonce} -> Answer ("exit")
//   GET   /api/v1/me/ticket.svg                     the ticket's QR
//   GET   /api/v1/me/afterwards                     Afterwards
//   PUT   /api/v1/me/picks/<attendee id>            {shares: Shared[]} -> 204 (404 never met, oneself, not there any more, blocked: all alike;
//                                                   409 enough_picks, or revealed: the list is closed)
//   DELETE /api/v1/me/picks/<attendee id>           -> 204, also where there was none
//   PATCH /api/v1/me/card                           {email?, phone?, link?, company?, words?} -> Card
//   PUT   /api/v1/me/notes/<attendee id>            {text: up to 500 letters, '' erases} -> 204 (404 as of picks)
//   PUT   /api/v1/me/tables/<table id>/flags        {flags: FlagKind[], words?, named?} -> 204: what I feel of this table, all of it (404 I did not
//                                                   sit there; 409 window_over: 48 h after the evening)
//   POST  /api/v1/me/promises                       {to: attendee id, text, due?: YYYY-MM-DD (in a week)} -> 201 PromiseRecord (404 as of picks;
//                                                   409 enough_promises: 20)
//   PATCH /api/v1/me/promises/<id>                  {status?, due?} -> PromiseRecord, its owner only (404 others; 409 thanked: it stays done)
//   POST  /api/v1/me/promises/<id>/thank            -> 204 by the one it was made to (409 not_done)
//   PUT   /api/v1/me/blocks/<attendee id>           -> 204: nothing of each other any more, here and across the series (404 never met)
//   DELETE /api/v1/me/blocks/<attendee id>          -> 204
//   PUT   /api/v1/me/worth                          {worth: boolean | null} -> 204
//   PUT   /api/v1/me/quiet                          {on: boolean} -> 204: no reminders, no mail through us
//   POST  /api/v1/me/requests                       {name, shares: Shared[]} -> 202 {}: "introduce me to ..."; the same whether we know the name or
//                                                   not (409 enough_requests: 3 open ones, 12 in all; window_over: 48 h after the evening)
//   POST  /api/v1/me/requests/<id>                  {yes: boolean, shares?: Shared[]} -> 204: by the one who knows both, then by the one who is sought
//                                                   (404 others)                DELETE: the asker takes it back -> 204 (409 introduced)
//   GET   /api/v1/me/introductions/<attendee id>/card.vcf    vCard of what they share with me (404 not introduced)
//   GET   /api/v1/me/introductions/<attendee id>/talk.ics?at=YYYY-MM-DDTHH:MM    by the event's clock; without `at` as suggested
//   POST  /api/v1/me/introductions/<attendee id>/letter      {channel: 'mail' | 'own', text} -> 201 Letter (400 too_short: fewer than 20 letters of one's
//                                                   own; 409 same_again: equal to another one sent; unreachable: no mail through us to them;
//                                                   enough_letters: 3 through us; 503 mail_down). 'own': they open their mail program or copy it
//   GET   /api/v1/me/memory                         Memory (404 the event is in no series)
//   POST  /api/v1/me/memory                         {earlier?: secrets of earlier tickets on this phone, up to 20} -> 201 Memory: remember me across the series
//   POST  /api/v1/me/memory/recognise               {earlier: string[]} -> {remembered: boolean}: only who has said yes before; sent once when a phone
//                                                   that holds other tickets opens a new one
//   PATCH /api/v1/me/memory                         {askable?, mix?: Mix, admires?: string[] (names, up to 3)} -> Memory (409 not_remembered)
//   DELETE /api/v1/me/memory                        -> 204: all of it, on both sides
//   PATCH /api/v1/me/memory/ties/<id>               {times?: 1..99, first_met?: YYYY-MM-DD, last_met?} -> TieRecord     DELETE -> 204, on both sides
//                                                   (404 not mine)
// Whatever opens nothing because its event was deleted answers 410 gone: personal links, posters, screens, consoles.
//   socket /ws/phone/                               subscribe.token = secret
// Screen
//   GET   /api/v1/screen/snapshot                   Snapshot<ScreenState>
//   GET   /api/v1/screen/poster                     ScreenPoster (rotating or static; ask again at refresh_at)
//   socket /ws/screen/                              subscribe.token = token
// Console
//   GET   /api/v1/events                            EventRow[]
//   POST  /api/v1/events                            {title, slug?} -> 201 EventRow
//   GET   /api/v1/events/<id>/snapshot              Snapshot<ConsoleState>
//   PATCH /api/v1/events/<id>                       {title?, table_min?, table_size?, table_max?, round_minutes?, gap_minutes?} -> 200
//                                                   also {poster_mode?, starts_at?, time_zone?, place?, language?, pick_limit?: 1..5,
//                                                   series?: its name, made if new; null: in none}
//   DELETE /api/v1/events/<id>                      -> 204: everything of it but what a series remembers (409 event_open: end the evening first)
//   GET   /api/v1/series                            {series: {name: string, events: number}[]}
//   GET   /api/v1/events/<id>/outcome               OutcomeReport    /outcome.csv   the same figures as a table, without names
//   PUT   /api/v1/events/<id>/targets               {targets: {measure: Measure, value: 0..1}[]} -> OutcomeReport (409 doors_open: set before doors; 1 to 4)
//   POST  /api/v1/events/<id>/alerts/<id>/settle    -> 204, the second time too
//   POST  /api/v1/events/<id>/open | /end           opens the doors | ends the evening
//   POST  /api/v1/events/<id>/import                multipart file, dry_run=true|false, mapping? (JSON {column number from 0: field or ""}),
//                                                   has_header? (false: the first line is a person)
//                                                   -> ImportSummary; with Accept: application/x-ndjson lines of ImportProgress, the last one {summary} or {error}
//   GET   /api/v1/events/<id>/search?q=             Found (at least 2 letters, at most 10 people, no e-mail)
//   POST  /api/v1/events/<id>/checkins/<id>/undo    {nonce} -> Answer ("undone"; 409 not_undoable, already_undone)
//   POST  /api/v1/events/<id>/conflicts/<id>/settle -> 204
//   POST  /api/v1/events/<id>/stations              {name, hours: 1..72} -> 201 Pairing (409 name_taken)
//   POST  /api/v1/events/<id>/stations/<id>/pairing -> Pairing (a new code; the old device stops)
//   POST  /api/v1/events/<id>/stations/<id>/revoke  -> 204
//   PATCH /api/v1/events/<id>/attendees/<id>        {status?, host?, first_timer?, needs?: Need[], trade?} -> 200
//   PUT   /api/v1/events/<id>/venue                 {version, entrance: {x, y}, tables: VenueTable[]} -> {version} (400 invalid; at most 200 tables)
//   GET   /api/v1/events/<id>/arrivals              Arrivals
//   POST  /api/v1/events/<id>/seat                  {version, attendee} -> {version}: the best free seat now, whatever its topic
//                                                   (409 no_free_seat, not_here, sitting_out, already_seated, no_round)
//   POST  /api/v1/events/<id>/send-host             {version, attendee} -> {version, host: attendee id} (409 no_free_host, host_under_way, not_here,
//                                                   sitting_out, already_seated)
//   POST  /api/v1/events/<id>/attendees/<id>/ticket/reissue | /revoke | /mail     -> 200 {message, note}
//   POST  /api/v1/events/<id>/tickets/mail          {after?} -> MailedTickets: the next 25 who have an address and no mail yet; ask again with
//                                                   its `after` until left is 0 (503 mail_down)
//   GET   /api/v1/events/<id>/topics                Topics
//   POST  /api/v1/events/<id>/topics/merge          {keep: topic id, merge: topic ids, label?} -> Topics
//   POST  /api/v1/events/<id>/topics/apart          {topics: [id, id]} -> Topics
//   POST  /api/v1/events/<id>/check-in              {nonce, secret: any scanned text} or {nonce, attendee: id} -> Answer
//   POST  /api/v1/events/<id>/check-out             {nonce, attendee: id} -> Answer
//   POST  /api/v1/events/<id>/rolling               {on: boolean, version}
//   POST  /api/v1/events/<id>/rounds                {version} -> 201 drafts the next round (replaces a draft)
//   POST  /api/v1/rounds/<id>/publish               {version}
//   POST  /api/v1/rounds/<id>/undo                  {version}   takes a publish back within 60 s (409 undo_over): what was on before is on again
//   POST  /api/v1/rounds/<id>/discard               {version}   (a draft only)
//   POST  /api/v1/rounds/<id>/move                  {version, attendee, table: id or null for out, swap?: attendee id, confirmed?}
//                                                   (409 table_full, table_closed, not_here, does_not_suit: nobody is told why, needs_confirmation:
//                                                   a round that is on is changed only when confirmed; 422 unknown_table: of another round)
//   POST  /api/v1/rounds/<id>/pin                   {version, on: boolean, and attendee: id or table: id}   (a draft only)
//   POST  /api/v1/rounds/<id>/resolve               {version}   solves a draft again around what is pinned, with who is here now
//   POST  /api/v1/tables/<id>/remedy                {version, remedy: 'merge' | 'top_up' | 'leave', confirmed: boolean, moves?: Remedy['moves']} -> Remedy
//                                                   not confirmed: only says who would move (409 no_free_chairs, nobody_to_spare, not_short;
//                                                   moves_changed: not those of `moves`, which were shown, since somebody came or left)
//   GET   /api/v1/team                              Team
//   PATCH /api/v1/team                              {name} -> Team
//   POST  /api/v1/team/invitations                  {email, role} -> Team (409 already_here)
//   DELETE /api/v1/team/invitations/<id>            -> Team
//   PATCH /api/v1/team/members/<id>                 {role} -> Team (409 last_owner)     DELETE -> Team (409 last_owner, yourself)
//   POST  /api/v1/rounds/<id>/start | /pause | /resume | /end    {version}   start: begin talking now
//   POST  /api/v1/rounds/<id>/extend                {version, minutes: 1..30}
//   socket /ws/console/<event id>/
// All of the organiser's actions on rounds answer the new {version}; what changed arrives over the socket. With an older version than the
// one that stands: 409 version_conflict {changes: Change[]}, what others did since, and nothing is changed.
// Scanner (a paired device): Authorization: Station <token>. 403 revoked_station or station_expired ends it.
//   POST  /api/v1/stations/pair                     {pairing} -> Paired (404 unknown_pairing: used, expired or never there)
//   GET   /api/v1/station?queue=<n>                 StationView: a sign of life, with what the page shows
//   GET   /api/v1/station/roster                    Roster; with If-None-Match 304 while nothing changed
//   GET   /api/v1/station/search?q=                 Found
//   POST  /api/v1/station/check-in                  {nonce, act: 'in' | 'out', secret or attendee} -> Answer
//   POST  /api/v1/station/sync                      {sent_at: Time by the device, queue_length, entries: QueuedScan[] (at most 100)}
//                                                   -> {answers: SyncAnswer[]} one for each entry, in order
//                                                   queue_length: how many wait behind these. A 403 holds the answers too: all is written down
//                                                   as revoked_station, so go on until the queue is empty

export type Outcome =
  | 'entry'
  | 'already_in'
  | 'exit'
  | 'not_in'
  | 'undone'
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

/** What somebody may share beside their name, each by itself. */
export type Shared = 'email' | 'phone' | 'link' | 'company' | 'words';

export type Card = Record<Shared, string>;

/** How a table felt. Organisers are told of patterns (three people or more), and at once of unsafe. Never of a person. */
export type FlagKind = 'pitched' | 'one_voice' | 'unsafe';

/** new: never met. met: met, not well. close: well, and lately. dormant: well, and long ago. admired: wished for, and glad to be asked. */
export type Kind = 'new' | 'met' | 'close' | 'dormant' | 'admired';

/** What I would like at my tables: -1 rather not, 0 as it comes, 1 gladly. */
export type Mix = Record<Exclude<Kind, 'close'>, -1 | 0 | 1>;

/** After the talk. The same for one-sided and mutual picks until the reveal, an hour after the evening has ended. */
export interface Afterwards {
  event: { title: string; ended_at: Time | null; time_zone: string; series: string | null };
  /** How many people one may pick. */
  limit: number;
  reveal_at: Time | null;
  revealed: boolean;
  /** A day after the end, and two: until then one writes. */
  due_at: Time | null;
  grace_until: Time | null;
  /** Whoever sat with me, the last ones first; nobody who is not there any more or whom one of us blocked. */
  tablemates: AfterTablemate[];
  /** Tables where I sat, the last one first, with what I flagged there. */
  tables: { id: string; round: string; number: number; topic: string; flags: FlagKind[]; words: string; named: boolean }[];
  /** Mine: what I could share. Filled with what the guest list knows until I change it. */
  card: Card;
  /** Those who picked each other, once revealed, and those who were introduced on request. */
  introductions: Introduction[];
  /** Mine and those made to me. */
  promises: PromiseRecord[];
  requests: {
    /** To me: do I bring these two together? Do I want to meet this one? Shown names. */
    pass_on: { id: string; asker: string; target: string }[];
    /** via: who brings us together; '' a host. */
    meet: { id: string; asker: string; via: string }[];
    /** Of mine: by the name I wrote. What became of those that are open is told to nobody. */
    own: { id: string; name: string; introduced: boolean }[];
  };
  worth: boolean | null;
  quiet: boolean;
  blocked: { id: string; name: string }[];
}

export interface AfterTablemate {
  id: string;
  name: string;
  topic: string;
  /** The table where we sat together last, and its round. */
  table: string;
  round: string;
  picked: boolean;
  /** What I share with them if they pick me too. */
  shares: Shared[];
  note: string;
  /** We knew each other before this evening. */
  known: boolean;
}

export interface Introduction {
  id: string;
  /** Full name. */
  name: string;
  first_name: string;
  topic: string;
  /** Only what they chose to share with me. */
  contact: Partial<Card>;
  /** Shown name of who introduced us; null: we picked each other. */
  via: string | null;
  note: string;
  known: boolean;
  /** What a letter to them begins with: greeting, the table's topic, then my note. All but the first two is one's own words. */
  draft: string;
  /** Whether mail through us reaches them. */
  reachable: boolean;
  /** By the event's clock, as in "2026-12-01T12:30". */
  talk_at: string;
  /** My last one. */
  letter: Letter | null;
}

export interface Letter {
  channel: 'mail' | 'own';
  sent_at: Time;
}

export interface PromiseRecord {
  id: string;
  mine: boolean;
  /** The other side, by first name. */
  with: { id: string; name: string };
  text: string;
  /** YYYY-MM-DD */
  due: string;
  status: 'open' | 'done' | 'dropped';
  /** The other said that it helped. */
  thanked: boolean;
}

/** What the series remembers of me: mine to see, correct and delete. */
export interface Memory {
  series: string;
  /** false: nothing, until I say yes. All that follows is empty then. */
  remembered: boolean;
  /** Others may ask to learn from me. */
  askable: boolean;
  mix: Mix;
  /** Names of whom I would like to learn from. Whether they count is told to nobody. */
  admires: string[];
  ties: TieRecord[];
  /** Oldest first; mix: how many of each kind I sat with. */
  evenings: { id: string; title: string; at: Time; mix: Partial<Record<Kind, number>>; worth: boolean | null }[];
  /** "Worth my time: 4 of 5." Of the evenings that I judged. */
  worth: { yes: number; of: number };
}

export interface TieRecord {
  id: string;
  name: string;
  kind: Kind;
  first_met: Time;
  last_met: Time;
  times: number;
  introduced: boolean;
  /** How often they helped me. */
  helped: number;
  /** Well known, and not heard of for a while: a quiet hint. */
  fading: boolean;
}

/** Shares of 0..1. pitched: the fewer the better, of all others the more. */
export type Measure = 'seated_soon' | 'topic_cover' | 'introduced' | 'followed_up' | 'pitched' | 'worth';

export interface Figure {
  measure: Measure;
  /** null: hidden, since it speaks of fewer than 5 (of `pitched`: fewer than three said so, which is told to nobody), or not known yet. */
  value: number | null;
  /** Of how many people, seats or introductions; null where hidden. There is one beside a hidden `pitched` where enough people came. */
  of: number | null;
  why_hidden: 'too_few' | 'not_yet' | null;
}

export interface OutcomeReport {
  /** What the organiser set out to reach, and whether it was; null: not known. */
  targets: { measure: Measure; value: number; met: boolean | null }[];
  /** Targets can be set: the doors have not opened yet. */
  settable: boolean;
  figures: Figure[];
  /** Of the evening; null before doors. Counts of fewer than 5 people are joined with their neighbours or hidden. */
  plots: {
    /** People who had come by then; begins with nobody when the doors opened. Empty: fewer than 5 came. */
    arrivals: { at: Time; came: number }[];
    /**
     * How long people waited for their first seat, in minutes: more than `from` (0: at once), up to `to`; to null: longer; from null: never
     * seated. Without a row of its own for never seated, those few are in the last one. Rows are joined where they are too small,
     * over the ten minutes of seated_soon too. Empty: fewer than 5 came.
     */
    waiting: { from: number | null; to: number | null; people: number | null }[];
    /** Those of at least 5 people; 0: all rolling tables. repeats: pairs that sat together in an earlier round as well. */
    rounds: { number: number; tables: number; seats: number; topic_cover: number | null; repeats: number }[];
    /** Share of their seats in which people sat with a topic of their own: of everybody, and of the worst-off five. */
    fairness: { everybody: number | null; worst_off: number | null };
  } | null;
  /** Of the same series, oldest first, this one last; deleted events too. */
  series: { title: string; at: Time; figures: Figure[]; this: boolean }[];
}

export interface Poster {
  title: string;
  phase: EventPhase;
  topics: Topic[];
  mode: 'static' | 'rotating';
  /** Of a rotating poster: good for a quarter of an hour, sent along with everything; null: the scanned code is too old. */
  pass: string | null;
}

/** Several people with one address: which of them is it? Sent again with `attendee`, the code still counts. */
export interface MailChoice {
  code: 'choose';
  people: { id: string; name: string }[];
}

export interface ScreenPoster {
  /** What the QR opens, and the QR itself as SVG. */
  url: string;
  svg: string;
  /** null: it never changes. */
  refresh_at: Time | null;
}

/** What the organiser shows to the device that shall become a scanner. Works once, for 10 minutes. */
export interface Pairing {
  station: string;
  url: string;
  svg: string;
  until: Time;
}

export interface Paired {
  token: string;
  /** base64url, 32 bytes: signs what is kept in the queue (HMAC-SHA-256). */
  signing_key: string;
  station: { id: string; name: string; valid_until: Time };
  event: { id: string; title: string };
}

export interface StationView {
  station: { id: string; name: string; valid_until: Time };
  event: { id: string; title: string; phase: EventPhase };
  present: number;
  registered: number;
  /** Of the roster that stands now: fetch it when it is another one. */
  roster: string;
  now: Time;
}

/** Who may come in, to decide without network. Secrets and codes are digests: SHA-256 of salt + secret, in base64url. */
export interface Roster {
  /** Also the ETag. */
  version: string;
  salt: string;
  event: { id: string; title: string; phase: EventPhase };
  people: RosterPerson[];
}

export interface RosterPerson {
  id: string;
  name: string;
  company: string;
  /** ok: may come in. */
  state: 'ok' | 'cancelled' | 'blocked';
  present_since: Time | null;
  /** Of valid tickets' secrets, and of their short codes (upper case, without dashes and spaces). */
  digests: string[];
  /** Of revoked tickets. */
  revoked: string[];
}

/** A scan that was decided on the device. */
export interface QueuedScan {
  nonce: string;
  act: 'in' | 'out';
  secret?: string;
  attendee?: string;
  /** By the device's clock. */
  at: Time;
  /** What the device told the person at the door. */
  shown: Outcome;
  /** base64url HMAC-SHA-256 of nonce, act, secret or "", attendee or "", at and shown, joined by "\n". */
  mac: string;
}

/** `tampered`: the entry does not bear its signature; it alone is refused. `invalid`: it makes no sense. */
export type SyncAnswer = Answer | { code: 'tampered' | 'invalid'; nonce: string; message: string };

export interface MailedTickets {
  sent: number;
  left: number;
  /** They may be tried again: in another pass, from the beginning. */
  failed: { id: string; name: string; message: string }[];
  /** Where the next portion begins. */
  after: string | null;
  /** What to know where no mail server is set up, else "". */
  note: string;
}

/** What an organiser (or the clock, by '') did. `kind` is worded by the console; what else is said depends on it. */
export interface Change {
  version: number;
  by: string;
  at: Time;
  kind:
    | 'times_changed' | 'venue_changed' | 'rolling_started' | 'rolling_stopped' | 'evening_ended'
    | 'round_drafted' | 'round_discarded' | 'round_resolved' | 'round_published' | 'publish_undone'
    | 'round_started' | 'round_paused' | 'round_resumed' | 'round_extended' | 'round_ended'
    | 'person_moved' | 'people_swapped' | 'person_pinned' | 'person_unpinned' | 'table_pinned' | 'table_unpinned'
    | 'table_merged' | 'table_topped_up' | 'table_left_short' | 'person_seated' | 'host_sent';
  params: {
    round?: number;
    minutes?: number;
    /** Names, as the console shows them. */
    person?: string;
    other?: string;
    /** Table numbers; null: sitting out. */
    table?: number | null;
    from?: number | null;
  };
}

/** Per minute in which somebody came or left, oldest first. */
export interface Arrivals {
  minutes: { at: Time; in: number; out: number }[];
}

export interface Remedy {
  version: number;
  /** Who moves, from and to which table's number. */
  moves: { attendee: string; from: number; to: number }[];
}

/** owner: may also change the team. */
export type Role = 'owner' | 'organiser';

export interface Team {
  name: string;
  members: { id: string; name: string; email: string; role: Role; you: boolean }[];
  /** Not accepted yet. `url` is told to owners, to hand over where no mail goes out. */
  invitations: { id: string; email: string; role: Role; url: string | null; until: Time; mailed: boolean }[];
}

export interface Found {
  people: { id: string; name: string; company: string; status: ConsoleAttendee['status']; present_since: Time | null }[];
}

export interface Topics {
  topics: { id: number; label: string; count: number; spellings: string[] }[];
  /** Pairs that may mean the same, the likeliest first. */
  proposals: { one: number; other: number; why: 'spelling' | 'short_form' | 'meaning' }[];
}

export interface EventRow {
  id: string;
  title: string;
  slug: string;
  phase: EventPhase;
  attendees: number;
  present: number;
}

export type ImportField =
  | 'name'
  | 'first_name'
  | 'last_name'
  | 'email'
  | 'company'
  | 'status'
  | 'interests'
  | 'intent'
  | 'ask'
  | 'offer'
  | 'first_timer'
  | 'trade'
  | 'needs'
  | 'host'
  | 'order'
  | 'position'
  | 'secret'
  | 'paid'
  /** People without a name who come along; tickets counts the person too. */
  | 'plus_ones'
  | 'tickets';

/** done and total count rows. */
export type ImportProgress = { done: number; total: number } | { summary: ImportSummary } | { error: ApiError };

export interface ImportSummary {
  source: 'eventbrite' | 'pretix' | 'luma' | 'meetup' | 'hi.events' | 'plain';
  /** The file's columns, what each was taken for ('' for nothing), and the first filled cells of it. */
  columns: { header: string; field: ImportField | ''; samples: string[] }[];
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
  /** Seconds, where waiting helps. */
  retry_after?: number;
  /** Of version_conflict: what others did meanwhile, oldest first. */
  changes?: Change[];
}

// ------------------------------------------------------------------------------------------------------------- pages
//
// Django serves a shell per surface with <div id="app"> and <script type="application/json" id="page">:
//   /e/<code>      phone   PhonePage with poster           /t#<secret>   phone   PhonePage without poster (the secret is the fragment)
//   /scan/#<pairing> scanner ScannerPage: installable, works without network
//   /screen#<token> screen {}                              /console/...  console ConsolePage (signed in; else redirected to /console/sign-in/)
// Console paths, all the same shell: /console/  /console/events/<id>/  /console/events/<id>/guests/  /console/events/<id>/door/
//   /console/events/<id>/tables/ (the plan of the room)  /console/events/<id>/settings/  /console/events/<id>/outcome/  /console/team/
// Pages without scripts: /quiet/<token> (one button: leave me alone; POST also by mail programs, RFC 8058).

export interface PhonePage {
  poster: string | null;
}

export interface ScannerPage {
  /** Of the scanner's files; its service worker keeps those of one build. */
  build: string;
}

export interface ConsolePage {
  organiser: string;
  team: string;
}
