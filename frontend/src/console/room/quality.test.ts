import { expect, it } from 'vitest';
import { quality } from '../fixtures';
import { qualityFigures } from './quality';

const draft = { ...quality, floor_missed: 0.1, moved: 2 };
const random = {
  ...quality,
  tables: 13,
  seated: 58,
  topic_share: 2 / 13,
  topic_cover: 0.5,
  mean_affinity: 0.25,
  best_mean: 0.45,
  best_worst: 0.02,
  floor_missed: 0.5,
  repeats: 7,
  company_clashes: 3,
  moved: 2,
};

it('every figure stands beside chance: shares as counts out of their own whole, closeness as how many times', () => {
  expect(qualityFigures(draft, random)).toEqual([
    { kind: 'share', name: 'tables_with_topic', draft: 12, of: 12, random: 2, randomOf: 13, better: true },
    { kind: 'share', name: 'people_with_topic', draft: 54, of: 60, random: 29, randomOf: 58, better: true },
    { kind: 'times', name: 'best_tablemate', times: 2, draft: 0.9, random: 0.45, better: true },
    { kind: 'times', name: 'whole_table', times: 2, draft: 0.5, random: 0.25, better: true },
    { kind: 'times', name: 'worst_off', times: null, draft: 0.5, random: 0.02, better: true },
    { kind: 'share', name: 'floor_missed', draft: 6, of: 60, random: 29, randomOf: 58, better: true },
    { kind: 'count', name: 'repeats', draft: 0, random: 7, better: true },
    { kind: 'count', name: 'company_clashes', draft: 0, random: 3, better: true },
    { kind: 'count', name: 'moved', draft: 2, random: 2, better: null },
  ]);
});

it('what chance would do better is told too', () => {
  const worse = qualityFigures({ ...draft, repeats: 9, topic_share: 0.1 }, random).filter(({ better }) => better === false);
  expect(worse.map(({ name }) => name)).toEqual(['tables_with_topic', 'repeats']);
});

it.each([
  [0, null],
  [0.05, null],
  [0.3, 3],
])('with closeness %d at random "a hundred times" would be a boast', (best_mean, times) => {
  const closest = qualityFigures(draft, { ...random, best_mean })[2];
  expect(closest).toMatchObject({ name: 'best_tablemate', times: times && expect.closeTo(times) });
});
