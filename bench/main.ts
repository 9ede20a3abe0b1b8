// `npm run bench`: every figure in one run on one machine, as a table and as JSON. `--only NAME,…` runs some of the measures
// or parts of them (`http`, `http.read`),
// `--quick` all of them at small sizes (to see that they run), `--write` puts the figures into docs/scale.md.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { inRoot } from '../server/platform/paths.ts';
import { buildServer, buildWeb } from '../scripts/lib/build.mjs';
import { version } from '../server/platform/version.ts';
import { type BarName, reaches } from './bars.ts';
import { serverUrl } from './lib/databases.ts';
import type { Bench, Finding, Growth, Measure } from './lib/measure.ts';
import type { Report } from './lib/report.ts';
import { findingTable, growthTable, printed } from './lib/tables.ts';
import { writeScale } from './lib/scale.ts';
import { measures } from './measures/index.ts';

const { values: given } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    json: { type: 'string', default: inRoot('results', 'bench.json') },
    list: { type: 'boolean', default: false },
  },
});

const asked = given.only?.split(',');

/** The measures of the names asked for; `http.read` is a part of `http`. */
function chosen(): readonly Measure[] {
  const names = asked?.map((name) => name.split('.')[0]!);
  const unknown = names?.filter((name) => !measures.some((m) => m.name === name)) ?? [];
  if (unknown.length > 0)
    throw new Error(`There is no measure ${unknown.join(', ')}; there are ${measures.map((m) => m.name).join(', ')}.`);
  return measures.filter((m) => names?.includes(m.name) ?? true);
}

const wants = (measure: Measure, bar: BarName) => !asked || asked.includes(measure.name) || asked.includes(bar);

async function postgresVersion(): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  await client.end();
  return rows[0]!.server_version;
}

async function runAll(list: readonly Measure[]): Promise<Report> {
  const began = Date.now();
  const findings: Finding[] = [];
  const growth: Growth[] = [];
  const failed: { measure: string; message: string }[] = [];
  for (const measure of list) {
    const at = Date.now();
    const bench: Bench = {
      quick: given.quick,
      wants: (bar) => wants(measure, bar),
      say: (what) =>
        process.stderr.write(`${measure.name} ${((Date.now() - at) / 1000).toFixed(0).padStart(4)} s  ${what}\n`),
    };
    try {
      const outcome = await measure.run(bench);
      findings.push(...(outcome.findings ?? []));
      growth.push(...(outcome.growth ?? []));
      for (const line of printed(findingTable(outcome.findings ?? []))) process.stderr.write(`${line}\n`);
    } catch (error) {
      failed.push({ measure: measure.name, message: (error as Error).message });
      process.stderr.write(`${measure.name} failed: ${(error as Error).stack}\n`);
    }
  }
  const [cpu] = cpus();
  const machine = {
    cores: cpus().length,
    model: cpu?.model ?? '',
    node: process.version,
    postgres: await postgresVersion(),
  };
  const minutes = (Date.now() - began) / 60_000;
  return { at: new Date().toISOString(), version, quick: given.quick, machine, findings, growth, failed, minutes };
}

async function main(): Promise<void> {
  const list = chosen();
  if (given.list) {
    for (const m of list) console.log(`${m.name.padEnd(12)} about ${m.minutes} min`);
    return;
  }
  // What is measured is the program of these sources, not of an older build.
  if (!(await buildServer()) || !(await buildWeb())) throw new Error('The program cannot be built.');
  const report = await runAll(list);
  mkdirSync(inRoot('results'), { recursive: true });
  writeFileSync(given.json, `${JSON.stringify(report, null, 2)}\n`);
  for (const line of printed(findingTable(report.findings))) console.log(line);
  if (report.growth.length > 0) {
    console.log('');
    for (const line of printed(growthTable(report.growth))) console.log(line);
  }
  if (given.write && !given.quick) writeScale(report);
  const missed = report.findings.filter((f) => reaches(f.bar, f.value) === false);
  for (const f of report.failed) console.log(`${f.measure} failed: ${f.message}`);
  console.log(
    `${report.findings.length} figures in ${report.minutes.toFixed(1)} min, ${missed.length} below their bar, ${report.failed.length} measures failed.`,
  );
  // At small sizes the bars say nothing.
  if (report.failed.length > 0 || (missed.length > 0 && !given.quick)) process.exitCode = 1;
}

await main();
