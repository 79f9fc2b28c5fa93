import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['{room,field,shared}/**/*.test.{ts,tsx}'] } });
