import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EventPhase, OutcomeReport } from '../../live/contract';
import { at, evening as room, figure, report } from '../fixtures';
import { giveWidths, server, type Request } from '../testing';
import OutcomePage from './OutcomePage.svelte';

const PATH = '/api/v1/events/e1/outcome';
const TARGETS = '/api/v1/events/e1/targets';
const before = report({ settable: true });

beforeEach(giveWidths);
afterEach(() => void vi.unstubAllGlobals());

function show(outcome: OutcomeReport, phase: EventPhase, more: Parameters<typeof server>[0] = {}): Request[] {
  const asked = server({ [PATH]: { status: 200, body: outcome }, ...more });
  const state = room({}, { phase });
  render(OutcomePage, { state: { ...state, event: { ...state.event, series: 'Suppers' } } });
  return asked;
}

const text = (element: Element) => element.textContent!.replace(/\s+/g, ' ').trim();
const written = (asked: Request[]) => asked.filter(({ body }) => body !== null);
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const item = async (name: string) => within((await screen.findByRole('heading', { name })).closest('li')!);
const table = (title: string) =>
  within(screen.getByRole('region', { name: title, hidden: true }))
    .getAllByRole('row', { hidden: true })
    .map((row) => [...row.children].map(text));

describe('before the doors', () => {
  it('four targets are suggested, and set as they stand by one press', async () => {
    const asked = show(before, 'planned', { [TARGETS]: { status: 200, body: before } });
    await screen.findByRole('heading', { name: 'What would make it a good evening?' });
    expect(screen.getAllByRole<HTMLInputElement>('checkbox').map(({ checked }) => checked)).toEqual([true, false, true, true, true, false]);
    await press('Set these targets');
    await screen.findByText('Saved. You can change them until the doors open.');
    expect(written(asked)).toEqual([
      {
        path: TARGETS,
        body: {
          targets: [
            { measure: 'seated_soon', value: 0.8 },
            { measure: 'introduced', value: 0.4 },
            { measure: 'followed_up', value: 0.5 },
            { measure: 'pitched', value: 0.05 },
          ],
        },
      },
    ]);
  });

  it('another one can be chosen once one of four is let go, with a share of its own', async () => {
    const asked = show(before, 'planned', { [TARGETS]: { status: 200, body: before } });
    const worth = await screen.findByRole<HTMLInputElement>('checkbox', { name: /^Worth their time/ });
    expect(worth.disabled).toBe(true);
    for (const name of [/^With an introduction/, /^Introductions followed up/, /^Felt pitched at/]) {
      await fireEvent.click(screen.getByRole('checkbox', { name }));
    }
    await fireEvent.click(worth);
    await fireEvent.input(screen.getByRole('spinbutton', { name: 'Worth their time: at least (%)' }), { target: { value: '75' } });
    await press('Set these targets');
    await waitFor(() => expect(written(asked).length).toBe(1));
    expect(written(asked)[0]!.body).toEqual({
      targets: [
        { measure: 'seated_soon', value: 0.8 },
        { measure: 'worth', value: 0.75 },
      ],
    });
  });

  it('those that are set can be changed', async () => {
    show({ ...before, targets: [{ measure: 'pitched', value: 0.1, met: null }] }, 'planned');
    const share = await screen.findByRole<HTMLInputElement>('spinbutton', { name: 'Felt pitched at: at most (%)' });
    expect(share.value).toBe('10');
    expect(screen.getByText('1 chosen, of 4 at most.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Change the targets' })).toBeTruthy();
  });

  it('no target at all is not sent', async () => {
    const asked = show({ ...before, targets: [{ measure: 'pitched', value: 0.1, met: null }] }, 'planned');
    await fireEvent.click(await screen.findByRole('checkbox', { name: /^Felt pitched at/ }));
    await press('Change the targets');
    expect(text(screen.getByRole('alert'))).toBe('Choose one target at least.');
    expect(written(asked)).toEqual([]);
  });

  it('a refusal says what to do', async () => {
    const message = 'The doors are open: targets are set before.';
    show(before, 'planned', { [TARGETS]: { status: 409, body: { code: 'doors_open', message } } });
    await screen.findByRole('heading', { name: 'What would make it a good evening?' });
    await press('Set these targets');
    expect(text(await screen.findByRole('alert'))).toBe(message);
  });
});

describe('after the evening', () => {
  const after = report({
    targets: [
      { measure: 'seated_soon', value: 0.8, met: true },
      { measure: 'pitched', value: 0.05, met: false },
      { measure: 'followed_up', value: 0.5, met: null },
    ],
    figures: [
      figure('seated_soon', 0.863, 51),
      figure('topic_cover', 0.9, 140),
      figure('introduced', null),
      { measure: 'followed_up', value: null, of: null, why_hidden: 'not_yet' },
      figure('pitched', 0.08, 50),
      figure('worth', 0.5, 1),
    ],
    plots: {
      arrivals: [
        { at: '2026-11-22T18:00:00.000Z', came: 0 },
        { at: '2026-11-22T18:10:00.000Z', came: 51 },
      ],
      waiting: [
        { from: 0, to: 5, people: 40 },
        { from: 5, to: null, people: 11 },
      ],
      rounds: [
        { number: 0, tables: 3, seats: 14, topic_cover: 1, repeats: 0 },
        { number: 1, tables: 10, seats: 50, topic_cover: 0.86, repeats: 2 },
      ],
      fairness: { everybody: 0.9, worst_off: null },
    },
    series: [
      { title: 'Spring supper', at: at('18:00'), figures: [figure('seated_soon', 0.5, 40), figure('worth', null)], this: false },
      { title: 'Autumn dinner', at: at('18:00'), figures: [figure('seated_soon', 0.863, 51)], this: true },
    ],
  });

  it('says of each target whether it was reached, and how it is counted', async () => {
    show(after, 'ended');
    const seated = await item('Seated within 10 minutes');
    for (const words of ['reached', '86.3%', 'of 51 people who came', 'Target: at least 80%']) seated.getByText(words);
    seated.getByText(/^Of the people who came: whose first seat began/);
    const pitched = await item('Felt pitched at');
    for (const words of ['not reached', '8%', 'Target: at most 5%']) pitched.getByText(words);
    (await item('Introductions followed up')).getByText('Known an hour after the evening has ended.');
    expect(text(screen.getByText(/targets reached/))).toBe('1 of 3 targets reached. Not everything is known.');
  });

  it('says why a figure is hidden', async () => {
    show(after, 'ended');
    (await item('With an introduction')).getByText('Hidden, since it speaks of fewer than five people.');
  });

  it('that fewer than three felt pitched at is told, not how many', async () => {
    const figures = [{ measure: 'pitched' as const, value: null, of: 50, why_hidden: 'too_few' as const }];
    show({ ...after, figures, targets: [{ measure: 'pitched', value: 0.05, met: true }] }, 'ended');
    const pitched = await item('Felt pitched at');
    for (const words of ['reached', 'Fewer than three people said so. How many is told to nobody.']) pitched.getByText(words);
  });

  it('has each picture’s numbers as a table', async () => {
    show(after, 'ended');
    await screen.findByRole('heading', { name: 'When people came' });
    expect(table('When people came').map(([, came]) => came)).toEqual(['Had come by then', '0', '51']);
    expect(table('How long people waited for a seat')).toEqual([
      ['Waited', 'People'],
      ['up to 5 minutes', '40'],
      ['more than 5 minutes, or had no seat', '11'],
    ]);
    expect(table('Round by round')).toEqual([
      ['Round', 'Tables', 'Seats', 'A topic of their own', 'Pairs again together'],
      ['Tables forming', '3', '14', '100%', '0'],
      ['Round 1', '10', '50', '86%', '2'],
    ]);
    expect(table('Was it fair?')).toEqual([
      ['Who', 'A topic of their own'],
      ['Everybody', '90%'],
      ['The five worst off', 'hidden'],
    ]);
  });

  it('compares with the earlier evenings of the series', async () => {
    show(after, 'ended');
    await screen.findByRole('heading', { name: 'The series “Suppers”' });
    const rows = table('The series “Suppers”').slice(1);
    expect(rows.map(([title, seated, , , , , worth]) => [title, seated, worth])).toEqual([
      [expect.stringMatching(/^Spring supper/), '50%', 'hidden'],
      [expect.stringMatching(/^Autumn dinner.*this one$/), '86.3%', 'not known'],
    ]);
  });

  it('figures are there to take along', async () => {
    show(after, 'ended');
    const links = await Promise.all(['CSV', 'JSON'].map((kind) => screen.findByRole('link', { name: `Download as ${kind}` })));
    expect(links.map((link) => [link.getAttribute('href'), link.getAttribute('download')])).toEqual([
      [`${PATH}.csv`, 'outcome-autumn-dinner.csv'],
      [PATH, 'outcome-autumn-dinner.json'],
    ]);
  });

  it('without targets it says so, and shows the figures', async () => {
    show({ ...after, targets: [], series: [] }, 'ended');
    await screen.findByRole('heading', { name: 'What came of it' });
    screen.getByText(/^No targets were set for this evening/);
    expect(screen.queryByRole('heading', { name: /series/ })).toBe(null);
  });
});

it('while nobody has come, pictures say when there will be something to see', async () => {
  const plots = { arrivals: [], waiting: [], rounds: [], fairness: { everybody: null, worst_off: null } };
  show(report({ plots }), 'open');
  await waitFor(() => expect(screen.getAllByText('To be seen once five people have come.').length).toBe(2));
  screen.getByText('To be seen once there was a round of five people or more.');
  expect(screen.queryByRole('region', { name: 'Round by round', hidden: true })).toBe(null);
});

it('while the evening runs, figures are on course or off it', async () => {
  show(report({ targets: [{ measure: 'seated_soon', value: 0.8, met: true }], figures: [figure('seated_soon', 0.9)] }), 'open');
  (await item('Seated within 10 minutes')).getByText('on course');
  screen.getByText('So far 1 of 1 targets are within reach.');
  screen.getByText('The evening is on');
  screen.getByRole('heading', { name: 'What else there is to see' });
});

it('what could not be read is asked for again', async () => {
  const asked = show(before, 'planned', { [PATH]: { status: 500, body: { code: 'broken', message: 'Try again in a moment.' } } });
  await screen.findByText('Try again in a moment.');
  vi.unstubAllGlobals();
  giveWidths();
  server({ [PATH]: { status: 200, body: before } });
  await press('Try again');
  await screen.findByRole('heading', { name: 'What would make it a good evening?' });
  expect(asked.length).toBe(1);
});
