import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ConsoleState, ConsoleStation } from '../../live/contract';
import { timeOfDay } from '../../lib/time';
import type { Evening } from '../evening.svelte';
import { at, evening as room, station } from '../fixtures';
import { giveDialogsMethods, live, server } from '../testing';
import Stations from './Stations.svelte';

const now = Date.parse(at('18:10'));
const pairing = { station: 's1', url: 'http://localhost/scan/#secret', svg: '<svg xmlns="http://www.w3.org/2000/svg"/>', until: at('18:20') };

beforeEach(giveDialogsMethods);
afterEach(() => void vi.unstubAllGlobals());

interface Shown {
  evening: Evening;
  /** The scanners change, as told over the socket. */
  told: (...stations: ConsoleStation[]) => Promise<void>;
}

function show(...stations: ConsoleStation[]): Shown {
  const state: ConsoleState = room({ stations });
  const evening = live(state, now);
  const page = render(Stations, { evening, state });
  return { evening, told: (...changed) => page.rerender({ state: room({ stations: changed }) }) };
}

const rows = () => [...document.querySelectorAll('li')].map((row) => row.querySelector('.what')!.textContent!.replace(/\s+/g, ' ').trim());
const dialog = () => screen.getByRole('dialog');

async function addSideDoor() {
  screen.getByRole('button', { name: 'Add a scanner' }).focus();
  await fireEvent.click(screen.getByRole('button', { name: 'Add a scanner' }));
  await fireEvent.input(within(dialog()).getByLabelText('Name of the scanner'), { target: { value: ' Side door ' } });
  await fireEvent.click(within(dialog()).getByRole('button', { name: 'Show the code' }));
}

it('each scanner says in words how it is', () => {
  show(
    station('Main', { seen_at: at('18:09'), queue_length: 1, rejected: 2 }),
    station('Side', { seen_at: at('18:08') }),
    station('Tablet', { status: 'waiting', seen_at: null, valid_until: null }),
    station('Old', { status: 'expired', seen_at: at('12:00') }),
    station('Lost', { status: 'revoked', seen_at: at('18:00') }),
  );
  const until = `scans until ${timeOfDay(at('23:00'))}`;
  expect(rows()).toEqual([
    `Main in use Last contact 1 min ago · ${until} 1 scan on it waits for the network. 2 entries refused: they were changed on the device after the scan.`,
    `Side in use Last contact 2 min ago · ${until} Silent for a while. Without network it goes on and reports later; look whether it is switched on.`,
    'Tablet waits for its device No contact yet',
    'Lost stopped Last contact 10 min ago',
    `Old its hours are over Last contact at ${timeOfDay(at('12:00'))}`,
  ]);
  expect(screen.getByText('2 scanners that no longer scan')).toBeTruthy();
});

it('the last contact grows while one looks', async () => {
  const { evening } = show(station('Main', { seen_at: at('18:10') }));
  evening.line.now = now + 12_400;
  await waitFor(() => expect(rows()[0]).toContain('Last contact 12 s ago'));
});

it('a new scanner gets a code, and the dialog closes by itself once a device has used it', async () => {
  const asked = server({ '/api/v1/events/e1/stations': { status: 201, body: pairing } });
  const { told } = show();
  await addSideDoor();
  expect(asked).toEqual([{ path: '/api/v1/events/e1/stations', body: { name: 'Side door', hours: 12 } }]);
  await waitFor(() => expect(screen.getByRole('img', { name: 'Pairing code as a QR code' }).querySelector('svg')).toBeTruthy());
  expect(screen.getByRole('timer').textContent).toBe('10:00');
  expect(screen.getByText('http://localhost/scan/#secret')).toBeTruthy();
  const link = screen.getByRole('link', { name: /Open on this device/ });
  expect([link.getAttribute('href'), link.getAttribute('target')]).toEqual(['/scan/#secret', '_blank']);

  await told({ ...station('Side door', { status: 'waiting', valid_until: null }), id: 's1' });
  expect(screen.getByRole('heading', { name: 'Pair “Side door”' })).toBeTruthy();
  await told({ ...station('Side door'), id: 's1' });
  await waitFor(() => expect(screen.queryByRole('dialog')).toBe(null));
  expect(screen.getByRole('status').textContent).toBe('“Side door” is ready to scan.');
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Add a scanner' }));
});

it('a scanner without a name is not sent, and what the server refuses is said at its field', async () => {
  const asked = server({ '/api/v1/events/e1/stations': { status: 400, body: { code: 'invalid', message: 'Choose 1 to 72 hours.', field: 'hours' } } });
  show();
  await fireEvent.click(screen.getByRole('button', { name: 'Add a scanner' }));
  await fireEvent.click(screen.getByRole('button', { name: 'Show the code' }));
  expect(screen.getByText('Give the scanner a name.')).toBeTruthy();
  await fireEvent.input(screen.getByLabelText('Name of the scanner'), { target: { value: 'Side door' } });
  await fireEvent.input(screen.getByLabelText('Hours it may scan'), { target: { value: '' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Show the code' }));
  expect(screen.getByText('Say for how many hours, 1 to 72.')).toBeTruthy();
  expect(asked).toEqual([]);
  await fireEvent.input(screen.getByLabelText('Hours it may scan'), { target: { value: '99' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Show the code' }));
  await waitFor(() => expect(screen.getByLabelText('Hours it may scan').getAttribute('aria-invalid')).toBe('true'));
  expect(screen.getByText('Choose 1 to 72 hours.')).toBeTruthy();
});

it('a code that is over can be renewed', async () => {
  const asked = server({
    '/api/v1/events/e1/stations': { status: 201, body: pairing },
    '/api/v1/events/e1/stations/s1/pairing': { status: 200, body: { ...pairing, until: at('18:31') } },
  });
  const { evening } = show();
  await addSideDoor();
  await waitFor(() => expect(screen.getByRole('timer')).toBeTruthy());
  evening.line.now = Date.parse(at('18:20'));
  await waitFor(() => expect(screen.getByText('This code is over')).toBeTruthy());
  expect(screen.queryByRole('img')).toBe(null);
  await fireEvent.click(screen.getByRole('button', { name: 'Show a new code' }));
  await waitFor(() => expect(screen.getByRole('timer').textContent).toBe('11:00'));
  expect(asked.at(-1)).toEqual({ path: '/api/v1/events/e1/stations/s1/pairing', body: {} });
});

it('a new code for a scanner in use asks first, and the dialog waits for the new device', async () => {
  const asked = server({ '/api/v1/events/e1/stations/s1/pairing': { status: 200, body: pairing } });
  const { told } = show({ ...station('Main'), id: 's1' });
  await fireEvent.click(screen.getByRole('button', { name: 'New pairing code for Main' }));
  expect(asked).toEqual([]);
  await fireEvent.click(within(dialog()).getByRole('button', { name: 'New code' }));
  await waitFor(() => expect(screen.getByRole('timer')).toBeTruthy());
  expect(asked.length).toBe(1);
  await told({ ...station('Main', { valid_until: at('23:30') }), id: 's1' });
  await waitFor(() => expect(screen.queryByRole('timer')).toBe(null));
});

it('when a new code cannot be had, the dialog says why and tries again', async () => {
  const answers: Record<string, { status: number; body: object }> = {
    '/api/v1/events/e1/stations/s1/pairing': { status: 409, body: { code: 'busy', message: 'Wait a moment.' } },
  };
  server(answers);
  show({ ...station('Tablet', { status: 'waiting' }), id: 's1' });
  await fireEvent.click(screen.getByRole('button', { name: 'New pairing code for Tablet' }));
  await waitFor(() => expect(screen.getByText('Wait a moment.')).toBeTruthy());
  answers['/api/v1/events/e1/stations/s1/pairing'] = { status: 200, body: pairing };
  await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(screen.getByRole('timer')).toBeTruthy());
});

it('stopping a scanner asks first; the focus goes to the panel, since the button will be gone', async () => {
  const asked = server({ '/api/v1/events/e1/stations/s1/revoke': { status: 204 } });
  show({ ...station('Main'), id: 's1' });
  await fireEvent.click(screen.getByRole('button', { name: 'Stop Main' }));
  await fireEvent.click(within(dialog()).getByRole('button', { name: 'Cancel' }));
  expect(asked).toEqual([]);
  await fireEvent.click(screen.getByRole('button', { name: 'Stop Main' }));
  await fireEvent.click(within(dialog()).getByRole('button', { name: 'Stop' }));
  expect(asked).toEqual([{ path: '/api/v1/events/e1/stations/s1/revoke', body: {} }]);
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Scanners' }));
});

it('once the evening has ended no scanner is added', () => {
  const state = room({}, { phase: 'ended' });
  render(Stations, { evening: live(state, now), state });
  expect(screen.queryByRole('button', { name: 'Add a scanner' })).toBe(null);
});
