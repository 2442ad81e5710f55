import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Mailing } from './mailing.svelte';

const portion = (sent: number, left: number, after: string, failed: object[] = []) => ({ sent, left, after, failed, note: '' });
const failure = { id: 'a', name: 'Ada', message: '550 No such person here' };

let answers: { status: number; body: object }[];
let asked: unknown[];

beforeEach(() => {
  asked = [];
  vi.stubGlobal('fetch', (_: string, options: RequestInit) => {
    asked.push((JSON.parse(options.body as string) as { after: unknown }).after);
    const { status, body } = answers.shift()!;
    return Promise.resolve(new Response(JSON.stringify(body), { status }));
  });
});
afterEach(() => void vi.unstubAllGlobals());

it('asks for portion after portion until none is left, and goes past those that fail', async () => {
  answers = [portion(25, 11, 'x'), portion(9, 1, 'y', [failure]), portion(1, 0, 'z')].map((body) => ({ status: 200, body }));
  const mailing = new Mailing('e1');
  await mailing.start(36);
  expect(asked).toEqual([null, 'x', 'y']);
  expect([mailing.phase, mailing.sent, mailing.done, mailing.total]).toEqual(['done', 35, 36, 36]);
  expect(mailing.failed).toEqual([failure]);
});

it('stops when the mail server is down, with how many are left', async () => {
  answers = [
    { status: 200, body: portion(25, 11, 'x') },
    { status: 503, body: { code: 'mail_down', message: 'The mail server does not answer.' } },
  ];
  const mailing = new Mailing('e1');
  await mailing.start(36);
  expect([mailing.phase, mailing.sent, mailing.left, mailing.problem]).toEqual(['stopped', 25, 11, 'The mail server does not answer.']);
});

it('a second pass begins from the beginning and forgets the failures of the first', async () => {
  answers = [portion(0, 0, 'x', [failure]), portion(1, 0, 'x')].map((body) => ({ status: 200, body }));
  const mailing = new Mailing('e1');
  await mailing.start(1);
  await mailing.start(1);
  expect(asked).toEqual([null, null]);
  expect([mailing.sent, mailing.failed]).toEqual([1, []]);
});

it('stops when asked to, after the portion under way', async () => {
  answers = [{ status: 200, body: portion(25, 11, 'x') }];
  const mailing = new Mailing('e1');
  const going = mailing.start(36);
  mailing.stop();
  await going;
  expect([mailing.phase, mailing.sent, mailing.left, asked.length]).toEqual(['stopped', 25, 11, 1]);
});
