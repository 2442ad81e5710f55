import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ConsoleAttendee, Topics as Told } from '../../live/contract';
import { attendee } from '../fixtures';
import Topics from './Topics.svelte';
import { picks, proposedPairs, topicsPicked } from './topics';

const told: Told = {
  topics: [
    { id: 1, label: 'ML', count: 2, spellings: [] },
    { id: 2, label: 'Machine learning', count: 1, spellings: ['Statistical learning'] },
    { id: 3, label: 'Chess', count: 1, spellings: [] },
  ],
  proposals: [{ one: 1, other: 2, why: 'short_form' }],
};
const merged: Told = { topics: [{ ...told.topics[1]!, count: 3, spellings: ['ML', 'Statistical learning'] }, told.topics[2]!], proposals: [] };
const guests = [
  attendee('Ada', { interests: ['ML', 'Chess'] }),
  attendee('Bo', { interests: ['ML'] }),
  attendee('Cy', { interests: ['Machine learning'] }),
];

let sent: { path: string; body: unknown }[];
let answers: { status: number; body: object }[];

beforeEach(() => {
  sent = [];
  answers = [{ status: 200, body: told }];
  vi.stubGlobal('fetch', (path: string, options: RequestInit) => {
    sent.push({ path, body: options.body ? JSON.parse(options.body as string) : null });
    const { status, body } = answers.length > 1 ? answers.shift()! : answers[0]!;
    return Promise.resolve(new Response(JSON.stringify(body), { status }));
  });
});
afterEach(() => void vi.unstubAllGlobals());

const show = (attendees: ConsoleAttendee[] = guests) => render(Topics, { event: 'e1', attendees });
const question = () => screen.findByRole('article');
const press = async (name: string) =>
  fireEvent.click(within(await question()).getByRole('button', { name: new RegExp(`^${name}`) }));

it('asks about a pair, with the reason and how many picked each, and merges nothing by itself', async () => {
  show();
  const card = await question();
  expect([...card.querySelectorAll('h3, p, button')].map((item) => item.textContent!.trim())).toEqual([
    'Do “ML” and “Machine learning” mean the same?',
    'One looks like the short form of the other.',
    'Yes, keep “ML”2 people',
    'Yes, keep “Machine learning”1 person',
    'No, keep both',
  ]);
  expect(sent).toEqual([{ path: '/api/v1/events/e1/topics', body: null }]);
});

it('merges the other into the one that is kept, says so and moves focus on', async () => {
  answers.push({ status: 200, body: merged });
  show();
  await press('Yes, keep “Machine learning”');
  expect(await screen.findByText('“ML” is part of “Machine learning” now.')).toBeTruthy();
  expect(sent[1]).toEqual({ path: '/api/v1/events/e1/topics/merge', body: { keep: 2, merge: [1] } });
  expect(screen.queryByRole('article')).toBe(null);
  await waitFor(() => expect(document.activeElement!.textContent).toBe('Topics'));
});

it('a pair that is kept apart is not asked about again', async () => {
  answers.push({ status: 200, body: { ...told, proposals: [] } });
  show();
  await press('No, keep both');
  expect(await screen.findByText('“ML” and “Machine learning” stay two topics.')).toBeTruthy();
  expect(sent[1]).toEqual({ path: '/api/v1/events/e1/topics/apart', body: { topics: [1, 2] } });
  expect(screen.queryByRole('article')).toBe(null);
});

it('two topics chosen by hand can be merged, and a third cannot be chosen', async () => {
  answers = [{ status: 200, body: { ...told, proposals: [] } }];
  show();
  await fireEvent.click(await screen.findByText('All 3 topics'));
  const [ml, , chess] = screen.getAllByRole<HTMLInputElement>('checkbox');
  await fireEvent.click(ml!);
  await fireEvent.click(chess!);
  expect(screen.getAllByRole<HTMLInputElement>('checkbox').map((box) => box.disabled)).toEqual([false, true, false]);
  await press('Yes, keep “Chess”');
  expect(sent.at(-1)).toEqual({ path: '/api/v1/events/e1/topics/merge', body: { keep: 3, merge: [1] } });
});

it('cancelling a choice by hand tells the server nothing', async () => {
  answers = [{ status: 200, body: { ...told, proposals: [] } }];
  show();
  for (const box of (await screen.findAllByRole('checkbox')).slice(0, 2)) await fireEvent.click(box);
  await press('Cancel');
  expect(screen.queryByRole('article')).toBe(null);
  expect(sent.length).toBe(1);
});

it('a refusal stays readable, and the topics can be loaded again', async () => {
  answers.push({ status: 404, body: { code: 'unknown_topic', message: 'This topic is not there any more.' } }, { status: 200, body: merged });
  show();
  await press('Yes, keep “ML”');
  expect((await screen.findByRole('alert')).textContent).toContain('This topic is not there any more.');
  await fireEvent.click(screen.getByRole('button', { name: 'Load the topics again' }));
  await waitFor(() => expect(screen.queryByRole('alert')).toBe(null));
  expect(screen.queryByRole('article')).toBe(null);
});

it('says where topics come from while there are none', async () => {
  answers = [{ status: 200, body: { topics: [], proposals: [] } }];
  show([]);
  expect(await screen.findByText(/Nobody has picked a topic yet/)).toBeTruthy();
});

it('asks again when somebody brings a new topic, and counts the rest by itself', async () => {
  const { rerender } = show();
  await question();
  await rerender({ attendees: [...guests, attendee('Di', { interests: ['ML'] })] });
  expect((await question()).textContent).toContain('3 people');
  expect(sent.length).toBe(1);
  await rerender({ attendees: [...guests, attendee('Di', { interests: ['Opera'] })] });
  await waitFor(() => expect(sent.length).toBe(2));
});

it('a proposal about a topic that is gone is left out', () => {
  expect(proposedPairs({ topics: [told.topics[0]!], proposals: told.proposals })).toEqual([]);
});

it('counts picks by name, and tells which topics there are', () => {
  expect(picks(guests)).toEqual(new Map([['ML', 2], ['Chess', 1], ['Machine learning', 1]]));
  expect(topicsPicked(guests)).toBe('Chess\nML\nMachine learning');
});
