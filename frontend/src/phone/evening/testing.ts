/** A phone in the middle of an evening, for the tests of its pages. */
import type { PhoneSeat, PhoneState, RoundClock } from '../../live/contract';
import { Deeds } from './deeds.svelte';

export const round: RoundClock = {
  id: 'r1',
  number: 1,
  kind: 'timed',
  status: 'published',
  starts_at: '2026-03-14T18:10:00.000Z',
  ends_at: '2026-03-14T18:25:00.000Z',
  paused_at: null,
  patience: null,
};

export const rolling: RoundClock = { ...round, number: 0, kind: 'rolling', starts_at: null, ends_at: null, patience: 90 };

export const seat: PhoneSeat = {
  round: 'r1',
  id: 't7',
  table: 7,
  topic: 'Night trains',
  why: { holders: 5, size: 5, help: null },
  opener: 3,
  tablemates: [],
};

export function phoneState(changes: Partial<PhoneState> = {}, present = true): PhoneState {
  return {
    event: { title: 'Supper', phase: 'open', topics: [], series: null },
    me: {
      id: 'me',
      name: 'Ada Lovelace',
      shown_name: 'Ada L.',
      present_since: present ? '2026-03-14T18:00:00.000Z' : null,
      interests: [
        { id: 1, label: 'Jazz' },
        { id: 2, label: 'Night trains' },
        { id: 3, label: 'Bees' },
      ],
      intent: '',
      ask: '',
      offer: '',
      on_screen: true,
      trade: '',
      needs: [],
    },
    room: { present: 9, topics: [] },
    round: null,
    seat: null,
    wish: null,
    errand: null,
    request: null,
    plan: { entrance: { x: 50, y: 100 }, tables: [] },
    ...changes,
  };
}

/** Deeds of the ticket "s3cret" whose answers tell nobody. */
export function makeDeeds(): Deeds {
  return new Deeds(
    'Ticket s3cret',
    async () => undefined,
    async () => undefined,
  );
}
