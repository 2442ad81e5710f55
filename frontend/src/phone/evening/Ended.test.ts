import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeServer } from '../afterwards/testing';
import { afterwards, memory, NOW } from '../followup/testing';
import Ended from './Ended.svelte';
import { phoneState } from './testing';

let server: FakeServer;

beforeEach(() => {
  server = new FakeServer();
  server.answer = afterwards();
  vi.stubGlobal('scrollTo', () => undefined);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const phone = phoneState({ event: { title: 'Supper', phase: 'ended', topics: [], series: 'Suppers' } });

test('there are thanks, and what may follow', async () => {
  render(Ended, { phone, secret: 's3cret', now: NOW });
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Thank you for coming, Ada Lovelace');
  expect(await screen.findByRole('heading', { name: 'Bo Diddley' })).toBeTruthy();
});

test('a page that could not be read says so and is read by a tap', async () => {
  server.fetched.mockRejectedValueOnce(new TypeError('Failed to fetch'));
  render(Ended, { phone, secret: 's3cret', now: NOW });
  await fireEvent.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('heading', { name: 'Bo Diddley' })).toBeTruthy();
});

test('when somebody asks me, the page is read again', async () => {
  const { rerender } = render(Ended, { phone, secret: 's3cret', now: NOW });
  await screen.findByRole('heading', { name: 'Bo Diddley' });
  server.answer = afterwards({ requests: { pass_on: [], meet: [{ id: 'q1', asker: 'Fay W.', via: '' }], own: [] } });
  await rerender({ phone: { ...phone, request: { id: 'q1', asker: 'Fay W.', target: null, via: '' } } });
  expect(await screen.findByText('Fay W. would like to meet you')).toBeTruthy();
});

test('the memory of the series is one tap away, and the way back too', async () => {
  const page = server.answer;
  server.answer = { ...page, ...afterwards({ event: { ...afterwards().event, series: 'Suppers' } }) };
  render(Ended, { phone, secret: 's3cret', now: NOW });
  const row = await screen.findByRole('button', { name: 'What Suppers remembers of you' });
  server.answer = memory();
  await fireEvent.click(row);
  expect(await screen.findByRole('heading', { level: 1, name: 'What Suppers remembers of you' })).toBeTruthy();
  await fireEvent.click(await screen.findByRole('button', { name: 'Back' }));
  expect(screen.getByRole('heading', { level: 1, name: /^Thank you/ })).toBeTruthy();
});
