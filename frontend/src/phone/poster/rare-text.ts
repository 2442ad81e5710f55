/** Words of the steps behind a poster's first page. */
import { words } from '../../lib/text';
import type en from './words/en';

export const t = words<typeof en>(import.meta.glob('./words/*.ts'));
