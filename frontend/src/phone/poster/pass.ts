/**
 * The way in by a rotating poster: the stamp in the scanned address is swapped for a pass, and taken out of the address: whoever
 * copies that opens nothing with it.
 */
import { fragment } from '../../lib/fragment';
import { forgetKept, keep, recall } from '../storage';

/** A pass is good for a quarter of an hour; one that would run out on the way is none. */
const GOOD_FOR = 14 * 60_000;
const kept = (code: string): string => `tablemates.pass.${code}`;

export const stampInAddress = fragment;

export function dropStamp(): void {
  history.replaceState(history.state, '', location.pathname + location.search);
}

export function keepPass(code: string, pass: string): void {
  keep('sessionStorage', kept(code), { pass, since: Date.now() });
}

/** The pass this tab was given before a reload, while it is good. */
export function keptPass(code: string): string | null {
  const { pass, since } = recall<{ pass: string | null; since: number }>('sessionStorage', kept(code), { pass: null, since: 0 });
  return Date.now() - since < GOOD_FOR ? pass : null;
}

export function dropPass(code: string): void {
  forgetKept('sessionStorage', kept(code));
}
