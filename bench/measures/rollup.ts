// Figures over the tree: each figure that a sample standard uses, for one county of 500 units and for 100 counties at once.
// They are computed from the facts each time; nothing is kept.
import { figureValues } from '../../server/records/facts/index.ts';
import { benchDatabase } from '../lib/databases.ts';
import type { Bench, Measure } from '../lib/measure.ts';
import { asSystem, figuresOf, metricsOf, sampleStandards } from '../lib/rural.ts';
import { p95, timed } from '../lib/timing.ts';
import { addFacts, growTree, ids, villagesOf } from '../lib/tree.ts';

const year = 2026;
const shape = { townships: 25, villages: 20 };

async function run(bench: Bench) {
  const db = await benchDatabase('rollup');
  try {
    const tree = { counties: bench.quick ? 4 : 100, ...shape };
    await growTree(db, tree);
    const wanted = figuresOf(await sampleStandards(db), year);
    const keys = wanted.map((f) => f.key);
    await addFacts(db, metricsOf(keys), [year - 1, year], 0, villagesOf(tree), (done, total) =>
      bench.say(`facts of ${villagesOf(tree)} villages: metric ${done} of ${total}`),
    );
    await db.run('VACUUM ANALYZE facts');
    const { read } = asSystem(db);
    // As a page does it: one figure of one unit.
    const measured = async (unit: (round: number) => number, rounds: number) => {
      const all: number[] = [];
      const worst = { key: '', ms: 0 };
      for (const { key, period } of wanted) {
        const times: number[] = [];
        for (let r = 0; r <= rounds; r++) {
          const ms = await timed(() => read((rq) => figureValues(rq, [key], [unit(r)], period)));
          if (r > 0) times.push(ms);
        }
        all.push(...times);
        if (p95(times) > worst.ms) Object.assign(worst, { key, ms: p95(times) });
      }
      return { p95: p95(all), worst };
    };
    bench.say(`${wanted.length} figures for counties of 500 units`);
    const county = await measured((r) => ids.county(r % tree.counties), bench.quick ? 3 : 20);
    bench.say('the same over all units');
    const large = await measured(() => ids.province, bench.quick ? 2 : 5);
    bench.say('all of them for each unit of a county');
    const units = Array.from({ length: 500 }, (_, i) => ids.village(i));
    const each = await timed(() => read((rq) => figureValues(rq, keys, units, String(year))));
    return {
      findings: [
        { bar: 'rollup.county', value: county.p95, note: `${wanted.length} figures` },
        { bar: 'rollup.worst', value: county.worst.ms, note: county.worst.key },
        { bar: 'rollup.units', value: each },
        { bar: 'rollup.large', value: large.p95, note: `${wanted.length} figures` },
        { bar: 'rollup.large-worst', value: large.worst.ms, note: large.worst.key },
      ] as const,
    };
  } finally {
    await db.drop();
  }
}

export const rollup: Measure = { name: 'rollup', minutes: 4, run };
