import { expect, it } from 'vitest';
import { quality } from '../fixtures';
import { qualityFigures } from './quality';

const random = { ...quality, tables: 13, seated: 58, topic_share: 2 / 13, topic_cover: 0.5, best_mean: 0.45, repeats: 7, company_clashes: 3 };

it('shares become counts of tables and people, each out of its own whole', () => {
  expect(qualityFigures(quality, random)).toEqual([
    { kind: 'share', name: 'tables_with_topic', draft: 12, of: 12, random: 2, randomOf: 13 },
    { kind: 'share', name: 'people_with_topic', draft: 54, of: 60, random: 29, randomOf: 58 },
    { kind: 'times', name: 'best_tablemate', times: 2 },
    { kind: 'count', name: 'repeats', draft: 0, random: 7 },
    { kind: 'count', name: 'company_clashes', draft: 0, random: 3 },
  ]);
});

it.each([0, 0.001, 0.9, 1.2])('closeness is left out where the comparison with chance (%d) would mislead', (best_mean) => {
  const names = qualityFigures(quality, { ...random, best_mean }).map((figure) => figure.name);
  expect(names).toEqual(['tables_with_topic', 'people_with_topic', 'repeats', 'company_clashes']);
});
