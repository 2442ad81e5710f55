/** Puts a surface on its page, once the words it speaks are here. */
import { mount, type Component } from 'svelte';
import { spoken } from './text';

const AGAIN_AFTER = 2_000;

export async function start<Props extends Record<string, any>>(app: Component<Props>, props: Props): Promise<void> {
  try {
    await spoken();
  } catch {
    // The network went between the page and its words: a file that failed once is not asked for again, a page is.
    setTimeout(() => location.reload(), AGAIN_AFTER);
    return;
  }
  mount(app, { target: document.getElementById('app')!, props });
}
