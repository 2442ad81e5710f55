import { expect, test } from 'vitest';
import { topicHue } from './topic';

test('a topic has one hue, however it is written', () => {
  expect(topicHue(' Urban Farming ')).toBe(topicHue('urban farming'));
});

test('every hue is one of the ten, also for an empty or an emoji name', () => {
  const names = ['', '🌱', 'الزراعة', ...Array.from({ length: 300 }, (_, i) => `topic ${i}`)];
  const hues = new Set(names.map(topicHue));
  expect([...hues].sort()).toEqual(Array.from({ length: 10 }, (_, i) => `var(--topic-${i + 1})`).sort());
});
