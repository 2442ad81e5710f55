import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Afterwards } from '../../live/contract';
import TestPage from './TestPage.svelte';
import { afterwards, FakeServer, tablemate } from './testing';

const NOW = new Date(2026, 2, 14, 20, 30);
const REVEAL = new Date(2026, 2, 14, 21, 5);
const SHOWN = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' }).format(REVEAL);
const QUESTION = 'Would you like a longer talk in the next week?';
const PEOPLE = [tablemate('b', 'Bo'), tablemate('c', 'Cleo', { topic: 'Bread', table: 't3' }), tablemate('d', '<i>Dee</i>')];

let server: FakeServer;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  vi.stubGlobal('scrollTo', () => undefined);
  server = new FakeServer();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const pass = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);

async function show(changes: Partial<Afterwards> = {}, table?: string) {
  server.answer = afterwards({ tablemates: PEOPLE, reveal_at: REVEAL.toISOString(), ...changes });
  const shown = render(TestPage, { now: NOW.getTime(), table });
  await pass();
  return shown;
}

const row = (name: string) => within(screen.getByRole('group', { name }));
/** Whom I am asked about. */
const people = () => [...document.querySelectorAll('[role=group]')].map((group) => group.getAttribute('aria-label'));
const answerOf = (name: string) => row(name).getByRole('button', { name: /Yes$/ });
const pressed = () => screen.getAllByRole('button', { name: /Yes$/ }).map((button) => button.getAttribute('aria-pressed') === 'true');

async function tap(button: HTMLElement): Promise<void> {
  await fireEvent.click(button);
  await pass();
}

const more = (name: string) => tap(row(name).getByRole('button', { name: /^(More|Less)/ }));

test('everybody I sat with is asked about, nobody is picked beforehand, and names are letters', async () => {
  const { container } = await show();
  expect(screen.getByRole('heading', { level: 2, name: QUESTION })).toBeTruthy();
  expect([...container.querySelectorAll('.who')].map((text) => text.textContent!.trim())).toEqual(['Bo Jazz', 'Cleo Bread', '<i>Dee</i> Jazz']);
  expect(pressed()).toEqual([false, false, false]);
});

test('it is said that nobody learns of a yes that is not mutual, and when the others do', async () => {
  const { container } = await show();
  expect(container.querySelector('.private')!.textContent).toBe(
    `Nobody learns of it unless both of you say yes. Those who did are introduced at ${SHOWN}. Until then you can change your mind.`,
  );
});

test.each([
  ['while the evening goes on', null, 'Those who did are introduced an hour after the evening ends.'],
  ['past midnight', new Date(2026, 2, 15, 0, 20), 'Those who did are introduced tomorrow at'],
])('a reveal %s is announced as such', async (_, moment, words) => {
  const { container } = await show({ reveal_at: moment && moment.toISOString() });
  expect(container.querySelector('.private')!.textContent!.split('yes. ')[1]!.slice(0, words.length)).toBe(words);
});

test('after a round its own table is asked about, and whom I picked before can be taken back', async () => {
  const { container } = await show({ tablemates: PEOPLE.map((one) => ({ ...one, picked: one.id === 'c' })) }, 't7');
  expect(people()).toEqual(['Bo', '<i>Dee</i>', 'Cleo']);
  expect([...container.querySelectorAll('.who')].map((text) => text.textContent!.trim())).toEqual(['Bo', '<i>Dee</i>', 'Cleo Bread']);
  expect(screen.getByRole('heading', { name: 'You said yes earlier' })).toBeTruthy();
  await tap(answerOf('Cleo'));
  expect([server.written, screen.queryByRole('group', { name: 'Cleo' })]).toEqual([[['DELETE', 'picks/c', null]], null]);
});

test('one tap says yes, and what the other would read of me is said', async () => {
  await show();
  await tap(answerOf('Bo'));
  expect(pressed()).toEqual([true, false, false]);
  expect(row('Bo').getByText(/Saved/).textContent!.trim()).toBe('✓ Saved');
  expect(row('Bo').getByText(/they read your name only/)).toBeTruthy();
  expect(server.written).toEqual([['PUT', 'picks/b', { shares: [] }]]);
});

test('what I share is chosen field by field, and a field is typed once for all', async () => {
  await show();
  await tap(answerOf('Bo'));
  await more('Bo');
  expect(row('Bo').queryByLabelText('Phone')).toBeNull();
  await tap(row('Bo').getByRole('button', { name: 'Phone' }));
  await fireEvent.input(row('Bo').getByLabelText('Phone'), { target: { value: '555 0100' } });
  await fireEvent.change(row('Bo').getByLabelText('Phone'));
  await pass();
  await tap(row('Bo').getByRole('button', { name: 'E-mail' }));
  expect(server.written.slice(1)).toEqual([
    ['PUT', 'picks/b', { shares: ['phone'] }],
    ['PATCH', 'card', { phone: '555 0100' }],
    ['PUT', 'picks/b', { shares: ['email', 'phone'] }],
  ]);
  await more('Bo');
  expect(row('Bo').getByText('If Bo says yes too, they read your name and: E-mail, Phone.')).toBeTruthy();
  await tap(answerOf('Cleo'));
  await more('Cleo');
  await tap(row('Cleo').getByRole('button', { name: 'Phone' }));
  expect(row('Cleo').getByLabelText<HTMLInputElement>('Phone').value).toBe('555 0100');
});

test('whom I did not pick reads nothing, so nothing is to be chosen', async () => {
  await show();
  await more('Bo');
  expect(row('Bo').queryByText('Beside my name, Bo may read')).toBeNull();
});

test('with two picked, a third tap says to take one back first, and asks nothing of the server', async () => {
  await show();
  for (const name of ['Bo', 'Cleo', '<i>Dee</i>']) await tap(answerOf(name));
  const words = 'You have said yes to 2 people. Take one back first to say yes to another.';
  expect([row('<i>Dee</i>').getByText(words) !== null, pressed(), server.written.length]).toEqual([true, [true, true, false], 2]);
  await tap(answerOf('Bo'));
  expect(screen.queryByText(words)).toBeNull();
  await tap(answerOf('<i>Dee</i>'));
  expect(pressed()).toEqual([false, true, true]);
});

test('the server’s refusal is shown where it happened', async () => {
  await show();
  server.verdict = () => FakeServer.refused(409, 'enough_picks', 'You have picked 2 people.');
  await tap(answerOf('Bo'));
  expect([row('Bo').getByRole('alert').textContent!.trim(), pressed()]).toEqual(['You have picked 2 people.', [false, false, false]]);
});

test('without a connection a yes waits, and says so', async () => {
  await show();
  server.verdict = null;
  await tap(answerOf('Bo'));
  await pass(3000);
  expect(row('Bo').getByText('Not saved yet: no connection. We keep trying.')).toBeTruthy();
  server.verdict = FakeServer.taken;
  await pass(15_000);
  expect(row('Bo').getByText(/Saved/).textContent!.trim()).toBe('✓ Saved');
});

test('a note is mine alone, and kept', async () => {
  await show();
  await more('Cleo');
  await fireEvent.input(row('Cleo').getByLabelText('What we talked about'), { target: { value: 'sourdough' } });
  await fireEvent.change(row('Cleo').getByLabelText('What we talked about'));
  await pass();
  expect(server.written).toEqual([['PUT', 'notes/c', { text: 'sourdough' }]]);
});

const label = 'I promised Bo to…';

async function promise(text: string): Promise<void> {
  await fireEvent.input(row('Bo').getByLabelText(label), { target: { value: text } });
  await tap(row('Bo').getByRole('button', { name: 'Write it down' }));
}

function keepsPromise(): Response {
  const { text, due } = server.written.at(-1)![2] as { text: string; due: string };
  const made = { id: 'p', mine: true, with: { id: 'b', name: 'Bo' }, text, due, status: 'open', thanked: false };
  server.answer = { ...server.answer, promises: [made] };
  return new Response(JSON.stringify(made), { status: 201 });
}

test('a promise is due in a week unless said otherwise, and stands there once it is made', async () => {
  await show();
  await more('Bo');
  server.verdict = keepsPromise;
  await promise(' send the link ');
  expect(server.written).toEqual([['POST', 'promises', { to: 'b', text: 'send the link', due: '2026-03-21' }]]);
  expect([row('Bo').getByText(/^✓ send the link, by/) !== null, row('Bo').getByLabelText<HTMLInputElement>(label).value]).toEqual([true, '']);
});

test('a promise whose answer was lost is not made twice', async () => {
  await show();
  await more('Bo');
  server.verdict = () => {
    keepsPromise();
    throw new TypeError('Failed to fetch');
  };
  await promise('send the link');
  expect([row('Bo').getByLabelText<HTMLInputElement>(label).value, screen.queryByText(/No connection/)]).toEqual(['', null]);
});

test('a promise that was not made stays to be sent again', async () => {
  await show();
  await more('Bo');
  server.verdict = () => FakeServer.refused(400, 'invalid', 'Choose a day from today on.', 'due');
  await promise('send the link');
  expect(row('Bo').getByText('Choose a day from today on.')).toBeTruthy();
  expect(row('Bo').getByLabelText<HTMLInputElement>(label).value).toBe('send the link');
});

test('who shall not sit at my table is asked about once, is gone at once, and that can be taken back', async () => {
  await show();
  await more('Bo');
  await tap(row('Bo').getByRole('button', { name: 'Not at my table' }));
  expect([server.written, document.activeElement!.textContent!.trim()]).toEqual([[], 'Never mind']);
  await tap(row('Bo').getByRole('button', { name: 'Keep us apart' }));
  expect([screen.queryByRole('group', { name: 'Bo' }), screen.getByText('You and Bo are kept apart from now on.') !== null]).toEqual([null, true]);
  expect(document.activeElement!.textContent!.trim()).toBe('Take it back');
  await tap(screen.getByRole('button', { name: 'Take it back' }));
  expect([server.written.map(([method, path]) => `${method} ${path}`), screen.getByRole('group', { name: 'Bo' }) !== null]).toEqual([
    ['PUT blocks/b', 'DELETE blocks/b'],
    true,
  ]);
});

test('a table with nobody to ask about says so', async () => {
  await show({ tablemates: [] }, 't7');
  expect([screen.getByText('There is nobody to ask you about.') !== null, people()]).toEqual([true, []]);
});

test('a page that could not be read says so and is read by a tap', async () => {
  server.fetched.mockRejectedValueOnce(new TypeError('Failed to fetch'));
  await show();
  expect(screen.getByText('No connection to the event. Check your Wi-Fi or mobile data; then try again.')).toBeTruthy();
  await tap(screen.getByRole('button', { name: 'Try again' }));
  expect(pressed()).toEqual([false, false, false]);
});
