import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, it, vi } from 'vitest';
import { timeOfDay } from '../../lib/time';
import type { ConsoleConflict } from '../../live/contract';
import { at, attendee, conflict, evening as room } from '../fixtures';
import { live, server } from '../testing';
import Conflicts from './Conflicts.svelte';

afterEach(() => void vi.unstubAllGlobals());

const people = [
  attendee('Ada Lovelace', { present_since: at('18:04') }),
  attendee('Bo'),
  attendee('Cy', { status: 'cancelled' }),
  attendee('Dee', { status: 'blocked' }),
];

function show(conflicts: ConsoleConflict[], phase: 'open' | 'ended' = 'open') {
  const state = room({ conflicts, attendees: people }, { phase });
  const [admit, find] = [vi.fn(), vi.fn()];
  render(Conflicts, { evening: live(state, Date.parse(at('18:30'))), state, admit, find });
  return { admit, find };
}

const words = () => [...document.querySelectorAll('li')].map((row) => row.textContent!.replace(/\s+/g, ' ').trim());
const ways = () => [...document.querySelectorAll('.acts')].map((acts) => [...acts.children].map((way) => way.textContent!.trim()));

it('says who, when, where and what the server says, the earliest first', () => {
  show([
    conflict('c2', { at: at('18:12'), name: '', attendee: null, outcome: 'unknown', since: null }),
    conflict('c1', { at: at('18:10') }),
  ]);
  expect(screen.getByRole('heading').textContent).toBe('2 people were let in without network, and the server says otherwise');
  expect(words()).toEqual([
    `Ada Lovelace ${timeOfDay(at('18:10'))} · Side door Already in since ${timeOfDay(at('18:04'))}. ` +
      'One ticket came in twice. If two people hold it, ask the second one who they are. Seen',
    `Someone ${timeOfDay(at('18:12'))} · Side door Nobody has this ticket. ` +
      'They are not checked in. Ask who it was, and check them in by name. Find by name Seen',
  ]);
});

it('offers the way out that makes sense, and always that it was seen', async () => {
  const of = (name: string, outcome: ConsoleConflict['outcome']) => conflict(name, { name, attendee: name, outcome, since: null });
  show([of('Bo', 'revoked_station'), of('Cy', 'cancelled'), of('Dee', 'blocked'), of('Ada Lovelace', 'too_early')]);
  await fireEvent.click(screen.getByRole('button', { name: 'Show all 4' }));
  expect(ways()).toEqual([['Check in anyway', 'Seen'], ['Guest list', 'Seen'], ['Guest list', 'Seen'], ['Seen']]);
  expect(screen.getByText(`Checked in since ${timeOfDay(at('18:04'))}.`)).toBeTruthy();
});

it('shows three at first, so that tickets can be read meanwhile', async () => {
  show(Array.from({ length: 12 }, (_, index) => conflict(`c${index}`)));
  expect(words().length).toBe(3);
  await fireEvent.click(screen.getByRole('button', { name: 'Show all 12' }));
  expect([words().length, document.activeElement]).toEqual([12, screen.getByRole('heading')]);
});

it('after the evening nobody is checked in', () => {
  show([conflict('c1', { name: 'Bo', attendee: 'Bo', outcome: 'closed', since: null })], 'ended');
  expect(ways()).toEqual([['Seen']]);
});

it('each way does what it says', async () => {
  const asked = server({ '/api/v1/events/e1/conflicts/c1/settle': { status: 204 } });
  const { admit, find } = show([
    conflict('c1', { name: 'Bo', attendee: 'Bo', outcome: 'too_early', since: null }),
    conflict('c2', { name: '', attendee: null, outcome: 'unknown', since: null }),
  ]);
  await fireEvent.click(screen.getByRole('button', { name: 'Check in Bo' }));
  await fireEvent.click(screen.getByRole('button', { name: 'Find by name' }));
  await fireEvent.click(screen.getByRole('button', { name: 'Seen: Bo' }));
  expect([admit.mock.calls, find.mock.calls.length]).toEqual([[['Bo']], 1]);
  expect(asked).toEqual([{ path: '/api/v1/events/e1/conflicts/c1/settle', body: {} }]);
  expect(document.activeElement).toBe(screen.getByRole('heading'));
});
