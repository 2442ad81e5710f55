import { render, screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { ConsoleState } from '../../live/contract';
import { evening as room } from '../fixtures';
import Links from './Links.svelte';

function show(poster_mode: ConsoleState['event']['poster_mode']) {
  render(Links, { event: { ...room().event, poster_mode } });
  return screen.getAllByRole('link').map((link) => link.getAttribute('href'));
}

it('leads to the screen, the poster and the check-in page', () => {
  expect(show('static')).toEqual(['/screen#token', '/console/events/e1/print/poster/', 'http://localhost/e/AUTUMN']);
});

it('while the poster’s code changes, leads to the poster for a screen and to nothing that would not work', () => {
  expect(show('rotating')).toEqual(['/screen#token', '/screen?show=poster#token']);
});
