/** Tables that a spreadsheet opens, without letting what people typed run in it. */

/** A spreadsheet takes a cell that begins like this for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** As text: a leading apostrophe is what spreadsheets themselves write before a cell that is no formula. */
export function neutral(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** With the mark by which spreadsheets know UTF-8. */
export function csv(rows: (string | number)[][]): string {
  const line = (row: (string | number)[]) => row.map((cell) => quoted(neutral(String(cell)))).join(',');
  return `\ufeff${rows.map(line).join('\r\n')}\r\n`;
}

export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers read it only after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
