/** What is typed on the way to a code by mail. It outlasts a reload: phones drop a page while its owner reads mail. */
import { keep, recall } from '../storage';

export interface MailDraft {
  email: string;
  /** When the code was asked for; 0: not yet. */
  asked: number;
  digits: string;
}

/** A code is good for as long. */
const GOOD_FOR = 15 * 60_000;
/** Mail takes its time; asking twice at once only brings two mails. */
export const ASK_AGAIN = 30_000;
const kept = (code: string): string => `tablemates.mail.${code}`;

export function recallMail(code: string): MailDraft {
  const draft = recall<MailDraft>('sessionStorage', kept(code), { email: '', asked: 0, digits: '' });
  return Date.now() - draft.asked < GOOD_FOR ? draft : { email: draft.email, asked: 0, digits: '' };
}

export function keepMail(code: string, draft: MailDraft): void {
  keep('sessionStorage', kept(code), draft);
}

/** The digits in what was typed or pasted, of whatever script. */
export function digitsIn(typed: string): string {
  return (typed.normalize('NFKC').match(/\p{Nd}/gu) ?? []).slice(0, 6).join('');
}
