import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ApiProblem } from '../../live/http';
import { AfterPage } from './page.svelte';
import { afterwards, FakeServer, tablemate } from './testing';

const NOW = Date.parse('2026-03-14T20:30:00.000Z');
const REVEAL = '2026-03-14T21:05:00.000Z';

let server: FakeServer;
let after: AfterPage;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  server = new FakeServer();
  server.answer = afterwards({ tablemates: [tablemate('b', 'Bo'), tablemate('c', 'Cleo'), tablemate('d', 'Dee')] });
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const pass = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);
const picked = () => after.page!.tablemates.filter((one) => one.picked).map(({ id }) => id);

async function open(now: () => number = Date.now): Promise<void> {
  after = new AfterPage('Ticket s3cret', now);
  stop = after.start();
  await pass();
}

test('it is read with the ticket', async () => {
  await open();
  expect(server.fetched.mock.calls[0]![0]).toBe('/api/v1/me/afterwards');
  expect(server.fetched.mock.calls[0]![1]!.headers).toEqual({ Accept: 'application/json', Authorization: 'Ticket s3cret' });
  expect([after.page!.tablemates.length, after.count, after.settled]).toEqual([3, 0, true]);
});

test('a pick is shown at once, sent, and said to be saved; a second tap takes it back', async () => {
  await open();
  after.pick('b', true);
  expect([picked(), after.status('picks/b'), after.status('picks/c')]).toEqual([['b'], 'saving', 'clean']);
  await pass();
  expect(after.status('picks/b')).toBe('saved');
  after.pick('b', false);
  await pass();
  expect([picked(), server.written]).toEqual([
    [],
    [
      ['PUT', 'picks/b', { shares: [] }],
      ['DELETE', 'picks/b', null],
    ],
  ]);
});

test('what is shared goes with the pick, and a pick that is taken back forgets it', async () => {
  await open();
  after.pick('b', true);
  after.share('b', ['email', 'words']);
  await pass();
  expect(server.written.at(-1)).toEqual(['PUT', 'picks/b', { shares: ['email', 'words'] }]);
  after.pick('b', false);
  after.pick('b', true);
  await pass();
  expect([after.page!.tablemates[0]!.shares, server.written.at(-1)]).toEqual([[], ['PUT', 'picks/b', { shares: [] }]]);
});

test('who was taken back without a connection makes room before the next pick is sent', async () => {
  server.answer = afterwards({ tablemates: [tablemate('b', 'Bo'), tablemate('c', 'Cleo', { picked: true }), tablemate('d', 'Dee', { picked: true })] });
  await open();
  server.verdict = null;
  after.pick('c', false);
  after.pick('b', true);
  await pass(3000);
  expect([after.status('picks/b'), after.status('picks/c')]).toEqual(['waiting', 'waiting']);
  server.fetched.mockClear();
  server.verdict = FakeServer.taken;
  await pass(15_000);
  expect(server.written.map(([method, path]) => `${method} ${path}`)).toEqual(['DELETE picks/c', 'PUT picks/b']);
  expect([picked(), after.status('picks/b'), after.settled]).toEqual([['b', 'd'], 'saved', true]);
});

test('without a connection the last word on a thing is the one that is sent', async () => {
  await open();
  server.verdict = null;
  for (const on of [true, false, true]) after.leaveAlone(on);
  await pass(3000);
  server.fetched.mockClear();
  server.verdict = FakeServer.taken;
  await pass(15_000);
  expect(server.written).toEqual([['PUT', 'quiet', { on: true }]]);
});

test('without a connection two changes of a promise go together', async () => {
  const promise = { id: 'p', mine: true, with: { id: 'b', name: 'Bo' }, text: 'a link', due: '2026-03-21', status: 'open', thanked: false } as const;
  server.answer = { ...server.answer, promises: [promise] };
  await open();
  server.verdict = null;
  after.settle('p', { due: '2026-03-28' });
  await pass();
  after.settle('p', { status: 'done' });
  after.settle('p', { status: 'dropped' });
  await pass(3000);
  server.fetched.mockClear();
  server.verdict = FakeServer.taken;
  await pass(15_000);
  expect(server.written).toEqual([['PATCH', 'promises/p', { due: '2026-03-28', status: 'dropped' }]]);
});

test('one refusal does not take other changes with it, and the page is read again', async () => {
  await open();
  server.verdict = () =>
    server.written.length === 1 ? FakeServer.refused(409, 'enough_picks', 'Two are enough.') : FakeServer.taken();
  after.pick('b', true);
  after.judge(true);
  await pass();
  expect([after.refusal('picks/b')?.code, after.status('worth'), after.refusal('worth')]).toEqual(['enough_picks', 'saved', null]);
  expect([server.written.length, picked()]).toEqual([2, []]);
});

test('the next change of a thing clears its refusal', async () => {
  await open();
  server.verdict = () => FakeServer.refused(400, 'invalid', 'Check the address.', 'email');
  after.write('email', 'ada@');
  after.flush();
  await pass();
  expect([after.refusal('card/email')?.message, after.refusal('card/phone')]).toEqual(['Check the address.', null]);
  server.verdict = FakeServer.taken;
  after.write('email', 'ada@example.org');
  after.flush();
  await pass();
  expect([after.refusal('card/email'), after.status('card/email')]).toEqual([null, 'saved']);
});

test('what is typed is sent after a rest, once, without spaces at its ends', async () => {
  await open();
  for (const text of ['n', 'ni', ' night trains ']) after.note('b', text);
  expect([after.page!.tablemates[0]!.note, after.status('notes/b'), after.settled]).toEqual([' night trains ', 'saving', false]);
  await pass(900);
  expect(server.written).toEqual([]);
  await pass(200);
  expect(server.written).toEqual([['PUT', 'notes/b', { text: 'night trains' }]]);
});

test.each([
  ['when the page ends', () => stop()],
  ['when the phone is put away', () => putAway()],
])('what is typed is not lost %s', async (_, end) => {
  await open();
  after.write('phone', '555');
  after.note('c', 'bread');
  end();
  await pass();
  expect(server.written).toEqual([
    ['PATCH', 'card', { phone: '555' }],
    ['PUT', 'notes/c', { text: 'bread' }],
  ]);
});

function putAway(): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  document.dispatchEvent(new Event('visibilitychange'));
  vi.restoreAllMocks();
}

test('who is blocked is gone at once from all of the page, and no note of theirs is sent any more', async () => {
  const promise = { id: 'p', mine: true, with: { id: 'b', name: 'Bo' }, text: 'a link', due: '2026-03-21', status: 'open', thanked: false } as const;
  server.answer = { ...server.answer, promises: [promise] };
  await open();
  after.note('b', 'jazz');
  after.block('b', 'Bo');
  expect([after.page!.tablemates.map(({ id }) => id), after.page!.promises, after.page!.blocked]).toEqual([
    ['c', 'd'],
    [],
    [{ id: 'b', name: 'Bo' }],
  ]);
  await pass(2000);
  expect(server.written).toEqual([['PUT', 'blocks/b', null]]);
});

test('who is no longer blocked comes back with the page that is read then', async () => {
  await open();
  after.block('b', 'Bo');
  await pass();
  after.unblock('b');
  await pass();
  expect([server.written.at(-1), after.page!.tablemates.length, server.asked]).toEqual([['DELETE', 'blocks/b', null], 3, 2]);
});

test('how a table felt is sent whole; words and name only with what the organiser reads at once', async () => {
  await open();
  after.feel('t7', { flags: ['pitched'] });
  after.feel('t7', { flags: ['pitched', 'unsafe'], words: ' help ', named: true });
  after.flush();
  await pass();
  after.feel('t7', { flags: [] });
  await pass();
  expect(server.written).toEqual([
    ['PUT', 'tables/t7/flags', { flags: ['pitched'] }],
    ['PUT', 'tables/t7/flags', { flags: ['pitched', 'unsafe'], words: 'help', named: true }],
    ['PUT', 'tables/t7/flags', { flags: [] }],
  ]);
});

test('a promise is settled and thanked for at once', async () => {
  const base = { with: { id: 'b', name: 'Bo' }, text: 'a link', due: '2026-03-21', thanked: false } as const;
  server.answer = {
    ...server.answer,
    promises: [
      { ...base, id: 'p', mine: true, status: 'open' },
      { ...base, id: 'q', mine: false, status: 'done' },
    ],
  };
  await open();
  after.settle('p', { status: 'done' });
  after.thank('q');
  expect(after.page!.promises.map(({ status, thanked }) => [status, thanked])).toEqual([
    ['done', false],
    ['done', true],
  ]);
  await pass();
  expect(server.written).toEqual([
    ['PATCH', 'promises/p', { status: 'done' }],
    ['POST', 'promises/q/thank', null],
  ]);
});

test('what must happen once is not tried again, and the page is read again when it has happened', async () => {
  await open();
  server.verdict = () => new Response(JSON.stringify({ id: 'p' }), { status: 201 });
  const made = after.act<{ id: string }>('POST', 'promises', { to: 'b', text: 'a link' });
  await pass();
  expect([await made, server.asked]).toEqual([{ id: 'p' }, 2]);
  server.verdict = null;
  const lost = after.act('POST', 'promises', { to: 'b', text: 'another' }).catch((problem: ApiProblem) => problem.code);
  await pass(20_000);
  expect([await lost, server.written.length]).toEqual(['offline', 2]);
});

test('an answer that was under way while I picked does not undo the pick, and the page is read once more', async () => {
  await open();
  let arrive: (response: Response) => void = () => undefined;
  server.fetched.mockImplementationOnce(() => new Promise((done) => (arrive = done)));
  document.dispatchEvent(new Event('visibilitychange'));
  const before = JSON.stringify(server.answer);
  after.pick('b', true);
  server.answer = afterwards({ tablemates: [tablemate('b', 'Bo', { picked: true })] });
  arrive(new Response(before));
  await pass();
  expect([picked(), server.asked]).toEqual([['b'], 3]);
});

test('without a connection it says so, and reads the page as soon as there is one', async () => {
  server.fetched.mockRejectedValueOnce(new TypeError('Failed to fetch'));
  await open();
  expect([after.page, after.trouble?.code]).toEqual([null, 'offline']);
  await pass(1000);
  expect([after.page === null, after.trouble]).toEqual([false, null]);
});

test('it is read once more at the reveal, by each phone a little later than another', async () => {
  server.answer = { ...server.answer, reveal_at: REVEAL };
  await open();
  await pass(Date.parse(REVEAL) - NOW - 1);
  expect(server.asked).toBe(1);
  server.answer = { ...server.answer, revealed: true };
  await pass(5000);
  expect([server.asked, after.page!.revealed]).toEqual([2, true]);
  await pass(3_600_000);
  expect(server.asked).toBe(2);
});

test('a server whose clock is behind is asked again at the reveal', async () => {
  server.answer = { ...server.answer, reveal_at: REVEAL };
  await open();
  await pass(Date.parse(REVEAL) - NOW + 5000);
  server.answer = { ...server.answer, revealed: true };
  await pass(15_000);
  expect(after.page!.revealed).toBe(true);
});
