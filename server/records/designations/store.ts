import type { Designation } from '../../../domain/records/designations/index.ts';
import { all, json, type Sql, sql, under, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';

export interface DesignationRow extends Designation {
  readonly unitPath: string;
}

const columns = sql`d.id, d.kind, d.unit_id AS "unitId", u.name AS "unitName", d.unit_path AS "unitPath",
  d.subject_id AS "subjectId", s.name AS "subjectName", d.star, d.level, d.number,
  d.granted_by_unit_id AS "grantedByUnitId", d.grantor, d.granted_on AS "grantedOn", d.valid_to AS "validTo", d.basis,
  d.case_id AS "caseId", d.withdrawn_on AS "withdrawnOn", d.withdrawn_by_case_id AS "withdrawnByCaseId", d.data`;

export interface DesignationSearch {
  readonly underPath?: string | undefined;
  readonly unitId?: number | undefined;
  /** Null: only what the unit itself holds. */
  readonly subject?: string | null | undefined;
  readonly kind?: string | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly star?: string | undefined;
  readonly on?: string | undefined;
  readonly caseId?: string | undefined;
  readonly cycleId?: string | undefined;
  readonly limit: number;
  readonly offset?: number | undefined;
}

type Wanted = Omit<DesignationSearch, 'limit' | 'offset'>;

const wanted = (rq: Rq, s: Wanted): Sql =>
  all([
    visible(rq, 'd.unit_path'),
    s.underPath !== undefined && under('d.unit_path', s.underPath),
    s.unitId !== undefined && sql`d.unit_id = ${s.unitId}`,
    s.subject === null && sql`d.subject_id IS NULL`,
    s.subject && sql`d.subject_id = ${s.subject}`,
    s.kind && sql`d.kind = ${s.kind}`,
    s.kinds && sql`d.kind = ANY (${[...s.kinds]}::text[])`,
    s.star && sql`d.star = ${s.star}`,
    s.caseId && sql`d.case_id = ${s.caseId}`,
    s.cycleId && sql`d.data ->> 'cycleId' = ${s.cycleId}`,
    s.on &&
      sql`d.granted_on <= ${s.on}::date AND (d.valid_to IS NULL OR d.valid_to >= ${s.on}::date)
        AND (d.withdrawn_on IS NULL OR d.withdrawn_on > ${s.on}::date)`,
  ]);

export async function countDesignations(rq: Rq, s: Wanted): Promise<number> {
  const { count } = await rq.db.one<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM designations d WHERE ${wanted(rq, s)}`,
  );
  return count;
}

export async function listDesignations(
  rq: Rq,
  s: DesignationSearch,
): Promise<{ items: DesignationRow[]; total: number }> {
  const items = await rq.db.many<DesignationRow>(sql`
    SELECT ${columns} FROM designations d JOIN units u ON u.id = d.unit_id LEFT JOIN subjects s ON s.id = d.subject_id WHERE ${wanted(rq, s)}
    ORDER BY d.granted_on DESC, d.unit_path, d.kind, d.star, d.id LIMIT ${s.limit} OFFSET ${s.offset ?? 0}`);
  return { items, total: await countDesignations(rq, s) };
}

export function findDesignation(rq: Rq, id: string): Promise<DesignationRow | undefined> {
  return rq.db.find<DesignationRow>(sql`
    SELECT ${columns} FROM designations d JOIN units u ON u.id = d.unit_id LEFT JOIN subjects s ON s.id = d.subject_id WHERE d.id = ${id} AND ${visible(rq, 'd.unit_path')}`);
}

export async function insertDesignation(rq: Rq, d: Omit<DesignationRow, 'unitName' | 'subjectName'>): Promise<void> {
  await rq.db.run(sql`
    INSERT INTO designations (id, kind, unit_id, unit_path, subject_id, star, level, number, granted_by_unit_id, grantor, granted_on, valid_to,
      basis, case_id, data)
    VALUES (${d.id}, ${d.kind}, ${d.unitId}, ${d.unitPath}, ${d.subjectId}, ${d.star}, ${d.level}, ${d.number}, ${d.grantedByUnitId}, ${d.grantor},
      ${d.grantedOn}, ${d.validTo}, ${d.basis}, ${d.caseId}, ${json(d.data)}::jsonb)`);
}

export interface HolderSubject {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly unitId: number;
  readonly ended: boolean;
}

/** The subject that is to hold a status, where the reader may see it. */
export function findHolder(rq: Rq, id: string): Promise<HolderSubject | undefined> {
  return rq.db.find<HolderSubject>(sql`
    SELECT s.id, s.kind, s.name, s.unit_id AS "unitId", s.to_day IS NOT NULL AS ended
    FROM subjects s WHERE s.id = ${id} AND ${visible(rq, 's.unit_path')}`);
}

/** The number after the last one with this prefix: `星2026-0042`. The caller's transaction holds the lock that keeps it single. */
export async function nextNumber(rq: Rq, prefix: string, year: string): Promise<string> {
  const head = `${prefix}${year}-`;
  await rq.db.one(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`designation ${head}`}, 0))`);
  const { next } = await rq.db.one<{ next: number }>(sql`SELECT last_designation_number(${head}) + 1 AS next`);
  return `${head}${String(next).padStart(4, '0')}`;
}

/** Set only while it is not set: of two withdrawals one finds it done. */
export function setWithdrawn(rq: Rq, id: string, day: string, caseId: string): Promise<number> {
  return rq.db.run(sql`UPDATE designations SET withdrawn_on = ${day}, withdrawn_by_case_id = ${caseId}
    WHERE id = ${id} AND withdrawn_on IS NULL`);
}
