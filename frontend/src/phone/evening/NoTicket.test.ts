import { render, screen } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { FakeServer } from '../afterwards/testing';
import NoTicket from './NoTicket.svelte';

afterEach(() => {
  vi.unstubAllGlobals();
});

async function show(answer: Response | null, authorization?: string): Promise<(string | null)[]> {
  vi.stubGlobal('scrollTo', () => undefined);
  vi.stubGlobal('fetch', async () => {
    if (answer === null) throw new TypeError('Failed to fetch');
    return answer;
  });
  render(NoTicket, { authorization });
  await screen.findByRole('heading');
  return [...document.querySelectorAll('main h1, main p')].map(({ textContent }) => textContent);
}

const HOW =
  'To get a new one, scan the poster at the door and check in, or ask the people at the door. After the evening, ask whoever invited you.';
const REFUSED = ['This link does not open a ticket any more', 'It may have been replaced by a newer one.', HOW];

test('a link that opens nothing any more says how to get a new one, and nothing else', async () => {
  expect(await show(FakeServer.refused(401, 'unknown_ticket', 'No.'), 'Ticket old')).toEqual(REFUSED);
});

test('and so it does where the reason cannot be asked for', async () => {
  expect(await show(null, 'Ticket old')).toEqual(REFUSED);
});

test('of an evening that was deleted it says just that', async () => {
  const [title, text, ...more] = await show(FakeServer.refused(410, 'gone', 'Gone.'), 'Ticket old');
  expect([title, more]).toEqual(['This evening has been deleted', []]);
  expect(text).toMatch(/For the next evening you get a new link/);
});

test('a link that lost its end is told apart, without asking', async () => {
  expect(await show(null)).toEqual([
    'Something is missing from this link',
    'A personal link is long. Open it from your invitation again rather than typing it.',
    HOW,
  ]);
});
