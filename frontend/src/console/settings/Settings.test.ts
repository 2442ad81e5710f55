import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, expect, it, vi } from 'vitest';
import type { ConsoleState } from '../../live/contract';
import { evening as room } from '../fixtures';
import { server, type Request } from '../testing';
import Settings from './Settings.svelte';

afterEach(() => void vi.unstubAllGlobals());

function show(changes: Partial<ConsoleState['event']> = {}, answer: { status: number; body: object } = { status: 200, body: { version: 1 } }): Request[] {
  const state = room();
  render(Settings, { state: { ...state, event: { ...state.event, ...changes } } });
  return server({ '/api/v1/events/e1': answer });
}

const fill = (label: string, value: string) => fireEvent.input(screen.getByLabelText(label), { target: { value } });
const pick = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const save = () => fireEvent.submit(document.querySelector('form')!);
const valueOf = (label: string) => (screen.getByLabelText(label) as HTMLInputElement).value;

it('the zone is the browser’s until one is chosen', () => {
  show();
  expect(valueOf('Time zone')).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
});

it('day and time are shown as clocks in the event’s zone show them', () => {
  show({ starts_at: '2026-03-14T23:30:00.000Z', time_zone: 'Asia/Kolkata' });
  expect([valueOf('Day'), valueOf('Begins at'), valueOf('Time zone')]).toEqual(['2026-03-15', '05:00', 'Asia/Kolkata']);
});

it('sends when and where as a moment, and nothing that was not changed', async () => {
  const asked = show();
  await fill('Day', '2026-03-14');
  await fill('Begins at', '19:05');
  await pick('Time zone', 'Europe/Berlin');
  await fill('Place', 'Hall 2');
  await save();
  const sent = { starts_at: '2026-03-14T18:05:00.000Z', time_zone: 'Europe/Berlin', place: 'Hall 2' };
  expect(asked.map(({ body }) => body)).toEqual([sent]);
  expect(await screen.findByText('Saved.')).toBeTruthy();
});

it('another zone moves the beginning with it', async () => {
  const asked = show({ starts_at: '2026-03-14T18:05:00.000Z', time_zone: 'Europe/Berlin' });
  await pick('Time zone', 'UTC');
  await save();
  expect(asked.map(({ body }) => body)).toEqual([{ starts_at: '2026-03-14T19:05:00.000Z', time_zone: 'UTC' }]);
});

it('an emptied day takes the beginning away', async () => {
  const asked = show({ starts_at: '2026-03-14T18:05:00.000Z', time_zone: 'Europe/Berlin' });
  await fill('Day', '');
  await fill('Begins at', '');
  await save();
  expect(asked.map(({ body }) => body)).toEqual([{ starts_at: null, time_zone: 'Europe/Berlin' }]);
});

it('a day without a time is asked about and not sent', async () => {
  const asked = show();
  await fill('Day', '2026-03-14');
  await save();
  expect(screen.getByRole('alert').textContent).toBe('Give both the day and the time, or neither.');
  expect(asked).toEqual([]);
});

it('says what each kind of poster means, and leads to the screen of a rotating one', async () => {
  const asked = show();
  expect(screen.queryByRole('link')).toBe(null);
  await fireEvent.click(screen.getByRole('radio', { name: /On a screen, with a changing code.*useless after a minute/ }));
  await save();
  expect(asked.map(({ body }) => body)).toEqual([{ poster_mode: 'rotating' }]);
});

it('the poster for the screen opens in a new tab', () => {
  show({ poster_mode: 'rotating' });
  const link = screen.getByRole('link', { name: /Poster for a screen at the door/ });
  expect([link.getAttribute('href'), link.getAttribute('target')]).toEqual(['/screen?show=poster#token', '_blank']);
});

it('sizes are told to count from the next draft on', async () => {
  const asked = show();
  await fill('Ideally', '4');
  await save();
  expect(asked.map(({ body }) => body)).toEqual([{ table_size: 4 }]);
  expect(await screen.findByText('Saved. Table sizes and minutes count from the next draft on.')).toBeTruthy();
});

it('the series is one of those that exist, a new one or none', async () => {
  const asked = show({ series: 'Suppers' });
  expect(valueOf('Series')).toBe('Suppers');
  await fill('Series', ' Breakfasts ');
  await save();
  await screen.findByText('Saved.');
  await fill('Series', '');
  await save();
  await waitFor(() => expect(asked.map(({ body }) => body)).toEqual([{ series: 'Breakfasts' }, { series: null }]));
});

it('names of series are there to choose from', async () => {
  server({ '/api/v1/series': { status: 200, body: { series: [{ name: 'Suppers', events: 3 }] } } });
  render(Settings, { state: room() });
  await waitFor(() => expect(document.querySelector('datalist')!.textContent).toBe('3 events'));
  const list = (screen.getByLabelText('Series') as HTMLInputElement).getAttribute('list');
  expect(document.getElementById(list!)!.querySelector('option')!.value).toBe('Suppers');
});

it('how many longer talks each may wish for is refused in words', async () => {
  const message = 'Choose a number from 1 to 5.';
  const asked = show({}, { status: 400, body: { code: 'invalid', message, field: 'pick_limit' } });
  await fill('Longer talks for each', '6');
  await save();
  expect((await screen.findByRole('alert')).textContent!.trim()).toBe(`Longer talks for each: ${message}`);
  expect(asked.map(({ body }) => body)).toEqual([{ pick_limit: 6 }]);
});

it('a refusal stands at its field', async () => {
  show({}, { status: 400, body: { code: 'invalid', message: 'Choose a day between the years 2000 and 2100.', field: 'starts_at' } });
  await fill('Day', '1999-03-14');
  await fill('Begins at', '19:05');
  await save();
  expect((await screen.findByRole('alert')).textContent).toBe('Choose a day between the years 2000 and 2100.');
});
