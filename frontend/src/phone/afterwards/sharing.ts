/** What one may share beside one's name. */
import type { Card, Shared } from '../../live/contract';
import { t } from './text';

export const FIELDS: Shared[] = ['email', 'phone', 'link', 'company', 'words'];

/** How many letters each may have. */
export const LONGEST: Record<Shared, number> = { email: 254, phone: 40, link: 200, company: 120, words: 140 };

/** What somebody will read of me, in words; what is shared and not typed yet is nothing to read. */
export function readsOf(name: string, shares: Shared[], card: Card): string {
  const filled = shares.filter((field) => card[field].trim());
  if (!filled.length) return t('shares.name_only', { name });
  return t('shares.reads', { name, what: filled.map((field) => t(`shares.${field}`)).join(', ') });
}
