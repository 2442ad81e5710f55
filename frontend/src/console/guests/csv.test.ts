import { expect, it } from 'vitest';
import { csv, neutral } from './csv';

it.each([
  ['=cmd|x', "'=cmd|x"],
  ['+49 30', "'+49 30"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', "'\r=1"],
  ['Ada = Bo', 'Ada = Bo'],
  ['', ''],
])('a cell %j is written as %j, so that no spreadsheet runs it', (cell, written) => {
  expect(neutral(cell)).toBe(written);
});

it('cells with separators, quotes and line breaks are quoted, and the mark of UTF-8 stands first', () => {
  const rows = [
    ['Line', 'Reason'],
    [3, 'Status "=1+1" is, say, odd'],
    [4, '=HYPERLINK("x")\nand more'],
  ];
  expect(csv(rows)).toBe(
    '\ufeffLine,Reason\r\n3,"Status ""=1+1"" is, say, odd"\r\n4,"\'=HYPERLINK(""x"")\nand more"\r\n',
  );
});
