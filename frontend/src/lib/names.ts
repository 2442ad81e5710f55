/** People's names: in short, to search in, in order. */
import { localised } from './language';

export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? '';
}

/** Lower case without accents, so that "zoe" finds "Zoë". */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

const names = localised((locale) => new Intl.Collator(locale, { sensitivity: 'base', numeric: true }));

export function byName(one: { name: string }, other: { name: string }): number {
  return names().compare(one.name, other.name);
}
