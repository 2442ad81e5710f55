import { fireEvent, render, screen } from '@testing-library/svelte';
import { expect, it, vi } from 'vitest';
import type { ConsoleAttendee } from '../../live/contract';
import { at, attendee } from '../fixtures';
import GuestMenu from './GuestMenu.svelte';

async function opened(changes: Partial<ConsoleAttendee> = {}) {
  const act = vi.fn();
  render(GuestMenu, { guest: attendee('Ada', changes), busy: false, act, edit: vi.fn() });
  await fireEvent.click(screen.getByRole('button', { name: 'More for Ada' }));
  return act;
}

const acts = () => [...document.querySelectorAll('ul > li > button')].map((button) => button.textContent?.trim());

it.each([
  ['who has no mail yet', {}, ['Trade, needs, host…', 'Mail the ticket', 'New ticket', 'Revoke the ticket', 'Mark as cancelled', 'Do not let in']],
  ['who was mailed', { ticket: { mailed_at: at('12:00') } }, ['Trade, needs, host…', 'Mail the ticket again', 'New ticket', 'Revoke the ticket', 'Mark as cancelled', 'Do not let in']],
  ['who has no address', { email: '' }, ['Trade, needs, host…', 'New ticket', 'Revoke the ticket', 'Mark as cancelled', 'Do not let in']],
  ['who has no ticket', { ticket: null }, ['Trade, needs, host…', 'New ticket', 'Mark as cancelled', 'Do not let in']],
  ['who is blocked', { status: 'blocked' as const }, ['Trade, needs, host…', 'Revoke the ticket', 'Let in again']],
  ['who cancelled without a ticket', { status: 'cancelled' as const, ticket: null }, ['Trade, needs, host…', 'Let in again']],
])('offers what makes sense for a guest %s', async (_, changes, offered) => {
  await opened(changes);
  expect(acts()).toEqual(offered);
});

it('the first act takes focus, arrows move it, Escape gives it back', async () => {
  await opened();
  const menu = document.activeElement!;
  expect(menu.textContent?.trim()).toBe('Trade, needs, host…');
  await fireEvent.keyDown(menu, { key: 'ArrowUp' });
  expect(document.activeElement?.textContent?.trim()).toBe('Do not let in');
  await fireEvent.keyDown(document.activeElement!, { key: 'ArrowDown' });
  expect(document.activeElement).toBe(menu);
  await fireEvent.keyDown(menu, { key: 'Escape' });
  expect(acts()).toEqual([]);
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'More for Ada' }));
});

it('what can be taken back is done at once', async () => {
  const act = await opened();
  await fireEvent.click(screen.getByRole('button', { name: 'Mark as cancelled' }));
  expect(act.mock.calls).toEqual([['cancelled']]);
  expect(acts()).toEqual([]);
});

it('a click elsewhere closes it', async () => {
  await opened();
  await fireEvent.click(document.body);
  expect(acts()).toEqual([]);
});
