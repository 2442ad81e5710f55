import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeServer } from '../afterwards/testing';
import FollowUp from './FollowUp.svelte';
import { afterwards, ENDED, introduction, NOW, openAside, readPage } from './testing';

const OWN = '\n\nShall we look at that record shop of yours?';

let server: FakeServer;

beforeEach(() => {
  sessionStorage.clear();
  server = new FakeServer();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  Reflect.deleteProperty(navigator, 'clipboard');
  Reflect.deleteProperty(document, 'execCommand');
});

async function write(person = introduction()) {
  server.answer = afterwards({ introductions: [person] });
  const shown = render(FollowUp, { after: await readPage(), now: NOW, onmemory: () => undefined });
  await openAside('Write to Bo');
  return shown;
}

const letter = () => screen.getByLabelText<HTMLTextAreaElement>('Your letter');
const press = async (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const add = async (words: string) => fireEvent.input(letter(), { target: { value: letter().value + words } });
const clipboard = (writeText: (text: string) => Promise<void>) =>
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
/** From here on the page tells of a letter. */
function goesOut(channel: 'mail' | 'own' = 'mail'): void {
  server.answer = afterwards({ introductions: [introduction({ letter: { channel, sent_at: ENDED } })] });
}

test('a letter is begun for me, and how many words of my own are missing is counted', async () => {
  await write();
  expect(letter().value).toBe(introduction().draft);
  expect(screen.getByText('20 more letters of your own')).toBeTruthy();
  await add(' Shall we meet again?');
  expect(screen.getByText('4 more letters of your own')).toBeTruthy();
  await add(' Soon');
  expect(screen.getAllByText('Good, that is yours.').length).toBe(2);
});

test('the draft alone is not sent: it is said what is missing', async () => {
  await write();
  await press('Send it for me');
  expect(letter().getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByText('20 more letters of your own')).toBeTruthy();
  expect(server.written).toEqual([]);
});

test('a letter goes out through us and the page says when', async () => {
  await write();
  await add(OWN);
  goesOut();
  await press('Send it for me');
  expect(await screen.findByText(/Your letter went out on Sat, Mar 14/)).toBeTruthy();
  expect(server.written).toEqual([['POST', 'introductions/bo/letter', { channel: 'mail', text: introduction().draft + OWN }]]);
  await vi.waitFor(() => expect(screen.queryByLabelText('Your letter')).toBeNull());
  expect(screen.getByText('Write again')).toBeTruthy();
});

test('two taps send one letter', async () => {
  await write();
  await add(OWN);
  goesOut();
  await Promise.all([press('Send it for me'), press('Send it for me')]);
  expect(await screen.findByText(/went out/)).toBeTruthy();
  expect(server.written.length).toBe(1);
});

test.each([
  ['too_short', 400, 'Add a few words of your own: 3 more letters.'],
  ['same_again', 409, 'You have sent these very words already.'],
])('what the server does not take (%s) is said at the letter, which stays', async (code, status, message) => {
  await write();
  await add(OWN);
  server.verdict = () => FakeServer.refused(status, code, message, 'text');
  await press('Send it for me');
  expect(await screen.findByText(message)).toBeTruthy();
  expect([letter().getAttribute('aria-invalid'), letter().value]).toEqual(['true', introduction().draft + OWN]);
});

test.each([
  ['mail_down', 503, 'Your letter has not left. Try again in a few minutes.'],
  ['enough_letters', 409, 'You have sent them three letters from here.'],
])('what does not leave (%s) is said, and not pretended', async (code, status, message) => {
  await write();
  await add(OWN);
  server.verdict = () => FakeServer.refused(status, code, message);
  await press('Send it for me');
  expect(await screen.findByText(message)).toBeTruthy();
  expect(screen.queryByText(/went out/)).toBeNull();
});

test('without a connection the words are kept, also for a page that is opened anew', async () => {
  const { unmount } = await write();
  await add(OWN);
  server.verdict = null;
  await press('Send it for me');
  expect(await screen.findByText(/No connection to the event/)).toBeTruthy();
  unmount();
  await write();
  expect(letter().value).toBe(introduction().draft + OWN);
});

test('a letter whose answer was lost is known to have gone out, once it is tried again', async () => {
  await write();
  await add(OWN);
  server.verdict = null;
  await press('Send it for me');
  await screen.findByText(/No connection to the event/);
  goesOut();
  server.verdict = () => FakeServer.refused(409, 'same_again', 'You have sent these very words already.', 'text');
  await press('Send it for me');
  expect(await screen.findByText(/Your letter went out on Sat, Mar 14/)).toBeTruthy();
  await vi.waitFor(() => expect(screen.queryByLabelText('Your letter')).toBeNull());
});

test('with an address of theirs it opens in my own mail program, and that is written down', async () => {
  const opened = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  await write();
  await add(OWN);
  goesOut('own');
  await press('Open it in my mail program');
  const again = await screen.findByRole('link', { name: 'Open it once more' });
  expect(opened.mock.contexts).toEqual([again]);
  expect(again.getAttribute('href')!.slice(0, 56)).toBe('mailto:bo@example.org?subject=Our%20talk%20at%20Supper&b');
  expect(server.written.map(([, , body]) => (body as { channel: string }).channel)).toEqual(['own']);
});

test('without one it is copied, and without mail through us that is all', async () => {
  const copied = vi.fn(async (_: string) => undefined);
  clipboard(copied);
  await write(introduction({ contact: {}, reachable: false }));
  expect(screen.queryByRole('button', { name: /mail program|Send it/ })).toBeNull();
  await add(OWN);
  goesOut('own');
  await press('Copy it');
  expect(await screen.findByText(/You wrote on Sat, Mar 14/)).toBeTruthy();
  expect(copied).toHaveBeenCalledExactlyOnceWith(introduction().draft + OWN);
});

test('over plain http, where there is no clipboard to write to, what is selected is copied', async () => {
  const selected: string[] = [];
  document.execCommand = () => {
    const field = document.activeElement as HTMLTextAreaElement;
    return selected.push(field.value.slice(field.selectionStart, field.selectionEnd)) > 0;
  };
  await write();
  await add(OWN);
  goesOut('own');
  await press('Copy it');
  expect(await screen.findByText(/You wrote on Sat, Mar 14/)).toBeTruthy();
  expect(selected).toEqual([introduction().draft + OWN]);
});

test('a browser that does not copy is made up for by hand, and nothing is written down', async () => {
  clipboard(() => Promise.reject(new Error('no')));
  await write();
  await add(OWN);
  await press('Copy it');
  expect(await screen.findByText(/Select the words above/)).toBeTruthy();
  expect(server.written).toEqual([]);
});
