import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Afterwards } from '../../live/contract';
import { FakeServer, tablemate } from '../afterwards/testing';
import FollowUp from './FollowUp.svelte';
import { afterwards, ENDED, introduction, NOW, openAside, promise, readPage } from './testing';

const DAY = 86_400_000;
const WRITTEN = { channel: 'mail' as const, sent_at: ENDED };

let server: FakeServer;

beforeEach(() => {
  server = new FakeServer();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function show(changes: Partial<Afterwards> = {}, now = NOW) {
  server.answer = afterwards(changes);
  const onmemory = vi.fn();
  const shown = render(FollowUp, { after: await readPage(), now, onmemory });
  return { ...shown, onmemory };
}

const headings = (level = 2) => screen.getAllByRole('heading', { level }).map(({ textContent }) => textContent);
const press = async (name: string | RegExp) => fireEvent.click(await screen.findByRole('button', { name }));
const article = (name: string) => within(screen.getByRole('article', { name }));

test('before the reveal it asks whom one would like to talk with longer, and tells of nobody', async () => {
  await show({ revealed: false, introductions: [] });
  expect(headings()).toEqual(['Would you like a longer talk in the next week?', 'Was it worth your time?']);
});

test('who sat with nobody is asked nothing of that kind', async () => {
  await show({ revealed: false, introductions: [], tablemates: [], tables: [] });
  expect(screen.getByText('You have not sat at a table this evening.')).toBeTruthy();
  expect(headings()).toEqual(['Was it worth your time?']);
});

test('an introduction tells who it is, where we met and what they share', async () => {
  await show();
  expect([...document.querySelectorAll('dl div')].map((row) => row.textContent.trim().replace(/\s+/g, ' '))).toEqual([
    'E-mail bo@example.org',
    'Phone +1 (555) 01 00',
    'Link https://bo.example',
    'They say Call after six',
  ]);
  expect(article('Bo Diddley').getByText('You picked each other.')).toBeTruthy();
  expect([...document.querySelectorAll('dl a')].map((link) => link.getAttribute('href'))).toEqual([
    'mailto:bo@example.org',
    'tel:+15550100',
    'https://bo.example',
  ]);
});

test('what is no address is no link', async () => {
  await show({ introductions: [introduction({ contact: { link: 'javascript:alert(1)', phone: 'ask me', words: 'https://x.example' } })] });
  expect(document.querySelectorAll('dl a').length).toBe(0);
});

test.each([
  [null, 'You picked each other.'],
  ['Dee B.', 'Dee B. brought you together.'],
  ['', 'A host brought you together.'],
])('of an introduction by %j it is said so', async (via, words) => {
  await show({ introductions: [introduction({ via })] });
  expect(screen.getByText(words)).toBeTruthy();
});

test('who shares nothing is reached by a letter, where one arrives', async () => {
  await show({
    introductions: [introduction({ contact: {} }), introduction({ id: 'cleo', name: 'Cleo Laine', first_name: 'Cleo', contact: {}, reachable: false })],
  });
  expect(article('Bo Diddley').getByText(/A letter through us still arrives/)).toBeTruthy();
  expect(article('Cleo Laine').getByText(/If you shared yours, they can write to you/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Save to my contacts' })).toBeNull();
});

test.each([
  [NOW, /^A few words are best while the talk is fresh: write until Sunday/],
  [NOW + DAY, /^Good talks keep for another day: write until Monday/],
  [NOW + 2 * DAY, /^It is never too late/],
])('until when one writes is said in words (%i)', async (now, words) => {
  await show({}, now);
  expect(screen.getByText(words)).toBeTruthy();
});

test('with nothing left to do the page says so and hurries nobody', async () => {
  await show({ introductions: [introduction({ letter: WRITTEN })], promises: [promise('p', { status: 'done' })] });
  expect(screen.getByText('There is nothing left to do. Enjoy what grows.')).toBeTruthy();
  expect(screen.queryByText(/write until/)).toBeNull();
});

test('who is introduced to nobody reads a kind word', async () => {
  await show({ introductions: [] });
  expect(headings()).toEqual(['No introductions this time', 'Was it worth your time?']);
});

test('a promise of mine is done, let go, or moved to another day', async () => {
  await show({ promises: [promise('p1'), promise('p2', { text: 'Ask Ines', due: '2026-03-14' })] });
  const [ines, record] = screen.getAllByRole('listitem').filter((item) => /Ines|record/.test(item.textContent));
  expect([ines!.textContent.includes('To Bo · today'), record!.textContent.includes('To Bo · by Sat')]).toEqual([true, true]);
  await fireEvent.change(within(record!).getByLabelText('By'), { target: { value: '2026-04-01' } });
  await fireEvent.click(within(ines!).getByRole('button', { name: 'Done' }));
  await vi.waitFor(() =>
    expect(server.written).toEqual([
      ['PATCH', 'promises/p1', { due: '2026-04-01' }],
      ['PATCH', 'promises/p2', { status: 'done' }],
    ]),
  );
  expect(screen.getAllByText(/^To Bo/).map(({ textContent }) => textContent)).toEqual(['To Bo · by Wed, Apr 1', 'To Bo · done']);
});

test('what was settled by mistake is opened again, until the other has thanked', async () => {
  await show({ promises: [promise('p1', { status: 'dropped' }), promise('p2', { status: 'done', thanked: true })] });
  expect(screen.getByText('To Bo · Bo says that it helped')).toBeTruthy();
  await press('It is still open');
  await vi.waitFor(() => expect(server.written).toEqual([['PATCH', 'promises/p1', { status: 'open' }]]));
  expect(screen.queryByRole('button', { name: 'It is still open' })).toBeNull();
});

test('for a promise to me that was kept one says thank you, once', async () => {
  await show({ promises: [promise('p1', { mine: false, status: 'done' }), promise('p2', { mine: false })] });
  await press('That helped, thank you');
  await vi.waitFor(() => expect(server.written).toEqual([['POST', 'promises/p1/thank', null]]));
  expect(screen.getByText('Bo · you said that it helped')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /thank/ })).toBeNull();
});

test('who would like to meet me is answered with what I share', async () => {
  await show({ requests: { pass_on: [], meet: [{ id: 'q1', asker: 'Fay W.', via: 'Dee B.' }], own: [] } });
  expect(screen.getByRole('heading', { level: 3, name: 'Fay W. would like to meet you' })).toBeTruthy();
  await press(/E-mail/);
  server.answer = afterwards();
  await press('Introduce us');
  await vi.waitFor(() => expect(screen.queryByText(/would like to meet you/)).toBeNull());
  expect(server.written).toEqual([['POST', 'requests/q1', { yes: true, shares: ['email'] }]]);
});

test('whether two people whom I know are brought together is mine to say', async () => {
  await show({ requests: { pass_on: [{ id: 'q2', asker: 'Gus G.', target: 'Bo D.' }], meet: [], own: [] } });
  server.answer = afterwards();
  await press('Rather not');
  await vi.waitFor(() => expect(screen.queryByText('Gus G. would like to meet Bo D.')).toBeNull());
  expect(screen.queryByText('You are asked')).toBeNull();
  expect(server.written).toEqual([['POST', 'requests/q2', { yes: false }]]);
});

test('an answer that does not get through is said where it was given, and may be given again', async () => {
  await show({ requests: { pass_on: [{ id: 'q2', asker: 'Gus G.', target: 'Bo D.' }], meet: [], own: [] } });
  server.verdict = null;
  await press('Yes, ask them');
  expect(await screen.findByText(/No connection to the event/)).toBeTruthy();
  server.verdict = FakeServer.taken;
  await press('Yes, ask them');
  await vi.waitFor(() => expect(screen.queryByText(/No connection to the event/)).toBeNull());
  expect(server.written.length).toBe(2);
});

test('somebody I would like to meet is asked for by name; what I share is asked once there is one', async () => {
  await show();
  await openAside('Introduce me to somebody');
  await press('Ask for me');
  expect(screen.getByText('Write a name first.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /Phone/ })).toBeNull();
  await fireEvent.input(screen.getByLabelText('Their name'), { target: { value: ' Grace Hopper ' } });
  await press(/Phone/);
  server.answer = afterwards({ requests: { pass_on: [], meet: [], own: [{ id: 'q3', name: 'Grace Hopper', introduced: false }] } });
  await press('Ask for me');
  expect(await screen.findByText(/We see what we can do/)).toBeTruthy();
  expect(server.written).toEqual([['POST', 'requests', { name: 'Grace Hopper', shares: ['phone'] }]]);
  await press('Take it back: Grace Hopper');
  await vi.waitFor(() => expect(server.written.at(-1)).toEqual(['DELETE', 'requests/q3', null]));
});

test('a fourth request is refused in the server’s words, and what was typed stays', async () => {
  await show();
  await openAside('Introduce me to somebody');
  await fireEvent.input(screen.getByLabelText('Their name'), { target: { value: 'Grace' } });
  server.verdict = () => FakeServer.refused(409, 'enough_requests', 'Three are under way already.');
  await press('Ask for me');
  expect(await screen.findByText('Three are under way already.')).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>('Their name').value).toBe('Grace');
});

test('two days after the evening nobody is asked any more, and what was asked is still shown', async () => {
  await show({ requests: { pass_on: [], meet: [], own: [{ id: 'q3', name: 'Grace', introduced: true }] } }, NOW + 2 * DAY);
  await openAside('Introduce me to somebody');
  expect(screen.getByText('introduced')).toBeTruthy();
  expect(screen.queryByLabelText('Their name')).toBeNull();
});

test('whom I knew before comes first among those I sat with, and whoever was introduced stands above only', async () => {
  await show({ tablemates: [tablemate('bo', 'Bo'), tablemate('cleo', 'Cleo'), tablemate('dee', 'Dee', { known: true })] });
  await openAside('People you sat with');
  expect([...document.querySelectorAll('.more li summary')].map((row) => row.textContent)).toEqual(['Dee', 'Cleo']);
  await openAside('Dee');
  expect(screen.getByText('You knew each other before. A word from you keeps it warm.')).toBeTruthy();
});

test('a note to oneself is kept', async () => {
  await show();
  await openAside('People you sat with');
  await openAside('Cleo');
  await fireEvent.input(screen.getByLabelText('What we talked about'), { target: { value: 'Bees' } });
  await fireEvent.change(screen.getByLabelText('What we talked about'));
  await vi.waitFor(() => expect(server.written).toEqual([['PUT', 'notes/cleo', { text: 'Bees' }]]));
});

test('who is kept apart is gone at once and can be allowed again', async () => {
  await show();
  await openAside('A note or a promise');
  await press('Not at my table');
  await press('Keep us apart');
  await vi.waitFor(() => expect(server.written).toEqual([['PUT', 'blocks/bo', null]]));
  expect(screen.queryByText('Bo Diddley')).toBeNull();
  expect(document.activeElement!.textContent).toContain('You and Bo are kept apart from now on.');
  await openAside('People you keep away from');
  await press('Allow again: Bo');
  await vi.waitFor(() => expect(server.written.at(-1)).toEqual(['DELETE', 'blocks/bo', null]));
  expect(await screen.findByText('Bo Diddley')).toBeTruthy();
});

test('whether it was worth my time is said, changed and taken back', async () => {
  await show();
  const answers = () => ['Yes', 'Not really'].map((name) => screen.getByRole('button', { name }).getAttribute('aria-pressed'));
  await press('Yes');
  expect(answers()).toEqual(['true', 'false']);
  await press('Not really');
  expect(answers()).toEqual(['false', 'true']);
  await press('Not really');
  expect(answers()).toEqual(['false', 'false']);
  await vi.waitFor(() => expect(server.written.at(-1)).toEqual(['PUT', 'worth', { worth: null }]));
});

test('to be left alone takes one tap, and one to undo it', async () => {
  await show();
  await press('Leave me alone');
  expect(screen.getByText('You are left alone: no reminders, and no mail through us.')).toBeTruthy();
  await press('Do write to me again');
  await vi.waitFor(() => expect(server.written.at(-1)).toEqual(['PUT', 'quiet', { on: false }]));
});

test('how a table felt can be said until two days after the evening', async () => {
  const { rerender } = await show();
  expect(screen.getByText('How did the table feel?')).toBeTruthy();
  await rerender({ now: NOW + 2 * DAY });
  expect(screen.queryByText('How did the table feel?')).toBeNull();
});

test('only an event of a series has a memory to look at', async () => {
  const { onmemory } = await show({ event: { ...afterwards().event, series: 'Suppers' } });
  await press('What Suppers remembers of you');
  expect(onmemory).toHaveBeenCalledOnce();
});

test('a day for the talk and a card for the address book are fetched as files', async () => {
  const saved: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(`${this.download} ${this.href}`);
  });
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined }));
  await show();
  await press('Save to my contacts');
  await openAside('Find a day for the longer talk');
  expect(screen.getByLabelText<HTMLInputElement>('When').value).toBe('2026-03-23T12:30');
  await fireEvent.input(screen.getByLabelText('When'), { target: { value: '2026-03-24T13:00' } });
  await press('Put it in my calendar');
  await vi.waitFor(() => expect(saved).toEqual(['Bo.vcf blob:x', 'Bo.ics blob:x']));
  const asked = server.fetched.mock.calls.slice(1).map(([path, init]) => [path, new Headers(init!.headers).get('Authorization')]);
  expect(asked).toEqual([
    ['/api/v1/me/introductions/bo/card.vcf', 'Ticket s3cret'],
    ['/api/v1/me/introductions/bo/talk.ics?at=2026-03-24T13:00', 'Ticket s3cret'],
  ]);
});
