import { sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';

/** Other plans in force for the same star on the same unit. */
export async function listOtherPlans(rq: Rq, id: string, unitId: number, star: string | null): Promise<string[]> {
  const rows = await rq.db.many<{
    id: string;
  }>(sql`SELECT id FROM cases WHERE type = 'force-plan' AND state = 'in-force'
    AND unit_id = ${unitId} AND star IS NOT DISTINCT FROM ${star} AND id <> ${id}`);
  return rows.map((r) => r.id);
}
