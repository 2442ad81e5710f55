import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiProblem } from '../../live/http';
import { Saver } from './saver.svelte';

interface Fields {
  ask: string;
  offer: string;
}

const offline = new ApiProblem(0, 'offline', 'No connection.');

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('a change is sent and said to be saved', async () => {
  const sent: Partial<Fields>[] = [];
  const saver = new Saver<Fields>(async (changes) => void sent.push(changes));
  saver.save({ ask: 'a flat' });
  expect(saver.status).toBe('saving');
  await vi.runAllTimersAsync();
  expect([sent, saver.status]).toEqual([[{ ask: 'a flat' }], 'saved']);
});

test('changes made meanwhile go together in the next request', async () => {
  const sent: Partial<Fields>[] = [];
  const saver = new Saver<Fields>(async (changes) => {
    sent.push(changes);
    await new Promise((done) => setTimeout(done, 50));
  });
  saver.save({ ask: 'a' });
  saver.save({ ask: 'ab' });
  saver.save({ ask: 'abc', offer: 'tea' });
  await vi.runAllTimersAsync();
  expect(sent).toEqual([{ ask: 'a' }, { ask: 'abc', offer: 'tea' }]);
});

test('without a connection it waits and tries again with the newest values', async () => {
  const sent: Partial<Fields>[] = [];
  let up = false;
  const saver = new Saver<Fields>(async (changes) => {
    if (!up) throw offline;
    sent.push(changes);
  });
  saver.save({ ask: 'old', offer: 'tea' });
  await vi.advanceTimersByTimeAsync(3000);
  expect(saver.status).toBe('waiting');
  saver.save({ ask: 'new' });
  up = true;
  await vi.runAllTimersAsync();
  expect([sent, saver.status]).toEqual([[{ ask: 'new', offer: 'tea' }], 'saved']);
});

test('a refusal is shown, not repeated, and the next change starts afresh', async () => {
  const refusal = new ApiProblem(400, 'too_long', 'At most 140 letters.', 'ask');
  let calls = 0;
  const saver = new Saver<Fields>(async () => {
    if (++calls === 1) throw refusal;
  });
  saver.save({ ask: 'x' });
  await vi.runAllTimersAsync();
  expect([saver.refusal, saver.status, calls]).toEqual([refusal, 'clean', 1]);
  saver.save({ ask: 'y' });
  await vi.runAllTimersAsync();
  expect([saver.refusal, saver.status, calls]).toEqual([null, 'saved', 2]);
});
