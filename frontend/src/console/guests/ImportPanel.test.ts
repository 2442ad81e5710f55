import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ImportSummary } from '../../live/contract';
import { evening as room } from '../fixtures';
import { Evening } from '../evening.svelte';
import ImportPanel from './ImportPanel.svelte';
import { FakeRequest } from './requests';

const summary: ImportSummary = {
  source: 'pretix',
  columns: [
    { header: 'Attendee name', field: 'name', samples: ['Ada', 'Bo'] },
    { header: 'Hobby', field: '', samples: ['Chess'] },
  ],
  created: 2,
  updated: 0,
  skipped: 0,
  duplicates: 0,
  errors: 1,
  rows: [
    { line: 2, outcome: 'created', reason: 'Ada' },
    { line: 3, outcome: 'error', reason: 'No name. Add one and import again.' },
    { line: 4, outcome: 'created', reason: 'Bo' },
  ],
};
const unknown: ImportSummary = {
  ...summary,
  source: 'plain',
  columns: [{ header: 'Wer', field: '', samples: ['Ada'] }],
  created: 0,
  rows: [{ line: 1, outcome: 'error', reason: 'No known column was found.' }],
};

beforeEach(() => {
  FakeRequest.made = [];
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
  const evening = new Evening('e1');
  evening.line.state = room();
  evening.line.status = 'live';
  render(ImportPanel, { evening, close: null });
});
afterEach(() => void vi.unstubAllGlobals());

const choose = () =>
  fireEvent.change(document.querySelector('input[type=file]')!, { target: { files: [new File(['name\nAda'], 'list.csv')] } });
const preview = async (answer = summary) => {
  await choose();
  FakeRequest.last.end({ summary: answer });
  await screen.findByText('Preview of list.csv');
};
/** jsdom's files do not say their text themselves. */
const text = (blob: Blob) =>
  new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsText(blob);
  });
const cells = (row: Element) => [...row.children].map((cell) => cell.textContent);
const tables = () => [...document.querySelectorAll('tbody')].map((body) => [...body.children].map(cells));
const sent = (name: string) => FakeRequest.made.map((request) => request.form.get(name));

it('a file is previewed before anything is changed, with the rows to look at first', async () => {
  await preview();
  expect(sent('dry_run')).toEqual(['true']);
  expect(tables()).toEqual([
    [['3', 'error', 'No name. Add one and import again.']],
    [
      ['2', 'new', 'Ada'],
      ['4', 'new', 'Bo'],
    ],
  ]);
});

it('the import runs only when it is asked for', async () => {
  await preview();
  await fireEvent.click(screen.getByRole('button', { name: 'Import 2 guests' }));
  FakeRequest.last.end({ summary });
  expect(await screen.findByText('2 guests imported.')).toBeTruthy();
  expect(sent('dry_run')).toEqual(['true', 'false']);
});

it('a column put to another use is read again, and imported so', async () => {
  await preview();
  const hobby = screen.getByLabelText('Hobby');
  await fireEvent.change(hobby, { target: { value: 'interests' } });
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Import 2 guests' }).disabled).toBe(true);
  const columns = [summary.columns[0]!, { ...summary.columns[1]!, field: 'interests' as const }];
  FakeRequest.last.end({ summary: { ...summary, columns, created: 3 } });
  const go = await screen.findByRole('button', { name: 'Import 3 guests' });
  // The select that was changed is still the same one, where it was.
  expect(screen.getByLabelText<HTMLSelectElement>('Hobby')).toBe(hobby);
  expect(screen.getByLabelText<HTMLSelectElement>('Hobby').value).toBe('interests');
  await fireEvent.click(go);
  expect(sent('mapping')).toEqual(['{}', '{"1":"interests"}', '{"1":"interests"}']);
});

it('a second change stops the reading of the first', async () => {
  await preview();
  await fireEvent.change(screen.getByLabelText('Hobby'), { target: { value: 'ask' } });
  await fireEvent.change(screen.getByLabelText('Hobby'), { target: { value: 'offer' } });
  expect(FakeRequest.made.map((request) => request.aborted)).toEqual([false, true, false]);
  expect(sent('mapping').at(-1)).toBe('{"1":"offer"}');
});

it('a file without a known heading can be named by hand, and its first line may be a person', async () => {
  await preview(unknown);
  expect(screen.queryByRole('button', { name: /^Import/ })).toBeNull();
  await fireEvent.change(screen.getByLabelText('Wer'), { target: { value: 'name' } });
  FakeRequest.last.end({ summary: { ...unknown, created: 1, columns: [{ header: 'Wer', field: 'name', samples: ['Ada'] }] } });
  await screen.findByRole('button', { name: 'Import 1 guest' });
  await fireEvent.click(screen.getByLabelText('The first line is a person, not headings'));
  expect(sent('has_header')).toEqual(['true', 'true', 'false']);
  expect(sent('mapping').at(-1)).toBe('{"0":"name"}');
});

it('it is said how far a large file is', async () => {
  await choose();
  const bar = () => document.querySelector('progress')!;
  FakeRequest.last.upload.onprogress?.({ loaded: 25, total: 100 });
  expect(await screen.findByText('25 % sent')).toBeTruthy();
  expect(bar().value).toBe(0.25);
  FakeRequest.last.say('{"done": 1500, "total": 3000}\n');
  expect(await screen.findByText('1,500 of 3,000 rows')).toBeTruthy();
  expect(bar().value).toBe(0.5);
});

it('the rows to look at are saved as they are read', async () => {
  const saved: Blob[] = [];
  Object.assign(URL, { createObjectURL: (blob: Blob) => (saved.push(blob), '#saved'), revokeObjectURL: () => {} });
  await preview({ ...summary, rows: [{ line: 3, outcome: 'error', reason: '=1+1' }] });
  await fireEvent.click(screen.getByRole('button', { name: 'Save these rows as CSV' }));
  expect(await text(saved[0]!)).toBe("Line,Outcome,Reason\r\n3,error,'=1+1\r\n");
});

it('a file that cannot be read is told with what to do, and another can be chosen', async () => {
  await choose();
  FakeRequest.last.end({ error: { code: 'not_text', message: 'This is a PDF. Export the list as CSV.', field: 'file' } });
  expect(await screen.findByText('This is a PDF. Export the list as CSV.')).toBeTruthy();
  expect(document.querySelector('input[type=file]')).toBeTruthy();
});
