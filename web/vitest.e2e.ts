import { defineConfig } from 'vitest/config';

// One file at a time: each starts a server and a browser, and the machine may have two cores.
export default defineConfig({ test: { include: ['e2e/**/*.test.ts'], fileParallelism: false, testTimeout: 180_000, hookTimeout: 120_000 } });
