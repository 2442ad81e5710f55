import { afterEach, expect, test } from 'vitest';
import { fragment } from './fragment';

afterEach(() => history.replaceState(null, '', '/'));

test.each([
  ['', ''],
  ['#', ''],
  ['#s3cret', 's3cret'],
  ['#a%20b', 'a b'],
  ['#100%', '100%'],
  ['#%ff', '%ff'],
])('the fragment of %s is "%s"', (hash, text) => {
  history.replaceState(null, '', `/t${hash}`);
  expect(fragment()).toBe(text);
});
