import { describe, expect, it } from 'vitest';
import { at } from '../fixtures';
import { curve, halfway, span, waitWords, within } from './plots';

const arrivals = [
  { at: at('17:55'), came: 0 },
  { at: at('18:00'), came: 4 },
  { at: at('18:05'), came: 9 },
  { at: at('18:10'), came: 16 },
];

describe('arrivals', () => {
  it('span half an hour at least', () => {
    expect(span(arrivals)).toEqual({ from: Date.parse(at('17:55')), to: Date.parse(at('18:25')) });
    expect(span([...arrivals, { at: at('19:10'), came: 17 }]).to).toBe(Date.parse(at('19:10')));
  });

  it('are a line that goes on when all are there', () => {
    const minutes = (time: number) => (time - Date.parse(at('17:55'))) / 60_000;
    expect(curve(arrivals, minutes, (count) => 20 - count, Date.parse(at('18:25')))).toBe('M0.0 20.0L5.0 16.0L10.0 11.0L15.0 4.0H30.0');
    expect(curve([], minutes, (count) => count, 0)).toBe('');
  });

  it('have a moment when half of all were there', () => {
    expect(halfway(arrivals)).toEqual(arrivals[2]);
    expect(halfway([])).toBe(null);
  });
});

describe('waiting', () => {
  const group = (from: number | null, to: number | null, people = 8) => ({ from, to, people });

  it('is worded group by group', () => {
    expect(waitWords([group(0, 2), group(2, 10), group(10, null), group(null, null)])).toEqual(['under', 'between', 'longer', 'never']);
  });

  it('who never had a seat may be one of the last group', () => {
    expect(waitWords([group(0, 2), group(2, null)])).toEqual(['under', 'longer_or_never']);
    expect(waitWords([group(0, null)])).toEqual(['any']);
  });

  it('is summed up, with those who had no seat', () => {
    expect(within([group(0, 5, 30), group(5, 10), group(10, null, 6), group(null, null, 5)], 10)).toEqual({ soon: 38, all: 49 });
  });

  it('is not, where a group reaches across', () => {
    expect(within([group(0, 5, 30), group(5, null)], 10)).toBe(null);
    expect(within([group(0, 5, 30), group(5, 20)], 10)).toBe(null);
  });
});
