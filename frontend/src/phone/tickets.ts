/** The tickets this phone has held, so that the next scan of the poster is one tap. */
import { keep, recall } from './storage';

export interface Remembered {
  secret: string;
  name: string;
  /** Title of the event; a ticket opened by its link knows no poster. */
  title: string;
  poster: string | null;
  /** Posters of other events that bear the same title: the server said that this ticket is not theirs. */
  elsewhere?: string[];
}

const KEY = 'tablemates.tickets';
const MOST = 20;

const all = (): Remembered[] => recall<Remembered[]>('localStorage', KEY, []);

export function remember(ticket: Omit<Remembered, 'poster'> & { poster?: string }): void {
  const before = all().find(({ secret }) => secret === ticket.secret);
  const others = all().filter(({ secret }) => secret !== ticket.secret);
  const newest = { ...before, ...ticket, poster: ticket.poster ?? before?.poster ?? null };
  keep('localStorage', KEY, [newest, ...others].slice(0, MOST));
}

export function forget(secret: string): void {
  keep(
    'localStorage',
    KEY,
    all().filter((ticket) => ticket.secret !== secret),
  );
}

/** This ticket is not one for that poster. It stays remembered: it opens another evening. */
export function keepApart(secret: string, poster: string): void {
  keep(
    'localStorage',
    KEY,
    all().map((ticket) =>
      ticket.secret === secret
        ? { ...ticket, poster: ticket.poster === poster ? null : ticket.poster, elsewhere: [...(ticket.elsewhere ?? []), poster] }
        : ticket,
    ),
  );
}

/** Secrets of the other tickets that this phone has held for the same name, the newest first: a phone may be lent. */
export function earlierTickets(secret: string, name: string): string[] {
  const fold = (text: string) => text.normalize('NFKC').trim().toLowerCase();
  const own = all().filter((ticket) => ticket.secret !== secret && fold(ticket.name) === fold(name));
  return own.map((ticket) => ticket.secret);
}

/** The ticket last used at this poster, else one of an event with this title. */
export function ticketFor(poster: string, title: string): Remembered | null {
  const tickets = all();
  return (
    tickets.find((ticket) => ticket.poster === poster) ??
    tickets.find((ticket) => ticket.poster === null && ticket.title === title && !ticket.elsewhere?.includes(poster)) ??
    null
  );
}
