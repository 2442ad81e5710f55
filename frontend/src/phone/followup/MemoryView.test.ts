import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Memory } from '../../live/contract';
import { FakeServer } from '../afterwards/testing';
import MemoryView from './MemoryView.svelte';
import { memory, openAside, tie } from './testing';

let server: FakeServer;

beforeEach(() => {
  server = new FakeServer();
  vi.stubGlobal('scrollTo', () => undefined);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

async function show(changes: Partial<Memory> = {}) {
  server.answer = memory(changes);
  const onback = vi.fn();
  render(MemoryView, { event: 'Supper', series: 'Suppers', name: 'Ada', secret: 's3cret', onback });
  await screen.findByRole('heading', { name: 'Remember me across Suppers' });
  await vi.waitFor(() => expect(screen.queryByText('One moment…')).toBeNull());
  return onback;
}

const lines = (name: string) =>
  [...screen.getByRole('heading', { name }).parentElement!.querySelectorAll(':scope > p')].map((line) => line.textContent);
const press = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }));

test('of somebody who has not said yes nothing is remembered, and it is said what would be', async () => {
  await show({ remembered: false });
  expect(screen.getAllByRole('heading').map(({ textContent }) => textContent)).toEqual([
    'What Suppers remembers of you',
    'Remember me across Suppers',
  ]);
  expect(screen.getByRole('button', { name: 'Yes, remember me' })).toBeTruthy();
});

test('each tie says how well we know each other and since when', async () => {
  await show({
    ties: [
      tie('t1'),
      tie('t2', { name: 'Grace Hopper', kind: 'dormant', times: 3, introduced: true, helped: 1, fading: true }),
    ],
  });
  expect(lines('Bo Diddley')).toEqual(['You have met', 'You sat together on Mar 14, 2026.']);
  expect(lines('Grace Hopper')).toEqual([
    'You knew each other well',
    'You sat together 3 times between Nov 2, 2025 and Mar 14, 2026.',
    'You were introduced.',
    'They helped you 1 time.',
    'You have not heard of each other for a while. A short hello would do.',
  ]);
});

test('what is remembered wrongly is corrected, and only that is sent', async () => {
  await show({ ties: [tie('t1')] });
  await openAside('Correct or delete');
  await fireEvent.input(screen.getByLabelText('How often we sat together'), { target: { value: '4' } });
  await fireEvent.input(screen.getByLabelText('First time'), { target: { value: '2024-05-01' } });
  server.verdict = () => new Response(JSON.stringify(tie('t1', { times: 4, first_met: '2024-05-01T12:00:00.000Z' })));
  await press('Save');
  expect(await screen.findByText('You sat together 4 times between May 1, 2024 and Mar 14, 2026.')).toBeTruthy();
  expect(server.written).toEqual([['PATCH', 'memory/ties/t1', { times: 4, first_met: '2024-05-01' }]]);
});

test('a correction that makes no sense is refused in the server’s words', async () => {
  await show({ ties: [tie('t1')] });
  await openAside('Correct or delete');
  await fireEvent.input(screen.getByLabelText('Last time'), { target: { value: '2020-01-01' } });
  server.verdict = () => FakeServer.refused(400, 'invalid', 'The last time cannot be before the first.');
  await press('Save');
  expect(await screen.findByText('The last time cannot be before the first.')).toBeTruthy();
});

test('a tie is deleted after one question, which may also be answered with no', async () => {
  await show({ ties: [tie('t1'), tie('t2', { name: 'Grace Hopper' })] });
  await fireEvent.click(screen.getAllByText('Correct or delete')[0]!);
  await press('Delete this');
  expect(document.activeElement!.textContent).toBe('Never mind');
  await press('Never mind');
  await press('Delete this');
  await press('Yes, delete it');
  await vi.waitFor(() => expect(screen.queryByText('Bo Diddley')).toBeNull());
  expect(server.written).toEqual([['DELETE', 'memory/ties/t1', null]]);
  expect(screen.getByText('Grace Hopper')).toBeTruthy();
});

test('each evening says with whom I sat, and all of them how many were worth it', async () => {
  await show({
    worth: { yes: 1, of: 2 },
    evenings: [
      { id: 'e1', title: 'Supper in May', at: '2025-05-02T18:00:00.000Z', mix: { new: 3, met: 1 }, worth: true },
      { id: 'e2', title: 'Supper in June', at: '2025-06-02T18:00:00.000Z', mix: {}, worth: false },
    ],
  });
  expect(screen.getByText('Worth your time: 1 of 2')).toBeTruthy();
  expect(lines('Supper in May')).toEqual(['May 2, 2025', 'You sat with 3 new people and 1 you had met.', 'Worth your time']);
  expect(lines('Supper in June')).toEqual(['Jun 2, 2025', 'Not worth your time']);
});

test('all of it is forgotten after one question', async () => {
  await show({ ties: [tie('t1')] });
  await press('Forget me');
  server.answer = memory({ remembered: false });
  await press('Yes, forget me');
  await vi.waitFor(() => expect(screen.queryByText('Bo Diddley')).toBeNull());
  expect(server.written).toEqual([['DELETE', 'memory', null]]);
});

test('the way back is at the thumb', async () => {
  const onback = await show();
  await fireEvent.click(within(document.querySelector('footer')!).getByRole('button', { name: 'Back' }));
  expect(onback).toHaveBeenCalledOnce();
});
