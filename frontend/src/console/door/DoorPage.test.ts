import { createEvent, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { at, attendee, evening as room } from '../fixtures';
import { Evening } from '../evening.svelte';
import DoorPage from './DoorPage.svelte';

let sent: Record<string, unknown>[];
let paths: string[];

beforeEach(() => {
  [sent, paths] = [[], []];
  vi.stubGlobal('fetch', (path: string, options: RequestInit) => {
    paths.push(path);
    sent.push(JSON.parse(String(options.body)) as Record<string, unknown>);
    const answer = { code: 'entry', outcome: 'entry', message: '', at: at('18:10'), name: 'Ada Lovelace' };
    return Promise.resolve(new Response(JSON.stringify(answer), { status: 201 }));
  });
  const state = room({ 
    attendees: [
      attendee('Ada Lovelace'),
      attendee('Bo', { present_since: at('18:00') }),
      attendee('Cy', { status: 'cancelled' }),
      attendee('Cyd', { status: 'blocked' }),
    ],
  });
  const evening = new Evening('e1');
  evening.line.state = state;
  evening.line.status = 'live';
  render(DoorPage, { evening, state });
});
afterEach(() => void vi.unstubAllGlobals());

/** Answers whether the browser goes on to do what Enter does there. */
async function handScanner(target: Element, code: string): Promise<boolean> {
  const keys = [...code, 'Enter'];
  let goesOn = true;
  for (const [index, key] of keys.entries()) {
    const press = createEvent.keyDown(target, { key });
    Object.defineProperty(press, 'timeStamp', { value: index * 8 });
    goesOn = await fireEvent(target, press);
  }
  return goesOn;
}

it('a hand scanner works wherever the focus is', async () => {
  await handScanner(document.body, 'TICKET-1');
  expect(sent.map(({ secret }) => secret)).toEqual(['TICKET-1']);
  const lines = () => [...screen.getByRole('alert').querySelectorAll('p')].map((line) => line.textContent);
  await waitFor(() => expect(lines()).toEqual(['Welcome, Ada', 'Ada Lovelace']));
});

it('the Enter of a hand scanner does not press the focused button, the Enter of a person does', async () => {
  const button = screen.getByRole('button', { name: 'Scan with the camera' });
  expect(await handScanner(button, 'TICKET-1')).toBe(false);
  expect(await fireEvent.keyDown(button, { key: 'Enter' })).toBe(true);
});

it('a typed code is sent once, by its form', async () => {
  const field = screen.getByLabelText('Ticket code');
  await fireEvent.input(field, { target: { value: ' TICKET-2 ' } });
  await fireEvent.submit(field.closest('form')!);
  expect(sent.map(({ secret }) => secret)).toEqual(['TICKET-2']);
});

it('a guest found by name is checked in by id, and who is here cannot be checked in again', async () => {
  const search = screen.getByLabelText('Find by name');
  await fireEvent.input(search, { target: { value: 'bo' } });
  expect(screen.queryByRole('button', { name: 'Check in Bo' })).toBe(null);
  await fireEvent.input(search, { target: { value: 'lov' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Check in Ada Lovelace' }));
  expect(sent.map(({ attendee }) => attendee)).toEqual(['Ada Lovelace']);
});

it('who leaves is found by name and checked out by id, and the field is ready for the next', async () => {
  const search = screen.getByLabelText('Find by name');
  await fireEvent.input(search, { target: { value: 'bo' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Check out Bo' }));
  expect(sent).toEqual([{ nonce: expect.any(String) as string, attendee: 'Bo' }]);
  expect(paths).toEqual(['/api/v1/events/e1/check-out']);
  expect(document.activeElement).toBe(search);
  expect((search as HTMLInputElement).value).toBe('');
});

it('whom the list keeps out is said so in words, with the way to change it, and no address is shown', async () => {
  await fireEvent.input(screen.getByLabelText('Find by name'), { target: { value: 'c' } });
  expect(screen.queryByText('Cancelled')).toBe(null);
  await fireEvent.input(screen.getByLabelText('Find by name'), { target: { value: 'cy' } });
  const shown = [...document.querySelectorAll('section li')].map((row) => row.textContent!.replace(/\s+/g, ' ').trim());
  expect(shown).toEqual(['Cy Cancelled · Change it in the guest list', 'Cyd Blocked · Change it in the guest list']);
  expect(screen.getAllByRole('link', { name: 'Change it in the guest list' })[0]!.getAttribute('href')).toBe('/console/events/e1/guests/');
});

it('without a secure address the camera says why, and what to do', async () => {
  await fireEvent.click(screen.getByRole('button', { name: 'Scan with the camera' }));
  expect(await screen.findByText('The camera needs a secure address')).toBeTruthy();
});
