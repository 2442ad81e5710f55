import { fireEvent, render, screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { at, evening as room } from './fixtures';
import { live } from './testing';
import TroubleNotice from './TroubleNotice.svelte';

it('a conflict is told as what colleagues did meanwhile, until it is dismissed', async () => {
  const evening = live(room(), 0);
  evening.trouble = {
    conflict: true,
    message: '',
    changes: [
      { version: 4, by: 'Bea', at: at('18:30'), kind: 'person_moved', params: { person: 'Ada', from: 3, table: 5 } },
      { version: 5, by: '', at: at('18:31'), kind: 'round_started', params: { round: 1 } },
    ],
  };
  render(TroubleNotice, { evening });
  const told = screen.getAllByRole('listitem').map((row) => row.firstChild!.textContent!.trim());
  expect(told).toEqual(['Bea moved Ada from table 3 to table 5.', 'The clock started the talk of round 1.']);
  await fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(evening.trouble).toBe(null);
});
