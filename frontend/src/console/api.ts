/** The organiser's actions, one function each. All throw ApiProblem. */
import { http } from '../live/http';
import type { Answer, ConsoleState, EventRow, ImportSummary } from '../live/contract';

/** Every change of rounds and drafts answers the version it made; what changed arrives over the socket. */
interface Changed {
  version: number;
}

export type Settings = Partial<
  Pick<ConsoleState['event'], 'title' | 'table_min' | 'table_size' | 'table_max'> &
    Pick<ConsoleState['mixer'], 'round_minutes' | 'gap_minutes'>
>;

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
export const setRolling = (event: string, on: boolean, version: number) => post<Changed>(ofEvent(event, '/rolling'), { on, version });
export const draftNextRound = (event: string, version: number) => post<Changed>(ofEvent(event, '/rounds'), { version });
export const changeRound = (round: string, action: RoundAction, version: number) =>
  post<Changed>(`/api/v1/rounds/${round}/${action}`, { version });
export const extendRound = (round: string, minutes: number, version: number) =>
  post<Changed>(`/api/v1/rounds/${round}/extend`, { version, minutes });

export function changeSettings(event: string, settings: Settings): Promise<unknown> {
  return http(ofEvent(event, ''), { method: 'PATCH', body: settings });
}

export function importGuests(event: string, file: File, dryRun: boolean): Promise<ImportSummary> {
  const form = new FormData();
  form.set('file', file);
  form.set('dry_run', String(dryRun));
  return http(ofEvent(event, '/import'), { method: 'POST', body: form });
}
