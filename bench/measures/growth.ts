// The same questions to the same program at 5,000, 50,000 and 500,000 units: counties of 500 villages, one case and two years of
// a few numbers for each village. One request at a time; what is told is the time at the middle.
import { compile } from '../../domain/stars/kernel.ts';
import { figureValues } from '../../server/records/facts/index.ts';
import { engineData } from '../engine/data.ts';
import { type Ask, inProcess, timesOf } from '../lib/app.ts';
import { correctNumbers, openCycle } from '../lib/cycle.ts';
import { benchDatabase, type BenchDatabase } from '../lib/databases.ts';
import { importSheet, sheetOf } from '../lib/importing.ts';
import type { Bench, Growth, Measure } from '../lib/measure.ts';
import { addPerson } from '../lib/people.ts';
import { asSystem, figuresOf, metricsOf, sampleStandards } from '../lib/rural.ts';
import { dice, median, timed } from '../lib/timing.ts';
import { addCases, addFacts, caseId, growTree, ids, villagesOf } from '../lib/tree.ts';

const year = 2026;
const shape = { townships: 25, villages: 20 };
const figure = 'households-linked-share';

/** A full re-score in the engine alone. */
function engine(units: number): number {
  const data = engineData(units);
  const kernel = compile(data.standard);
  const times = Array.from({ length: 4 }, () => {
    const began = performance.now();
    kernel.run(data.table);
    return performance.now() - began;
  });
  return median(times.slice(1));
}

/** Every second case waits to be closed; those of the first county are enough for all sizes. */
let next = -1;
const waiting = () => caseId((next += 2));

/** Times of the questions at one size, by what is asked. */
async function at(db: BenchDatabase, ask: Ask, villages: number, count: number): Promise<Record<string, number>> {
  const draw = dice(villages);
  const { read } = asSystem(db);
  const rollup = async (unit: number, times: number) => {
    const measured: number[] = [];
    for (let i = 0; i < times; i++)
      measured.push(await timed(() => read((rq) => figureValues(rq, [figure], [unit], `to-date:${year}`))));
    return median(measured.slice(1));
  };
  const county = ids.county(0);
  const task = (i: number) => ({
    type: 'task',
    title: `任务 ${i}`,
    unitId: ids.village(draw(500)),
    data: { condition: '完成并验收' },
  });
  return {
    'read one case': await timesOf(count, 0.5, () => ask('GET', `/api/cases/${caseId(draw(500))}`)),
    'page of 20 cases with count': await timesOf(count, 0.5, (i) =>
      ask('GET', `/api/cases?type=task&state=doing&under=${ids.township(i % 25)}&limit=20`),
    ),
    'open a case': await timesOf(count, 0.5, (i) => ask('POST', '/api/cases', task(i))),
    'change the state of a case': await timesOf(60, 0.5, () =>
      ask('POST', `/api/cases/${waiting()}/steps`, { step: 'close', version: 1 }),
    ),
    'counts by state per township': await timesOf(count, 0.5, () =>
      ask('GET', `/api/cases/counts?under=${county}&by=child&type=task`),
    ),
    'roll-up of a figure, county of 500 units': await rollup(county, 20),
    'roll-up of a figure, all units': await rollup(ids.province, 5),
  };
}

async function run(bench: Bench) {
  const sizes = bench.quick ? [500, 1_000] : [5_000, 50_000, 500_000];
  const points = new Map<string, { unit: string; points: [number, number][] }>();
  const tell = (what: string, size: number, value: number, unit = 'ms') => {
    const of = points.get(what) ?? { unit, points: [] };
    of.points.push([size, value]);
    points.set(what, of);
  };
  const db = await benchDatabase('growth');
  const here = await inProcess(db, () => new Date('2026-11-20T09:00:00+08:00'));
  try {
    const standards = await sampleStandards(db);
    const all = metricsOf(figuresOf(standards, year).map((f) => f.key));
    const few = metricsOf([figure]);
    let before = 0;
    let ask: Ask | undefined;
    for (const size of sizes) {
      bench.say(`${size} units: engine`);
      tell('full re-score, engine only', size, engine(size));
      bench.say(`${size} units: loading`);
      const tree = { counties: size / 500, ...shape };
      await growTree(db, tree, before);
      const villages = villagesOf(tree);
      const from = before * 500;
      if (before === 0) {
        await addPerson(db, 'organiser', 'organiser', ids.county(0));
        ask = await here.as('organiser');
        await addFacts(
          db,
          all.filter((m) => !few.includes(m)),
          [year - 1, year],
          0,
          500,
        );
      }
      await addFacts(db, few, [year - 1, year], from, villages);
      await addCases(db, from, villages, 1);
      if (before === 0) await openCycle(ask!, ids.county(0), year);
      before = tree.counties;
      await here.app.services.jobs.runJobsOnce();
      await db.run('VACUUM ANALYZE');
      bench.say(`${size} units: asking`);
      for (const [what, ms] of Object.entries(await at(db, ask!, villages, bench.quick ? 20 : 200)))
        tell(what, size, ms);
      const settle = () => here.app.figures.recountChanged();
      await settle();
      const corrected = await correctNumbers(db, ask!, { year, count: bench.quick ? 10 : 100, share: 0.5, settle });
      tell('re-score of one branch', size, corrected.rescore);
      const { bytes, rows } = sheetOf(400, all.slice(0, 25), 2021 + sizes.indexOf(size));
      tell('validated import, 10,000 rows', size, (await importSheet(here, 'organiser', bytes, rows)) * 1_000);
    }
  } finally {
    await here.close();
    await db.drop();
  }
  const growth: Growth[] = [...points].map(([what, of]) => ({ what, ...of }));
  return { growth };
}

export const growth: Measure = { name: 'growth', minutes: 6, run };
