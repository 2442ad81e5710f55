/** What a paired device asks the server. All throw ApiProblem. */
import type { Answer, Found, Paired, QueuedScan, Roster, StationView, SyncAnswer } from '../live/contract';
import { http } from '../live/http';
import type { Act, What } from './decide';

/** Longer than this nobody waits at a door: the device decides by itself. */
export const DOOR_PATIENCE = 2000;
const CONTACT_PATIENCE = 6000;
const SYNC_PATIENCE = 30_000;

export const redeem = (pairing: string) => http<Paired>('/api/v1/stations/pair', { method: 'POST', body: { pairing } });

export class Api {
  private readonly authorization: string;

  constructor(token: string) {
    this.authorization = `Station ${token}`;
  }

  view(queue: number): Promise<StationView> {
    return this.ask(`?queue=${queue}`, CONTACT_PATIENCE);
  }

  roster(): Promise<Roster> {
    return this.ask('/roster', SYNC_PATIENCE);
  }

  search(query: string): Promise<Found> {
    return this.ask(`/search?q=${encodeURIComponent(query)}`, DOOR_PATIENCE);
  }

  scan(nonce: string, act: Act, what: What, patience = DOOR_PATIENCE): Promise<Answer> {
    return this.post('/check-in', { nonce, act, ...what }, patience);
  }

  /** `queue_length` is how many wait behind these. */
  sync(entries: QueuedScan[], queue_length: number): Promise<{ answers: SyncAnswer[] }> {
    return this.post('/sync', { sent_at: new Date().toISOString(), queue_length, entries }, SYNC_PATIENCE);
  }

  private ask<Result>(path: string, patience: number): Promise<Result> {
    return http(`/api/v1/station${path}`, { authorization: this.authorization, patience });
  }

  private post<Result>(path: string, body: object, patience: number): Promise<Result> {
    return http(`/api/v1/station${path}`, { method: 'POST', body, authorization: this.authorization, patience });
  }
}
