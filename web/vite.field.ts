import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// One build an app: each is served under its own path, and the field app must not pull in the room.
export default defineConfig({
  root: new URL('./field', import.meta.url).pathname,
  base: '/field/',
  plugins: [react()],
  build: { outDir: '../dist/field', emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
