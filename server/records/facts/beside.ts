import type { Either, MetricKey, Span } from '../../../domain/records/facts/index.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import type { EvaluateFor } from './below.ts';
import { type Leaves, nameOf } from './evaluate.ts';
import { chosenFacts, sumFacts, type Targets } from './leaves.ts';

// Some villages keep records, others type a number. Each is told by what it has, and what stands above them adds up both: a
// number that was typed counts where nothing is counted, and nowhere beside it.

/** Who typed a number that would count for these units, although records of the same are kept there. */
export async function countedHolders(
  rq: Rq,
  t: Targets,
  { counted, metrics }: Either,
  span: Span,
  evaluate: EvaluateFor,
): Promise<{ holders: readonly number[]; counting: readonly number[] }> {
  const rows = await rq.db.many<{ holder: number }>(
    sql`SELECT DISTINCT c.holder FROM (${await chosenFacts(rq, t, metrics, span)}) c ORDER BY c.holder`,
  );
  const holders = rows.map((r) => r.holder);
  // A share may be untold although there are records: what it divides by tells of them.
  const values = await evaluate(counted.of === 'ratio' ? counted.bottom : counted, holders, span);
  return { holders, counting: holders.filter((id) => (values.get(id)?.records ?? 0) > 0) };
}

/** The typed numbers of these units that stand beside what is counted there, as leaves of the typed part. */
export async function typedBeside(
  rq: Rq,
  t: Targets,
  either: Either,
  span: Span,
  evaluate: EvaluateFor,
): Promise<Leaves> {
  const { metrics } = either;
  const leaves: Leaves = new Map(metrics.map((metric) => [nameOf({ of: 'fact', metric }, span), new Map()]));
  const { holders, counting } = await countedHolders(rq, t, either, span, evaluate);
  if (counting.length === holders.length) return leaves;
  for (const { unitId, metric, ...value } of await sumFacts(rq, t, metrics, span, counting))
    leaves.get(nameOf({ of: 'fact', metric: metric as MetricKey }, span))!.set(unitId, value);
  return leaves;
}
