import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { results } from './run.mjs';

/** The result of one vitest run, as it wrote it; null when it wrote none, because it did not get that far. */
export function readRun(name) {
  const file = join(results, `tests-${name}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

export function readRuns() {
  if (!existsSync(results)) return [];
  return readdirSync(results)
    .filter((file) => /^tests-.*\.json$/.test(file))
    .map((file) => JSON.parse(readFileSync(join(results, file), 'utf8')));
}

/** Passed and failed tests of a run; a file that could not even be loaded is one failure. */
export function countRun(run) {
  if (!run) return { passed: 0, failed: 1 };
  const unloaded = run.testResults.filter((f) => f.status === 'failed' && f.assertionResults.length === 0).length;
  const failed = run.numFailedTests + unloaded;
  return { passed: run.numPassedTests, failed: failed === 0 && !run.success ? 1 : failed };
}
