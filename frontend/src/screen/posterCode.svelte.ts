/** The code to scan, as the server draws it: a rotating one is fetched anew whenever it changes, and never shown when it is old. */
import { createContext } from 'svelte';
import { backoff } from '../live/backoff';
import type { ScreenPoster } from '../live/contract';
import { http } from '../live/http';

/** The next one is under way for a moment. The server takes the old one for half a minute more. */
const GRACE = 5_000;

export const [posterCode, providePosterCode] = createContext<PosterCode>();

export class PosterCode {
  private poster = $state.raw<ScreenPoster | null>(null);
  private now = $state(0);
  /** The server has been silent: what it last drew may open nothing by now. */
  away = $state(false);
  private asking = false;
  private attempt = 0;
  private next = 0;

  constructor(private readonly authorization: string) {}

  /** To be called all the time: the server's time in milliseconds, and whether it has been silent. */
  tick(now: number, away: boolean): void {
    this.now = now;
    this.away = away;
    if ((this.poster && now < this.changes) || Date.now() < this.next) return;
    void this.renew();
  }

  /** Asks for the code as it is now, for instance because the organiser has changed its kind. */
  async renew(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    try {
      this.poster = await http<ScreenPoster>('/api/v1/screen/poster', { authorization: this.authorization });
      this.attempt = 0;
      this.next = 0;
    } catch {
      this.next = Date.now() + backoff(this.attempt++);
    } finally {
      this.asking = false;
    }
  }

  get rotating(): boolean {
    return this.poster !== null && this.poster.refresh_at !== null;
  }

  /** The picture as an address; null while there is none that opens the door. */
  get picture(): string | null {
    if (!this.poster || (this.rotating && (this.away || this.now > this.changes + GRACE))) return null;
    return `data:image/svg+xml,${encodeURIComponent(this.poster.svg)}`;
  }

  /** What one may type instead of scanning; of a rotating one nothing. */
  get address(): string {
    return this.poster && !this.rotating ? this.poster.url.replace(/^https?:\/\//, '') : '';
  }

  /** Seconds until it changes; null: it does not, or the next one is overdue. */
  get secondsLeft(): number | null {
    const left = Math.ceil((this.changes - this.now) / 1000);
    return this.rotating && !this.away && left > 0 ? left : null;
  }

  private get changes(): number {
    return this.poster?.refresh_at ? Date.parse(this.poster.refresh_at) : Infinity;
  }
}
