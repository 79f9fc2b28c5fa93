import { defineConfig } from 'vitest/config';

// A slow machine may take its time; a test that hangs still ends.
export default defineConfig({ test: { include: ['{room,field,shared}/**/*.test.{ts,tsx}'], testTimeout: 60_000 } });
