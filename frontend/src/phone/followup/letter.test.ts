import { expect, test } from 'vitest';
import { begun, mailWith, missing } from './letter';

const DRAFT = 'Hello Bo,\n\nWe sat together at Supper and talked about Jazz.\n\nHis record shop';

test.each([
  ['the draft without a note', 'Hello Bo,\n\nWe sat together at Supper and talked about Jazz.', 20],
  ['nothing', '', 20],
  ['a note of fourteen letters', DRAFT, 7],
  ['signs and spaces', `${DRAFT} … !!! ???`, 7],
  ['a draft with other spaces and capitals', 'HELLO  Bo,\nWe sat together at Supper\nand talked about jazz. His record shop', 7],
  ['a greeting of one’s own', 'Dear Bo,\n\nWe sat together at Supper and talked about Jazz.', 14],
  ['enough', `${DRAFT}: when is it open?`, 0],
  ['letters of any script', 'Привет, увидимся в четверг', 0],
])('of %s so many letters are missing', (_, text, left) => {
  expect(missing(text, DRAFT)).toBe(left);
});

test('a draft holds the note as it is now', () => {
  const told = 'Hello Bo,\n\nWe sat together at Supper and talked about Jazz.';
  expect([begun(DRAFT, ' Bees \n\n and honey '), begun(DRAFT, '')]).toEqual([`${told}\n\nBees \n\n and honey`, told]);
});

test('what is written reaches a mail program as it is', () => {
  const address = mailWith('bo+jazz@example.org', 'Our talk at Supper & more', 'Hello Bo,\n\n50 % ünder #1?');
  expect(address).toBe(
    'mailto:bo%2Bjazz@example.org?subject=Our%20talk%20at%20Supper%20%26%20more&body=Hello%20Bo%2C%0D%0A%0D%0A50%20%25%20%C3%BCnder%20%231%3F',
  );
});
