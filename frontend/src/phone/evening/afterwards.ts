import type { Component } from 'svelte';

/** What comes after the talk, from a file of its own: nobody needs it before they have sat down. */
export async function afterwards(): Promise<Component<{ authorization: string; now: number }>> {
  return (await import('../afterwards/Afterwards.svelte')).default;
}
