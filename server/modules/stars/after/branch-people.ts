import { sql } from '../../../platform/db/sql.ts';
import type { Rq } from '../../../platform/rq.ts';
import { dayOf } from '../../../platform/time.ts';

/** Who holds a role on each of these units today, in one statement. */
export async function holdersOn(
  rq: Rq,
  role: 'branch-secretary' | 'contact-cadre',
  unitIds: readonly number[],
): Promise<Map<number, { id: string; name: string }>> {
  if (unitIds.length === 0) return new Map();
  const today = dayOf(rq.now);
  const rows = await rq.db.many<{ unitId: number; id: string; name: string }>(sql`
    SELECT DISTINCT ON (a.unit_id) a.unit_id AS "unitId", p.id, p.name FROM assignments a JOIN people p ON p.id = a.person_id
    WHERE a.unit_id = ANY (${[...unitIds]}::int[]) AND a.role = ${role} AND a.from_day <= ${today}::date
      AND (a.to_day IS NULL OR a.to_day > ${today}::date) AND (p.left_on IS NULL OR p.left_on > ${today}::date)
    ORDER BY a.unit_id, a.from_day DESC`);
  return new Map(rows.map(({ unitId, id, name }) => [unitId, { id, name }]));
}

/** The secretary owns what the branch has to do; while there is none, the branch itself does. */
export function ownedByBranch(unitId: number, secretary: { id: string } | undefined) {
  return secretary ? { ownerPersonId: secretary.id } : { ownerUnitId: unitId };
}
