import { z } from 'zod';
import { sql } from '../../platform/db/sql.ts';
import { enqueue, type JobContext, registerJob, schedule } from '../../platform/jobs/index.ts';
import { mustHold, type Rq, system } from '../../platform/rq.ts';
import { raiseWarnings } from './after/index.ts';
import { type Cycle, getCycle, runningCyclesOver } from './common.ts';
import { endedMonth, rescoreCycle, snapshotMonth } from './rescoring.ts';
import { rescoreUnits } from './standings.ts';

const kind = 'stars.rescore';
const nightlyKind = 'stars.nightly';
const input = z.object({ cycleId: z.string(), nightly: z.boolean() });

/** Puts a full re-score into the line; the page follows it by its job. */
export async function requestRescore(rq: Rq, cycleId: string, nightly: boolean): Promise<{ jobId: string }> {
  const cycle = await getCycle(rq, cycleId);
  mustHold(rq, 'stars.cycle', cycle.unitPath);
  return { jobId: await enqueue(rq, kind, { cycleId, nightly }, cycle.unitPath) };
}

/** So many branches are scored while the change waits; more (an import) are left to a job that follows it at once. */
const atOnce = 20;

export async function valuesChanged(rq: Rq, changed: readonly { unitId: number; unitPath: string }[]): Promise<void> {
  const units = new Map(changed.map((c) => [c.unitId, c.unitPath]));
  if (units.size <= atOnce) return rescoreUnits(rq, [...units.keys()]);
  const cycles = new Map<string, Cycle>();
  for (const path of new Set([...units.values()].map((p) => p.replace(/\d+\.$/, ''))))
    for (const cycle of await runningCyclesOver(rq, path)) cycles.set(cycle.id, cycle);
  for (const [cycleId, { unitPath }] of cycles) await enqueue(rq, kind, { cycleId, nightly: false }, unitPath);
}

/**
 * One cycle, in one transaction: either every standing is of this run or none is. The platform scores, whoever asked for it,
 * because a rank looks at all peers and the asker may see only some of them.
 */
async function run(job: JobContext, cycleId: string, nightly: boolean) {
  return job.database.write([''], async (db) => {
    const rq: Rq = { actor: system, db, now: job.clock(), lang: job.lang };
    const cycle = await getCycle(rq, cycleId);
    const units = await rescoreCycle(rq, cycle, (done, total) => job.progress(done, total));
    const warned = nightly ? await raiseWarnings(rq, cycle) : { raised: 0, cleared: 0 };
    const ended = nightly ? endedMonth(rq.now) : null;
    const months = ended ? await snapshotMonth(rq, cycle, ended) : 0;
    return { units, months, raised: warned.raised, cleared: warned.cleared };
  });
}

/**
 * «If it were assessed today»: every night all running cycles are scored again, stars in danger are warned of, and the first
 * run of a month keeps what the next ones are compared with.
 */
export function startNightly(): void {
  registerJob(kind, async (job) => {
    const { cycleId, nightly } = input.parse(job.input);
    return run(job, cycleId, nightly);
  });
  schedule(nightlyKind, '02:10', async (job) => {
    const cycles = await job.read((rq) =>
      rq.db.many<{ id: string }>(
        sql`SELECT id FROM cases WHERE type = 'cycle' AND closed_at IS NULL ORDER BY opened_at`,
      ),
    );
    for (const { id } of cycles) {
      await run(job, id, true);
      await job.pause();
    }
    return { cycles: cycles.length };
  });
}
