import { getContext, setContext } from 'svelte';
import type { ConsoleState } from '../../live/contract';
import type { Desk } from './desk.svelte';
import type { Drag } from './drag.svelte';

/** What the parts of the room page share: the room as it is now, and the organiser's hands on it. */
export interface Hands {
  readonly room: ConsoleState;
  readonly desk: Desk;
  readonly drag: Drag;
}

const KEY = Symbol('hands');

export const shareHands = (hands: Hands): Hands => setContext(KEY, hands);
export const sharedHands = (): Hands => getContext<Hands>(KEY);
