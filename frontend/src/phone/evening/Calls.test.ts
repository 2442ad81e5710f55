import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PhoneState } from '../../live/contract';
import { FakeServer } from '../afterwards/testing';
import Calls from './Calls.svelte';
import { makeDeeds, phoneState } from './testing';

type Request = NonNullable<PhoneState['request']>;

const PASS_ON: Request = { id: 'q1', asker: 'Cleo L.', target: 'Dee B.', via: '' };
const MEET: Request = { id: 'q2', asker: 'Cleo L.', target: null, via: 'Bo D.' };

let server: FakeServer;

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const pass = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);

function show(phone: PhoneState) {
  return render(Calls, { phone, authorization: 'Ticket s3cret', now: 0, deeds: makeDeeds() });
}

async function tap(name: string): Promise<void> {
  await fireEvent.click(screen.getByRole('button', { name }));
  await pass();
}

test('who knows both is asked to bring them together, in a place that is read out', async () => {
  const { rerender } = show(phoneState());
  const places = screen.getAllByRole('status');
  await rerender({ phone: phoneState({ request: PASS_ON }) });
  expect(places.map((place) => place.textContent!.trim()).filter(Boolean)).toEqual([
    'Cleo L. would like to meet Dee B. You know both. Shall we ask Dee B.? If you would rather not, nobody is told.',
  ]);
  await tap('Yes, ask them');
  expect([server.written, screen.queryAllByRole('button')]).toEqual([[['POST', 'requests/q1', { yes: true }]], []]);
});

test('who is sought chooses what to share, and only then says yes', async () => {
  show(phoneState({ request: MEET }));
  expect(screen.getByText('Bo D. knows both of you. If you would rather not, nobody is told.')).toBeTruthy();
  await tap('Yes, gladly');
  expect(server.written).toEqual([]);
  await tap('E-mail');
  await tap('Introduce us');
  expect(server.written).toEqual([['POST', 'requests/q2', { yes: true, shares: ['email'] }]]);
});

test('a no takes one tap and shares nothing', async () => {
  show(phoneState({ request: MEET }));
  await tap('Rather not');
  expect(server.written).toEqual([['POST', 'requests/q2', { yes: false }]]);
});

test('a field that is typed for it is kept', async () => {
  show(phoneState({ request: { ...MEET, via: '' } }));
  expect(screen.getByText(/^A host passes it on/)).toBeTruthy();
  await tap('Yes, gladly');
  await tap('Phone');
  await fireEvent.input(screen.getByLabelText('Phone'), { target: { value: '555' } });
  await tap('Introduce us');
  expect(server.written).toEqual([
    ['PATCH', 'card', { phone: '555' }],
    ['POST', 'requests/q2', { yes: true, shares: ['phone'] }],
  ]);
});

test('the next request is asked by itself', async () => {
  const { rerender } = show(phoneState({ request: MEET }));
  await tap('Yes, gladly');
  await tap('E-mail');
  await rerender({ phone: phoneState({ request: { ...MEET, id: 'q3', asker: 'Dee B.' } }) });
  expect([screen.getByText('Dee B. would like to meet you') !== null, screen.queryByLabelText('E-mail')]).toEqual([true, null]);
});

test('whoever waits for company comes first', () => {
  show(phoneState({ request: MEET, errand: { id: 1, name: 'Edda' } }));
  expect(screen.getAllByRole('button').map((button) => button.textContent!.trim())).toEqual(['We have met']);
});

test('after the evening nothing lies on the page', () => {
  show(phoneState({ request: MEET, event: { title: 'Supper', phase: 'ended', topics: [], series: null } }));
  expect(screen.queryAllByRole('button')).toEqual([]);
});
