import { expect, test } from 'vitest';
import type { Message, Snapshot } from './contract';
import { Replica } from './replica';

interface State {
  present: number;
}

const says = (seq: number, prev: number, present: number): Message => ({
  seq,
  prev,
  type: 'attendee.arrived',
  set: { present },
  unset: [],
});

const snapshot = (seq: number, present: number): Snapshot<State> => ({
  seq,
  now: '2026-03-14T18:00:00.000Z',
  state: { present },
});

function replica(seq: number, present: number): Replica<State> {
  const copy = new Replica<State>();
  copy.adopt(snapshot(seq, present));
  return copy;
}

test('the next message is applied', () => {
  const copy = replica(5, 1);
  expect(copy.receive(says(9, 5, 2))).toBe(true);
  expect(copy.state).toEqual({ present: 2 });
  expect(copy.seq).toBe(9);
});

test('a message seen before is dropped', () => {
  const copy = replica(5, 1);
  expect(copy.receive(says(5, 4, 99))).toBe(true);
  expect(copy.state).toEqual({ present: 1 });
});

test('a message after a gap changes nothing until the snapshot comes', () => {
  const copy = replica(5, 1);
  expect(copy.receive(says(9, 7, 3))).toBe(false);
  expect(copy.state).toEqual({ present: 1 });
  expect(copy.adopt(snapshot(7, 2))).toBe(true);
  expect(copy.state).toEqual({ present: 3 });
  expect(copy.seq).toBe(9);
});

test('what arrives before the first snapshot waits for it, in any order', () => {
  const copy = new Replica<State>();
  expect(copy.receive(says(4, 3, 40))).toBe(false);
  expect(copy.receive(says(3, 2, 30))).toBe(false);
  expect(copy.state).toBeNull();
  expect(copy.adopt(snapshot(2, 20))).toBe(true);
  expect(copy.state).toEqual({ present: 40 });
});

test('a snapshot that is newer than what waited makes it needless', () => {
  const copy = new Replica<State>();
  copy.receive(says(3, 2, 30));
  copy.adopt(snapshot(8, 80));
  expect(copy.state).toEqual({ present: 80 });
  expect(copy.seq).toBe(8);
});

test('a late snapshot does not undo newer facts', () => {
  const copy = replica(5, 1);
  copy.receive(says(6, 5, 2));
  expect(copy.adopt(snapshot(5, 1))).toBe(true);
  expect(copy.state).toEqual({ present: 2 });
});

test('a snapshot that does not close the gap says so and keeps what waits', () => {
  const copy = replica(5, 1);
  copy.receive(says(9, 8, 3));
  expect(copy.adopt(snapshot(6, 2))).toBe(false);
  expect(copy.adopt(snapshot(8, 2))).toBe(true);
  expect(copy.state).toEqual({ present: 3 });
});

test('a message that says less than happened asks for a snapshot, and is nothing once that has come', () => {
  const copy = replica(5, 1);
  expect(copy.receive({ ...says(9, 5, 2), reload: true })).toBe(false);
  expect([copy.seq, copy.state]).toEqual([5, { present: 1 }]);
  expect(copy.receive(says(10, 9, 4))).toBe(false);
  expect(copy.adopt(snapshot(9, 3))).toBe(true);
  expect([copy.seq, copy.state]).toEqual([10, { present: 4 }]);
});

test('a snapshot from before such a message asks for another one', () => {
  const copy = replica(5, 1);
  copy.receive({ ...says(9, 5, 2), reload: true });
  expect(copy.adopt(snapshot(7, 2))).toBe(false);
  expect(copy.adopt(snapshot(9, 3))).toBe(true);
  expect([copy.seq, copy.state]).toEqual([9, { present: 3 }]);
});
