import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ConsoleState, VenueTable } from '../../live/contract';
import { at, attendee, evening as room } from '../fixtures';
import { giveWidths, live, server, type Request } from '../testing';
import TablesPage from './TablesPage.svelte';

beforeEach(giveWidths);
afterEach(() => void vi.unstubAllGlobals());

const table = (number: number, x: number, y: number): VenueTable => ({ number, chairs: 6, x, y, features: [], closed: false });

function show(venue: VenueTable[] = [table(1, 20, 20), table(2, 60, 20), table(3, 20, 60)], guests = 0) {
  const attendees = Array.from({ length: guests }, (_, number) => attendee(`Guest ${number}`));
  const state: ConsoleState = { ...room({ attendees }), venue };
  const evening = live(state, Date.parse(at('18:00')));
  const { rerender } = render(TablesPage, { evening, state });
  const asked = server({ '/api/v1/events/e1/venue': { status: 200, body: { version: 2 } } });
  return { asked, others: (changed: VenueTable[]) => rerender({ state: { ...state, venue: changed } }) };
}

const plan = () => within(screen.getByRole('group', { name: 'Tables on the plan' }));
const piece = (name: RegExp) => plan().getByRole('button', { name });
const press = (key: string, more: object = {}) => fireEvent.keyDown(document.activeElement!, { key, ...more });
const save = () => fireEvent.click(screen.getByRole('button', { name: 'Save the plan' }));
const sent = (asked: Request[]) => (asked[0]!.body as { tables: VenueTable[] }).tables;
const fill = (label: string, value: string) => fireEvent.input(screen.getByLabelText(label), { target: { value } });

it('rows of tables are laid, chosen, and saved with what they are', async () => {
  const { asked } = show([]);
  await fill('Rows', '1');
  await fill('In each row', '2');
  await fill('Chairs', '8');
  await fireEvent.click(screen.getByRole('button', { name: 'Add to the plan' }));
  expect(screen.getByText('2 tables · 16 chairs')).toBeTruthy();
  await fireEvent.click(screen.getByLabelText(/Reachable without steps/));
  await save();
  const laid = { chairs: 8, y: 50, features: ['step_free'], closed: false };
  expect(asked.map(({ body }) => body)).toEqual([
    { version: 1, entrance: { x: 50, y: 100 }, tables: [{ number: 1, x: 8, ...laid }, { number: 2, x: 92, ...laid }] },
  ]);
  expect(await screen.findByText('Saved. It counts from the next draft on.')).toBeTruthy();
});

it('a table is picked up, moved and put down by keyboard', async () => {
  const { asked } = show();
  piece(/^Table 2/).focus();
  await press('Enter');
  await press('ArrowRight', { shiftKey: true });
  await press('ArrowDown');
  expect(screen.getByText('65 from the left, 21 from the top')).toBeTruthy();
  await press('Enter');
  await save();
  expect(sent(asked)[1]).toEqual(table(2, 65, 21));
});

it('Escape puts it back, and nothing has changed', async () => {
  show();
  piece(/^Table 2/).focus();
  await press('Enter');
  await press('ArrowLeft');
  await press('Escape');
  expect(screen.queryByRole('button', { name: 'Save the plan' })).toBe(null);
});

it('the entrance moves as tables do, and stays in the room', async () => {
  const { asked } = show();
  piece(/^Entrance/).focus();
  await press(' ');
  await press('ArrowDown');
  await press('ArrowLeft', { shiftKey: true });
  await press(' ');
  await save();
  expect((asked[0]!.body as { entrance: object }).entrance).toEqual({ x: 45, y: 100 });
});

it('one change is made to all that are chosen, and they go together', async () => {
  const { asked } = show();
  piece(/^Table 1/).focus();
  await press('a', { ctrlKey: true });
  await fireEvent.click(screen.getByLabelText(/Not used tonight/));
  expect(screen.getByText(/3 not used/)).toBeTruthy();
  await save();
  expect(sent(asked).map(({ closed }) => closed)).toEqual([true, true, true]);
  await fireEvent.click(screen.getByRole('button', { name: 'Remove 3 tables' }));
  expect(plan().getAllByRole('button').length).toBe(1);
});

it('two tables with one number are not saved', async () => {
  show();
  piece(/^Table 2/).focus();
  await press('Enter');
  await press('Enter');
  await fill('Number', '3');
  expect(screen.getAllByText('Two tables have the number 3. Give one of them another.').length).toBe(2);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save the plan' }).disabled).toBe(true);
});

it('says when the list has more people than there are chairs', () => {
  show(undefined, 20);
  expect(screen.getByText(/The list has 2 people more than there are chairs/)).toBeTruthy();
});

it('what others lay is shown at once, unless something has been changed here', async () => {
  const { others } = show();
  await others([table(7, 50, 50)]);
  expect(piece(/^Table 7/)).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Add to the plan' }));
  await others([table(9, 50, 50)]);
  expect(piece(/^Table 7/)).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Take theirs instead' }));
  expect(plan().getAllByRole('button').map((button) => button.textContent?.trim().split(/\s/)[0])).toEqual(['9', 'Entrance']);
});

it.each([
  ['Rows', '0', 'Say how many rows'],
  ['In each row', '2.5', 'Say how many rows'],
  ['Chairs', '17', '1 to 16 chairs'],
  ['Rows', '', 'Say how many rows'],
])('%s of "%s" is refused with what to do', async (label, value, words) => {
  show([]);
  await fill(label, value);
  await fireEvent.click(screen.getByRole('button', { name: 'Add to the plan' }));
  expect(screen.getByRole('alert').textContent).toContain(words);
});
