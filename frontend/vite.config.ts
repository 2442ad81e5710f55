import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  base: '/static/built/',
  build: {
    outDir: '../platform/tablemates/static/built',
    emptyOutDir: true,
    manifest: 'manifest.json',
    // A data: address would need a hole in the content security policy.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        console: 'src/console/main.ts',
        phone: 'src/phone/main.ts',
        screen: 'src/screen/main.ts',
        pages: 'src/pages/pages.css',
      },
    },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts'],
    // One jsdom for all files of a worker: a new one for each takes ten times as long as the tests.
    isolate: false,
  },
});
