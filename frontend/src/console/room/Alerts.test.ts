import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { EventPhase } from '../../live/contract';
import { alert, at, attendee, evening as room } from '../fixtures';
import { giveDialogsMethods, live, server } from '../testing';
import AlertHint from './AlertHint.svelte';
import Alerts from './Alerts.svelte';

beforeEach(giveDialogsMethods);
afterEach(() => void vi.unstubAllGlobals());

function show(alerts: ReturnType<typeof alert>[], phase: EventPhase = 'open') {
  const state = room({ alerts, attendees: [attendee('Ada')] }, { phase });
  render(Alerts, { evening: live(state, Date.parse(at('18:45'))), state });
  return screen.queryAllByRole('alert').map((one) => within(one));
}

it('says where, in whose words, and what to do', () => {
  const [one] = show([alert('f1', { words: 'He would not let me leave.' })]);
  one!.getByText('Somebody felt unsafe: table 4, round 1');
  one!.getByText('He would not let me leave.');
  one!.getByText(/^Go there quietly.*Do not ask who told you/);
  expect(one!.queryByRole('link')).toBe(null);
});

it('names the reporter only if they gave their name', () => {
  const [one] = show([alert('f1', { attendee: 'Ada' })]);
  one!.getByText('They wrote nothing more.');
  one!.getByText(/^Ada told you this/);
  expect(one!.getByRole('link').getAttribute('href')).toBe('mailto:ada@example.org');
});

it('the oldest comes first, each by itself', () => {
  const all = show([alert('f2', { at: at('18:50'), table: 2 }), alert('f1', { round: 0, table: 7 })]);
  all[0]!.getByText('Somebody felt unsafe: table 7, while tables formed');
  all[1]!.getByText('Somebody felt unsafe: table 2, round 1');
});

it('after the evening there is something else to do', () => {
  show([alert('f1')], 'ended')[0]!.getByText(/^The evening is over/);
});

it('is settled after a yes', async () => {
  const asked = server({ '/api/v1/events/e1/alerts/f1/settle': { status: 204 } });
  show([alert('f1')]);
  await fireEvent.click(screen.getByRole('button', { name: /^It is taken care of: Somebody felt unsafe/ }));
  expect(asked).toEqual([]);
  await fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'It is taken care of' }));
  await waitFor(() => expect(asked.map(({ path }) => path)).toEqual(['/api/v1/events/e1/alerts/f1/settle']));
});

it('on other pages, which guests may see, only a way to it is shown', () => {
  render(AlertHint, { state: room({ alerts: [alert('f1', { words: 'He would not let me leave.' }), alert('f2')] }) });
  const hint = within(screen.getByRole('alert'));
  hint.getByText('Somebody felt unsafe, 2 times');
  expect(hint.getByRole('link').getAttribute('href')).toBe('/console/events/e1/');
  expect(screen.queryByText('He would not let me leave.')).toBe(null);
});

it('and nothing when there is none', () => {
  render(AlertHint, { state: room() });
  expect(screen.queryByRole('alert')).toBe(null);
});
