import { render } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import PlaceCards from './PlaceCards.svelte';

// jsdom has no media queries; the motion module asks for one while it is imported.
vi.hoisted(() => (globalThis.matchMedia = () => new EventTarget() as MediaQueryList));

test('people who rather not be named are counted, the others isolated and escaped', () => {
  const people = [
    { id: 'a', name: '<i>Ada</i>' },
    { id: 'b', name: null },
    { id: 'c', name: 'ليلى' },
    { id: 'd', name: null },
  ];
  const { container } = render(PlaceCards, { tables: [{ id: 't', number: 7, topic: 'Jazz', people }], rows: 2 });
  const words = (selector: string) => [...container.querySelectorAll(selector)].map((node) => node.textContent);
  expect(words('.people > li')).toEqual(['<i>Ada</i>', 'ليلى', '+2']);
  expect(words('.people bdi')).toEqual(['<i>Ada</i>', 'ليلى']);
  expect(words('.people i')).toEqual([]);
});

test('of a very long table as many are named as there is room for', () => {
  const people = Array.from({ length: 12 }, (_, at) => ({ id: `${at}`, name: `P${at}` }));
  const { container } = render(PlaceCards, { tables: [{ id: 't', number: 7, topic: null, people }], rows: 2 });
  const lines = [...container.querySelectorAll('.people > li')].map((node) => node.textContent);
  expect([lines.length, lines.at(-1)]).toEqual([10, '+3']);
});
