import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EventPhase } from '../live/contract';
import { decide, GuestBook, type Act, type What } from './decide';
import { at, freshBrowser, person, roster, SALT } from './fixtures';
import { digest } from './seal';

beforeAll(freshBrowser);

let book: GuestBook;

beforeEach(async () => {
  const people = [
    await person('Ada', {}, 'K7QX2M4P'),
    await person('Bo', { present_since: at('18:04') }),
    await person('Cy', { state: 'cancelled' }),
    await person('Di', { state: 'blocked', present_since: at('17:00') }),
    await person('Ed', { revoked: [await digest(SALT, 'old ticket of Ed')] }),
  ];
  book = new GuestBook(roster(people), digest);
});

async function outcomes(act: Act, phase: EventPhase, ...whats: What[]) {
  const decisions = await Promise.all(whats.map((what) => decide(book, phase, act, what)));
  return decisions.map(({ outcome, person: who, since }) => [outcome, who?.name ?? null, since]);
}

const ticket = (name: string): What => ({ secret: `ticket of ${name}` });

describe('the door without network', () => {
  it('lets in who has a valid ticket, by link, text, code or name', async () => {
    const ways = [ticket('Ada'), { secret: 'https://example.org/t#ticket of Ada' }, { secret: 'k7qx-2m4p' }, { attendee: 'Ada' }];
    expect(await outcomes('in', 'open', ...ways)).toEqual(ways.map(() => ['entry', 'Ada', null]));
  });

  it('says since when somebody is in', async () => {
    expect(await outcomes('in', 'open', ticket('Bo'))).toEqual([['already_in', 'Bo', at('18:04')]]);
  });

  it('refuses without naming anybody', async () => {
    const refused = await outcomes('in', 'open', ticket('Cy'), ticket('Di'), { secret: 'old ticket of Ed' }, ticket('Nobody'), { attendee: 'x' });
    expect(refused).toEqual(['cancelled', 'blocked', 'cancelled', 'unknown', 'unknown'].map((outcome) => [outcome, null, null]));
    expect(await outcomes('in', 'open', ticket('Ed'))).toEqual([['entry', 'Ed', null]]);
  });

  it('knows closed doors, and that a cancelled ticket is none before they open', async () => {
    expect(await outcomes('in', 'planned', ticket('Ada'), ticket('Cy'))).toEqual([
      ['too_early', null, null],
      ['cancelled', null, null],
    ]);
    expect(await outcomes('in', 'ended', ticket('Ada'), ticket('Bo'))).toEqual([
      ['closed', null, null],
      ['closed', null, null],
    ]);
  });

  it('lets out who is in, whatever their ticket, and knows who is not', async () => {
    expect(await outcomes('out', 'ended', ticket('Bo'), ticket('Di'), ticket('Ada'))).toEqual([
      ['exit', 'Bo', at('18:04')],
      ['exit', 'Di', at('17:00')],
      ['not_in', 'Ada', null],
    ]);
  });

  it('counts what this device saw at once', async () => {
    book.see('Ada', at('18:10'));
    book.see('Bo', null);
    expect(await outcomes('in', 'open', ticket('Ada'), ticket('Bo'))).toEqual([
      ['already_in', 'Ada', at('18:10')],
      ['entry', 'Bo', null],
    ]);
    expect([book.present(), book.expected()]).toEqual([2, 3]);
  });
});
