import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ImportSummary } from '../../live/contract';
import { evening as room } from '../fixtures';
import { Evening } from '../evening.svelte';
import ImportPanel from './ImportPanel.svelte';

const summary: ImportSummary = {
  source: 'pretix',
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

let dryRuns: unknown[];
let answer: { status: number; body: object };

beforeEach(() => {
  dryRuns = [];
  answer = { status: 200, body: summary };
  vi.stubGlobal('fetch', (_: string, options: RequestInit) => {
    dryRuns.push((options.body as FormData).get('dry_run'));
    return Promise.resolve(new Response(JSON.stringify(answer.body), { status: answer.status }));
  });
  const evening = new Evening('e1');
  evening.line.state = room();
  evening.line.status = 'live';
  render(ImportPanel, { evening, close: null });
});
afterEach(() => void vi.unstubAllGlobals());

const choose = () =>
  fireEvent.change(document.querySelector('input[type=file]')!, { target: { files: [new File(['name\nAda'], 'list.csv')] } });
const cells = (row: Element) => [...row.children].map((cell) => cell.textContent);
const tables = () => [...document.querySelectorAll('tbody')].map((body) => [...body.children].map(cells));

it('a file is previewed before anything is changed, with the rows to look at first', async () => {
  await choose();
  await screen.findByText('Preview of list.csv');
  expect(dryRuns).toEqual(['true']);
  expect(tables()).toEqual([
    [['3', 'error', 'No name. Add one and import again.']],
    [
      ['2', 'new', 'Ada'],
      ['4', 'new', 'Bo'],
    ],
  ]);
});

it('the import runs only when it is asked for', async () => {
  await choose();
  await fireEvent.click(await screen.findByRole('button', { name: 'Import 2 guests' }));
  expect(await screen.findByText('2 guests imported.')).toBeTruthy();
  expect(dryRuns).toEqual(['true', 'false']);
});

it('a file that cannot be read is told with what to do, and another can be chosen', async () => {
  answer = { status: 400, body: { code: 'unreadable', message: 'This is a PDF. Export the list as CSV.', field: 'file' } };
  await choose();
  expect(await screen.findByText('This is a PDF. Export the list as CSV.')).toBeTruthy();
  expect(document.querySelector('input[type=file]')).toBeTruthy();
});
