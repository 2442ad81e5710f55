import { render, screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { Pattern } from '../../live/contract';
import Patterns from './Patterns.svelte';

const patterns: Pattern[] = [
  { kind: 'pitched', people: 4, tables: [{ round: 2, table: 4, people: 3 }] },
  { kind: 'one_voice', people: 3, tables: [{ round: 0, table: 1, people: 3 }] },
];
const said = () => screen.getAllByRole('listitem').map((item) => [...item.children].map((line) => line.textContent));

it('says how many, where, and what to do before the next round', () => {
  render(Patterns, { patterns, phase: 'open' });
  expect(said()).toEqual([
    ['4 people felt pitched at', 'Round 2, table 4: 3 people', expect.stringMatching(/^Before the next round, say to everyone/)],
    [
      '3 people say that one voice took over',
      'While tables formed, table 1: 3 people',
      expect.stringMatching(/^Before the next round, ask every table/),
    ],
  ]);
});

it('after the evening it speaks of the next one', () => {
  render(Patterns, { patterns: patterns.slice(0, 1), phase: 'ended' });
  expect(said()[0]![2]).toMatch(/^Next time/);
});

it('says nothing where there is none', () => {
  const { container } = render(Patterns, { patterns: [], phase: 'open' });
  expect(container.textContent).toBe('');
});
