/** Motion that helps the eye follow a name; none where the device asks for less. */
import { prefersReducedMotion } from 'svelte/motion';
import { crossfade, fade, type TransitionConfig } from 'svelte/transition';

export const calm = (): number => (prefersReducedMotion.current ? 0 : 900);

/** A name that changes tables flies from the old card to the new one. */
export const [leaves, arrives] = crossfade({
  duration: calm,
  fallback: (node) => fade(node, { duration: calm() }),
});

/** A line that has just come glows for a while. */
export function glow(_line: HTMLElement): TransitionConfig {
  if (prefersReducedMotion.current) return { duration: 0 };
  return {
    duration: 5000,
    css: (_, left) => `background: color-mix(in srgb, var(--color-accent-wash) ${Math.min(100, left * 200)}%, transparent)`,
  };
}
