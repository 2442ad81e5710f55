import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

// The phone is built by itself: chunks shared with the other surfaces would bring along what it never runs.
const PHONE = { phone: 'src/phone/main.ts' };
const OTHERS = { console: 'src/console/main.ts', screen: 'src/screen/main.ts', pages: 'src/pages/pages.css' };

export default defineConfig(({ mode }) => {
  const forPhone = mode === 'phone';
  return {
    plugins: [svelte(), svelteTesting()],
    base: '/static/built/',
    build: {
      outDir: '../platform/tablemates/static/built',
      // The phone comes second, into the same folder.
      emptyOutDir: !forPhone,
      manifest: forPhone ? 'phone.json' : 'manifest.json',
      // A data: address would need a hole in the content security policy.
      assetsInlineLimit: 0,
      rolldownOptions: { input: forPhone ? PHONE : OTHERS },
    },
    test: {
      environment: 'jsdom',
      include: ['src/**/*.test.ts'],
      // One jsdom for all files of a worker: a new one for each takes ten times as long as the tests.
      isolate: false,
    },
  };
});
