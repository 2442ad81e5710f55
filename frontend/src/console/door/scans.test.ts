import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Answer } from '../../live/contract';
import { ApiProblem } from '../../live/http';
import type { Arrival } from '../api';
import { at } from '../fixtures';
import { Scans } from './scans.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server at the end of a line that can be cut; it answers a nonce it knows with the answer it gave before. */
function door() {
  const heard: string[] = [];
  const line = { cut: false };
  const send = (arrival: Arrival): Promise<Answer> => {
    heard.push(arrival.nonce);
    if (line.cut) return Promise.reject(new ApiProblem(0, 'offline', 'No connection.'));
    if ('secret' in arrival && arrival.secret === 'nonsense') return Promise.reject(new ApiProblem(404, 'unknown', 'Search by name.'));
    const name = 'secret' in arrival ? arrival.secret : arrival.attendee;
    return Promise.resolve({ code: 'entry', outcome: 'entry', message: '', at: at('18:00'), name });
  };
  const titles: string[] = [];
  const scans = new Scans(send, (result) => titles.push(result.title));
  return { scans, heard, line, titles };
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
