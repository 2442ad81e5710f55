import { fireEvent, render, screen } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import type { PhoneState } from '../../live/contract';
import AtTable from './AtTable.svelte';

const at = (clock: string) => Date.parse(`2026-03-14T${clock}.000Z`);

const phone: PhoneState = {
  event: { title: 'Supper', phase: 'open', topics: [] },
  me: {
    id: 'me',
    name: 'Ada Lovelace',
    shown_name: 'Ada L.',
    present_since: '2026-03-14T18:00:00.000Z',
    interests: [],
    intent: '',
    ask: '',
    offer: '',
    on_screen: true,
  },
  room: { present: 9, topics: [] },
  round: {
    id: 'r1',
    number: 1,
    kind: 'timed',
    status: 'published',
    starts_at: '2026-03-14T18:10:00.000Z',
    ends_at: '2026-03-14T18:25:00.000Z',
    paused_at: null,
  },
  seat: {
    round: 'r1',
    table: 7,
    topic: 'Night trains',
    reason: 'All five picked night trains.',
    opener: 'Which ride do you remember best?',
    tablemates: [
      { name: '<b>Bo</b>', shared: ['Night trains', 'Jazz'], ask: '', offer: 'https://example.org', host: true },
      { name: 'ليلى', shared: [], ask: '', offer: '', host: false },
    ],
  },
};

beforeEach(() => vi.stubGlobal('scrollTo', () => undefined));

function show(clock: string) {
  const children = createRawSnippet(() => ({ render: () => '<span></span>' }));
  return render(AtTable, { phone, authorization: 'Ticket s3cret', now: at(clock), onedit: () => undefined, children });
}

test('the heading is the table and has the focus', () => {
  show('18:07:50');
  const heading = screen.getByRole('heading', { level: 1 });
  expect(heading.textContent).toBe('Table 7');
  expect(document.activeElement).toBe(heading);
});

test('the clock counts to the start, then to the end, and is not read out', () => {
  const { rerender } = show('18:07:50');
  const clock = screen.getByRole('timer');
  expect([clock.textContent, clock.getAttribute('aria-live')]).toEqual(['2:10', 'off']);
  return rerender({ now: at('18:20:00') }).then(() => expect(screen.getByRole('timer').textContent).toBe('5:00'));
});

test('names with markup are letters and links in an offer are not links', () => {
  const { container } = show('18:12:00');
  expect([...container.querySelectorAll('li bdi')].map((name) => name.textContent)).toEqual([
    '<b>Bo</b>',
    'Night trains, Jazz',
    'https://example.org',
    'ليلى',
  ]);
  expect(container.querySelectorAll('li a, li b').length).toBe(0);
});

test('when time is up the table is thanked', () => {
  show('18:25:00');
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Time is up');
});

test('then a longer talk is offered quietly: nothing is asked of the server before somebody wants to know', async () => {
  const answer = { limit: 2, reveal_at: null, revealed: false, tablemates: [], introductions: [] };
  const fetched = vi.fn<typeof fetch>().mockResolvedValue(new Response(JSON.stringify(answer)));
  vi.stubGlobal('fetch', fetched);
  const { container } = show('18:25:00');
  expect([container.querySelector('details')!.open, fetched.mock.calls.length]).toEqual([false, 0]);
  await fireEvent.click(screen.getByText('A longer talk with someone?'));
  expect(await screen.findByText('You have not sat at a table this evening.')).toBeTruthy();
  vi.unstubAllGlobals();
});

test('while the round runs it is not offered', () => {
  const { container } = show('18:20:00');
  expect(container.querySelector('details')).toBeNull();
});
