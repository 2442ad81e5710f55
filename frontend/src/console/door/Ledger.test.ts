import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import { timeOfDay } from '../../lib/time';
import type { ConsoleCheckIn } from '../../live/contract';
import { at, attendee, checkin } from '../fixtures';
import { giveDialogsMethods } from '../testing';
import Ledger from './Ledger.svelte';

beforeEach(giveDialogsMethods);

const people = Object.fromEntries([attendee('Ada Lovelace', { present_since: at('18:04') }), attendee('Bo')].map((person) => [person.id, person]));

function show(checkins: ConsoleCheckIn[], open = true) {
  const [undo, leave] = [vi.fn(), vi.fn()];
  render(Ledger, { checkins, attendees: people, open, undo, leave });
  return { undo, leave };
}

const words = () => [...document.querySelectorAll('.what')].map((row) => row.textContent!.replace(/\s+/g, ' ').trim());
const buttons = () => screen.queryAllByRole('button').map((button) => button.getAttribute('aria-label'));

it('marks what was brought later and what was taken back, the latest first', () => {
  show([
    checkin('1', { at: at('18:01'), undone: true }),
    checkin('2', { at: at('18:02'), late: true, station: 'Side door' }),
    checkin('3', { at: at('18:03'), outcome: 'unknown', name: '', attendee: null }),
  ]);
  expect(words()).toEqual([
    `unknown ticket ${timeOfDay(at('18:03'))} · Poster`,
    `Ada Lovelace came in ${timeOfDay(at('18:02'))} · Side door brought later`,
    `Ada Lovelace came in ${timeOfDay(at('18:01'))} · Poster taken back`,
  ]);
});

it('entries and exits can be undone once; whoever is in can be checked out, once', () => {
  show([
    checkin('1', { at: at('18:01'), undone: true }),
    checkin('2', { at: at('18:02') }),
    checkin('3', { at: at('18:03'), outcome: 'already_in' }),
    checkin('4', { at: at('18:04'), outcome: 'exit', name: 'Bo', attendee: 'Bo' }),
    checkin('5', { at: at('18:05'), outcome: 'cancelled', name: 'Bo', attendee: 'Bo' }),
    checkin('6', { at: at('18:06'), outcome: 'undone' }),
  ]);
  expect(buttons()).toEqual(['Undo that Bo left', 'Check out Ada Lovelace', 'Undo that Ada Lovelace came in']);
});

it('undo asks with the name, and Cancel gives the focus back', async () => {
  const { undo } = show([checkin('c1')]);
  const button = screen.getByRole('button', { name: 'Undo that Ada Lovelace came in' });
  button.focus();
  await fireEvent.click(button);
  expect(screen.getByRole('heading', { name: 'Take back that Ada Lovelace came in?' })).toBeTruthy();
  await fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Cancel' }));
  expect([document.activeElement, undo.mock.calls]).toEqual([button, []]);
});

it('undo and leaving tell the page which, and leave the focus in the list', async () => {
  const { undo, leave } = show([checkin('c1')]);
  await fireEvent.click(screen.getByRole('button', { name: 'Undo that Ada Lovelace came in' }));
  await fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Undo' }));
  await fireEvent.click(screen.getByRole('button', { name: 'Check out Ada Lovelace' }));
  expect([undo.mock.calls, leave.mock.calls]).toEqual([[['c1']], [['Ada Lovelace']]]);
  expect(document.activeElement).toBe(screen.getByRole('list', { name: 'Last scans' }));
});

it('while the doors are not open nothing is offered', () => {
  show([checkin('c1')], false);
  expect(buttons()).toEqual([]);
});
