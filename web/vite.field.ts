import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const root = new URL('./field/', import.meta.url).pathname;
const publicFolder = `${root}public`;

/**
 * Writes into the service worker which files to keep: those of this build and those of the public folder. Our own few lines rather than a plugin: the
 * worker of an app that people at risk carry is read whole by whoever audits it, and it must never keep an answer of the server.
 */
const precache = (): Plugin => ({
  name: 'precache',
  generateBundle(_, bundle) {
    const fixed = existsSync(publicFolder) ? readdirSync(publicFolder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile()).map((file) => `${file.parentPath}/${file.name}`.slice(publicFolder.length + 1)) : [];
    const built = Object.keys(bundle).filter((file) => file !== 'worker.js' && !file.endsWith('.map') && file !== 'index.html');
    const files = ['./', ...built, ...fixed].sort();
    const worker = bundle['worker.js'];
    if (worker?.type !== 'chunk') throw new Error('The service worker is missing from the build.');
    const edition = createHash('sha256').update(files.join('\n')).update(worker.code);
    const page = bundle['index.html'];
    if (page?.type === 'asset') edition.update(page.source);
    for (const file of fixed) edition.update(readFileSync(`${publicFolder}/${file}`));
    worker.code = worker.code.replaceAll('__FILES__', JSON.stringify(files)).replaceAll('__EDITION__', JSON.stringify(edition.digest('hex').slice(0, 16)));
  },
});

// One build an app: each is served under its own path, and the field app must not pull in the room.
export default defineConfig({
  root,
  base: '/field/',
  plugins: [react(), precache()],
  build: {
    outDir: '../dist/field',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { index: `${root}index.html`, worker: `${root}offline/worker.ts` },
      output: { entryFileNames: (chunk) => (chunk.name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js') },
    },
  },
});
