import { sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { notify } from '../../records/notices/index.ts';

/** Tells the people who answer for a branch: nothing is decided about it behind its back. */
export async function tellBranch(
  rq: Rq,
  unitId: number,
  kind: string,
  caseId: string,
  params: Record<string, string | number> = {},
): Promise<void> {
  const today = dayOf(rq.now);
  const rows = await rq.db.many<{ personId: string }>(sql`
    SELECT DISTINCT person_id AS "personId" FROM assignments
    WHERE unit_id = ${unitId} AND role IN ('branch-secretary', 'contact-cadre') AND person_id IS NOT NULL
      AND from_day <= ${today}::date AND (to_day IS NULL OR to_day >= ${today}::date)`);
  await notify(
    rq,
    rows.map((row) => row.personId),
    kind,
    { kind: 'case', id: caseId },
    params,
  );
}
