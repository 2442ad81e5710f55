import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiProblem, http, httpText } from './http';

const fetched = vi.fn<typeof fetch>();

beforeEach(() => vi.stubGlobal('fetch', fetched));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  fetched.mockReset();
  document.cookie = 'csrftoken=; max-age=0';
});

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const headers = () => fetched.mock.calls[0]![1]!.headers;
const refusal = (path: string) => http(path).then(() => null, (error: unknown) => error as ApiProblem);

test('an answer is parsed', async () => {
  fetched.mockResolvedValue(json({ title: 'Supper' }));
  expect(await http('/api/v1/posters/k')).toEqual({ title: 'Supper' });
});

test('a token goes into the header and no CSRF token beside it', async () => {
  fetched.mockResolvedValue(json({}));
  await http('/api/v1/me/leave', { method: 'POST', body: { nonce: 'n' }, authorization: 'Ticket s' });
  expect(headers()).toEqual({ Accept: 'application/json', Authorization: 'Ticket s', 'Content-Type': 'application/json' });
  expect(fetched.mock.calls[0]![1]!.body).toBe('{"nonce":"n"}');
});

test('a write by session carries the CSRF cookie', async () => {
  document.cookie = 'csrftoken=abc123';
  fetched.mockResolvedValue(json({}));
  await http('/api/v1/events', { method: 'POST', body: { title: 'x' } });
  expect(headers()).toEqual({ Accept: 'application/json', 'X-CSRFToken': 'abc123', 'Content-Type': 'application/json' });
});

test('a form is sent as it is', async () => {
  fetched.mockResolvedValue(json({}));
  const form = new FormData();
  await http('/api/v1/events/1/import', { method: 'POST', body: form });
  expect(fetched.mock.calls[0]![1]!.body).toBe(form);
  expect(headers()).toEqual({ Accept: 'application/json', 'X-CSRFToken': '' });
});

test('a refusal keeps code, message and field of the server', async () => {
  fetched.mockResolvedValue(json({ code: 'too_long', message: 'At most 60 letters.', field: 'name' }, 400));
  expect(await refusal('/x')).toMatchObject({ status: 400, code: 'too_long', message: 'At most 60 letters.', field: 'name' });
});

test('a conflict brings what others did meanwhile', async () => {
  const changes = [{ version: 7, by: 'Bea', at: '2026-11-22T18:10:00.000Z', kind: 'round_discarded', params: { round: 2 } }];
  fetched.mockResolvedValue(json({ code: 'version_conflict', message: 'Someone was quicker.', changes }, 409));
  expect((await refusal('/x'))?.changes).toEqual(changes);
});

test('an error page that is not ours becomes a broken answer', async () => {
  fetched.mockResolvedValue(new Response('<h1>502</h1>', { status: 502 }));
  expect(await refusal('/x')).toMatchObject({ status: 502, code: 'broken' });
});

test('a success that is not JSON becomes a broken answer', async () => {
  fetched.mockResolvedValue(new Response('<p>Sign in to this Wi-Fi</p>', { status: 200 }));
  expect(await refusal('/x')).toMatchObject({ status: 200, code: 'broken' });
});

test('no network is offline', async () => {
  fetched.mockRejectedValue(new TypeError('Failed to fetch'));
  expect(await refusal('/x')).toMatchObject({ status: 0, code: 'offline', offline: true });
});

test('a server that never answers is given up after ten seconds', async () => {
  vi.useFakeTimers();
  fetched.mockImplementation(
    (_, init) => new Promise((_, reject) => init!.signal!.addEventListener('abort', () => reject(new Error('aborted')))),
  );
  const failure = refusal('/x');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await failure).toMatchObject({ code: 'offline' });
});

test('a picture comes as words', async () => {
  fetched.mockResolvedValue(new Response('<svg/>'));
  expect(await httpText('/api/v1/me/ticket.svg')).toBe('<svg/>');
});
