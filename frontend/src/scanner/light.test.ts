import { expect, it } from 'vitest';
import { lightOf } from './light';

it('is green only when all is sent and the server is near, and red only without it', () => {
  expect(lightOf('online', 0)).toBe('green');
  expect([lightOf('online', 3), lightOf('slow', 0), lightOf('starting', 0)]).toEqual(['amber', 'amber', 'amber']);
  expect([lightOf('offline', 0), lightOf('offline', 3)]).toEqual(['red', 'red']);
});
