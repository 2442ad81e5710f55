import { expect, test } from 'vitest';
import { nonce } from './nonce';

test('a nonce is 32 hexadecimal digits and no two are alike', () => {
  const many = Array.from({ length: 500 }, nonce);
  expect(many.filter((one) => /^[0-9a-f]{32}$/.test(one)).length).toBe(500);
  expect(new Set(many).size).toBe(500);
});
