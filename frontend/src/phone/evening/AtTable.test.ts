import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import AtTable from './AtTable.svelte';
import { makeDeeds, phoneState, round, seat } from './testing';

const at = (clock: string) => Date.parse(`2026-03-14T${clock}.000Z`);

const people = [
  { name: '<b>Bo</b>', shared: ['Night trains', 'Jazz'], ask: '', offer: 'https://example.org', host: true },
  { name: 'ليلى', shared: [], ask: '', offer: '', host: false },
];
const plan = { entrance: { x: 50, y: 100 }, tables: [{ number: 7, x: 20, y: 30 }] };
const seated = phoneState({ round, seat: { ...seat, tablemates: people } });

// At hand before it is asked for, as on a page that has stood for a while.
beforeAll(() => import('./parts'));
beforeEach(() => vi.stubGlobal('scrollTo', () => undefined));

function show(clock: string, phone = seated) {
  return render(AtTable, { phone, now: at(clock), deeds: makeDeeds(), onedit: () => undefined, ontell: () => undefined });
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

test('why and how to begin are said in words', () => {
  show('18:12:00');
  expect(screen.getByText('All five picked Night trains.')).toBeTruthy();
  expect(screen.getByText('What would you love to understand better about Night trains?')).toBeTruthy();
});

test('an open table is called one', () => {
  show('18:12:00', phoneState({ round, seat: { ...seat, topic: null } }));
  expect(screen.getByText('Open table')).toBeTruthy();
  expect(screen.getByText('What are you curious about at the moment?')).toBeTruthy();
});

test('the way there is drawn while people go, and folded away once they talk', async () => {
  const { rerender, container } = show('18:07:50', { ...seated, plan });
  expect(await screen.findByRole('img', { name: /table 7 is ahead on your left/ })).toBeTruthy();
  expect(container.querySelector('details')!.open).toBe(true);
  await rerender({ now: at('18:12:00') });
  expect(container.querySelector('details')!.open).toBe(false);
});

test('who is sent to another table while all talk is shown the way', async () => {
  const { rerender, container } = show('18:07:50', { ...seated, plan });
  await rerender({ now: at('18:12:00') });
  await rerender({ phone: { ...seated, plan: { ...plan, tables: [{ number: 3, x: 90, y: 30 }] }, seat: { ...seated.seat!, table: 3 } } });
  expect(container.querySelector('details')!.open).toBe(true);
  expect(await screen.findByRole('img', { name: /table 3 is ahead on your right/ })).toBeTruthy();
});

test.each([
  ['where there is no plan', seated],
  ['where the table is not on it', { ...seated, plan: { ...plan, tables: [{ number: 8, x: 1, y: 1 }] } }],
])('%s no way is shown', (_, phone) => {
  show('18:07:50', phone);
  expect(screen.queryByText('The way there')).toBeNull();
});

test('sitting out is one tap, and nothing asks back', async () => {
  const fetched = vi.fn<typeof fetch>().mockImplementation(async () => new Response('{"wish": null}'));
  vi.stubGlobal('fetch', fetched);
  show('18:12:00');
  await fireEvent.click(screen.getByRole('button', { name: 'Sit this one out' }));
  expect(fetched.mock.calls.map(([path, init]) => [path, init!.method, init!.body])).toEqual([
    ['/api/v1/me/wish', 'POST', '{"kind":"sit_out"}'],
  ]);
  vi.unstubAllGlobals();
});

test('whoever has a seat is not offered another', () => {
  show('18:12:00');
  expect(screen.queryByRole('button', { name: /Draw me in/ })).toBeNull();
});
