import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { remember } from '../tickets';
import PosterPage from './PosterPage.svelte';

const fetched = vi.fn<typeof fetch>();
const poster = {
  title: 'Supper',
  phase: 'open',
  topics: [
    { id: 1, label: 'Jazz' },
    { id: 2, label: 'Bread' },
  ],
};

/** The server answers each request by method. */
function serve(check: () => Response | Promise<Response>, phase = 'open'): void {
  fetched.mockImplementation(async (_, init) =>
    init?.method === 'POST' ? check() : new Response(JSON.stringify({ ...poster, phase })),
  );
}

const press = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }));
const sent = () =>
  fetched.mock.calls
    .filter(([, init]) => init?.method === 'POST')
    .map(([, init]) => {
      const { nonce, ...rest } = JSON.parse(String(init!.body)) as Record<string, unknown>;
      return [typeof nonce, rest];
    });

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  vi.stubGlobal('fetch', fetched);
  vi.stubGlobal('scrollTo', () => undefined);
});

afterEach(() => {
  vi.unstubAllGlobals();
  fetched.mockReset();
});

const refusal = (code: string, message: string) => new Response(JSON.stringify({ code, message }), { status: 409 });

test('a stranger gives a name, picks topics and is checked in', async () => {
  serve(() => refusal('closed', 'Check-in has closed for tonight.'));
  render(PosterPage, { code: '7kd2' });
  await fireEvent.click(await screen.findByRole('button', { name: /new here/ }));
  await fireEvent.input(screen.getByLabelText('Your name'), { target: { value: '  Ada  ' } });
  await press('Next');
  await press('Jazz');
  await press('Check in');
  expect((await screen.findByRole('alert')).textContent!.trim()).toBe('Check-in has closed for tonight.');
  expect(sent()).toEqual([['string', { name: 'Ada', interests: ['Jazz'], on_screen: true }]]);
});

test('after a refusal nothing that was typed is lost', async () => {
  serve(() => refusal('closed', 'Check-in has closed for tonight.'));
  render(PosterPage, { code: '7kd2' });
  await fireEvent.click(await screen.findByRole('button', { name: /new here/ }));
  await fireEvent.input(screen.getByLabelText('Your name'), { target: { value: 'Ada' } });
  await press('Next');
  await press('Bread');
  await press('Check in');
  await screen.findByRole('alert');
  expect(screen.getByRole('button', { name: 'Bread' }).getAttribute('aria-pressed')).toBe('true');
  await press('Back');
  expect((screen.getByLabelText('Your name') as HTMLInputElement).value).toBe('Ada');
});

test('without a name one is asked for it', async () => {
  serve(() => refusal('x', 'x'));
  render(PosterPage, { code: '7kd2' });
  await fireEvent.click(await screen.findByRole('button', { name: /new here/ }));
  await press('Next');
  expect(screen.getByText('Type a name first. A first name is enough.')).toBeTruthy();
  expect(sent()).toEqual([]);
});

test('somebody we know is one tap away', async () => {
  remember({ secret: 's3cret', name: 'Ada', title: 'Supper', poster: '7kd2' });
  serve(() => refusal('closed', 'Check-in has closed for tonight.'));
  render(PosterPage, { code: '7kd2' });
  await press('Check in as Ada');
  await screen.findByRole('alert');
  expect(sent()).toEqual([['string', { ticket: 's3cret' }]]);
});

test('a remembered ticket that is unknown here is forgotten and the two choices come back', async () => {
  remember({ secret: 'old', name: 'Ada', title: 'Supper', poster: '7kd2' });
  serve(() => refusal('wrong_event', 'This ticket belongs to another evening.'));
  render(PosterPage, { code: '7kd2' });
  await press('Check in as Ada');
  expect((await screen.findByRole('alert')).textContent!.trim()).toBe('This ticket belongs to another evening.');
  expect(await screen.findByRole('button', { name: /new here/ })).toBeTruthy();
  expect(localStorage.getItem('tablemates.tickets')).toBe('[]');
});

test('before the doors open nobody can check in', async () => {
  serve(() => refusal('x', 'x'), 'planned');
  render(PosterPage, { code: '7kd2' });
  expect(await screen.findByText('The doors are not open yet')).toBeTruthy();
  expect(screen.queryAllByRole('button')).toEqual([]);
});

test('a poster nobody knows says what to do', async () => {
  fetched.mockImplementation(async () => new Response('{"code":"unknown","message":"x"}', { status: 404 }));
  render(PosterPage, { code: 'nope' });
  expect((await screen.findByRole('heading')).textContent).toBe('This poster leads nowhere any more');
});

test('a mistyped ticket code stays in the field, to be mended', async () => {
  serve(() => refusal('unknown', 'We do not know this ticket.'));
  render(PosterPage, { code: '7kd2' });
  await fireEvent.click(await screen.findByRole('button', { name: /have a ticket/ }));
  await fireEvent.input(screen.getByLabelText(/short code/), { target: { value: 'K7QX-2M4B' } });
  await press('Check in');
  expect(await screen.findByText('We do not know this ticket.')).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>(/short code/).value).toBe('K7QX-2M4B');
});
