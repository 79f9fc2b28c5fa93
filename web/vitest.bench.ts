// Benchmarks of the server: never part of ./test.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: { include: ['bench/{openrosa,server}/*.ts'], fileParallelism: false, testTimeout: 1_800_000, hookTimeout: 120_000 },
});
