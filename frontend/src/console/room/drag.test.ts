import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { at, attendee, evening as room, round, table } from '../fixtures';
import { giveDialogsMethods, giveWidths, live, server, type Request } from '../testing';
import RoomPage from './RoomPage.svelte';

const MOVE = '/api/v1/rounds/r1/move';
let asked: Request[];
/** What lies under the pointer: jsdom has no layout. */
let under: Element | null;

beforeEach(() => {
  giveDialogsMethods();
  giveWidths();
  document.elementFromPoint = () => under;
  asked = server({ [MOVE]: { status: 200, body: { version: 2 } } });
  const people = ['Ada', 'Bo', 'Cy'].map((name) => attendee(name, { present_since: at('18:00') }));
  const tables = [table('t1', { number: 1, people: ['Ada', 'Bo'] }), table('t2', { number: 2, people: ['Cy'] })];
  const state = room({ attendees: people, tables, rounds: [round('r1', { status: 'draft', starts_at: null, ends_at: null })] });
  render(RoomPage, { evening: live(state, 0), state });
});
afterEach(() => void vi.unstubAllGlobals());

/** jsdom has no pointer events: a mouse's with the pointer's kind. */
function pointer(target: Element | Window, type: 'pointerdown' | 'pointermove' | 'pointerup', x = 0, pointerType = 'mouse') {
  const event = new MouseEvent(type, { bubbles: true, button: 0, clientX: x, clientY: 200 });
  return fireEvent(target, Object.assign(event, { pointerType }));
}

const drop = () => pointer(window, 'pointerup');
const at2 = () => document.querySelector('[data-table=t2]');
const bench = () => document.querySelector('[data-out]');

async function drag(name: string, over: Element | null, { pointerType = 'mouse', from = '.words' } = {}) {
  const person = screen.getByRole('button', { name: `Pick up ${name}` });
  await pointer(person.querySelector(from)!, 'pointerdown', 10, pointerType);
  under = over;
  await pointer(window, 'pointermove', 60);
}

it('a person dragged to a table is put down there', async () => {
  await drag('Ada', at2());
  expect(screen.getByText('to table 2')).toBeTruthy();
  await drop();
  await waitFor(() => expect(asked).toEqual([{ path: MOVE, body: { version: 1, attendee: 'Ada', table: 't2' } }]));
});

it('dropped on somebody, they swap', async () => {
  await drag('Ada', document.querySelector('[data-swap=Cy]'));
  expect(screen.getByText('swap with Cy')).toBeTruthy();
  await drop();
  await waitFor(() => expect(asked).toEqual([{ path: MOVE, body: { version: 1, attendee: 'Ada', table: 't2', swap: 'Cy' } }]));
});

it('dropped on the bench, they sit out', async () => {
  await drag('Ada', bench());
  await drop();
  await waitFor(() => expect(asked).toEqual([{ path: MOVE, body: { version: 1, attendee: 'Ada', table: null } }]));
});

it.each([
  ['nowhere', 'html'],
  ['at their own table', '[data-table=t1]'],
  ['on a tablemate', '[data-swap=Bo]'],
])('dropped %s, nothing happens', async (_, place) => {
  await drag('Ada', document.querySelector(place));
  await drop();
  expect(screen.queryByRole('form')).toBe(null);
  expect(asked).toEqual([]);
});

it('Escape ends a drag, and the drop after it does nothing', async () => {
  await drag('Ada', at2());
  await fireEvent.keyDown(window, { key: 'Escape' });
  await drop();
  expect(asked).toEqual([]);
});

it('a small slip of the mouse is a press, not a drag', async () => {
  const person = screen.getByRole('button', { name: 'Pick up Ada' });
  await pointer(person, 'pointerdown', 10);
  await pointer(window, 'pointermove', 13);
  await drop();
  expect(document.querySelector('.ghost')).toBe(null);
});

it('a finger drags by the grip and scrolls by the rest', async () => {
  await drag('Ada', at2(), { pointerType: 'touch' });
  expect(document.querySelector('.ghost')).toBe(null);
  await drop();
  await drag('Ada', at2(), { pointerType: 'touch', from: '[data-grip]' });
  expect(screen.getByText('to table 2')).toBeTruthy();
  await drop();
});
