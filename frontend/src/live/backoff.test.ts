import { expect, test } from 'vitest';
import { backoff } from './backoff';

test('the longest wait doubles from half a second and stops at fifteen seconds', () => {
  const longest = [0, 1, 2, 3, 4, 5, 50].map((attempt) => backoff(attempt, () => 1));
  expect(longest).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
});

test('the shortest wait is a quarter of a second, never nothing', () => {
  expect([0, 3, 9].map((attempt) => backoff(attempt, () => 0))).toEqual([250, 250, 250]);
});
