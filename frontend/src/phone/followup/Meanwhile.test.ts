import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { FakeServer } from '../afterwards/testing';
import Meanwhile from './Meanwhile.svelte';
import { afterwards, introduction, NOW, openAside, promise } from './testing';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('while the evening goes on one sees who was introduced and what was promised, and asks for somebody', async () => {
  const server = new FakeServer();
  server.answer = afterwards({ revealed: false, introductions: [introduction({ via: 'Dee B.' })], promises: [promise('p1')] });
  render(Meanwhile, { authorization: 'Ticket s3cret', now: NOW });
  expect(await screen.findByText('Dee B. brought you together.')).toBeTruthy();
  await openAside('Promises');
  expect(screen.getByText('Send the record')).toBeTruthy();
  await openAside('Introduce me to somebody');
  await fireEvent.input(screen.getByLabelText('Their name'), { target: { value: 'Grace' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Ask for me' }));
  await vi.waitFor(() => expect(server.written).toEqual([['POST', 'requests', { name: 'Grace', shares: [] }]]));
});
