import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Answer } from '../../live/contract';
import { ApiProblem } from '../../live/http';
import { at } from '../fixtures';
import type { Task } from './deed';
import { Scans } from './scans.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server at the end of a line that can be cut; it answers a nonce it knows with the answer it gave before. */
function door() {
  const heard: string[] = [];
  const line = { cut: false };
  const send = (task: Task): Promise<Answer> => {
    heard.push(task.nonce);
    if (line.cut) return Promise.reject(new ApiProblem(0, 'offline', 'No connection.'));
    if ('undo' in task) return undo(task.undo);
    if ('secret' in task && task.secret === 'nonsense') return Promise.reject(new ApiProblem(404, 'unknown', 'Search by name.'));
    const [outcome, name] = 'leaves' in task ? (['exit', task.leaves] as const) : (['entry', 'secret' in task ? task.secret : task.attendee] as const);
    return Promise.resolve({ code: outcome, outcome, message: '', at: at('18:00'), name });
  };
  const titles: string[] = [];
  const details: string[] = [];
  const scans = new Scans(send, ({ title, detail }) => {
    titles.push(title);
    details.push(detail);
  });
  return { scans, heard, line, titles, details };
}

function undo(scan: string): Promise<Answer> {
  if (scan === 'again') return Promise.reject(new ApiProblem(409, 'already_undone', 'It has been taken back.'));
  return Promise.resolve({ code: 'undone', outcome: 'undone', message: 'Still in: scanned again at 18:20.', at: at('18:00'), name: 'Ada' });
}

it('scans are answered in the order they were made', async () => {
  const { scans, titles } = door();
  for (const secret of ['Ada', 'Bo', 'nonsense', 'Cy']) scans.add({ secret });
  await vi.runAllTimersAsync();
  expect(titles).toEqual(['Welcome, Ada', 'Welcome, Bo', 'Unknown ticket', 'Welcome, Cy']);
  expect(scans.queue).toEqual([]);
});

it('a scan without network is kept and sent again under the same nonce', async () => {
  const { scans, heard, line, titles } = door();
  line.cut = true;
  scans.add({ secret: 'Ada' });
  scans.add({ secret: 'Bo' });
  await vi.advanceTimersByTimeAsync(60_000);
  expect([titles, scans.queue.length, scans.offline]).toEqual([[], 2, true]);
  expect(new Set(heard).size).toBe(1);

  line.cut = false;
  scans.hurry();
  await vi.runAllTimersAsync();
  expect([titles, scans.queue.length, scans.offline]).toEqual([['Welcome, Ada', 'Welcome, Bo'], 0, false]);
  expect(new Set(heard).size).toBe(2);
});

it('the same person found by name twice is two scans with two nonces', async () => {
  const { scans, heard } = door();
  scans.add({ attendee: 'Ada' });
  scans.add({ attendee: 'Ada' });
  await vi.runAllTimersAsync();
  expect(new Set(heard).size).toBe(2);
});

it('leaving is answered in its turn', async () => {
  const { scans, titles } = door();
  scans.add({ attendee: 'Ada' });
  scans.add({ leaves: 'Ada' });
  await vi.runAllTimersAsync();
  expect(titles).toEqual(['Welcome, Ada', 'Goodbye, Ada']);
});

it('whoever takes a scan back is told what follows, or why it was not taken back', async () => {
  const { scans, titles, details } = door();
  scans.add({ undo: 'c1' });
  scans.add({ undo: 'again' });
  await vi.runAllTimersAsync();
  expect(titles).toEqual(['Taken back: Ada', 'Not taken back']);
  expect(details).toEqual(['Still in: scanned again at 18:20.', 'It has been taken back.']);
});
