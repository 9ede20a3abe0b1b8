#!/usr/bin/env node
// `npm test`: everything, from a bare machine to a counted result. It uses Node alone until the packages are there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countRun, readRun } from './lib/counts.mjs';
import { bringNeeds, bringPackages, findChromium } from './lib/needs.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { emptyResults, local, results, root, run, step } from './lib/run.mjs';

const total = { passed: 0, failed: 0 };
const began = Date.now();
let server;

/** A step that is no test run: it counts only when it fails. */
async function check(name, work) {
  const result = await step(name, work);
  if (!result.ok) total.failed += 1;
  return result.ok;
}

/** A run of vitest, counted by the results that it writes. */
async function tests(title, name, args, env = {}) {
  await step(title, async () => {
    const report = [
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${join(results, `tests-${name}.json`)}`,
    ];
    const { output } = await local('vitest', ['run', ...report, ...args], { env: { CI: 'true', ...env } });
    const { passed, failed } = countRun(readRun(name));
    total.passed += passed;
    total.failed += failed;
    return { ok: failed === 0, output, note: `${passed} passed, ${failed} failed` };
  });
}

const scriptNames = () => Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts ?? {});

async function onServer() {
  const started = await check('start PostgreSQL', async () => {
    server = await startPostgres({ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' });
    return { ok: true, note: `port ${server.port}` };
  });
  if (!started) return;
  // The rules in domain know no database, so running them twice would tell nothing.
  await tests('module tests on PostgreSQL', 'postgres', ['server', 'cli', 'demo', 'tests'], {
    TEST_DATABASE_URL: server.url,
  });
  await check('stop PostgreSQL', async () => {
    await server.stop();
    server = undefined;
    return { ok: true };
  });
}

async function inBrowser() {
  if (scriptNames().includes('build')) await check('build', () => run('npm', ['run', '--silent', 'build']));
  const config = join('tests', 'e2e', 'vitest.config.ts');
  await tests('browser tests', 'browser', ['--config', config], { CHROMIUM: findChromium() });
}

async function main() {
  emptyResults();
  const ready = (await check('what the tests need', bringNeeds)) && (await check('packages', bringPackages));
  if (!ready) return;
  await check('format', () => local('prettier', ['--check', '--log-level', 'warn', '.']));
  await check('lint', () => local('oxlint', ['--deny-warnings']));
  await check('types', () => local('tsc', ['-b']));
  await tests('unit, module and architecture tests, embedded database', 'embedded', []);
  await onServer();
  await inBrowser();
  await check('mechanisms with a passing test', async () => {
    const { ok, output } = await run(process.execPath, [join(root, 'scripts', 'coverage-mission.mjs')]);
    console.log(output.trimEnd());
    return { ok };
  });
}

for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => void Promise.resolve(server?.stop()).finally(() => process.exit(130)));

try {
  await main();
} catch (error) {
  console.log(error);
  total.failed += 1;
} finally {
  await server?.stop();
}
console.log(`in ${Math.round((Date.now() - began) / 1000)} s`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
