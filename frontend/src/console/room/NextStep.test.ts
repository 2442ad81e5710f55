import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConsoleState } from '../../live/contract';
import { at, attendee, evening as room, round } from '../fixtures';
import type { Evening } from '../evening.svelte';
import { stageOf } from '../stage';
import { giveDialogsMethods, live, server } from '../testing';
import NextStep from './NextStep.svelte';

function show(state: ConsoleState, clock = '18:35'): Evening {
  const now = Date.parse(at(clock));
  const evening = live(state, now);
  render(NextStep, { evening, state, stage: stageOf(state, now) });
  return evening;
}

const primary = () => [...document.querySelectorAll('.primary')].map((button) => button.textContent!.trim());

beforeEach(giveDialogsMethods);
afterEach(() => void vi.unstubAllGlobals());

describe('the one next step', () => {
  const draft = round('r1', { status: 'draft', starts_at: null, ends_at: null });
  const cases: [string, ConsoleState, string, string[]][] = [
    ['doors closed', room({}, { phase: 'planned' }), '18:00', ['Open the doors']],
    ['doors open', room(), '18:00', ['Let tables form']],
    ['tables forming', room({}, { rolling: true }), '18:00', ['Draft round 1']],
    ['a draft', room({ rounds: [draft] }), '18:00', ['Publish round 1']],
    ['people finding their tables', room({ rounds: [round('r1')] }), '18:29', ['Start talking now']],
    ['people talking', room({ rounds: [round('r1')] }), '18:35', []],
    ['a paused clock', room({ rounds: [round('r1', { paused_at: at('18:35') })] }), '18:40', ['Resume']],
    ['a round that is over', room({ rounds: [round('r1', { status: 'done' })] }), '18:50', ['Draft round 2']],
    ['the evening over', room({}, { phase: 'ended' }), '18:50', ['See what came of it']],
  ];

  it.each(cases)('with %s is shown as the only primary action', (_, state, clock, expected) => {
    show(state, clock);
    expect(primary()).toEqual(expected);
  });
});

it('an empty guest list leads to the import', () => {
  show(room({}, { phase: 'planned' }));
  expect(screen.getByRole('link', { name: 'Import guests' }).getAttribute('href')).toBe('/console/events/e1/guests/');
});

it('doors are opened with the guests counted', async () => {
  const asked = server({ '/api/v1/events/e1/open': { status: 200, body: { phase: 'open' } } });
  show(room({ attendees: [attendee('Ada'), attendee('Bo', { status: 'cancelled' })] }, { phase: 'planned' }));
  expect(screen.getByText('1 guest is on the list. Open the doors when people may check in.')).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Open the doors' }));
  expect(asked).toEqual([{ path: '/api/v1/events/e1/open', body: {} }]);
});

it('publishing sends the version that the organiser looked at', async () => {
  const asked = server({ '/api/v1/rounds/r1/publish': { status: 200, body: { version: 2 } } });
  show(room({ rounds: [round('r1', { status: 'draft' })] }));
  await fireEvent.click(screen.getByRole('button', { name: 'Publish round 1' }));
  expect(asked).toEqual([{ path: '/api/v1/rounds/r1/publish', body: { version: 1 } }]);
});

it('when a colleague was quicker, the action is told as a conflict and their version is fetched', async () => {
  const state = room({ rounds: [round('r1', { status: 'draft' })] });
  const theirs = { ...state, mixer: { ...state.mixer, version: 7 } };
  server({
    '/api/v1/rounds/r1/publish': { status: 409, body: { code: 'version_conflict', message: 'Someone else changed this.' } },
    '/api/v1/events/e1/snapshot': { status: 200, body: { seq: 9, now: at('18:35'), state: theirs } },
  });
  const evening = show(state);
  await fireEvent.click(screen.getByRole('button', { name: 'Publish round 1' }));
  await waitFor(() => expect(evening.trouble).toEqual({ conflict: true, message: 'Someone else changed this.', changes: [] }));
  await waitFor(() => expect(evening.line.state).toEqual(theirs));
});

it('ending the evening asks first, and Cancel does nothing', async () => {
  const asked = server({});
  show(room());
  await fireEvent.click(screen.getByRole('button', { name: 'End the evening' }));
  expect(screen.getByRole('heading', { name: 'End the evening?' })).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(asked).toEqual([]);
});
