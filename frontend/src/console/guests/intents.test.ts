import { expect, it } from 'vitest';
import type { Intent } from '../../live/contract';
import { attendee } from '../fixtures';
import { intentPicture } from './intents';

const came = (counts: Partial<Record<Intent | '', number>>) =>
  Object.entries(counts).flatMap(([intent, count]) =>
    Array.from({ length: count }, (_, index) => attendee(`${intent}${index}`, { intent: intent as Intent | '' })),
  );

it('counts why people came, most frequent first', () => {
  const { answered, silent, shares } = intentPicture(came({ buy: 1, sell: 3, '': 2 }));
  expect({ answered, silent, shares }).toEqual({
    answered: 4,
    silent: 2,
    shares: [
      { intent: 'sell', count: 3, share: 0.75 },
      { intent: 'buy', count: 1, share: 0.25 },
    ],
  });
});

it('warns when more than 60 % came for one thing, and not at 60 %', () => {
  expect(intentPicture(came({ sell: 31, buy: 2 })).dominant).toBe('sell');
  expect(intentPicture(came({ sell: 6, buy: 4 })).dominant).toBe(null);
});

it('does not judge a handful of answers', () => {
  expect(intentPicture(came({ sell: 4 })).dominant).toBe(null);
});

it('leaves out those who cancelled', () => {
  expect(intentPicture([attendee('Ada', { intent: 'sell', status: 'cancelled' })])).toEqual({
    answered: 0,
    silent: 0,
    shares: [],
    dominant: null,
  });
});
