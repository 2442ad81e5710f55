import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Afterwards } from '../../live/contract';
import TestPage from './TestPage.svelte';
import { afterwards, FakeServer, tablemate } from './testing';

type Table = Afterwards['tables'][number];

let server: FakeServer;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-03-14T20:30:00.000Z') });
  server = new FakeServer();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const TABLE: Table = { id: 't7', round: 'r1', number: 7, topic: 'Jazz', flags: [], words: '', named: false };

async function show(tables: Table[] = [TABLE]) {
  server.answer = afterwards({ tables, tablemates: [tablemate('b', 'Bo')] });
  render(TestPage, { now: Date.now() });
  await pass();
  for (const summary of document.querySelectorAll('summary')) await fireEvent.click(summary);
  await pass();
}

const pass = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);
const button = (name: string) => screen.getByRole('button', { name });
const pressed = (name: string) => button(name).getAttribute('aria-pressed') === 'true';

async function tap(name: string): Promise<void> {
  await fireEvent.click(button(name));
  await pass();
}

test('how a table felt is told with one tap, and taken back with another', async () => {
  await show();
  expect(screen.getByText(/only when three people or more say so, and never from whom/)).toBeTruthy();
  await tap('I felt pitched at');
  await tap('One voice took over');
  expect([pressed('I felt pitched at'), pressed('One voice took over'), pressed('I felt unsafe')]).toEqual([true, true, false]);
  await tap('I felt pitched at');
  expect(server.written).toEqual([
    ['PUT', 'tables/t7/flags', { flags: ['pitched'] }],
    ['PUT', 'tables/t7/flags', { flags: ['pitched', 'one_voice'] }],
    ['PUT', 'tables/t7/flags', { flags: ['one_voice'] }],
  ]);
});

test('an alarm is not raised by a slip of the finger: it is said who reads it, and then sent with words and without a name', async () => {
  await show();
  await tap('I felt unsafe');
  expect([server.written, screen.getByText(/^The organiser reads this at once/) !== null]).toEqual([[], true]);
  await fireEvent.input(screen.getByLabelText('What should they know?'), { target: { value: ' He shouts. ' } });
  await tap('Tell the organiser now');
  expect(server.written).toEqual([['PUT', 'tables/t7/flags', { flags: ['unsafe'], words: 'He shouts.', named: false }]]);
  expect([pressed('I felt unsafe'), screen.getByText(/^✓ The organiser has been told/) !== null]).toEqual([true, true]);
  expect(document.activeElement).toBe(button('I felt unsafe'));
});

test('a name goes with it only where one says so', async () => {
  await show();
  await tap('I felt unsafe');
  await fireEvent.click(screen.getByLabelText(/Tell them my name/));
  await tap('Tell the organiser now');
  expect(server.written).toEqual([['PUT', 'tables/t7/flags', { flags: ['unsafe'], words: '', named: true }]]);
});

test('it is not said to be told before it is', async () => {
  await show();
  server.verdict = null;
  await tap('I felt unsafe');
  await tap('Tell the organiser now');
  await pass(3000);
  expect([screen.queryByText(/has been told/), screen.getByText('Not saved yet: no connection. We keep trying.') !== null]).toEqual([null, true]);
});

test('what was told can be told again in other words, or taken back', async () => {
  await show([{ ...TABLE, flags: ['one_voice', 'unsafe'], words: 'He shouts.', named: true }]);
  await tap('I felt unsafe');
  expect(screen.getByLabelText<HTMLTextAreaElement>('What should they know?').value).toBe('He shouts.');
  await fireEvent.input(screen.getByLabelText('What should they know?'), { target: { value: 'He stopped.' } });
  await tap('Tell the organiser again');
  await tap('I felt unsafe');
  await tap('Take it back');
  expect(server.written).toEqual([
    ['PUT', 'tables/t7/flags', { flags: ['one_voice', 'unsafe'], words: 'He stopped.', named: true }],
    ['PUT', 'tables/t7/flags', { flags: ['one_voice'] }],
  ]);
});

test('several tables are told apart', async () => {
  await show([TABLE, { ...TABLE, id: 't3', number: 3, topic: 'Bread' }]);
  expect([...document.querySelectorAll('summary')].map((summary) => summary.textContent!.replace(/^\W+/, ''))).toEqual([
    'How did table 7 feel? Jazz',
    'How did table 3 feel? Bread',
  ]);
});

test('once it is too late it says so', async () => {
  await show();
  server.verdict = () => FakeServer.refused(409, 'window_over', 'This was open for two days after the evening.');
  await tap('I felt pitched at');
  expect([screen.getByText('This was open for two days after the evening.') !== null, pressed('I felt pitched at')]).toEqual([true, false]);
});
