import { expect, test } from 'vitest';
import { leftToDo, standing } from './standing';
import { afterwards, ENDED, introduction, promise } from './testing';

const HOUR = 3_600_000;

test.each([
  [0, 'fresh'],
  [24 * HOUR - 1, 'fresh'],
  [24 * HOUR, 'grace'],
  [48 * HOUR - 1, 'grace'],
  [48 * HOUR, 'late'],
] as const)('%i ms after the end one is %s', (passed, expected) => {
  expect(standing(afterwards(), Date.parse(ENDED) + passed)).toBe(expected);
});

test('letters not written, own promises that are open and what one is asked are left to do', () => {
  const written = introduction({ id: 'cleo', letter: { channel: 'own', sent_at: ENDED } });
  const page = afterwards({
    introductions: [introduction(), written],
    promises: [promise('p1'), promise('p2', { status: 'dropped' }), promise('p3', { mine: false })],
    requests: {
      pass_on: [{ id: 'q1', asker: 'Fay W.', target: 'Bo D.' }],
      meet: [{ id: 'q2', asker: 'Gus G.', via: '' }],
      own: [{ id: 'q3', name: 'Grace', introduced: false }],
    },
  });
  expect(leftToDo(page)).toEqual({ letters: 1, promises: 1, requests: 2 });
});
