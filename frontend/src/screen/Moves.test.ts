import { render } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import type { ScreenState, ScreenTable } from '../live/contract';
import Moves from './Moves.svelte';

// jsdom has no media queries, for which the motion module asks while it is imported, and moves nothing: here motion ends at once.
vi.hoisted(() => {
  globalThis.matchMedia = () => new EventTarget() as MediaQueryList;
  Element.prototype.getAnimations = () => [];
  Element.prototype.animate = () => {
    const motion = { cancel: () => {}, onfinish: () => {} };
    queueMicrotask(() => motion.onfinish());
    return motion as unknown as Animation;
  };
});

const NOW = Date.parse('2026-03-14T18:12:00.000Z');

function hall(round: string, seats: Record<number, string[]>): ScreenState {
  const tables = Object.entries(seats).map(
    ([number, names]): ScreenTable => ({
      id: `t${number}`,
      number: Number(number),
      topic: null,
      people: names.map((name) => ({ id: name, name })),
    }),
  );
  return {
    event: { title: 'Supper', phase: 'open', poster_url: '', language: 'en' },
    room: { present: 0, topics: [], latest: [] },
    round: { id: round, number: 1, kind: 'timed', status: 'published', starts_at: null, ends_at: null, paused_at: null, patience: null },
    tables: Object.fromEntries(tables.map((table) => [table.id, table])),
    plan: { entrance: { x: 50, y: 100 }, tables: [] },
  };
}

function shown(newcomers: boolean) {
  const { container, rerender } = render(Moves, { hall: hall('r1', { 1: ['Ada', 'Bo'], 2: ['Cy'] }), now: NOW, newcomers });
  const lines = () => [...container.querySelectorAll('li')].map((line) => line.textContent!.replace(/\s+/g, ' ').trim());
  return { lines, rerender };
}

test('nobody is told of when the screen comes up', () => expect(shown(true).lines()).toEqual([]));

test('who moves is shown with both tables, for twelve seconds', async () => {
  const { lines, rerender } = shown(true);
  const moved = hall('r1', { 1: ['Bo'], 2: ['Cy', 'Ada'] });
  await rerender({ hall: moved });
  expect(lines()).toEqual(['1 Ada 2']);
  await rerender({ hall: moved, now: NOW + 11_000 });
  expect(lines()).toEqual(['1 Ada 2']);
  await rerender({ hall: moved, now: NOW + 13_000 });
  await vi.waitFor(() => expect(lines()).toEqual([]));
});

test('who comes is shown only where no page names them', async () => {
  const seats = { 1: ['Ada', 'Bo'], 2: ['Cy', 'Dee'] };
  const told = [true, false].map(async (newcomers) => {
    const { lines, rerender } = shown(newcomers);
    await rerender({ hall: hall('r1', seats) });
    return lines();
  });
  expect(await Promise.all(told)).toEqual([['Dee 2'], []]);
});

test('another round is a new plan', async () => {
  const { lines, rerender } = shown(true);
  await rerender({ hall: hall('r2', { 1: ['Cy'], 2: ['Ada', 'Bo'] }) });
  expect(lines()).toEqual([]);
});
