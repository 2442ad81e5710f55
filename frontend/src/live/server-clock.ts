/** The server's time, told from what it says and the device's own clock, which may be hours off. */
import type { Time } from './contract';

const REMEMBERED = 6;

export class ServerClock {
  private readonly offsets: number[] = [];

  /** A message that says `now` was under way for a while, so each reading is late; the earliest of the last few is the best. */
  hear(now: Time): void {
    this.offsets.push(Date.parse(now) - Date.now());
    if (this.offsets.length > REMEMBERED) this.offsets.shift();
  }

  /** Milliseconds since the epoch; the device's own time until the server has spoken. */
  now(): number {
    return Date.now() + (this.offsets.length ? Math.max(...this.offsets) : 0);
  }
}
