/** The page once the evening is over, for the tests of its parts: Ada sat with Bo and Cleo, and Bo picked her too. */
import { fireEvent, screen } from '@testing-library/svelte';
import { expect, vi } from 'vitest';
import type { Afterwards, Introduction, Memory, PromiseRecord, TieRecord } from '../../live/contract';
import { AfterPage } from '../afterwards/page.svelte';
import { afterwards as page, tablemate } from '../afterwards/testing';

export const ENDED = '2026-03-14T20:00:00.000Z';
export const NOW = Date.parse('2026-03-14T22:00:00.000Z');

export function introduction(changes: Partial<Introduction> = {}): Introduction {
  return {
    id: 'bo',
    name: 'Bo Diddley',
    first_name: 'Bo',
    topic: 'Jazz',
    contact: { email: 'bo@example.org', phone: '+1 (555) 01 00', link: 'https://bo.example', words: 'Call after six' },
    via: null,
    note: '',
    known: false,
    draft: 'Hello Bo,\n\nWe sat together at Supper and talked about Jazz.',
    reachable: true,
    talk_at: '2026-03-23T12:30',
    letter: null,
    ...changes,
  };
}

export function promise(id: string, changes: Partial<PromiseRecord> = {}): PromiseRecord {
  const to = { id: 'bo', name: 'Bo' };
  return { id, mine: true, with: to, text: 'Send the record', due: '2026-03-21', status: 'open', thanked: false, ...changes };
}

/** Two hours after the end, an hour after the reveal. */
export function afterwards(changes: Partial<Afterwards> = {}): Afterwards {
  return page({
    event: { title: 'Supper', ended_at: ENDED, time_zone: 'Europe/Berlin', series: null },
    reveal_at: '2026-03-14T21:00:00.000Z',
    revealed: true,
    due_at: '2026-03-15T20:00:00.000Z',
    grace_until: '2026-03-16T20:00:00.000Z',
    tablemates: [tablemate('bo', 'Bo', { picked: true }), tablemate('cleo', 'Cleo')],
    introductions: [introduction()],
    ...changes,
  });
}

export function tie(id: string, changes: Partial<TieRecord> = {}): TieRecord {
  const [first_met, last_met] = ['2025-11-02T19:00:00.000Z', ENDED];
  return { id, name: 'Bo Diddley', kind: 'met', first_met, last_met, times: 1, introduced: false, helped: 0, fading: false, ...changes };
}

export function memory(changes: Partial<Memory> = {}): Memory {
  return {
    series: 'Suppers',
    remembered: true,
    askable: false,
    mix: { new: 0, met: 0, dormant: 0, admired: 0 },
    admires: [],
    ties: [],
    evenings: [],
    worth: { yes: 0, of: 0 },
    ...changes,
  };
}

/** Opens a row by its title; what it holds comes with the browser's own event, a moment later. */
export async function openAside(title: string): Promise<void> {
  const summary = screen.getByText(title).closest('summary')!;
  await fireEvent.click(summary);
  await vi.waitFor(() => expect(summary.nextElementSibling).toBeTruthy());
}

/** The store of the page as it was read. */
export async function readPage(): Promise<AfterPage> {
  const after = new AfterPage('Ticket s3cret', () => NOW);
  await after.load();
  return after;
}
