import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConsoleRound, ConsoleState } from '../../live/contract';
import type { Evening } from '../evening.svelte';
import { at, attendee, evening as room, quality, round, table } from '../fixtures';
import { giveDialogsMethods, giveWidths, live, server } from '../testing';
import RoomPage from './RoomPage.svelte';

const MOVE = '/api/v1/rounds/r1/move';
const done = { status: 200, body: { version: 2 } };
const people = ['Ada', 'Bo', 'Cy', 'Di', 'Ed', 'Fay', 'Gus'].map((name) => attendee(name, { present_since: at('18:00') }));
const tables = [
  table('t1', { number: 1, people: ['Ada', 'Bo', 'Cy'] }),
  table('t2', { number: 2, topic: 'Open data', people: ['Di', 'Ed', 'Fay'] }),
];
const draft = round('r1', { status: 'draft', starts_at: null, ends_at: null, sitting_out: ['Gus'], quality, random: quality });
const inRound = (r1: ConsoleRound, changes: Partial<ConsoleState>): ConsoleState => ({
  ...room({ attendees: people, tables, rounds: [r1] }),
  ...changes,
});
const drafted = (changes: Partial<ConsoleState> = {}) => inRound(draft, changes);
const seated = (changes: Partial<ConsoleState> = {}) => inRound(round('r1'), changes);

function show(state: ConsoleState, clock = '18:35'): Evening {
  const evening = live(state, Date.parse(at(clock)));
  const page = render(RoomPage, { evening, state });
  // The page that holds us gives us what the line brings.
  evening.line.refresh = async () => page.rerender({ evening, state: evening.line.state! });
  return evening;
}

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const card = (number: number) => within(document.querySelector<HTMLElement>(`[data-table=t${number}]`)!);

beforeEach(() => {
  giveDialogsMethods();
  giveWidths();
});
afterEach(() => void vi.unstubAllGlobals());

describe('in a draft', () => {
  it('a person is picked up and put down at another table', async () => {
    const asked = server({ [MOVE]: done });
    show(drafted());
    await press('Pick up Ada');
    await fireEvent.click(card(2).getByRole('button', { name: 'Put Ada here' }));
    await waitFor(() => expect(asked).toEqual([{ path: MOVE, body: { version: 1, attendee: 'Ada', table: 't2' } }]));
    await screen.findByText('Ada is at table 2 now.');
  });

  it('two people swap', async () => {
    const asked = server({ [MOVE]: done });
    show(drafted());
    await press('Pick up Ada');
    await press('Swap with Di');
    await waitFor(() => expect(asked).toEqual([{ path: MOVE, body: { version: 1, attendee: 'Ada', table: 't2', swap: 'Di' } }]));
  });

  it('whoever sits out gets a table, and changes places with somebody who has one', async () => {
    const asked = server({ [MOVE]: done });
    show(drafted());
    await press('Pick up Gus');
    await fireEvent.click(card(1).getByRole('button', { name: 'Put Gus here' }));
    await waitFor(() => expect(screen.queryByRole('form')).toBe(null));
    await press('Pick up Ada');
    await press('Swap with Gus');
    expect(asked.map(({ body }) => body)).toEqual([
      { version: 1, attendee: 'Gus', table: 't1' },
      { version: 2, attendee: 'Gus', table: 't1', swap: 'Ada' },
    ]);
  });

  it('a person is let sit out', async () => {
    const asked = server({ [MOVE]: done });
    show(drafted());
    await press('Pick up Ada');
    await press('Let Ada sit out');
    await waitFor(() => expect(asked).toEqual([{ path: MOVE, body: { version: 1, attendee: 'Ada', table: null } }]));
  });

  it('a place is chosen from a list of all tables, full ones shut', async () => {
    const asked = server({ [MOVE]: done });
    const six = ['1', '2', '3', '4', '5', '6'];
    show(drafted({ tables: { t1: tables[0]!, t2: table('t2', { number: 2, people: six }), t3: table('t3', { number: 3 }) } }));
    await press('Pick up Ada');
    const list = screen.getByRole<HTMLSelectElement>('combobox', { name: 'To table …' });
    expect([...list.options].filter(({ disabled }) => disabled).map(({ text }) => text)).toEqual([
      'Table 1: Urban farming (3 of 6)',
      'Table 2: Urban farming (6 of 6)',
    ]);
    await fireEvent.change(list, { target: { value: 't3' } });
    await press('Move');
    await waitFor(() => expect(asked).toEqual([{ path: MOVE, body: { version: 1, attendee: 'Ada', table: 't3' } }]));
  });

  it('a closed table takes nobody', async () => {
    const closed = { number: 2, chairs: 6, x: 50, y: 50, features: [], closed: true };
    show(drafted({ venue: [closed] }));
    await press('Pick up Ada');
    expect(card(2).queryByRole('button', { name: 'Put Ada here' })).toBe(null);
    expect(card(2).getByText('Closed tonight.')).toBeTruthy();
  });

  it('Escape and a second press let go', async () => {
    show(drafted());
    await press('Pick up Ada');
    await fireEvent.keyDown(window, { key: 'Escape' });
    expect(screen.queryByRole('form')).toBe(null);
    await press('Pick up Bo');
    await press('Put Bo back');
    expect(screen.queryByRole('form')).toBe(null);
  });

  it('people and tables are pinned', async () => {
    const asked = server({ '/api/v1/rounds/r1/pin': done });
    show(drafted({ tables: { t1: tables[0]!, t2: { ...tables[1]!, pinned: true } } }));
    await press('Keep Ada at table 1 when solving again');
    await press('Keep table 2 as it is when solving again');
    await waitFor(() => expect(asked.length).toBe(2));
    expect(asked.map(({ body }) => body)).toEqual([
      { version: 1, on: true, attendee: 'Ada' },
      { version: 2, on: false, table: 't2' },
    ]);
  });

  it('when a colleague was quicker, the person stays in hand, by what is seen then', async () => {
    const theirs = { ...drafted(), mixer: { ...drafted().mixer, version: 5 } };
    const asked = server({ [MOVE]: { status: 409, body: { code: 'version_conflict', message: 'No.', changes: [] } } });
    const evening = show(drafted());
    evening.line.refresh = async () => void (evening.line.state = theirs);
    await press('Pick up Ada');
    await fireEvent.click(card(2).getByRole('button', { name: 'Put Ada here' }));
    await waitFor(() => expect(evening.trouble?.conflict).toBe(true));
    await waitFor(() => expect(evening.busy.has('move')).toBe(false));
    await fireEvent.click(card(2).getByRole('button', { name: 'Put Ada here' }));
    expect(asked.map(({ body }) => body)).toMatchObject([{ version: 1 }, { version: 5 }]);
  });

  it('who is picked up while a move is under way stays in hand', async () => {
    server({ [MOVE]: done });
    show(drafted());
    await press('Pick up Ada');
    await fireEvent.click(card(2).getByRole('button', { name: 'Put Ada here' }));
    await press('Pick up Bo');
    await screen.findByText('Ada is at table 2 now.');
    expect(within(screen.getByRole('form', { name: 'Person in hand' })).getByText('Bo')).toBeTruthy();
  });

  it('tables without a shared topic are named, with a way to each', async () => {
    show(drafted({ tables: { t1: tables[0]!, t2: { ...tables[1]!, shared: false } } }));
    HTMLElement.prototype.scrollIntoView = vi.fn();
    await press('Table 2');
    expect(document.querySelector('[data-table=t2]')!.contains(document.activeElement)).toBe(true);
  });

  it('solving again keeps the draft, discarding it asks first', async () => {
    const asked = server({ '/api/v1/rounds/r1/resolve': done, '/api/v1/rounds/r1/discard': done });
    show(drafted());
    await press('Solve again');
    await fireEvent.click(screen.getAllByRole('button', { name: 'Discard' })[0]!);
    expect(asked.map(({ path }) => path)).toEqual(['/api/v1/rounds/r1/resolve']);
    await fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Discard' }));
    await waitFor(() => expect(asked.map(({ path }) => path)).toEqual(['/api/v1/rounds/r1/resolve', '/api/v1/rounds/r1/discard']));
  });
});

describe('in a round that is on', () => {
  async function list() {
    await fireEvent.click(screen.getByRole('radio', { name: 'List' }));
  }

  it('whoever has a seat moves only after a yes', async () => {
    const asked = server({ [MOVE]: done });
    show(seated());
    await list();
    await press('Pick up Ada');
    await fireEvent.click(card(2).getByRole('button', { name: 'Put Ada here' }));
    expect(screen.getByRole('heading', { name: 'Move Ada from table 1 to table 2 now?' })).toBeTruthy();
    expect(asked).toEqual([]);
    await press('Yes, move');
    await waitFor(() => expect(asked).toEqual([{ path: MOVE, body: { version: 1, attendee: 'Ada', table: 't2', confirmed: true } }]));
  });

  it('whoever waits is put at a table of the plan at once', async () => {
    const asked = server({ [MOVE]: done });
    show(seated());
    await press('Pick up Gus');
    await press(/^Put at table 2/);
    await waitFor(() => expect(asked).toEqual([{ path: MOVE, body: { version: 1, attendee: 'Gus', table: 't2', confirmed: true } }]));
  });

  it('a person in hand who goes home is let go', async () => {
    const evening = show(seated());
    await press('Pick up Gus');
    evening.line.state = { ...seated(), attendees: { ...seated().attendees, Gus: attendee('Gus') } };
    await waitFor(() => expect(screen.queryByRole('form')).toBe(null));
  });

  it('the radar seats at once and sends a host', async () => {
    const sent = { status: 200, body: { version: 3, host: 'Ada' } };
    const asked = server({ '/api/v1/events/e1/seat': done, '/api/v1/events/e1/send-host': sent });
    show(seated());
    await press('Seat Gus now');
    await press('Send a host to Gus');
    await waitFor(() => expect(asked.length).toBe(2));
    expect(asked).toEqual([
      { path: '/api/v1/events/e1/seat', body: { version: 1, attendee: 'Gus' } },
      { path: '/api/v1/events/e1/send-host', body: { version: 2, attendee: 'Gus' } },
    ]);
  });

  it('a publish can be undone while its seconds run', async () => {
    const asked = server({ '/api/v1/rounds/r1/undo': done });
    show(seated({ rounds: { r1: round('r1', { published_at: at('18:27') }) } }), '18:27');
    await press('Undo publishing');
    expect(asked.map(({ path }) => path)).toEqual(['/api/v1/rounds/r1/undo']);
  });

  describe('a table with too few people', () => {
    const REMEDY = '/api/v1/tables/t2/remedy';
    const short = () => seated({ tables: { t1: tables[0]!, t2: { ...tables[1]!, people: ['Di', 'Ed'] } } });

    it('is merged after everyone who moves was shown', async () => {
      const moves = [
        { attendee: 'Di', from: 2, to: 1 },
        { attendee: 'Ed', from: 2, to: 1 },
      ];
      const asked = server({ [REMEDY]: { status: 200, body: { version: 1, moves } } });
      show(short());
      expect(screen.getByText('Table 2: only 2 people are left')).toBeTruthy();
      await press('Merge table 2 into others');
      const dialog = within(await screen.findByRole('dialog'));
      expect(dialog.getAllByRole('listitem').map((row) => row.textContent)).toEqual(['Di table 2 → 1', 'Ed table 2 → 1']);
      await fireEvent.click(dialog.getByRole('button', { name: 'Move 2 people' }));
      expect(asked.map(({ body }) => body)).toEqual([
        { version: 1, remedy: 'merge', confirmed: false },
        { version: 1, remedy: 'merge', confirmed: true, moves },
      ]);
    });

    it('is left as it is at once', async () => {
      const asked = server({ [REMEDY]: { status: 200, body: { version: 2, moves: [] } } });
      show(short());
      await press('Leave table 2 as it is');
      expect(asked.map(({ body }) => body)).toEqual([{ version: 1, remedy: 'leave', confirmed: true }]);
    });
  });
});
