import { expect, it } from 'vitest';
import { fold } from './names';

it('folding forgets accents and capitals in any script', () => {
  expect(['Zoë', 'ÅSA', 'Łukasz', 'محمد'].map(fold)).toEqual(['zoe', 'asa', 'łukasz', 'محمد']);
});
