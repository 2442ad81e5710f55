import { afterEach, expect, it, vi } from 'vitest';
import { http } from '../live/http';
import { at, evening as room } from './fixtures';
import { live, server } from './testing';

const now = Date.parse(at('18:30'));
const change = (version: number) => http<{ version: number }>('/act', { method: 'POST', body: { version } });

afterEach(() => void vi.unstubAllGlobals());

it('a second act at once is by the version that the first one made, though the socket has not told it yet', async () => {
  const asked = server({ '/act': { status: 200, body: { version: 2 } } });
  const evening = live(room(), now);
  const first = evening.act('one', change);
  await evening.act('two', change);
  expect(await first).toBe(true);
  expect(asked.map(({ body }) => body)).toEqual([{ version: 1 }, { version: 2 }]);
});

it('the same action pressed twice is done once', async () => {
  const asked = server({ '/act': { status: 200, body: { version: 2 } } });
  const evening = live(room(), now);
  expect(await Promise.all([evening.act('one', change), evening.act('one', change)])).toEqual([true, false]);
  expect(asked.length).toBe(1);
});

it('what we did ourselves since a decision does not stand in its way', async () => {
  const asked = server({ '/act': { status: 200, body: { version: 2 } } });
  const evening = live(room(), now);
  const decidedAt = evening.version;
  await evening.act('one', change);
  await evening.act('two', change, decidedAt);
  expect(asked.map(({ body }) => body)).toEqual([{ version: 1 }, { version: 2 }]);
});

it('what was decided earlier is asked for by the version that was looked at then', async () => {
  const asked = server({ '/act': { status: 200, body: { version: 8 } } });
  const evening = live(room(), now);
  await evening.act('one', change, 0);
  expect(asked.map(({ body }) => body)).toEqual([{ version: 0 }]);
});

it('an act that was refused says why and what others did', async () => {
  const changes = [{ version: 2, by: 'Bea', at: at('18:29'), kind: 'round_discarded', params: { round: 2 } }];
  server({
    '/act': { status: 409, body: { code: 'version_conflict', message: 'Someone was quicker.', changes } },
    '/api/v1/events/e1/snapshot': { status: 200, body: { seq: 9, now: at('18:30'), state: room() } },
  });
  const evening = live(room(), now);
  expect(await evening.ask('one', change)).toBe(null);
  expect(evening.trouble).toEqual({ conflict: true, message: 'Someone was quicker.', changes });
});
