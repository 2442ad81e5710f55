import { describe, expect, it } from 'vitest';
import { figure } from '../fixtures';
import { choices, percent, standings, targetsOf } from './measures';

describe('targets to choose from', () => {
  it('four are suggested', () => {
    expect(targetsOf(choices([]))).toEqual([
      { measure: 'seated_soon', value: 0.8 },
      { measure: 'introduced', value: 0.4 },
      { measure: 'followed_up', value: 0.5 },
      { measure: 'pitched', value: 0.05 },
    ]);
  });

  it('what was set stays as it is, and the rest is not chosen', () => {
    const set = [{ measure: 'worth' as const, value: 0.75 }];
    expect(targetsOf(choices(set))).toEqual(set);
  });

  it('an emptied number is left to the server to refuse', () => {
    const [first] = choices([]);
    expect(targetsOf([{ ...first!, percent: null }])).toEqual([{ measure: 'seated_soon', value: -1 }]);
  });
});

it('measures with a target come first, and one that was not told is not known yet', () => {
  const found = standings({ figures: [figure('seated_soon', 0.9)], targets: [{ measure: 'pitched', value: 0.05, met: null }] });
  expect(found.map(({ measure }) => measure)).toEqual(['pitched', 'seated_soon', 'topic_cover', 'introduced', 'followed_up', 'worth']);
  expect(found[0]).toEqual({
    measure: 'pitched',
    figure: { measure: 'pitched', value: null, of: null, why_hidden: 'not_yet' },
    target: { measure: 'pitched', value: 0.05, met: null },
  });
});

it('a share just short of its target does not look like it', () => {
  expect([percent(0.796), percent(0.8), percent(1)]).toEqual(['79.6%', '80%', '100%']);
});
