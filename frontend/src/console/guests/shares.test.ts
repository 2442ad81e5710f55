import { expect, it } from 'vitest';
import type { Intent } from '../../live/contract';
import { attendee } from '../fixtures';
import { intentPicture, tradePicture } from './shares';

const came = (counts: Partial<Record<Intent | '', number>>) =>
  Object.entries(counts).flatMap(([intent, count]) =>
    Array.from({ length: count }, (_, index) => attendee(`${intent}${index}`, { intent: intent as Intent | '' })),
  );

const working = (...trades: string[]) => trades.map((trade, index) => attendee(`${index}`, { trade }));

it('counts why people came, most frequent first', () => {
  expect(intentPicture(came({ buy: 1, sell: 3, '': 2 }))).toEqual({
    answered: 4,
    silent: 2,
    shares: [
      { answer: 'sell', count: 3, share: 0.75 },
      { answer: 'buy', count: 1, share: 0.25 },
    ],
    others: 0,
    dominant: null,
  });
});

it('warns when more than 60 % came for one thing, and not at 60 %', () => {
  expect(intentPicture(came({ sell: 31, buy: 2 })).dominant?.answer).toBe('sell');
  expect(intentPicture(came({ sell: 6, buy: 4 })).dominant).toBe(null);
});

it('does not judge a handful of answers', () => {
  expect(intentPicture(came({ sell: 4 })).dominant).toBe(null);
});

it('leaves out those who cancelled', () => {
  const none = { answered: 0, silent: 0, shares: [], others: 0, dominant: null };
  expect(intentPicture([attendee('Ada', { intent: 'sell', status: 'cancelled' })])).toEqual(none);
  expect(tradePicture([attendee('Ada', { trade: 'Cook', status: 'blocked' })])).toEqual(none);
});

it('a trade is one however it is written, and called as most write it', () => {
  const { shares, silent } = tradePicture(working('lawyer', 'Lawyer', ' Lawyer ', 'Cook', '', '  '));
  expect(shares.map(({ answer, count }) => [answer, count])).toEqual([
    ['Lawyer', 3],
    ['Cook', 1],
  ]);
  expect(silent).toBe(2);
});

it('warns when more than 40 % have one trade', () => {
  expect(tradePicture(working('Lawyer', 'Lawyer', 'Lawyer', 'Cook', 'Smith', 'Baker')).dominant?.answer).toBe('Lawyer');
  expect(tradePicture(working('Lawyer', 'Lawyer', 'Cook', 'Smith', 'Baker')).dominant).toBe(null);
});

it('names seven trades and counts the people of all others', () => {
  const { shares, others } = tradePicture(working(...'abcdefghi'.split(''), 'a'));
  expect([shares.map(({ answer }) => answer), others]).toEqual([['a', 'b', 'c', 'd', 'e', 'f', 'g'], 2]);
});
