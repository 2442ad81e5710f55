/** What somebody at the door wants done, and whom it is sent to. */
import type { Answer } from '../../live/contract';
import { checkIn, checkOut, undoScan } from '../api';

export type Deed =
  /** A ticket was read or typed. */
  | { secret: string }
  /** This person comes in. */
  | { attendee: string }
  /** This person leaves. */
  | { leaves: string }
  /** This scan is taken back. */
  | { undo: string };

/** The nonce stays the same on every retry. */
export type Task = { nonce: string } & Deed;

export function perform(event: string, task: Task): Promise<Answer> {
  if ('undo' in task) return undoScan(event, task.nonce, task.undo);
  if ('leaves' in task) return checkOut(event, task.nonce, task.leaves);
  return checkIn(event, task);
}
