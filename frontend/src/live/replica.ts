/**
 * Our copy of the server's state, kept right by sequence numbers: what was seen is dropped, what is out of reach asks for a
 * snapshot, and what arrives while the snapshot is under way waits for it.
 */
import { apply } from './apply';
import type { Message, Snapshot } from './contract';

export class Replica<State extends object> {
  state: State | null = null;
  /** The newest message that `state` holds. */
  seq = 0;
  private readonly waiting = new Map<number, Message>();

  /** False: a message before this one never reached us, or it says less than happened; it is kept, and a snapshot is needed. */
  receive(message: Message): boolean {
    if (this.state !== null && message.seq <= this.seq) return true;
    if (message.reload || !this.knows(message.prev)) {
      this.waiting.set(message.seq, message);
      return false;
    }
    this.fold(message);
    return true;
  }

  /** Whether we hold everything up to `seq`. */
  knows(seq: number): boolean {
    return this.state !== null && seq <= this.seq;
  }

  /** Takes the snapshot and what waited for it. False: there is still a gap, so one more snapshot is needed. */
  adopt(snapshot: Snapshot<State>): boolean {
    // An answer older than what we hold can only be a late one: newer facts came over the socket meanwhile.
    if (!this.knows(snapshot.seq)) {
      this.state = snapshot.state;
      this.seq = snapshot.seq;
    }
    const waiting = [...this.waiting.values()].sort((a, b) => a.seq - b.seq);
    this.waiting.clear();
    return waiting.map((message) => this.receive(message)).every(Boolean);
  }

  private fold(message: Message): void {
    this.state = apply(this.state!, message);
    this.seq = message.seq;
  }
}
