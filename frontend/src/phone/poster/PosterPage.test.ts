import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
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
  mode: 'static',
  pass: null,
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
      const { nonce, pass: _, ...rest } = JSON.parse(String(init!.body)) as Record<string, unknown>;
      return [typeof nonce, rest];
    });

// At hand before it is asked for, as on a page that is being read.
beforeAll(() => import('./rare'));

beforeEach(() => {
  history.replaceState(null, '', '/e/7kd2');
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
  await fireEvent.input((await screen.findByLabelText('Your name')), { target: { value: '  Ada  ' } });
  await press('Jazz');
  await press('Check in');
  expect((await screen.findByRole('alert')).textContent!.trim()).toBe('Check-in has closed for tonight.');
  expect(sent()).toEqual([['string', { name: 'Ada', interests: ['Jazz'], on_screen: true }]]);
});

test('after a refusal nothing that was typed is lost', async () => {
  serve(() => refusal('closed', 'Check-in has closed for tonight.'));
  render(PosterPage, { code: '7kd2' });
  await fireEvent.click(await screen.findByRole('button', { name: /new here/ }));
  await fireEvent.input((await screen.findByLabelText('Your name')), { target: { value: 'Ada' } });
  await press('Bread');
  await press('Check in');
  await screen.findByRole('alert');
  expect(screen.getByRole('button', { name: 'Bread' }).getAttribute('aria-pressed')).toBe('true');
  expect(((await screen.findByLabelText('Your name')) as HTMLInputElement).value).toBe('Ada');
});

test('without a name one is asked for it', async () => {
  serve(() => refusal('x', 'x'));
  render(PosterPage, { code: '7kd2' });
  await fireEvent.click(await screen.findByRole('button', { name: /new here/ }));
  await press('Check in without a topic');
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

test('a remembered ticket that nobody knows any more is forgotten, and the three ways come back', async () => {
  remember({ secret: 'old', name: 'Ada', title: 'Supper', poster: '7kd2' });
  serve(() => refusal('unknown', 'We do not know this ticket.'));
  render(PosterPage, { code: '7kd2' });
  await press('Check in as Ada');
  expect((await screen.findByRole('alert')).textContent!.trim()).toBe('We do not know this ticket.');
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
  await fireEvent.input(await screen.findByLabelText(/short code/), { target: { value: 'K7QX-2M4B' } });
  await press('Check in');
  expect(await screen.findByText('We do not know this ticket.')).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>(/short code/).value).toBe('K7QX-2M4B');
});

test('a ticket of another evening with the same title is kept for that one, and not offered here again', async () => {
  remember({ secret: 'other', name: 'Ada', title: 'Supper' });
  serve(() => refusal('wrong_event', 'This ticket is for another event.'));
  const { unmount } = render(PosterPage, { code: '7kd2' });
  await press('Check in as Ada');
  await screen.findByRole('alert');
  unmount();
  render(PosterPage, { code: '7kd2' });
  expect(await screen.findByRole('button', { name: /new here/ })).toBeTruthy();
  const [kept] = JSON.parse(localStorage.getItem('tablemates.tickets')!) as { secret: string }[];
  expect(kept!.secret).toBe('other');
});

test('who guessed too often sees the seconds go by, and the button comes back by itself', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const body = '{"code":"too_many_tries","message":"Wait 3 seconds.","retry_after":3}';
  serve(() => new Response(body, { status: 429 }));
  render(PosterPage, { code: '7kd2' });
  await fireEvent.click(await screen.findByRole('button', { name: /have a ticket/ }));
  await fireEvent.input(await screen.findByLabelText(/short code/), { target: { value: 'K7QX-2M4B' } });
  await press('Check in');
  expect(await screen.findByText(/You can try again in \d seconds?\./)).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Check in' }).disabled).toBe(true);
  await vi.advanceTimersByTimeAsync(3500);
  expect(screen.queryByText(/You can try again/)).toBeNull();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Check in' }).disabled).toBe(false);
  vi.useRealTimers();
});

test('a code by mail: the address, then six digits, the sixth of which checks in; friends choose who they are', async () => {
  fetched.mockImplementation(async (path, init) => {
    if (init?.method !== 'POST') return new Response(JSON.stringify(poster));
    if (String(path).endsWith('/mail-code')) return new Response('{"message":"On its way."}', { status: 202 });
    if (String(init.body).includes('attendee')) return refusal('closed', 'Check-in has closed for tonight.');
    const people = [
      { id: '1', name: 'Ada' },
      { id: '2', name: 'Bo' },
    ];
    return new Response(JSON.stringify({ code: 'choose', people }));
  });
  render(PosterPage, { code: '7kd2' });
  await fireEvent.click(await screen.findByRole('button', { name: /code by e-mail/ }));
  await fireEvent.input(await screen.findByLabelText('Your e-mail address'), { target: { value: ' ada@example.org ' } });
  await press('Send me the code');
  const field = await screen.findByLabelText<HTMLInputElement>('Code from the mail');
  expect([field.inputMode, field.autocomplete]).toEqual(['numeric', 'one-time-code']);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: /Send it again in/ }).disabled).toBe(true);
  await fireEvent.input(field, { target: { value: '123 456' } });
  await press('Bo');
  await screen.findByRole('alert');
  expect(sent().map(([, body]) => body)).toEqual([
    { email: 'ada@example.org' },
    { email: 'ada@example.org', mail_code: '123456' },
    { email: 'ada@example.org', mail_code: '123456', attendee: '2' },
  ]);
});

test('whoever comes back from reading mail to a page loaded anew finds the field for the digits', async () => {
  sessionStorage.setItem('tablemates.step.7kd2', JSON.stringify({ step: 'mail', ticket: '' }));
  sessionStorage.setItem('tablemates.mail.7kd2', JSON.stringify({ email: 'a@b.c', asked: Date.now() - 60_000, digits: '12' }));
  serve(() => refusal('x', 'x'));
  render(PosterPage, { code: '7kd2' });
  expect((await screen.findByLabelText<HTMLInputElement>('Code from the mail')).value).toBe('12');
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send it again' }).disabled).toBe(false);
});

test('a stamp in the address is swapped for a pass, which every check-in brings along', async () => {
  history.replaceState(null, '', '/e/7kd2#STAMP');
  fetched.mockImplementation(async (_, init) =>
    init?.method === 'POST'
      ? refusal('closed', 'Check-in has closed for tonight.')
      : new Response(JSON.stringify({ ...poster, mode: 'rotating', pass: 'p4ss' })),
  );
  render(PosterPage, { code: '7kd2' });
  await fireEvent.click(await screen.findByRole('button', { name: /have a ticket/ }));
  expect(location.hash).toBe('');
  await fireEvent.input(await screen.findByLabelText(/short code/), { target: { value: 'K7QX-2M4B' } });
  await press('Check in');
  await screen.findByText('Check-in has closed for tonight.');
  expect(String(fetched.mock.calls[0]![0])).toBe('/api/v1/posters/7kd2?stamp=STAMP');
  expect(JSON.parse(String(fetched.mock.calls.at(-1)![1]!.body))).toMatchObject({ pass: 'p4ss', ticket: 'K7QX-2M4B' });
});

test('without a pass a rotating poster sends one to the screen, and to the own evening', async () => {
  remember({ secret: 's3cret', name: 'Ada', title: 'Supper', poster: '7kd2' });
  fetched.mockImplementation(async () => new Response(JSON.stringify({ ...poster, mode: 'rotating' })));
  render(PosterPage, { code: '7kd2' });
  expect(await screen.findByRole('heading', { name: 'This code has changed' })).toBeTruthy();
  expect(screen.getByRole<HTMLAnchorElement>('link', { name: 'To my evening' }).href).toMatch(/\/t#s3cret$/);
});

test('a pass that ran out while one was typing sends one to the screen again', async () => {
  history.replaceState(null, '', '/e/7kd2#STAMP');
  fetched.mockImplementation(async (_, init) =>
    init?.method === 'POST'
      ? new Response('{"code":"poster_expired","message":"x"}', { status: 410 })
      : new Response(JSON.stringify({ ...poster, mode: 'rotating', pass: 'p4ss' })),
  );
  render(PosterPage, { code: '7kd2' });
  await fireEvent.click(await screen.findByRole('button', { name: /new here/ }));
  await fireEvent.input((await screen.findByLabelText('Your name')), { target: { value: 'Ada' } });
  await press('Check in without a topic');
  expect(await screen.findByRole('heading', { name: 'This code has changed' })).toBeTruthy();
  expect(sessionStorage.getItem('tablemates.pass.7kd2')).toBeNull();
  expect(sessionStorage.getItem('tablemates.draft.7kd2')).toContain('Ada');
});

test('in, but without a key: says so instead of opening a page of nobody', async () => {
  serve(() => new Response('{"code":"entry","message":"Welcome","name":"Ada","ticket":null}', { status: 201 }));
  render(PosterPage, { code: '7kd2' });
  await fireEvent.click(await screen.findByRole('button', { name: /have a ticket/ }));
  await fireEvent.input(await screen.findByLabelText(/short code/), { target: { value: 'badge' } });
  await press('Check in');
  expect(await screen.findByRole('heading', { name: 'You are in, Ada' })).toBeTruthy();
});

test('a reload in the middle of a check-in goes on with the same scan', async () => {
  const scan = { nonce: 'n'.repeat(32), person: { ticket: 'abc' }, name: 'Ada', since: Date.now() };
  sessionStorage.setItem('tablemates.scan.7kd2', JSON.stringify(scan));
  serve(() => refusal('closed', 'Check-in has closed for tonight.'));
  render(PosterPage, { code: '7kd2' });
  await screen.findByRole('alert');
  const bodies = fetched.mock.calls.flatMap(([, init]) => (init?.body ? [JSON.parse(String(init.body))] : []));
  expect(bodies).toEqual([{ nonce: 'n'.repeat(32), pass: null, ticket: 'abc' }]);
  expect(sessionStorage.getItem('tablemates.scan.7kd2')).toBeNull();
});

test('a reload keeps the step and what was typed there', async () => {
  serve(() => refusal('x', 'x'));
  const { unmount } = render(PosterPage, { code: '7kd2' });
  await fireEvent.click(await screen.findByRole('button', { name: /have a ticket/ }));
  await fireEvent.input(await screen.findByLabelText(/short code/), { target: { value: 'K7QX' } });
  unmount();
  render(PosterPage, { code: '7kd2' });
  expect((await screen.findByLabelText<HTMLInputElement>(/short code/)).value).toBe('K7QX');
});
