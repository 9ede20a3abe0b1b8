import { benchEngine } from '../engine/compare.ts';
import type { Bench, Finding, Measure } from '../lib/measure.ts';

async function run(bench: Bench) {
  bench.say('the same rules on the same values in the engine, DuckDB and PostgreSQL');
  const done = await benchEngine(bench.quick ? { units: 2_000, rounds: 3 } : {});
  if (!done.identical) throw new Error(`The engines do not agree: ${done.notes.join('; ')}`);
  const findings: Finding[] = [
    { bar: 'engine.full', value: done.kernel.median },
    { bar: 'engine.one', value: done.oneUnitMicroseconds },
  ];
  const against = (bar: Finding['bar'], ratio: number | null, other: { median: number } | null) => {
    if (ratio !== null && other !== null)
      findings.unshift({ bar, value: ratio, note: `${Math.round(other.median)} ms there` });
  };
  against('engine.postgres', done.ratioPostgres, done.postgres);
  against('engine.duckdb', done.ratioDuckdb, done.duckdb);
  for (const note of done.notes) bench.say(note);
  return { findings };
}

export const engine: Measure = { name: 'engine', minutes: 2, run };
