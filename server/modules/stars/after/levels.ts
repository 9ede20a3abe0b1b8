import { sql, under, visible } from '../../../platform/db/sql.ts';
import type { Rq } from '../../../platform/rq.ts';
import { dayOf } from '../../../platform/time.ts';

export interface BranchLevel {
  readonly unitId: number;
  readonly unitName: string;
  readonly path: string;
  readonly parentId: number | null;
  readonly parentName: string;
  readonly scheme: 'rural' | 'urban';
  readonly level: number;
  readonly stars: readonly string[];
  /** A sample standard was behind one of the namings. */
  readonly sample: boolean;
}

/** Branches below a path with the stars they hold today; the level is their number, never a value of its own (M007). */
export function listLevels(rq: Rq, path: string, day = dayOf(rq.now)): Promise<BranchLevel[]> {
  return rq.db.many<BranchLevel>(sql`
    SELECT u.id AS "unitId", u.name AS "unitName", u.unit_path AS path, u.parent_id AS "parentId",
      coalesce(p.name, '') AS "parentName", u.scheme, coalesce(cardinality(d.stars), 0) AS level,
      coalesce(d.stars, '{}') AS stars, coalesce(d.sample, false) AS sample
    FROM units u LEFT JOIN units p ON p.id = u.parent_id LEFT JOIN LATERAL (
      SELECT array_agg(d.star ORDER BY d.star) AS stars, bool_or((d.data ->> 'sample')::boolean) AS sample FROM designations d
      WHERE d.unit_id = u.id AND d.kind = 'star' AND d.granted_on <= ${day}::date
        AND (d.valid_to IS NULL OR d.valid_to >= ${day}::date) AND (d.withdrawn_on IS NULL OR d.withdrawn_on > ${day}::date)) d ON true
    WHERE ${visible(rq, 'u.unit_path')} AND ${under('u.unit_path', path)} AND u.type IN ('village', 'community')
      AND u.scheme IS NOT NULL AND u.valid_to IS NULL
    ORDER BY u.unit_path LIMIT 100000`);
}

export function miniOfLevel({ unitId, unitName, parentId, parentName, scheme }: BranchLevel) {
  return { unitId, unitName, parentId, parentName, scheme };
}

/** The county whose records a unit's designations stand in: the unit of that type on its chain. */
export function countyOf(rq: Rq, path: string): Promise<{ id: number; name: string; path: string } | undefined> {
  const ids = path.split('.').filter(Boolean).map(Number);
  return rq.db.find(
    sql`SELECT id, name, unit_path AS path FROM units WHERE id = ANY (${ids}::int[]) AND type = 'county'`,
  );
}
