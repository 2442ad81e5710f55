import { fireEvent, render, screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import EventHead from './EventHead.svelte';
import { conflict, evening as room } from './fixtures';

const linksOf = (nav: Element) => [...nav.querySelectorAll('a')].map((link) => link.textContent!.replace(/\s+/g, ' ').trim());

it('the way to the door says how many people are to be looked at', () => {
  const state = room({ conflicts: [conflict('c1'), conflict('c2')] });
  render(EventHead, { state, page: 'room' });
  expect(linksOf(screen.getByRole('navigation'))).toEqual(['Room', 'Guests', 'Door 2(2 people to look at)', 'Plan', 'Outcome', 'Settings']);
});

it('and nothing when there are none', () => {
  render(EventHead, { state: room(), page: 'room' });
  expect(linksOf(screen.getByRole('navigation'))).toEqual(['Room', 'Guests', 'Door', 'Plan', 'Outcome', 'Settings']);
});

it('what can be printed opens in new tabs, from a menu that Escape closes', async () => {
  render(EventHead, { state: room(), page: 'door' });
  const summary = screen.getByText('On paper');
  const menu = summary.closest('details')!;
  menu.open = true;
  await fireEvent(menu, new Event('toggle'));
  const links = [...menu.querySelectorAll('a')];
  expect(links.map((link) => [link.getAttribute('href'), link.target])).toEqual(
    ['poster', 'tickets', 'badges', 'table-cards'].map((sheet) => [`/console/events/e1/print/${sheet}/`, '_blank']),
  );
  links[0]!.focus();
  await fireEvent.keyDown(links[0]!, { key: 'Escape' });
  expect([menu.open, document.activeElement]).toEqual([false, summary]);
});
