// One number of a branch is corrected: how long until its stars are decided again, in the transaction of the correction. A
// running cycle over a county of 500 villages, all of whose figures have numbers.
import { inProcess } from '../lib/app.ts';
import { correctNumbers, openCycle } from '../lib/cycle.ts';
import { benchDatabase } from '../lib/databases.ts';
import type { Bench, Measure } from '../lib/measure.ts';
import { addPerson } from '../lib/people.ts';
import { figuresOf, metricsOf, sampleStandards } from '../lib/rural.ts';
import { addFacts, growTree, ids, villagesOf } from '../lib/tree.ts';

const year = 2026;

async function run(bench: Bench) {
  const db = await benchDatabase('rescore');
  const here = await inProcess(db, () => new Date('2026-11-20T09:00:00+08:00'));
  try {
    const tree = { counties: 1, townships: 25, villages: 20 };
    await growTree(db, tree);
    const standards = await sampleStandards(db);
    const metrics = metricsOf(figuresOf(standards, year).map((f) => f.key));
    bench.say(`numbers of ${villagesOf(tree)} villages, ${metrics.length} metrics, two years`);
    await addFacts(db, metrics, [year - 1, year], 0, villagesOf(tree));
    await addPerson(db, 'organiser', 'organiser', ids.county(0));
    const ask = await here.as('organiser');
    await openCycle(ask, ids.county(0), year);
    await here.app.services.jobs.runJobsOnce();
    bench.say('counting the figures that are kept');
    await here.app.figures.runOnce();
    await db.run('VACUUM ANALYZE');
    bench.say('correcting numbers one after another');
    const count = bench.quick ? 20 : 400;
    // A server works off what has changed ten times a second; nobody waits for it.
    const settle = () => here.app.figures.recountChanged();
    const p95 = await correctNumbers(db, ask, { year, count, share: 0.95, settle });
    return {
      findings: [
        { bar: 'rescore.branch', value: p95.rescore },
        { bar: 'rescore.request', value: p95.request },
      ] as const,
    };
  } finally {
    await here.close();
    await db.drop();
  }
}

export const rescore: Measure = { name: 'rescore', minutes: 1, run };
