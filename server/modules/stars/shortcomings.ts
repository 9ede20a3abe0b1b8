import { criteriaOf } from '../../../domain/stars/standard.ts';
import { sql, under, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { getUnit } from '../../records/units/index.ts';
import { type Cycle, standardFor } from './common.ts';

export interface Shortcoming {
  readonly criterion: string;
  readonly star: string;
  readonly scheme: string;
  readonly text: { zh: string; en?: string | undefined };
  readonly branches: number;
  readonly short: number;
  readonly lost: number;
  readonly share: number;
}

/** The criteria on which a unit and those below it lose most, from the latest standings: one aggregate for any size. */
export async function shortcomings(rq: Rq, cycle: Cycle, unitId: number, limit: number): Promise<Shortcoming[]> {
  const unit = await getUnit(rq, unitId);
  const rows = await rq.db.many<{
    standard: string;
    criterion: string;
    branches: number;
    points: number;
    sums: number[];
  }>(sql`
    SELECT s.standard_id AS standard, e.key AS criterion, count(*)::int AS branches, sum(e.value::int)::float8 AS points,
      array_agg(e.value::int) AS sums
    FROM standings s, jsonb_each_text(s.result -> 'points') e
    WHERE s.cycle_id = ${cycle.id} AND s.kind = 'live' AND ${under('s.unit_path', unit.path)} AND ${visible(rq, 's.unit_path')}
    GROUP BY 1, 2`);
  const found: Shortcoming[] = [];
  for (const scheme of ['rural', 'urban'] as const) {
    const standard = await standardFor(rq, cycle, scheme);
    if (!standard) continue;
    for (const { star, criterion } of criteriaOf(standard)) {
      const row = rows.find((r) => r.standard === standard.id && r.criterion === criterion.id);
      if (!row) continue;
      const full = criterion.points * row.branches;
      const lost = full - row.points;
      if (lost <= 0) continue;
      found.push({
        criterion: criterion.id,
        star: star.id,
        scheme,
        text: criterion.text,
        branches: row.branches,
        short: row.sums.filter((points) => points < criterion.points).length,
        lost,
        share: full === 0 ? 0 : lost / full,
      });
    }
  }
  return found.sort((a, b) => b.share - a.share || b.lost - a.lost).slice(0, limit);
}
