#!/usr/bin/env node
// `npm run coverage:mission`: per module, how many mechanisms work (a passing test of the last run shows it), how many are
// recorded (their kinds are declared, docs/mission/records.csv) and how many are open. `--open` lists the last two.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRuns } from './lib/counts.mjs';
import { root } from './lib/run.mjs';

/** Ids and modules: the first two columns, which hold no commas and no quotes. */
function readMechanisms() {
  const lines = readFileSync(join(root, 'docs', 'mission', 'mechanisms.csv'), 'utf8')
    .split('\n')
    .slice(1);
  return new Map(
    lines
      .map((line) => /^(M\d{3}),([a-z]+),/.exec(line))
      .filter(Boolean)
      .map((m) => [m[1], m[2]]),
  );
}

/** Ids in a test's full name: titles of the describes around it count, and `M111–M115` means all five. */
export function idsIn(name) {
  const ids = new Set(name.match(/\bM\d{3}\b/g) ?? []);
  for (const [, from, to] of name.matchAll(/\bM(\d{3})\s?[–-]\s?M(\d{3})\b/g))
    for (let n = Number(from); n <= Number(to); n++) ids.add(`M${String(n).padStart(3, '0')}`);
  return ids;
}

const mechanisms = readMechanisms();
const runs = readRuns();
if (runs.length === 0) {
  console.error('No test results in results/: run `npm test` first.');
  process.exit(1);
}
const passed = new Set();
const failed = new Set();
const unknown = new Map();
for (const test of runs.flatMap((r) => r.testResults).flatMap((f) => f.assertionResults))
  for (const id of idsIn(test.fullName)) {
    if (!mechanisms.has(id)) unknown.set(id, test.fullName);
    else if (test.status === 'passed') passed.add(id);
    else if (test.status === 'failed') failed.add(id);
  }

/** How each mechanism is held: `data` by generic kinds of records, `own` only by an algorithm or a page of its own. */
function readHeld() {
  const lines = readFileSync(join(root, 'docs', 'mission', 'records.csv'), 'utf8')
    .split('\n')
    .slice(1);
  return new Map(lines.filter((line) => line.startsWith('mechanism,')).map((line) => line.split(',').slice(1, 3)));
}

const held = readHeld();
// A mechanism with a failing test is not shown to work, whatever its other tests say.
const standingOf = (id) =>
  passed.has(id) && !failed.has(id) ? 'works' : held.get(id) === 'data' && !failed.has(id) ? 'recorded' : 'open';

const modules = [...new Set(mechanisms.values())].sort();
const width = Math.max(...modules.map((m) => m.length), 'module'.length);
const columns = ['works', 'recorded', 'open'];
const line = (name, counts, all, list = '') =>
  console.log(
    `${name.padEnd(width)}  ${counts.map((n, i) => String(n).padStart(columns[i].length)).join('  ')}   of ${String(all).padStart(3)}${list}`,
  );
console.log(`${'module'.padEnd(width)}  ${columns.join('  ')}`);
const total = [0, 0, 0];
for (const module of modules) {
  const ids = [...mechanisms].filter(([, m]) => m === module).map(([id]) => id);
  const by = columns.map((standing) => ids.filter((id) => standingOf(id) === standing));
  by.forEach((some, i) => (total[i] += some.length));
  const names = columns
    .map((name, i) =>
      i > 0 && by[i].length > 0 && process.argv.includes('--open') ? `  ${name}: ${by[i].join(' ')}` : '',
    )
    .join('');
  line(
    module,
    by.map((some) => some.length),
    ids.length,
    names,
  );
}
line('all', total, mechanisms.size);
console.log(
  'works: a passing test shows it · recorded: its kinds are declared, no test shows it yet · open: it needs work of its own',
);
for (const [id, name] of unknown) console.error(`${id} is no mechanism: “${name}”`);
process.exitCode = unknown.size > 0 ? 1 : 0;
