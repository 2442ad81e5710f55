import { expect, it } from 'vitest';
import { findByName } from './nameSearch';

const guests = ['Ada Lovelace', 'Adam Ó Briain', 'Bo Diaz', 'Zoë-Marie Adler'].map((name) => ({
  name,
  company: 'Adventure Ltd',
  email: 'adele@example.org',
}));
const found = (query: string) => findByName(guests, query).map((guest) => guest.name);

it('one letter shows nobody', () => {
  expect(['', 'a', ' a '].map(found)).toEqual([[], [], []]);
});

it('finds the beginnings of names in any order, without accents', () => {
  expect(found('ad')).toEqual(['Ada Lovelace', 'Adam Ó Briain', 'Zoë-Marie Adler']);
  expect(found('adler zoe')).toEqual(['Zoë-Marie Adler']);
  expect(found('bri')).toEqual(['Adam Ó Briain']);
});

it('does not search in companies or addresses', () => {
  expect(found('adventure')).toEqual([]);
  expect(found('adele')).toEqual([]);
});

it('never shows more than ten', () => {
  const many = Array.from({ length: 40 }, (_, index) => ({ name: `Ann ${index}` }));
  expect(findByName(many, 'an').length).toBe(10);
});
