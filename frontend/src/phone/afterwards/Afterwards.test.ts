import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Afterwards as Answer } from '../../live/contract';
import Afterwards from './Afterwards.svelte';

const NOW = new Date(2026, 2, 14, 20, 30);
const REVEAL = new Date(2026, 2, 14, 21, 5);
const SHOWN = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' }).format(REVEAL);

const fetched = vi.fn<typeof fetch>();
let answer: Answer;
/** What the server says to the next write; null: no connection. */
let verdict: (() => Response) | null;

const person = (id: string, name: string, topic = 'Jazz') => ({ id, name, topic, picked: false, contact: '' });
const taken = () => new Response(null, { status: 204 });
const refusal = (code: string, message: string) => new Response(JSON.stringify({ code, message }), { status: 409 });

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  answer = {
    limit: 2,
    reveal_at: REVEAL.toISOString(),
    revealed: false,
    tablemates: [person('b', 'Bo'), person('c', 'Cleo', 'Bread'), person('d', '<i>Dee</i>')],
    introductions: [],
  };
  verdict = taken;
  fetched.mockImplementation(async (_, init) => {
    if (init?.method === 'GET') return new Response(JSON.stringify(answer));
    if (verdict === null) throw new TypeError('Failed to fetch');
    return verdict();
  });
  vi.stubGlobal('fetch', fetched);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  fetched.mockReset();
});

const pass = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);

async function show() {
  const shown = render(Afterwards, { authorization: 'Ticket s3cret', now: NOW.getTime() });
  await pass();
  return shown;
}

const row = (name: string) => within(screen.getByRole('group', { name }));
const pressed = () => screen.getAllByRole('button').map((button) => button.getAttribute('aria-pressed') === 'true');
const line = (name: string) => row(name).getByLabelText('How they can reach me, if they pick me too');

async function tap(name: string): Promise<void> {
  await fireEvent.click(row(name).getByRole('button'));
  await pass();
}

const asked = () => fetched.mock.calls.filter(([, init]) => init!.method === 'GET').length;
const written = () =>
  fetched.mock.calls
    .filter(([, init]) => init!.method !== 'GET')
    .map(([path, init]) => [init!.method, path, init!.body ? JSON.parse(String(init!.body)) : null]);

test('everybody I sat with is asked about, and nobody is picked beforehand', async () => {
  const { container } = await show();
  expect(screen.getByRole('heading').textContent).toBe('Would you like a longer talk with someone in the next week?');
  expect([...container.querySelectorAll('li bdi')].map((text) => text.textContent)).toEqual([
    ...['Bo', 'Jazz'],
    ...['Cleo', 'Bread'],
    ...['<i>Dee</i>', 'Jazz'],
  ]);
  expect(pressed()).toEqual([false, false, false]);
  expect(fetched.mock.calls[0]![1]!.headers).toEqual({ Accept: 'application/json', Authorization: 'Ticket s3cret' });
});

test('it is said that nobody learns of a pick that is not mutual, and when the others do', async () => {
  const { container } = await show();
  expect(container.querySelector('.private')!.textContent).toBe(
    `Nobody learns of it unless both of you pick each other. Those who did are introduced at ${SHOWN}. Until then you can change your mind.`,
  );
});

test.each([
  ['while the evening goes on', null, 'Those who did are introduced an hour after the evening ends.'],
  ['past midnight', new Date(2026, 2, 15, 0, 20), 'Those who did are introduced tomorrow at'],
])('a reveal %s is announced as such', async (_, moment, words) => {
  answer.reveal_at = moment && moment.toISOString();
  const { container } = await show();
  expect(container.querySelector('.private')!.textContent!.split('other. ')[1]!.slice(0, words.length)).toBe(words);
});

test('a tap picks, a second one takes it back', async () => {
  await show();
  await tap('Bo');
  expect(pressed()).toEqual([true, false, false]);
  expect(row('Bo').getByText(/Saved/).textContent!.trim()).toBe('✓ Saved');
  await tap('Bo');
  expect(pressed()).toEqual([false, false, false]);
  expect(written()).toEqual([
    ['PUT', '/api/v1/me/picks/b', { contact: '' }],
    ['DELETE', '/api/v1/me/picks/b', null],
  ]);
});

test('how I can be reached is saved when I leave the line, once', async () => {
  await show();
  await tap('Bo');
  await fireEvent.input(line('Bo'), { target: { value: ' ada@example.org ' } });
  await fireEvent.change(line('Bo'));
  await pass(5000);
  expect(written().slice(1)).toEqual([['PUT', '/api/v1/me/picks/b', { contact: 'ada@example.org' }]]);
});

test('and after a rest', async () => {
  await show();
  await tap('Bo');
  for (const value of ['5', '55', '555']) await fireEvent.input(line('Bo'), { target: { value } });
  await pass(900);
  expect(written().length).toBe(1);
  await pass(200);
  expect(written().slice(1)).toEqual([['PUT', '/api/v1/me/picks/b', { contact: '555' }]]);
});

test('and when the page goes away in mid-word', async () => {
  const { unmount } = await show();
  await tap('Bo');
  await fireEvent.input(line('Bo'), { target: { value: '555' } });
  unmount();
  await pass();
  expect(written().slice(1)).toEqual([['PUT', '/api/v1/me/picks/b', { contact: '555' }]]);
});

test('taking a pick back in mid-word does not pick again', async () => {
  await show();
  await tap('Bo');
  await fireEvent.input(line('Bo'), { target: { value: '555' } });
  await tap('Bo');
  await pass(5000);
  expect(written().slice(1)).toEqual([['DELETE', '/api/v1/me/picks/b', null]]);
  expect(pressed()).toEqual([false, false, false]);
});

test('with two picked, a third tap says to take one back first, and asks nothing of the server', async () => {
  await show();
  await tap('Bo');
  await tap('Cleo');
  await tap('<i>Dee</i>');
  const words = 'You have picked 2 people. Take one back first to pick another.';
  expect(row('<i>Dee</i>').getByRole('status').textContent!.trim()).toBe(words);
  expect([pressed(), written().length]).toEqual([[true, true, false], 2]);
  await tap('Bo');
  expect(screen.queryByText(words)).toBeNull();
  await tap('<i>Dee</i>');
  expect(pressed()).toEqual([false, true, true]);
});

test('the server’s refusal is shown where it happened, and what it knows is shown again', async () => {
  await show();
  verdict = () => refusal('enough_picks', 'You have picked 2 people. Take one back to pick another.');
  answer.tablemates = [person('b', 'Bo'), { ...person('c', 'Cleo'), picked: true }, { ...person('d', '<i>Dee</i>'), picked: true }];
  await tap('Bo');
  await pass();
  expect(row('Bo').getByRole('alert').textContent!.trim()).toBe('You have picked 2 people. Take one back to pick another.');
  expect([pressed(), asked()]).toEqual([[false, true, true], 2]);
});

test('without a connection a pick waits, says so, and is sent later', async () => {
  await show();
  verdict = null;
  await tap('Bo');
  await pass(3000);
  expect(row('Bo').getByText('Not saved yet: no connection. We keep trying.')).toBeTruthy();
  expect(pressed()).toEqual([true, false, false]);
  fetched.mockClear();
  verdict = taken;
  await pass(15_000);
  expect(written()).toEqual([['PUT', '/api/v1/me/picks/b', { contact: '' }]]);
  expect(row('Bo').getByText(/Saved/).textContent!.trim()).toBe('✓ Saved');
});

test('who was taken back without a connection makes room before the next pick is sent', async () => {
  answer.tablemates = [person('b', 'Bo'), { ...person('c', 'Cleo'), picked: true }, { ...person('d', '<i>Dee</i>'), picked: true }];
  await show();
  verdict = null;
  await tap('Cleo');
  await tap('Bo');
  fetched.mockClear();
  verdict = taken;
  await pass(15_000);
  expect(written().slice(-2).map(([method, path]) => [method, path])).toEqual([
    ['DELETE', '/api/v1/me/picks/c'],
    ['PUT', '/api/v1/me/picks/b'],
  ]);
});

test('an answer that was under way while I picked does not undo the pick', async () => {
  await show();
  let arrive: (response: Response) => void = () => undefined;
  fetched.mockImplementationOnce(() => new Promise((done) => (arrive = done)));
  document.dispatchEvent(new Event('visibilitychange'));
  const before = JSON.stringify(answer);
  await tap('Bo');
  arrive(new Response(before));
  await pass();
  expect(pressed()).toEqual([true, false, false]);
});

test('a page that is looked at again is read again', async () => {
  await show();
  answer.tablemates = [person('b', 'Bo')];
  document.dispatchEvent(new Event('visibilitychange'));
  await pass();
  expect([asked(), pressed()]).toEqual([2, [false]]);
});

test('a page that could not be read says so and is read by a tap', async () => {
  fetched.mockRejectedValueOnce(new TypeError('Failed to fetch'));
  await show();
  const words = 'No connection to the event. Check your Wi-Fi or mobile data; then try again.';
  expect(screen.getByText(words)).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await pass();
  expect(pressed()).toEqual([false, false, false]);
});

test('and also by itself', async () => {
  fetched.mockRejectedValueOnce(new TypeError('Failed to fetch'));
  await show();
  await pass(1000);
  expect(pressed()).toEqual([false, false, false]);
});

test('at the reveal the page is read again and those who picked each other are introduced, in letters only', async () => {
  const { container } = await show();
  const reveal = REVEAL.getTime() - NOW.getTime();
  await pass(reveal - 1);
  expect(asked()).toBe(1);
  answer = { ...answer, revealed: true };
  answer.introductions = [
    { name: 'Bo <b>Diddley</b>', contact: 'https://example.org or bo@example.org' },
    { name: 'Cleo Laine', contact: '' },
  ];
  await pass(5000);
  expect(screen.getAllByRole('heading').map((heading) => heading.textContent)).toEqual([
    'You picked each other',
    'Bo <b>Diddley</b>',
    'Cleo Laine',
  ]);
  expect(container.querySelector('.contact')!.textContent).toBe('https://example.org or bo@example.org');
  expect(screen.getByText('They left no way to reach them. If you left yours, they can write to you.')).toBeTruthy();
  expect(container.querySelectorAll('a, b, button, input').length).toBe(0);
  await pass(3_600_000);
  expect(asked()).toBe(2);
});

test('a server whose clock is behind is asked again at the reveal', async () => {
  const { rerender } = await show();
  await rerender({ now: REVEAL.getTime() });
  await pass(REVEAL.getTime() - NOW.getTime() + 5000);
  answer = { ...answer, revealed: true };
  await pass(15_000);
  expect(screen.getByRole('heading').textContent).toBe('No introductions this time');
});

test('who is introduced to nobody reads a kind word, and the list is closed', async () => {
  answer = { ...answer, revealed: true, tablemates: [{ ...person('b', 'Bo'), picked: true }] };
  await show();
  expect(screen.getByRole('heading').textContent).toBe('No introductions this time');
  expect(screen.getByText('The list is closed, and picks that were not mutual stay private.')).toBeTruthy();
  expect([screen.queryAllByRole('button'), screen.queryByText('Bo')]).toEqual([[], null]);
});

test.each([false, true])('who has sat with nobody is asked nothing (revealed: %s)', async (revealed) => {
  answer = { ...answer, revealed, tablemates: [] };
  await show();
  expect(screen.getByText('You have not sat at a table this evening.')).toBeTruthy();
  expect(screen.queryAllByRole('button')).toEqual([]);
});
