/** The organiser's actions, one function each. All throw ApiProblem. */
import { http } from '../live/http';
import type { Answer, Arrivals, ConsoleAttendee, ConsoleState, EventRow, MailedTickets, OutcomeReport, Pairing, Remedy, Role, Team, Topics, VenueTable } from '../live/contract';

/** Every change of rounds and drafts answers the version it made; what changed arrives over the socket. */
interface Changed {
  version: number;
}

export type Settings = Partial<
  Pick<
    ConsoleState['event'],
    'title' | 'starts_at' | 'time_zone' | 'place' | 'language' | 'poster_mode' | 'table_min' | 'table_size' | 'table_max' | 'pick_limit' | 'series'
  > &
    Pick<ConsoleState['mixer'], 'round_minutes' | 'gap_minutes'>
>;

/** What the organiser says of a guest. */
export type GuestChanges = Partial<Pick<ConsoleAttendee, 'status' | 'host' | 'first_timer' | 'needs' | 'trade'>>;

/** What an organiser sets out to reach: a share, 0..1. */
export type Target = Pick<OutcomeReport['targets'][number], 'measure' | 'value'>;

/** `note`: what to know where no mail server is set up, else "". */
interface TicketDone {
  message: string;
  note: string;
}

export type RoundAction = 'publish' | 'undo' | 'discard' | 'resolve' | 'start' | 'pause' | 'resume' | 'end';

/** What a scan or a click at the door sends; the nonce stays the same on every retry. */
export type Arrival = { nonce: string } & ({ secret: string } | { attendee: string });

const post = <Result>(path: string, body: object = {}) => http<Result>(path, { method: 'POST', body });
const ofEvent = (event: string, path: string) => `/api/v1/events/${event}${path}`;

export const listEvents = () => http<EventRow[]>('/api/v1/events');
export const readTeam = () => http<Team>('/api/v1/team');
export const renameTeam = (name: string) => http<Team>('/api/v1/team', { method: 'PATCH', body: { name } });
export const invite = (email: string, role: Role) => post<Team>('/api/v1/team/invitations', { email, role });
export const withdrawInvitation = (invitation: string) => http<Team>(`/api/v1/team/invitations/${invitation}`, { method: 'DELETE' });
export const changeRole = (member: string, role: Role) => http<Team>(`/api/v1/team/members/${member}`, { method: 'PATCH', body: { role } });
export const removeMember = (member: string) => http<Team>(`/api/v1/team/members/${member}`, { method: 'DELETE' });
export const createEvent = (title: string) => post<EventRow>('/api/v1/events', { title });
export const openDoors = (event: string) => post<unknown>(ofEvent(event, '/open'));
export const endEvening = (event: string, version: number) => post<Changed>(ofEvent(event, '/end'), { version });
export const checkIn = (event: string, arrival: Arrival) => post<Answer>(ofEvent(event, '/check-in'), arrival);
export const checkOut = (event: string, nonce: string, attendee: string) => post<Answer>(ofEvent(event, '/check-out'), { nonce, attendee });
export const undoScan = (event: string, nonce: string, scan: string) => post<Answer>(ofEvent(event, `/checkins/${scan}/undo`), { nonce });
export const settleConflict = (event: string, conflict: string) => post<unknown>(ofEvent(event, `/conflicts/${conflict}/settle`));
export const addStation = (event: string, name: string, hours: number) => post<Pairing>(ofEvent(event, '/stations'), { name, hours });
export const pairAgain = (event: string, station: string) => post<Pairing>(ofEvent(event, `/stations/${station}/pairing`));
export const revokeStation = (event: string, station: string) => post<unknown>(ofEvent(event, `/stations/${station}/revoke`));
export const listTopics = (event: string) => http<Topics>(ofEvent(event, '/topics'));
export const mergeTopics = (event: string, keep: number, merge: number[]) => post<Topics>(ofEvent(event, '/topics/merge'), { keep, merge });
export const keepTopicsApart = (event: string, topics: [number, number]) => post<Topics>(ofEvent(event, '/topics/apart'), { topics });
const ofGuest = (event: string, guest: string, path = '') => ofEvent(event, `/attendees/${guest}${path}`);
export const changeGuest = (event: string, guest: string, changes: GuestChanges) =>
  http<unknown>(ofGuest(event, guest), { method: 'PATCH', body: changes });
export const reissueTicket = (event: string, guest: string) => post<TicketDone>(ofGuest(event, guest, '/ticket/reissue'));
export const revokeTicket = (event: string, guest: string) => post<TicketDone>(ofGuest(event, guest, '/ticket/revoke'));
export const mailTicket = (event: string, guest: string) => post<TicketDone>(ofGuest(event, guest, '/ticket/mail'));
export const mailTickets = (event: string, after: string | null) => post<MailedTickets>(ofEvent(event, '/tickets/mail'), { after });
export const readArrivals = (event: string) => http<Arrivals>(ofEvent(event, '/arrivals'));
export const layTables = (event: string, plan: Pick<ConsoleState['mixer'], 'version' | 'entrance'> & { tables: VenueTable[] }) =>
  http<Changed>(ofEvent(event, '/venue'), { method: 'PUT', body: plan });
export const setRolling = (event: string, on: boolean, version: number) => post<Changed>(ofEvent(event, '/rolling'), { on, version });
export const draftNextRound = (event: string, version: number) => post<Changed>(ofEvent(event, '/rounds'), { version });
export const changeRound = (round: string, action: RoundAction, version: number) =>
  post<Changed>(`/api/v1/rounds/${round}/${action}`, { version });
/** `table` null: to sit out. `swap`: who takes the place in return. A round that is on is changed only when confirmed. */
export type Move = { attendee: string; table: string | null; swap?: string; confirmed?: true };
export const movePerson = (round: string, move: Move, version: number) =>
  post<Changed>(`/api/v1/rounds/${round}/move`, { version, ...move });
export const setPin = (round: string, what: { attendee: string } | { table: string }, on: boolean, version: number) =>
  post<Changed>(`/api/v1/rounds/${round}/pin`, { version, on, ...what });
export type RemedyKind = 'merge' | 'top_up' | 'leave';
/** `shown`: the moves that are confirmed; if others would move by now, nobody does. */
export const remedy = (table: string, kind: RemedyKind, confirmed: boolean, version: number, shown?: Remedy['moves']) =>
  post<Remedy>(`/api/v1/tables/${table}/remedy`, { version, remedy: kind, confirmed, ...(shown && { moves: shown }) });
export const seatNow = (event: string, attendee: string, version: number) => post<Changed>(ofEvent(event, '/seat'), { version, attendee });
export const sendHost = (event: string, attendee: string, version: number) =>
  post<Changed & { host: string }>(ofEvent(event, '/send-host'), { version, attendee });
export const extendRound = (round: string, minutes: number, version: number) =>
  post<Changed>(`/api/v1/rounds/${round}/extend`, { version, minutes });

export function changeSettings(event: string, settings: Settings): Promise<unknown> {
  return http(ofEvent(event, ''), { method: 'PATCH', body: settings });
}

export const deleteEvent = (event: string) => http<null>(ofEvent(event, ''), { method: 'DELETE' });
export const listSeries = () => http<{ series: { name: string; events: number }[] }>('/api/v1/series');
export const outcomePath = (event: string, ending = '') => ofEvent(event, `/outcome${ending}`);
export const readOutcome = (event: string) => http<OutcomeReport>(outcomePath(event));
export const setTargets = (event: string, targets: Target[]) => http<OutcomeReport>(ofEvent(event, '/targets'), { method: 'PUT', body: { targets } });
export const settleAlert = (event: string, alert: string) => post<unknown>(ofEvent(event, `/alerts/${alert}/settle`));
