import type { Line } from './device.svelte';

/** green: all is well. amber: on its way, or slow. red: no network. Always beside words. */
export type Light = 'green' | 'amber' | 'red';

export function lightOf(line: Line, queue: number): Light {
  if (line === 'offline') return 'red';
  return line === 'online' && queue === 0 ? 'green' : 'amber';
}
