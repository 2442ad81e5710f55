import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { apply } from './apply';
import type { Message } from './contract';

const message = (set: Record<string, unknown>, unset: string[] = []) => ({ set, unset });

test('a record is overwritten and the others are shared', () => {
  const state = { event: { title: 'Supper' }, room: { present: 3 } };
  const after = apply(state, message({ room: { present: 4 } }));
  expect(after).toEqual({ event: { title: 'Supper' }, room: { present: 4 } });
  expect(after.event).toBe(state.event);
  expect(state.room.present).toBe(3);
});

test('an entry of a collection is set and another removed', () => {
  const state = { tables: { a: { number: 1 }, b: { number: 2 } } };
  const after = apply(state, message({ 'tables/c': { number: 3 } }, ['tables/a']));
  expect(after).toEqual({ tables: { b: { number: 2 }, c: { number: 3 } } });
  expect(state).toEqual({ tables: { a: { number: 1 }, b: { number: 2 } } });
});

test('what a message removes and sets at once is there afterwards', () => {
  const state = { tables: { a: { number: 1 } } };
  expect(apply(state, message({ 'tables/a': { number: 9 } }, ['tables/a']))).toEqual({ tables: { a: { number: 9 } } });
});

test('applying a message twice changes nothing', () => {
  const state = { room: { present: 1 }, tables: {} as Record<string, unknown> };
  const fact = message({ room: { present: 2 }, 'tables/a': { number: 1 } }, ['tables/b']);
  const once = apply(state, fact);
  expect(apply(once, fact)).toEqual(once);
});

test('an id may hold a slash', () => {
  expect(apply({ checkins: {} }, message({ 'checkins/2026/1': 'x' }))).toEqual({ checkins: { '2026/1': 'x' } });
});

interface Case {
  surface: string;
  before: object;
  messages: Message[];
  after: object;
}

// The same files are checked by the server's tests: both sides fold messages alike.
const folder = join(import.meta.dirname, '../../../tests/live/cases');
const cases = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];

describe.runIf(cases.length)('replay of what the server published', () => {
  test.each(cases)('%s ends in the state of a fresh snapshot', (name) => {
    const { before, messages, after } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Case;
    expect(messages.reduce(apply, before)).toEqual(after);
  });
});
