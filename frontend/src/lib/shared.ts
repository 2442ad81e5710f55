/** Words that several surfaces say: one file of them, as each file more is a request more before a page shows anything. */
import { words } from './text';
import type en from './words/en';

export const t = words<typeof en>(import.meta.glob('./words/*.ts'));
