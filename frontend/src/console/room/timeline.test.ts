import { describe, expect, it } from 'vitest';
import { at, round } from '../fixtures';
import { ceiling, presence, spans, stretch, ticks } from './timeline';

const time = (clock: string) => Date.parse(at(clock));
const minute = (clock: string, came: number, left = 0) => ({ at: at(clock), in: came, out: left });
const clocks = (times: number[]) => times.map((one) => new Date(one).toISOString().slice(11, 16));

it('who is here adds up minute by minute', () => {
  const minutes = [minute('18:01', 3), minute('18:02', 5, 1), minute('19:30', 0, 4)];
  expect(presence({ minutes }).map(({ here }) => here)).toEqual([3, 7, 3]);
  expect(presence({ minutes: [] })).toEqual([]);
});

describe('rounds on the line', () => {
  const [from, talk, to] = ['18:27', '18:30', '18:45'].map(time);

  it('a round begins when it was published and ends with its clock', () => {
    const published = round('r1', { published_at: at('18:27') });
    expect(spans([published], time('18:31'))).toEqual([{ id: 'r1', number: 1, kind: 'timed', on: true, from, talk, to }]);
  });

  it('rolling tables last until now, and drafts are not there yet', () => {
    const rolling = round('r0', { number: 0, kind: 'rolling', starts_at: null, ends_at: null, published_at: at('18:05') });
    const draft = round('r2', { status: 'draft', starts_at: null, ends_at: null });
    expect(spans([draft, rolling], time('18:20')).map((span) => [span.id, ...clocks([span.from, span.talk, span.to])])).toEqual([
      ['r0', '18:05', '18:05', '18:20'],
    ]);
  });

  it('a round that was ended while people walked has no length below zero', () => {
    const ended = round('r1', { status: 'done', published_at: at('18:27'), ends_at: at('18:28') });
    expect(spans([ended], time('19:00')).map((span) => clocks([span.from, span.talk, span.to]))).toEqual([['18:27', '18:28', '18:28']]);
  });
});

describe('the line', () => {
  const here = presence({ minutes: [minute('18:01', 3), minute('18:40', 1)] });

  it('reaches from the first arrival to a little after now', () => {
    const { from, to } = stretch(here, [], time('18:50'), true);
    expect(clocks([from, to])).toEqual(['18:01', '18:55']);
  });

  it('reaches to the end of the round that is on', () => {
    const { to } = stretch(here, spans([round('r1', { ends_at: at('19:10') })], time('18:50')), time('18:50'), true);
    expect(clocks([to])).toEqual(['19:10']);
  });

  it('is half an hour long at least, and ends with the last thing that happened once the evening is over', () => {
    expect(clocks(Object.values(stretch([], [], time('18:00'), true)))).toEqual(['18:00', '18:30']);
    expect(clocks(Object.values(stretch(here, [], time('23:00'), false)))).toEqual(['18:01', '18:40']);
  });

  it.each([
    ['18:01', '18:28', 6, ['18:05', '18:10', '18:15', '18:20', '18:25']],
    ['18:01', '20:10', 5, ['18:30', '19:00', '19:30', '20:00']],
    ['18:00', '18:30', 2, ['18:00', '18:15', '18:30']],
  ])('from %s to %s is marked at round times', (from, to, most, marks) => {
    expect(clocks(ticks(time(from), time(to), most, 0))).toEqual(marks);
  });
});

it('the scale ends at a round number', () => {
  expect([0, 4, 6, 12, 21, 60, 61, 450].map(ceiling)).toEqual([5, 5, 6, 20, 30, 60, 80, 600]);
});
