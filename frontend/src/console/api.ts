/** The organiser's actions, one function each. All throw ApiProblem. */
import { http } from '../live/http';
import type { Answer, ConsoleAttendee, ConsoleState, EventRow, MailedTickets, Pairing, Topics } from '../live/contract';

/** Every change of rounds and drafts answers the version it made; what changed arrives over the socket. */
interface Changed {
  version: number;
}

export type Settings = Partial<
  Pick<
    ConsoleState['event'],
    'title' | 'starts_at' | 'time_zone' | 'place' | 'poster_mode' | 'table_min' | 'table_size' | 'table_max'
  > &
    Pick<ConsoleState['mixer'], 'round_minutes' | 'gap_minutes'>
>;

/** `note`: what to know where no mail server is set up, else "". */
interface TicketDone {
  message: string;
  note: string;
}

export type RoundAction = 'publish' | 'discard' | 'start' | 'pause' | 'resume' | 'end';

/** What a scan or a click at the door sends; the nonce stays the same on every retry. */
export type Arrival = { nonce: string } & ({ secret: string } | { attendee: string });

const post = <Result>(path: string, body: object = {}) => http<Result>(path, { method: 'POST', body });
const ofEvent = (event: string, path: string) => `/api/v1/events/${event}${path}`;

export const listEvents = () => http<EventRow[]>('/api/v1/events');
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
export const changeStatus = (event: string, guest: string, status: ConsoleAttendee['status']) =>
  http<unknown>(ofGuest(event, guest), { method: 'PATCH', body: { status } });
export const reissueTicket = (event: string, guest: string) => post<TicketDone>(ofGuest(event, guest, '/ticket/reissue'));
export const revokeTicket = (event: string, guest: string) => post<TicketDone>(ofGuest(event, guest, '/ticket/revoke'));
export const mailTicket = (event: string, guest: string) => post<TicketDone>(ofGuest(event, guest, '/ticket/mail'));
export const mailTickets = (event: string, after: string | null) => post<MailedTickets>(ofEvent(event, '/tickets/mail'), { after });
export const setRolling = (event: string, on: boolean, version: number) => post<Changed>(ofEvent(event, '/rolling'), { on, version });
export const draftNextRound = (event: string, version: number) => post<Changed>(ofEvent(event, '/rounds'), { version });
export const changeRound = (round: string, action: RoundAction, version: number) =>
  post<Changed>(`/api/v1/rounds/${round}/${action}`, { version });
export const extendRound = (round: string, minutes: number, version: number) =>
  post<Changed>(`/api/v1/rounds/${round}/extend`, { version, minutes });

export function changeSettings(event: string, settings: Settings): Promise<unknown> {
  return http(ofEvent(event, ''), { method: 'PATCH', body: settings });
}
