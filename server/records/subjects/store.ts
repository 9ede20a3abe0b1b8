import { all, json, likeText, sql, under } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { readable, subjectColumns, subjectJoins, type SubjectRow } from './rows.ts';

export interface SubjectSearch {
  readonly underPath?: string | undefined;
  readonly kind?: string | undefined;
  readonly state?: string | undefined;
  readonly ended?: boolean | undefined;
  readonly star?: string | undefined;
  readonly tag?: string | undefined;
  readonly parent?: string | undefined;
  readonly ledBy?: number | undefined;
  readonly q?: string | undefined;
  readonly sort?: 'name' | 'changed' | 'from' | undefined;
  readonly limit: number;
  readonly offset: number;
}

const orders = {
  name: sql`s.name, s.id`,
  changed: sql`s.changed_at DESC, s.id`,
  from: sql`s.from_day DESC, s.id`,
};

function conditions(rq: Rq, s: Omit<SubjectSearch, 'limit' | 'offset' | 'sort'>) {
  const like = s.q ? `%${likeText(s.q)}%` : null;
  return all([
    readable(rq),
    s.underPath !== undefined && under('s.unit_path', s.underPath),
    s.kind !== undefined && sql`s.kind = ${s.kind}`,
    s.state !== undefined && sql`s.state = ${s.state}`,
    s.ended === true && sql`s.to_day IS NOT NULL`,
    s.ended === false && sql`s.to_day IS NULL`,
    s.star !== undefined && sql`s.star = ${s.star}`,
    s.tag !== undefined && sql`${s.tag} = ANY (s.tags)`,
    s.parent !== undefined && sql`s.parent_id = ${s.parent}`,
    s.ledBy !== undefined && sql`s.lead_unit_id = ${s.ledBy}`,
    like !== null && sql`(s.name ILIKE ${like} OR s.code ILIKE ${like} OR s.place ILIKE ${like})`,
  ]);
}

export async function listSubjects(rq: Rq, s: SubjectSearch): Promise<{ items: SubjectRow[]; total: number }> {
  const where = conditions(rq, s);
  const order = orders[s.sort ?? 'name'];
  const { total } = await rq.db.one<{ total: number }>(
    sql`SELECT count(*)::int AS total FROM subjects s WHERE ${where}`,
  );
  if (total <= s.offset) return { items: [], total };
  const items = await rq.db.many<SubjectRow>(sql`
    SELECT ${subjectColumns} FROM (SELECT * FROM subjects s WHERE ${where} ORDER BY ${order} LIMIT ${s.limit} OFFSET ${s.offset}) s
    ${subjectJoins} ORDER BY ${order}`);
  return { items, total };
}

export type Cursor = readonly [unitPath: string, id: string];

/** A page in the order of the units, for exports: each page begins behind the last row of the one before. */
export function listSubjectsAfter(
  rq: Rq,
  s: Omit<SubjectSearch, 'limit' | 'offset' | 'sort'>,
  last: Cursor,
  limit: number,
): Promise<
  (SubjectRow & { readonly unitCode: string; readonly parentCode: string | null; leadCode: string | null })[]
> {
  return rq.db.many(sql`
    SELECT ${subjectColumns}, u.code AS "unitCode", coalesce(p.code, p.name) AS "parentCode", lu.code AS "leadCode"
    FROM (SELECT * FROM subjects s WHERE ${conditions(rq, s)} AND (s.unit_path, s.id) > (${last[0]}, ${last[1]}::uuid)
      ORDER BY s.unit_path, s.id LIMIT ${limit}) s
    ${subjectJoins} ORDER BY s.unit_path, s.id`);
}

export async function insertSubject(rq: Rq, s: SubjectRow): Promise<boolean> {
  const made = await rq.db.run(sql`
    INSERT INTO subjects (id, kind, unit_id, unit_path, name, code, place, parent_id, lead_unit_id, state, star, tags, from_day,
      created_at, changed_at, data)
    VALUES (${s.id}, ${s.kind}, ${s.unitId}, ${s.unitPath}, ${s.name}, ${s.code}, ${s.place}, ${s.parentId}, ${s.leadUnitId},
      ${s.state}, ${s.star}, ${[...s.tags]}::text[], ${s.fromDay}, ${rq.now}, ${rq.now}, ${json(s.data)}::jsonb)
    ON CONFLICT (kind, code) WHERE code IS NOT NULL AND to_day IS NULL DO NOTHING`);
  return made === 1;
}

/** Writes the entry as it is now, unless somebody was faster: of two writers the slower one changes nothing. */
export function updateSubject(rq: Rq, before: SubjectRow, after: SubjectRow): Promise<number> {
  return rq.db.run(sql`
    UPDATE subjects SET unit_id = ${after.unitId}, unit_path = ${after.unitPath}, name = ${after.name}, code = ${after.code},
      place = ${after.place}, parent_id = ${after.parentId}, lead_unit_id = ${after.leadUnitId}, state = ${after.state},
      star = ${after.star}, tags = ${[...after.tags]}::text[], from_day = ${after.fromDay}, to_day = ${after.toDay},
      data = ${json(after.data)}::jsonb, changed_at = ${rq.now}, version = version + 1
    WHERE id = ${before.id} AND version = ${before.version}`);
}

/** Consents and what stands under them go with the subject to its new unit. */
export async function movePersonal(rq: Rq, id: string, unitPath: string): Promise<void> {
  await rq.db.run(sql`UPDATE consents SET unit_path = ${unitPath} WHERE subject_id = ${id}`);
  await rq.db.run(sql`UPDATE subject_personal SET unit_path = ${unitPath} WHERE subject_id = ${id}`);
}

export async function countParts(rq: Rq, id: string): Promise<number> {
  const { n } = await rq.db.one<{ n: number }>(sql`
    SELECT count(*)::int AS n FROM subjects s WHERE s.parent_id = ${id} AND s.to_day IS NULL AND ${readable(rq)}`);
  return n;
}

export function listParts(rq: Rq, id: string, limit: number): Promise<SubjectRow[]> {
  return rq.db.many<SubjectRow>(sql`SELECT ${subjectColumns} FROM subjects s ${subjectJoins}
    WHERE s.parent_id = ${id} AND ${readable(rq)} ORDER BY s.to_day NULLS FIRST, s.name, s.id LIMIT ${limit}`);
}

/** Whether `id` stands above `below` in the chain of belonging. */
export async function isAbove(rq: Rq, id: string, below: string): Promise<boolean> {
  const { above } = await rq.db.one<{ above: boolean }>(sql`
    WITH RECURSIVE up (id, parent_id, depth) AS (
      SELECT s.id, s.parent_id, 1 FROM subjects s WHERE s.id = ${below}
      UNION ALL SELECT s.id, s.parent_id, up.depth + 1 FROM subjects s JOIN up ON s.id = up.parent_id WHERE up.depth < 20)
    SELECT EXISTS (SELECT 1 FROM up WHERE up.id = ${id}) AS above`);
  return above;
}

/** Whether another entry of the kind that is in use carries the number, as far as the actor sees. */
export async function codeIsTaken(rq: Rq, kind: string, code: string, except: string): Promise<boolean> {
  const { taken } = await rq.db.one<{ taken: boolean }>(sql`SELECT EXISTS (SELECT 1 FROM subjects s
    WHERE s.kind = ${kind} AND s.code = ${code} AND s.to_day IS NULL AND s.id <> ${except}) AS taken`);
  return taken;
}

export interface KnownSubject {
  readonly id: string;
  readonly kind: string;
  readonly unitId: number;
  readonly name: string;
  readonly code: string | null;
  readonly place: string | null;
  readonly parentId: string | null;
  readonly leadUnitId: number | null;
  readonly state: string;
  readonly fromDay: string;
  readonly data: Record<string, unknown>;
}

const knownColumns = sql`s.id, s.kind, s.unit_id AS "unitId", s.name, s.code, s.place, s.parent_id AS "parentId",
  s.lead_unit_id AS "leadUnitId", s.state, s.from_day AS "fromDay", s.data`;

/** Entries in use that carry these numbers, or these names in these units, under the keys of who asks. */
export async function findKnownSubjects(
  rq: Rq,
  kind: string,
  wanted: readonly { unitId: number; name: string; code: string | null; key: string }[],
): Promise<Map<string, KnownSubject>> {
  const of = <K extends keyof (typeof wanted)[number]>(key: K) => wanted.map((w) => w[key]);
  const rows = await rq.db.many<KnownSubject & { key: string }>(sql`
    SELECT w.key, ${knownColumns} FROM unnest(${of('unitId')}::int[], ${of('name')}::text[], ${of('code')}::text[], ${of('key')}::text[])
      AS w (unit_id, name, code, key)
    JOIN subjects s ON s.kind = ${kind} AND s.to_day IS NULL
      AND CASE WHEN w.code IS NULL THEN s.unit_id = w.unit_id AND s.name = w.name ELSE s.code = w.code END
    WHERE ${readable(rq)}`);
  return new Map(rows.map((r) => [r.key, r]));
}

/** Entries in use of these kinds that carry one of these names or numbers. */
export function findOwners(rq: Rq, kinds: readonly string[], named: readonly string[]): Promise<KnownSubject[]> {
  return rq.db.many<KnownSubject>(sql`SELECT ${knownColumns} FROM subjects s
    WHERE s.kind = ANY (${[...kinds]}::text[]) AND s.to_day IS NULL AND ${readable(rq)}
      AND (s.code = ANY (${[...named]}::text[]) OR s.name = ANY (${[...named]}::text[])) ORDER BY s.id LIMIT 5000`);
}

/** Which of these numbers are carried by entries in use, wherever they stand. */
export async function listCodesTaken(rq: Rq, kind: string, codes: readonly string[]): Promise<Set<string>> {
  if (codes.length === 0) return new Set();
  const rows = await rq.db.many<{ code: string }>(
    sql`SELECT code FROM subject_codes_taken(${kind}, ${[...codes]}::text[]) AS code`,
  );
  return new Set(rows.map((r) => r.code));
}
