import type { AssignmentData, Edge, Occupant, RoleName } from '../../../domain/records/assignments/index.ts';
import type { UnitType } from '../../../domain/records/units/index.ts';
import { all, json, sql, type Sql, under, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';

/** A row of the view `answering`: the edge with the names of both ends. */
export interface AssignmentRow {
  readonly id: string;
  readonly role: RoleName;
  readonly star: string | null;
  readonly unitId: number;
  readonly unitName: string;
  readonly unitType: UnitType;
  readonly path: string;
  readonly personId: string | null;
  readonly holderUnitId: number | null;
  readonly holder: string;
  readonly title: string | null;
  readonly home: string | null;
  readonly objectKind: string | null;
  readonly objectId: string | null;
  readonly from: string;
  readonly to: string | null;
  readonly document: string | null;
  readonly endedReason: string | null;
  readonly data: AssignmentData;
}

const columns = sql`a.id, a.role, a.star, a.unit_id AS "unitId", a.unit_name AS "unitName", a.unit_type AS "unitType",
  a.unit_path AS path, a.person_id AS "personId", a.holder_unit_id AS "holderUnitId",
  coalesce(a.person_name, a.holder_unit_name) AS holder, a.person_title AS title, a.home_name AS home,
  a.object_kind AS "objectKind", a.object_id AS "objectId", a.from_day AS "from", a.to_day AS "to", a.document,
  a.ended_reason AS "endedReason", a.data`;

/** Held on a day: begun, not ended, the holder has not left and the unit is still there. */
export function heldOn(day: string): Sql {
  return sql`(a.from_day <= ${day}::date AND (a.to_day IS NULL OR a.to_day > ${day}::date)
    AND (a.person_left_on IS NULL OR a.person_left_on > ${day}::date)
    AND (a.unit_valid_to IS NULL OR a.unit_valid_to > ${day}::date))`;
}

export interface AssignmentSearch {
  readonly unitId?: number | undefined;
  readonly underPath?: string | undefined;
  readonly role?: string | undefined;
  readonly star?: string | undefined;
  readonly person?: string | undefined;
  readonly holderUnit?: number | undefined;
  /** Left out: every one, ended or not. */
  readonly day?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Those of the actor's units, and of exactly one unit above when that is asked for. */
export async function listAssignments(rq: Rq, s: AssignmentSearch): Promise<{ items: AssignmentRow[]; total: number }> {
  const where = all([
    s.unitId === undefined && visible(rq, 'a.unit_path'),
    s.unitId !== undefined && sql`a.unit_id = ${s.unitId}`,
    s.underPath !== undefined && under('a.unit_path', s.underPath),
    s.role !== undefined && sql`a.role = ${s.role}`,
    s.star !== undefined && sql`a.star = ${s.star}`,
    s.person !== undefined && sql`a.person_id = ${s.person}`,
    s.holderUnit !== undefined && sql`a.holder_unit_id = ${s.holderUnit}`,
    s.day !== undefined && heldOn(s.day),
  ]);
  const { count } = await rq.db.one<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM answering a WHERE ${where}`,
  );
  const items = await rq.db.many<AssignmentRow>(sql`SELECT ${columns} FROM answering a WHERE ${where}
    ORDER BY a.unit_path, a.role, a.star, a.from_day DESC, a.id LIMIT ${s.limit} OFFSET ${s.offset}`);
  return { items, total: count };
}

export function findAssignment(rq: Rq, id: string): Promise<AssignmentRow | undefined> {
  return rq.db.find<AssignmentRow>(sql`SELECT ${columns} FROM answering a WHERE a.id = ${id}`);
}

/** All that stand on these units on a day, in one statement. */
export function listOn(rq: Rq, unitIds: readonly number[], day: string, roles?: readonly RoleName[]) {
  return rq.db.many<AssignmentRow>(sql`SELECT ${columns} FROM answering a
    WHERE ${all([
      sql`a.unit_id = ANY (${[...unitIds]}::int[])`,
      heldOn(day),
      roles && sql`a.role = ANY (${[...roles]}::text[])`,
    ])} ORDER BY a.unit_path, a.role, a.star, a.from_day, a.id`);
}

/** All that ever stood on these units, newest first. */
export function listEver(rq: Rq, unitIds: readonly number[], limit = 1000) {
  return rq.db.many<AssignmentRow>(sql`SELECT ${columns} FROM answering a
    WHERE a.unit_id = ANY (${[...unitIds]}::int[]) ORDER BY a.from_day DESC, a.id LIMIT ${limit}`);
}

/** All below a path on a day, of some roles. */
export function listBelow(rq: Rq, path: string, day: string, roles: readonly RoleName[], limit = 20_000) {
  return rq.db.many<AssignmentRow>(sql`SELECT ${columns} FROM answering a
    WHERE ${under('a.unit_path', path)} AND ${visible(rq, 'a.unit_path')} AND ${heldOn(day)}
      AND a.role = ANY (${[...roles]}::text[])
    ORDER BY a.unit_path, a.role, a.star, a.from_day, a.id LIMIT ${limit}`);
}

/** Keeps two who assign on one unit at the same moment apart: the second sees what the first did. */
export async function lockUnit(rq: Rq, unitId: number): Promise<void> {
  await rq.db.many(sql`SELECT 1 FROM units WHERE id = ${unitId} FOR NO KEY UPDATE`);
}

/** Locked, so that it is ended or handed over once. */
export async function lockAssignment(rq: Rq, id: string): Promise<void> {
  await rq.db.many(sql`SELECT 1 FROM assignments WHERE id = ${id} FOR UPDATE`);
}

/** Whoever holds or will hold the role there from a day on. */
export function listOccupants(rq: Rq, unitId: number, role: string, star: string | null, from: string) {
  return rq.db.many<Occupant>(sql`
    SELECT coalesce(a.person_id::text, a.holder_unit_id::text) AS "holderId",
      coalesce(a.person_name, a.holder_unit_name) AS holder, a.object_id AS "objectId", a.from_day AS "from",
      a.to_day AS "to"
    FROM answering a WHERE a.unit_id = ${unitId} AND a.role = ${role} AND a.star IS NOT DISTINCT FROM ${star}
      AND (a.to_day IS NULL OR a.to_day > ${from}::date) ORDER BY a.from_day`);
}

/** What a person holds from a day on, as far as the actor can see. */
export function listEdges(rq: Rq, personId: string, day: string) {
  return rq.db.many<Edge & { id: string; unit: string; unitId: number }>(sql`
    SELECT a.id, a.role, a.star, a.unit_path AS path, a.unit_name AS unit, a.unit_id AS "unitId", a.from_day AS "from",
      a.to_day AS "to"
    FROM answering a WHERE a.person_id = ${personId} AND (a.to_day IS NULL OR a.to_day > ${day}::date)
    ORDER BY a.unit_path, a.role`);
}

export interface NewAssignment {
  readonly id: string;
  readonly role: RoleName;
  readonly personId: string | null;
  readonly holderUnitId: number | null;
  readonly unitId: number;
  readonly star: string | null;
  readonly objectKind: string | null;
  readonly objectId: string | null;
  readonly from: string;
  readonly to: string | null;
  readonly document: string | null;
  readonly data: AssignmentData;
  readonly single: boolean;
}

/** Any number of them in one statement. */
export async function insertAssignments(rq: Rq, rows: readonly NewAssignment[]): Promise<void> {
  await rq.db.run(sql`
    INSERT INTO assignments (id, role, person_id, holder_unit_id, unit_id, unit_path, star, object_kind, object_id, from_day,
      to_day, document, data, single)
    SELECT r.id, r.role, r."personId", r."holderUnitId", u.id, u.unit_path, r.star, r."objectKind", r."objectId", r."from",
      r."to", r.document, r.data, r.single
    FROM jsonb_to_recordset(${json(rows)}::jsonb) AS r (id uuid, role text, "personId" uuid, "holderUnitId" int, "unitId" int,
      star text, "objectKind" text, "objectId" text, "from" date, "to" date, document text, data jsonb, single boolean)
    JOIN units u ON u.id = r."unitId"`);
}

export async function closeAssignments(rq: Rq, ids: readonly string[], day: string, reason: string): Promise<number> {
  return rq.db.run(sql`
    UPDATE assignments SET to_day = greatest(from_day, ${day}::date), ended_reason = ${reason}
    WHERE id = ANY (${[...ids]}::uuid[]) AND (to_day IS NULL OR to_day > ${day}::date)`);
}

/** Nothing of a household that declined stays: its address leaves every assignment it ever stood in on that unit. */
export async function eraseAddress(rq: Rq, unitId: number, address: string): Promise<void> {
  await rq.db
    .run(sql`UPDATE assignments SET object_id = NULL, object_kind = NULL, data = data - 'informedOn', single = false
    WHERE unit_id = ${unitId} AND role = 'household-contact' AND object_id = ${address}`);
}

/** Whether any published standard has the star. */
export async function starPublished(rq: Rq, star: string): Promise<boolean> {
  const row = await rq.db.find(sql`SELECT 1 FROM standards WHERE state = 'published'
    AND body -> 'stars' @> ${json([{ id: star }])}::jsonb LIMIT 1`);
  return row !== undefined;
}

/** Administrators besides one assignment, on a unit that covers its unit. */
export async function otherAdmins(rq: Rq, row: AssignmentRow, day: string): Promise<number> {
  const { count } = await rq.db.one<{ count: number }>(sql`SELECT count(*)::int AS count FROM answering a
    WHERE a.role = 'admin' AND a.id <> ${row.id} AND ${row.path} LIKE a.unit_path || '%' AND ${heldOn(day)}
      AND (a.to_day IS NULL)`);
  return count;
}
