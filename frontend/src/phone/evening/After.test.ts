import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { afterwards, FakeServer, tablemate } from '../afterwards/testing';
import After from './After.svelte';
import { makeDeeds, phoneState, round, seat } from './testing';

const QUESTION = 'Would you like a longer talk in the next week?';
const OVER = Date.parse('2026-03-14T18:26:00.000Z');
const bo = { name: 'Bo', shared: [], ask: '', offer: '', host: false };
const phone = phoneState({ round, seat: { ...seat, tablemates: [bo] } });

beforeEach(() => {
  vi.stubGlobal('scrollTo', () => undefined);
  new FakeServer().answer = afterwards({ tablemates: [tablemate('b', 'Bo'), tablemate('c', 'Cleo', { table: 't3' })] });
});

afterEach(() => {
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

function show(after = phone) {
  return render(After, { phone: after, authorization: 'Ticket s3cret', now: OVER, deeds: makeDeeds() });
}

const heading = () => screen.getByRole('heading', { level: 1 }).textContent;

test('the question stands by itself and has the focus', async () => {
  show();
  expect(await screen.findByRole('heading', { level: 1, name: QUESTION })).toBe(document.activeElement);
  expect(screen.getByText('Time is up. Thank your table.')).toBeTruthy();
  expect(screen.getAllByRole('button').map((button) => button.textContent!.replace(/\s+/g, ' ').trim())).toEqual(['Bo + Yes', 'More Bo', 'Skip this']);
});

test('it is skipped with one tap, once for each round, and can be come back to', async () => {
  const { rerender } = show();
  await fireEvent.click(await screen.findByRole('button', { name: 'Skip this' }));
  expect(heading()).toBe('Time is up');
  await rerender({ phone: phoneState({ round, seat: { ...phone.seat!, round: 'r2' } }) });
  expect(await screen.findByRole('heading', { level: 1, name: QUESTION })).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Skip this' }));
  await fireEvent.click(screen.getByRole('button', { name: 'A longer talk with someone?' }));
  expect(await screen.findByRole('heading', { level: 1, name: QUESTION })).toBeTruthy();
});

test('a page that is loaded anew does not ask again', async () => {
  const { unmount } = show();
  await fireEvent.click(await screen.findByRole('button', { name: 'Skip this' }));
  unmount();
  show();
  expect(heading()).toBe('Time is up');
});

test('whoever has picked somebody is done, and skips nothing', async () => {
  show();
  await fireEvent.click(await screen.findByRole('button', { name: 'Bo Yes' }));
  await fireEvent.click(screen.getByRole('button', { name: 'Done' }));
  expect(heading()).toBe('Time is up');
});

test('who sat alone is asked nothing', () => {
  show(phoneState({ round, seat }));
  expect(heading()).toBe('Time is up');
});
