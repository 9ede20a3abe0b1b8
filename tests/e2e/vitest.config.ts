import { defineConfig } from 'vitest/config';

// Browser tests: the built pages before a real server on an embedded database, in Chromium, one after another.
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    fileParallelism: false,
    pool: 'forks',
    globalSetup: ['tests/support/setup.ts', 'tests/e2e/support/build.ts'],
  },
});
