import { fireEvent, render, screen } from '@testing-library/svelte';
import { expect, it, vi } from 'vitest';
import { attendee } from '../fixtures';
import GuestFacts from './GuestFacts.svelte';

function show() {
  const [save, cancel] = [vi.fn(), vi.fn()];
  render(GuestFacts, { guest: attendee('Ada', { trade: 'Cook', needs: ['stay'], host: true }), busy: false, save, cancel });
  return { save, cancel };
}

const submit = () => fireEvent.submit(document.querySelector('form')!);

it('sends what was changed and nothing else, needs in their order', async () => {
  const { save } = show();
  await fireEvent.input(screen.getByLabelText('Trade'), { target: { value: 'Baker' } });
  await fireEvent.click(screen.getByLabelText('Reachable without steps'));
  await submit();
  expect(save.mock.calls).toEqual([[{ trade: 'Baker', needs: ['step_free', 'stay'] }]]);
});

it('a need can be taken away again', async () => {
  const { save } = show();
  await fireEvent.click(screen.getByLabelText('The same table all evening'));
  await submit();
  expect(save.mock.calls).toEqual([[{ needs: [] }]]);
});

it('nothing changed is nothing sent', async () => {
  const { save, cancel } = show();
  await fireEvent.click(screen.getByLabelText(/Hosts a table/));
  await fireEvent.click(screen.getByLabelText(/Hosts a table/));
  await submit();
  expect([save.mock.calls.length, cancel.mock.calls.length]).toEqual([0, 1]);
});
