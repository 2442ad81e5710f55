import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

// Phone and scanner are built by themselves: chunks shared with the other surfaces would bring along what they never run.
const ALONE: Record<string, string> = { phone: 'src/phone/main.ts', scanner: 'src/scanner/main.ts' };
const OTHERS = { console: 'src/console/main.ts', screen: 'src/screen/main.ts', pages: 'src/pages/pages.css', print: 'src/print/main.ts' };

export default defineConfig(({ mode }) => {
  const alone = ALONE[mode];
  return {
    plugins: [svelte(), svelteTesting()],
    base: '/static/built/',
    build: {
      outDir: '../platform/tablemates/static/built',
      // Those come after the others, into the same folder.
      emptyOutDir: !alone,
      manifest: alone ? `${mode}.json` : 'manifest.json',
      // A data: address would need a hole in the content security policy.
      assetsInlineLimit: 0,
      rolldownOptions: { input: alone ? { [mode]: alone } : OTHERS },
    },
    test: {
      environment: 'jsdom',
      include: ['src/**/*.test.ts'],
      setupFiles: ['src/lib/testing.ts'],
      // One jsdom for all files of a worker: a new one for each takes ten times as long as the tests.
      isolate: false,
    },
  };
});
