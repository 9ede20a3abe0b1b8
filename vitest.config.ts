import { defineConfig } from 'vitest/config';

// One configuration for unit, module and architecture tests. Browser tests are a project of their own, because they
// need a build and a Chromium; scripts/test.mjs runs the module tests once per database.
export default defineConfig({
  test: {
    include: ['{domain,server,cli,demo,tests}/**/*.test.ts'],
    // tests/faults calls every endpoint as every role: minutes long, and run by `FAULTS=1` or `npm run faults`.
    exclude: [
      ...(process.env['FAULTS'] ? [] : ['tests/faults/**']),
      'tests/e2e/**',
      'tests/architecture/fixtures/**',
      'node_modules/**',
    ],
    // A busy machine is no fault: property tests on a real database take what they take.
    testTimeout: 240_000,
    hookTimeout: 300_000,
    pool: 'forks',
    // Reading the program anew for every file took a third of the run. What a process keeps belongs to its application
    // (createApp forgets it), and each file makes its own.
    isolate: false,
    maxWorkers: 2,
    setupFiles: ['tests/support/properties.ts'],
    globalSetup: ['tests/support/setup.ts'],
  },
});
