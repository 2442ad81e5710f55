/** Words for following through. */
import { words } from '../../lib/text';
import type en from './words/en';

export const t = words<typeof en>(import.meta.glob('./words/*.ts'));
