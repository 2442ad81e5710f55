/** What an organiser does with one guest, and what is said when it is done. */
import type { ConsoleAttendee } from '../../live/contract';
import { changeGuest, mailTicket, reissueTicket, revokeTicket } from '../api';
import { t } from '../text';

export type GuestDeed = 'mail' | 'reissue' | 'revoke' | ConsoleAttendee['status'];

const SAID = {
  mail: 'guests.mailed',
  reissue: 'guests.reissued',
  revoke: 'guests.revoked',
  cancelled: 'guests.now_cancelled',
  blocked: 'guests.now_blocked',
  registered: 'guests.now_restored',
} as const;

/** Answers what the organiser must know beside that it is done, else "". Throws ApiProblem. */
export async function perform(event: string, guest: string, deed: GuestDeed): Promise<string> {
  if (deed === 'mail') return (await mailTicket(event, guest)).note;
  if (deed === 'reissue') return (await reissueTicket(event, guest)).note;
  if (deed === 'revoke') return (await revokeTicket(event, guest)).note;
  await changeGuest(event, guest, { status: deed });
  return '';
}

export function saidOf(deed: GuestDeed, name: string): string {
  return t(SAID[deed], { name });
}
