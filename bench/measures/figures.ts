// Figures of the work: counted anew for a whole county, read as they are kept, and brought up to a change.
import { figureKeys, type Source } from '../../domain/records/facts/index.ts';
import { keysKept } from '../../domain/records/facts/kept.ts';
import { sql } from '../../server/platform/db/sql.ts';
import { figureValues, type Keeper, keepFigures, readFigures } from '../../server/records/facts/index.ts';
import { countAndKeep } from '../../server/records/facts/keeping.ts';
import { anyRecord, everySource, type Place } from '../../tests/support/any-records.ts';
import { clock, county, fillCounty, year } from '../lib/county.ts';
import { benchDatabase, type BenchDatabase } from '../lib/databases.ts';
import type { Bench, Finding, Measure } from '../lib/measure.ts';
import { asSystem } from '../lib/rural.ts';
import { p95, timed } from '../lib/timing.ts';
import { addCases, addFacts, growTree, ids, villagesOf } from '../lib/tree.ts';

/** Milliseconds from the commit of one record of a kind until no mark is left. */
async function untilSeen(db: BenchDatabase, source: Source, places: readonly Place[], n: number): Promise<number> {
  const { write, read } = asSystem(db, clock());
  const [at, other] = [places[(n * 13) % places.length]!, places[(n * 29 + 3) % places.length]!];
  await write((rq) => anyRecord(rq, source, { at, other, day: '2026-11-10', n }));
  const began = performance.now();
  while (await read((rq) => rq.db.find(sql`SELECT 1 AS found FROM figure_marks LIMIT 1`)))
    await new Promise((resolve) => setTimeout(resolve, 5));
  return performance.now() - began;
}

async function changes(db: BenchDatabase, places: readonly Place[], bench: Bench): Promise<Finding[]> {
  const keeper = keepFigures(db.database, { clock, watch: true });
  const worst = { ms: 0, note: '' };
  const times: number[] = [];
  const every = bench.quick ? 40 : 5;
  try {
    for (let n = 0; n < everySource.length; n += every) {
      const source = everySource[n]!;
      const ms = await untilSeen(db, source, places, n);
      times.push(ms);
      if (ms > worst.ms) Object.assign(worst, { ms, note: JSON.stringify(source).slice(0, 80) });
    }
  } finally {
    await keeper.close();
  }
  return [
    { bar: 'figures.change', value: p95(times), note: `${times.length} kinds of change` },
    { bar: 'figures.change-worst', value: worst.ms, note: worst.note },
  ];
}

async function inCounty(bench: Bench): Promise<Finding[]> {
  const db = await benchDatabase('figures');
  let keeper: Keeper | undefined;
  try {
    const places = await fillCounty(db, bench.quick ? 3 : 60, bench);
    const { read, write } = asSystem(db, clock());
    const towns = Array.from({ length: county.townships }, (_, i) => ids.township(i));
    const all = [ids.county(0), ...towns, ...places.map((p) => p.unitId)];
    bench.say(`${figureKeys.length} figures of ${all.length} units`);
    const cold = await timed(() => write((rq) => countAndKeep(rq, [String(year)], keysKept(String(year)), all)));
    bench.say('keeping the rest');
    keeper = keepFigures(db.database, { clock });
    await keeper.runOnce();
    await db.run('VACUUM ANALYZE figure_values, figure_rounds');
    const board = async (keys: readonly string[], unitIds: readonly number[]) => {
      const times: number[] = [];
      for (let r = 0; r < (bench.quick ? 5 : 60); r++)
        times.push(await timed(() => read((rq) => readFigures(rq, keys, unitIds, String(year), { orLast: true }))));
      return p95(times.slice(1));
    };
    bench.say('boards');
    const hundred = figureKeys.filter((_, i) => i % 3 === 0).slice(0, 100);
    const kept = await board(hundred, [ids.county(0), ...towns]);
    const tiles = await board(hundred.slice(40, 43), all);
    bench.say('changes');
    return [
      { bar: 'figures.cold', value: cold, note: `${figureKeys.length} figures` },
      { bar: 'figures.board', value: kept, note: `${26 * 100} numbers` },
      { bar: 'figures.tiles', value: tiles, note: `${all.length * 3} numbers` },
      ...(await changes(db, places, bench)),
    ];
  } finally {
    await keeper?.close();
    await db.drop();
  }
}

/** One record of each of these for every unit; what counts them is asked of all units at once. */
async function overAll(bench: Bench): Promise<Finding[]> {
  const db = await benchDatabase('figures_large');
  try {
    const tree = { ...county, counties: bench.quick ? 2 : 100 };
    bench.say(`${villagesOf(tree)} units`);
    await growTree(db, tree);
    await addCases(db, 0, villagesOf(tree), 1);
    await db.run(`INSERT INTO events (id, kind, unit_id, unit_path, title, state, on_day, held_recorded_at, created_at, changed_at)
      SELECT gen_random_uuid(), (ARRAY['committee-session', 'chat', 'council-session'])[u.id % 3 + 1], u.id, u.unit_path, '会', 'held', '2026-05-05', now(), now(), now()
      FROM units u WHERE u.type = 'village'`);
    await db.run(`INSERT INTO subjects (id, kind, unit_id, unit_path, name, state, from_day, created_at, changed_at)
      SELECT gen_random_uuid(), 'cooperative', u.id, u.unit_path, '社', 'active', '2025-05-05', now(), now() FROM units u WHERE u.type = 'village'`);
    await addFacts(db, ['population', 'households'], [year - 1, year], 0, villagesOf(tree));
    await db.run('VACUUM ANALYZE');
    const { read } = asSystem(db, clock());
    const worst = { ms: 0, key: '' };
    const all: number[] = [];
    bench.say('every figure over all units');
    for (const key of figureKeys) {
      const times: number[] = [];
      for (let r = 0; r < 3; r++)
        times.push(await timed(() => read((rq) => figureValues(rq, [key], [ids.province], String(year)))));
      all.push(Math.min(...times.slice(1)));
      if (all.at(-1)! > worst.ms) Object.assign(worst, { ms: all.at(-1), key });
    }
    return [
      { bar: 'figures.large', value: p95(all), note: `${all.length} figures` },
      { bar: 'figures.large-worst', value: worst.ms, note: worst.key },
    ];
  } finally {
    await db.drop();
  }
}

async function run(bench: Bench) {
  const findings: Finding[] = [];
  if (
    ['figures.cold', 'figures.board', 'figures.tiles', 'figures.change'].some((b) => bench.wants(b as Finding['bar']))
  )
    findings.push(...(await inCounty(bench)));
  if (bench.wants('figures.large')) findings.push(...(await overAll(bench)));
  return { findings };
}

export const figuresMeasure: Measure = { name: 'figures', minutes: 8, run };
