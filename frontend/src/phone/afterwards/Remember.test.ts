import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Memory } from '../../live/contract';
import Remember from './Remember.svelte';
import { FakeServer } from './testing';

const MEMORY: Memory = {
  series: 'Suppers',
  remembered: false,
  askable: false,
  mix: { new: 0, met: 0, dormant: 0, admired: 0 },
  admires: [],
  ties: [],
  evenings: [],
  worth: { yes: 0, of: 0 },
};
const KNOWN: Memory = { ...MEMORY, remembered: true, mix: { ...MEMORY.mix, dormant: 1 }, admires: ['Grace Hopper'] };

let server: FakeServer;

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const pass = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);

async function show(memory = MEMORY, earlier: string[] = []): Promise<void> {
  server.answer = memory;
  render(Remember, { authorization: 'Ticket s3cret', series: 'Suppers', earlier });
  await pass();
  await unfold();
}

/** What is folded away. */
async function unfold(): Promise<void> {
  for (const summary of document.querySelectorAll('summary')) await fireEvent.click(summary);
  await pass();
}

async function tap(name: string | RegExp): Promise<void> {
  await fireEvent.click(screen.getByRole('button', { name }));
  await pass();
}

test('nobody is remembered unasked: it is said what, for what and who sees it, before a yes', async () => {
  await show();
  expect(screen.getByRole('heading', { name: 'Remember me across Suppers' })).toBeTruthy();
  expect(screen.getAllByRole('listitem').length).toBe(3);
  expect(screen.getByText(/The organisers do not see it\.$/)).toBeTruthy();
  expect([server.written, screen.queryByRole('radio')]).toEqual([[], null]);
});

test('a yes shows the tickets of earlier evenings that this phone holds, and then one may choose', async () => {
  await show(MEMORY, ['older', 'oldest']);
  server.verdict = () => new Response(JSON.stringify(KNOWN), { status: 201 });
  await tap('Yes, remember me');
  expect(server.written).toEqual([['POST', 'memory', { earlier: ['older', 'oldest'] }]]);
  await unfold();
  expect([screen.getByText('✓ Suppers remembers you') !== null, screen.getAllByRole('radio').length]).toEqual([true, 12]);
});

test('a yes without a connection says so and is not pretended', async () => {
  await show();
  server.verdict = null;
  await tap('Yes, remember me');
  expect([screen.getByText(/^No connection/) !== null, screen.queryByText(/remembers you/)]).toEqual([true, null]);
});

test('what I would like at my tables is chosen for each kind of people and saved', async () => {
  await show(KNOWN);
  const dormant = within(screen.getByRole('group', { name: 'people I know well and have not seen for long' }));
  expect(dormant.getAllByRole<HTMLInputElement>('radio').map(({ checked }) => checked)).toEqual([false, false, true]);
  await fireEvent.click(within(screen.getByRole('group', { name: 'people I have not met' })).getByLabelText('rather not'));
  await fireEvent.click(screen.getByLabelText(/Others may ask to learn from me/));
  await pass();
  expect(server.written).toEqual([
    ['PATCH', 'memory', { mix: { new: -1, met: 0, dormant: 1, admired: 0 } }],
    ['PATCH', 'memory', { askable: true }],
  ]);
  expect(screen.getByText('✓ Saved')).toBeTruthy();
});

test('three names at most of whom I would like to learn from, each taken away by a tap', async () => {
  await show(KNOWN);
  for (const name of [' Ada  Lovelace ', 'Bo']) {
    await fireEvent.input(screen.getByLabelText('I would like to learn from…'), { target: { value: name } });
    await tap('Add');
  }
  expect(server.written.map(([, , body]) => body)).toEqual([
    { admires: ['Grace Hopper', 'Ada Lovelace'] },
    { admires: ['Grace Hopper', 'Ada Lovelace', 'Bo'] },
  ]);
  await fireEvent.input(screen.getByLabelText('I would like to learn from…'), { target: { value: 'Cleo' } });
  expect([screen.getByText(/^Three are plenty/) !== null, screen.getByRole<HTMLButtonElement>('button', { name: 'Add' }).disabled]).toEqual([true, true]);
  await tap(/Grace Hopper/);
  expect(server.written.at(-1)).toEqual(['PATCH', 'memory', { admires: ['Ada Lovelace', 'Bo'] }]);
});

test('all of it is forgotten after one question', async () => {
  await show(KNOWN);
  await tap('Forget me');
  expect(server.written).toEqual([]);
  server.answer = MEMORY;
  await tap('Yes, forget me');
  expect([server.written, screen.getByRole('button', { name: 'Yes, remember me' }) !== null]).toEqual([[['DELETE', 'memory', null]], true]);
});

test('what cannot be read is read again by a tap', async () => {
  server.fetched.mockRejectedValueOnce(new TypeError('Failed to fetch'));
  await show();
  await tap('Try again');
  expect(screen.getByRole('button', { name: 'Yes, remember me' })).toBeTruthy();
});
