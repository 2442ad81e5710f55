import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ConsoleState } from '../../live/contract';
import { evening as room } from '../fixtures';
import { giveDialogsMethods, server } from '../testing';
import DeleteEvent from './DeleteEvent.svelte';

const PATH = '/api/v1/events/e1';

beforeEach(giveDialogsMethods);
afterEach(() => void vi.unstubAllGlobals());

function show(answer: { status: number; body?: object } = { status: 204 }, changes: Partial<ConsoleState['event']> = { phase: 'ended' }) {
  const deleted = vi.fn();
  render(DeleteEvent, { event: { ...room().event, ...changes }, deleted });
  const asked = server({ [PATH]: answer });
  return { asked, deleted };
}

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

async function type(title: string) {
  await press('Delete the event …');
  await fireEvent.input(screen.getByLabelText('To confirm, type “Autumn dinner”'), { target: { value: title } });
  await press('Delete for ever');
}

it('goes only when its name has been typed', async () => {
  const { asked, deleted } = show();
  await type('Spring dinner');
  expect(screen.getByText('The event is called “Autumn dinner”.')).toBeTruthy();
  await fireEvent.input(screen.getByRole('textbox'), { target: { value: ' Autumn  dinner ' } });
  expect(asked).toEqual([]);
  await press('Delete for ever');
  await waitFor(() => expect(deleted).toHaveBeenCalledExactlyOnceWith('Autumn dinner'));
  expect(asked.map(({ path }) => path)).toEqual([PATH]);
});

it('what stays is told: of a series the figures and people’s own memory, else nothing', async () => {
  show(undefined, { phase: 'planned', series: 'Suppers' });
  await press('Delete the event …');
  expect(screen.getByText(/^The figures of the evening, without a name/)).toBeTruthy();
});

it('while the doors are open there is no way to it', () => {
  show(undefined, { phase: 'open' });
  expect(screen.queryByRole('button', { name: 'Delete the event …' })).toBe(null);
  expect(screen.getByText(/^The doors are open\. End the evening first/)).toBeTruthy();
});

it('a refusal is said, and nothing is lost', async () => {
  const { deleted } = show({ status: 409, body: { code: 'event_open', message: 'End the evening first.' } });
  await type('Autumn dinner');
  expect((await screen.findByRole('alert')).textContent!.trim()).toBe('End the evening first.');
  expect(deleted).not.toHaveBeenCalled();
});
