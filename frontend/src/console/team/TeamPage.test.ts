import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Team } from '../../live/contract';
import { giveDialogsMethods } from '../testing';
import TeamPage from './TeamPage.svelte';

beforeAll(giveDialogsMethods);
afterEach(() => void vi.unstubAllGlobals());

const ada = { id: 'a', name: 'Ada', email: 'ada@example.org', role: 'owner' as const, you: true };
const bo = { id: 'b', name: '', email: 'bo@example.org', role: 'organiser' as const, you: false };
const invitation = {
  id: 'i',
  email: 'cy@example.org',
  role: 'organiser' as const,
  url: 'http://localhost/console/join/x',
  until: '2026-11-29T18:00:00.000Z',
  mailed: true,
};
const team: Team = { name: 'Supper club', members: [ada, bo], invitations: [] };

interface Asked {
  method: string;
  path: string;
  body: unknown;
}

/** A server that answers the team as it stands, and `answer` to whatever is asked then. */
async function show(answer: { status?: number; body: object } = { body: team }, first: Team = team) {
  const asked: Asked[] = [];
  const named = vi.fn();
  vi.stubGlobal('fetch', (path: string, options: RequestInit) => {
    const { status = 200, body } = asked.length ? answer : { body: first };
    asked.push({ method: options.method ?? 'GET', path: path.replace('/api/v1/team', ''), body: options.body ? JSON.parse(String(options.body)) : null });
    return Promise.resolve(new Response(JSON.stringify(body), { status }));
  });
  render(TeamPage, { named });
  await screen.findByText('Members');
  return { asked, named, last: () => asked.at(-1)! };
}

it('an owner sees everyone, and cannot remove themselves', async () => {
  await show();
  const rows = screen.getAllByRole('listitem').map((row) => within(row).queryByRole('button', { name: /^Remove/ })?.getAttribute('aria-label'));
  expect(rows).toEqual([undefined, 'Remove bo@example.org']);
});

it('an invitation that went out by mail is on its way', async () => {
  const { last } = await show({ status: 201, body: { ...team, invitations: [invitation] } });
  await fireEvent.input(screen.getByLabelText('Their e-mail address'), { target: { value: ' cy@example.org ' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Send the invitation' }));
  expect(await screen.findByText('The invitation to cy@example.org is on its way.')).toBeTruthy();
  expect(last()).toEqual({ method: 'POST', path: '/invitations', body: { email: 'cy@example.org', role: 'organiser' } });
  expect(screen.getByLabelText<HTMLInputElement>('Their e-mail address').value).toBe('');
});

it('one that did not is to be handed over, by its link', async () => {
  await show({ status: 201, body: { ...team, invitations: [{ ...invitation, mailed: false }] } });
  await fireEvent.input(screen.getByLabelText('Their e-mail address'), { target: { value: 'cy@example.org' } });
  await fireEvent.click(screen.getByRole('radio', { name: 'Owner' }));
  await fireEvent.click(screen.getByRole('button', { name: 'Send the invitation' }));
  expect(await screen.findByText('No mail got through to cy@example.org. Hand over the link yourself.')).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>('Link for cy@example.org').value).toBe(invitation.url);
});

it('nothing typed is nothing sent, and a refusal stands at the field', async () => {
  const { asked } = await show({ status: 409, body: { code: 'already_here', message: 'bo@example.org is in this team already.', field: 'email' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Send the invitation' }));
  expect([screen.getByText('Type the address that the invitation goes to.').id !== '', asked.length]).toEqual([true, 1]);
  await fireEvent.input(screen.getByLabelText('Their e-mail address'), { target: { value: 'bo@example.org' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Send the invitation' }));
  expect(await screen.findByText('bo@example.org is in this team already.')).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>('Their e-mail address').value).toBe('bo@example.org');
});

it('a role that is refused jumps back', async () => {
  const { last } = await show({ status: 409, body: { code: 'last_owner', message: 'A team needs an owner.' } });
  const role = screen.getByLabelText<HTMLSelectElement>('Role of Ada');
  await fireEvent.change(role, { target: { value: 'organiser' } });
  expect(await screen.findByText('A team needs an owner.')).toBeTruthy();
  expect([last().method, last().path, last().body, role.value]).toEqual(['PATCH', '/members/a', { role: 'organiser' }, 'owner']);
});

it('somebody is removed after a question', async () => {
  const { last } = await show({ body: { ...team, members: [ada] } });
  await fireEvent.click(screen.getByRole('button', { name: 'Remove bo@example.org' }));
  expect(screen.getByText('Remove bo@example.org from the team?')).toBeTruthy();
  await fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove' }));
  expect(await screen.findByText('bo@example.org is not in the team any more.')).toBeTruthy();
  expect([last().method, last().path]).toEqual(['DELETE', '/members/b']);
});

it('an invitation is withdrawn', async () => {
  const { last } = await show({ body: team }, { ...team, invitations: [invitation] });
  await fireEvent.click(screen.getByRole('button', { name: 'Withdraw the invitation to cy@example.org' }));
  await waitFor(() => expect(last().method).toBe('DELETE'));
  expect(last().path).toBe('/invitations/i');
});

it('another name is told to the page around', async () => {
  const { named } = await show({ body: { ...team, name: 'Lunch club' } });
  await fireEvent.input(screen.getByLabelText('Name of the team'), { target: { value: 'Lunch club' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Save the name' }));
  await screen.findByText('The team has a new name.');
  expect(named.mock.calls).toEqual([['Supper club'], ['Lunch club']]);
});

it('who is no owner sees the team and nothing to change it with', async () => {
  await show(undefined, { ...team, members: [{ ...ada, role: 'organiser' }, { ...bo, role: 'owner' }], invitations: [{ ...invitation, url: null }] });
  expect(screen.queryAllByRole('button')).toEqual([]);
  expect(screen.getByText('Only owners change the team. Ask one of them.')).toBeTruthy();
});
