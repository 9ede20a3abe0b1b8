import type { Unit, UnitNode } from '../../../domain/records/units/index.ts';
import { all, json, likeText, sql, type Sql, under, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { gramsAsked, gramsOf, reading } from './names.ts';

const columns = sql`u.id, u.code, u.type, u.name, u.parent_id AS "parentId", u.unit_path AS path, u.scheme,
  u.valid_from AS "validFrom", u.valid_to AS "validTo", u.initials`;
const children = sql`(SELECT count(*) FROM units c WHERE c.parent_id = u.id AND c.valid_to IS NULL)::int AS children`;

export interface UnitSearch {
  readonly q?: string | undefined;
  readonly type?: string | undefined;
  readonly scheme?: string | undefined;
  readonly underPath?: string | undefined;
  readonly parentId?: number | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Whoever finds more than this types another letter. */
const mostFound = 2_000;

/**
 * Units in use, in the order of their pinyin; a search is matched against name, pinyin, initials and code, and stops at
 * `mostFound` units.
 */
export async function listUnits(rq: Rq, s: UnitSearch): Promise<{ items: UnitNode[]; total: number }> {
  const q = s.q?.trim().toLowerCase() ?? '';
  const where = all([
    visible(rq, 'u.unit_path'),
    q !== '' && sql`u.id = ANY (${idsFound(q, s.underPath ?? '')})`,
    sql`u.valid_to IS NULL`,
    s.type && sql`u.type = ${s.type}`,
    s.scheme && sql`u.scheme = ${s.scheme}`,
    s.parentId !== undefined && sql`u.parent_id = ${s.parentId}`,
    s.underPath !== undefined && under('u.unit_path', s.underPath),
  ]);
  const order = sql`cardinality(string_to_array(u.unit_path, '.')), u.pinyin, u.id`;
  if (q !== '') {
    // What was found is counted while it is put in order: looking for it a second time would cost as much again.
    const rows = await rq.db.many<UnitNode & { total: number }>(sql`
      SELECT ${columns}, ${children}, f.total FROM (
        SELECT u.id, count(*) OVER ()::int AS total FROM units u WHERE ${where}
        ORDER BY ${order} LIMIT ${s.limit} OFFSET ${s.offset}) f JOIN units u ON u.id = f.id ORDER BY ${order}`);
    if (rows.length > 0 || s.offset === 0)
      return { items: rows.map(({ total: _total, ...unit }) => unit), total: rows[0]?.total ?? 0 };
  }
  const { count } = await rq.db.one<{ count: number }>(sql`SELECT count(*)::int AS count FROM units u WHERE ${where}`);
  if (count <= s.offset) return { items: [], total: count };
  const items = await rq.db.many<UnitNode>(sql`
    SELECT ${columns}, ${children} FROM units u WHERE ${where} ORDER BY ${order} LIMIT ${s.limit} OFFSET ${s.offset}`);
  return { items, total: count };
}

/** The units that a search finds, looked for once for all of the statement. */
const idsFound = (q: string, underPath: string): Sql =>
  sql`(SELECT units_found(${gramsAsked(q)}::text[], ${`%${likeText(q)}%`}, ${underPath}, ${mostFound}))::int[]`;

/** The tree as it stood on a day. */
export async function listUnitsAsOf(
  rq: Rq,
  s: UnitSearch & { asOf: string },
): Promise<{ items: UnitNode[]; total: number }> {
  const where = all([
    visible(rq, 'v.unit_path'),
    sql`v.valid_from <= ${s.asOf}::date AND (v.valid_to IS NULL OR v.valid_to > ${s.asOf}::date)`,
    s.type && sql`v.type = ${s.type}`,
    s.scheme && sql`v.scheme = ${s.scheme}`,
    s.underPath !== undefined && under('v.unit_path', s.underPath),
    s.q ? sql`lower(v.name) LIKE ${`%${likeText(s.q.toLowerCase())}%`}` : null,
    s.parentId !== undefined && sql`v.unit_path ~ ('^(\\d+\\.)*' || ${String(s.parentId)} || '\\.\\d+\\.$')`,
  ]);
  const { count } = await rq.db.one<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM unit_versions v WHERE ${where}`,
  );
  const items = await rq.db.many<UnitNode>(sql`
    SELECT u.id, u.code, v.type, v.name, u.parent_id AS "parentId", v.unit_path AS path, v.scheme,
      v.valid_from AS "validFrom", v.valid_to AS "validTo", u.initials, 0 AS children
    FROM unit_versions v JOIN units u ON u.id = v.unit_id WHERE ${where}
    ORDER BY u.pinyin, u.id LIMIT ${s.limit} OFFSET ${s.offset}`);
  return { items, total: count };
}

export interface UnitRow extends UnitNode {
  readonly attributes: Record<string, unknown>;
  readonly lastChange: string;
}

/** The unit, also when it is one of those above the actor's own (row-level security shows that chain and no more). */
export function findUnit(rq: Rq, id: number): Promise<UnitRow | undefined> {
  return rq.db.find<UnitRow>(sql`
    SELECT ${columns}, ${children}, u.attributes,
      (SELECT max(v.valid_from) FROM unit_versions v WHERE v.unit_id = u.id) AS "lastChange"
    FROM units u WHERE u.id = ${id}`);
}

export function listUnitsById(rq: Rq, ids: readonly number[]): Promise<UnitRow[]> {
  return rq.db.many<UnitRow>(sql`
    SELECT ${columns}, ${children}, u.attributes,
      (SELECT max(v.valid_from) FROM unit_versions v WHERE v.unit_id = u.id) AS "lastChange"
    FROM units u WHERE u.id = ANY (${[...ids]}::int[]) AND ${visible(rq, 'u.unit_path')} ORDER BY u.id`);
}

export function listHistory(rq: Rq, id: number) {
  return rq.db.many<{
    validFrom: string;
    validTo: string | null;
    name: string;
    change: string;
    document: string | null;
  }>(sql`
    SELECT valid_from AS "validFrom", valid_to AS "validTo", name, change, document
    FROM unit_versions WHERE unit_id = ${id} ORDER BY valid_from DESC LIMIT 100`);
}

export function listSuccessions(rq: Rq, id: number) {
  return rq.db.many<{ kind: string; onDay: string; predecessorId: number; successorId: number; name: string }>(sql`
    SELECT s.kind, s.on_day AS "onDay", s.predecessor_id AS "predecessorId", s.successor_id AS "successorId", u.name
    FROM unit_successions s
    JOIN units u ON u.id = CASE WHEN s.predecessor_id = ${id} THEN s.successor_id ELSE s.predecessor_id END
    WHERE ${id} IN (s.predecessor_id, s.successor_id) ORDER BY s.on_day LIMIT 100`);
}

export function countByType(rq: Rq, path: string, asOf: string) {
  return rq.db.many<{ type: Unit['type']; scheme: Unit['scheme']; count: number }>(sql`
    SELECT v.type, v.scheme, count(*)::int AS count FROM unit_versions v
    WHERE ${under('v.unit_path', path)} AND ${visible(rq, 'v.unit_path')}
      AND v.valid_from <= ${asOf}::date AND (v.valid_to IS NULL OR v.valid_to > ${asOf}::date)
    GROUP BY v.type, v.scheme ORDER BY v.type, v.scheme`);
}

export async function nameTaken(rq: Rq, parentId: number, type: string, name: string): Promise<boolean> {
  const row = await rq.db.find(
    sql`SELECT 1 FROM units WHERE parent_id = ${parentId} AND type = ${type} AND name = ${name} AND valid_to IS NULL`,
  );
  return row !== undefined;
}

export interface NewUnit {
  readonly code: string;
  readonly type: string;
  readonly name: string;
  readonly parentId: number | null;
  readonly parentPath: string;
  readonly scheme: string | null;
  readonly day: string;
  readonly document: string | null;
  readonly attributes: Record<string, unknown>;
  readonly change: string;
}

export async function insertUnit(rq: Rq, u: NewUnit): Promise<number> {
  const { pinyin, initials } = reading(u.name);
  // The path holds the unit's own id, so the id is drawn first.
  const { id } = await rq.db.one<{ id: number }>(sql`SELECT nextval('units_id_seq')::int AS id`);
  const path = `${u.parentPath}${id}.`;
  await rq.db.run(sql`
    INSERT INTO units (id, code, type, name, parent_id, unit_path, scheme, valid_from, pinyin, initials, grams, attributes)
    VALUES (${id}, ${u.code}, ${u.type}, ${u.name}, ${u.parentId}, ${path}, ${u.scheme}, ${u.day}, ${pinyin}, ${initials},
      ${gramsOf(u.name, u.code)}::text[], ${json(u.attributes)}::jsonb)`);
  await insertVersion(rq, id, u.day, u.change, u.document);
  return id;
}

/** Closes the running version on `day` and opens the next with what the unit is now. */
export async function insertVersion(
  rq: Rq,
  id: number,
  day: string,
  change: string,
  document: string | null,
): Promise<void> {
  await rq.db.run(
    sql`UPDATE unit_versions SET valid_to = ${day} WHERE unit_id = ${id} AND valid_to IS NULL AND valid_from < ${day}::date`,
  );
  await rq.db.run(sql`
    INSERT INTO unit_versions (unit_id, valid_from, type, name, scheme, unit_path, change, document)
    SELECT id, ${day}, type, name, scheme, unit_path, ${change}, ${document} FROM units WHERE id = ${id}
    ON CONFLICT (unit_id, valid_from) DO UPDATE SET
      name = excluded.name, scheme = excluded.scheme, unit_path = excluded.unit_path, change = excluded.change, document = excluded.document`);
}

export async function updateName(rq: Rq, id: number, name: string, code: string): Promise<void> {
  const { pinyin, initials } = reading(name);
  await rq.db.run(sql`UPDATE units SET name = ${name}, pinyin = ${pinyin}, initials = ${initials},
    grams = ${gramsOf(name, code)}::text[] WHERE id = ${id}`);
}

export async function updateScheme(rq: Rq, id: number, scheme: string): Promise<void> {
  await rq.db.run(sql`UPDATE units SET scheme = ${scheme} WHERE id = ${id}`);
}

export async function closeUnit(rq: Rq, id: number, day: string): Promise<void> {
  await rq.db.run(sql`UPDATE units SET valid_to = ${day} WHERE id = ${id}`);
  await rq.db.run(sql`UPDATE unit_versions SET valid_to = ${day} WHERE unit_id = ${id} AND valid_to IS NULL`);
}

export async function insertSuccession(
  rq: Rq,
  predecessor: number,
  successor: number,
  kind: string,
  day: string,
  document: string,
): Promise<void> {
  await rq.db.run(sql`INSERT INTO unit_successions (predecessor_id, successor_id, kind, on_day, document)
    VALUES (${predecessor}, ${successor}, ${kind}, ${day}, ${document})`);
}
