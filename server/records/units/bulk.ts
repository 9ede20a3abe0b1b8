import { json, sql, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { gramsOf, reading } from './names.ts';

/** A unit as a sheet describes it, below a parent that exists by the time it is written. */
export interface BulkUnit {
  readonly code: string;
  readonly name: string;
  readonly type: string;
  readonly parentCode: string;
  readonly scheme: string | null;
  readonly day: string;
  readonly document: string;
}

export interface KnownUnit {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly type: string;
  readonly scheme: string | null;
  readonly path: string;
  readonly parentCode: string | null;
  readonly validTo: string | null;
  readonly lastChange: string;
}

/** Units in scope by their codes, in one statement for any number of them. */
export async function findUnitsByCode(rq: Rq, codes: readonly string[]): Promise<Map<string, KnownUnit>> {
  const rows = await rq.db.many<KnownUnit>(sql`
    SELECT u.id, u.code, u.name, u.type, u.scheme, u.unit_path AS path, p.code AS "parentCode", u.valid_to AS "validTo",
      (SELECT max(v.valid_from) FROM unit_versions v WHERE v.unit_id = u.id) AS "lastChange"
    FROM units u LEFT JOIN units p ON p.id = u.parent_id
    WHERE u.code = ANY (${[...codes]}::text[]) AND ${visible(rq, 'u.unit_path')}`);
  return new Map(rows.map((row) => [row.code, row]));
}

export async function listCodesTaken(rq: Rq, codes: readonly string[]): Promise<Set<string>> {
  const rows = await rq.db.many<{ code: string }>(
    sql`SELECT code FROM unit_codes_taken(${[...codes]}::text[]) AS code`,
  );
  return new Set(rows.map((r) => r.code));
}

/** Which of these names are borne below their parent by a unit of that type already: `parentId type name`. */
export async function listNamesTaken(
  rq: Rq,
  wanted: readonly { parentId: number; type: string; name: string }[],
): Promise<Set<string>> {
  const rows = await rq.db.many<{ parentId: number; type: string; name: string }>(sql`
    SELECT u.parent_id AS "parentId", u.type, u.name
    FROM unnest(${wanted.map((w) => w.parentId)}::int[], ${wanted.map((w) => w.type)}::text[], ${wanted.map((w) => w.name)}::text[])
      AS w (parent_id, type, name)
    JOIN units u ON u.parent_id = w.parent_id AND u.type = w.type AND u.name = w.name AND u.valid_to IS NULL`);
  return new Set(rows.map((r) => `${r.parentId} ${r.type} ${r.name}`));
}

/** Writes checked units in two statements. A parent stands before its children, here or in the database. */
export async function insertUnits(
  rq: Rq,
  units: readonly BulkUnit[],
  parents: ReadonlyMap<string, { id: number; path: string }>,
): Promise<Map<string, { id: number; path: string }>> {
  const ids = await rq.db.many<{ id: number }>(
    sql`SELECT nextval('units_id_seq')::int AS id FROM generate_series(1, ${units.length}::int)`,
  );
  const made = new Map<string, { id: number; path: string }>();
  const rows = units.map((u, i) => {
    const parent = made.get(u.parentCode) ?? parents.get(u.parentCode);
    if (!parent) throw new Error(`The parent ${u.parentCode} of ${u.code} stands nowhere.`);
    const { id } = ids[i]!;
    const path = `${parent.path}${id}.`;
    made.set(u.code, { id, path });
    const { pinyin, initials } = reading(u.name);
    const { code, name, type, scheme, day, document } = u;
    const grams = gramsOf(name, code);
    return { id, code, type, name, parent_id: parent.id, path, scheme, day, document, pinyin, initials, grams };
  });
  const data = json(rows);
  await rq.db.run(sql`
    INSERT INTO units (id, code, type, name, parent_id, unit_path, scheme, valid_from, pinyin, initials, grams)
    SELECT id, code, type, name, parent_id, path, scheme, day, pinyin, initials,
      ARRAY (SELECT json_array_elements_text(grams))
    FROM json_to_recordset(${data}::json) AS d (id int, code text, type text, name text, parent_id int, path text, scheme text,
      day date, pinyin text, initials text, grams json)`);
  await rq.db.run(sql`
    INSERT INTO unit_versions (unit_id, valid_from, type, name, scheme, unit_path, change, document)
    SELECT id, day, type, name, scheme, path, 'import', document
    FROM json_to_recordset(${data}::json) AS d (id int, type text, name text, path text, scheme text, day date, document text)`);
  return made;
}

/** The next units after `last` in the order of their paths, for exports of any size. */
export function listUnitsAfter(
  rq: Rq,
  s: { conditions: ReturnType<typeof sql>; last: string; limit: number },
): Promise<
  {
    path: string;
    code: string;
    name: string;
    type: string;
    parentCode: string | null;
    scheme: string | null;
    validFrom: string;
    document: string | null;
  }[]
> {
  return rq.db.many(sql`
    SELECT u.unit_path AS path, u.code, u.name, u.type, p.code AS "parentCode", u.scheme, u.valid_from AS "validFrom",
      (SELECT v.document FROM unit_versions v WHERE v.unit_id = u.id ORDER BY v.valid_from LIMIT 1) AS document
    FROM units u LEFT JOIN units p ON p.id = u.parent_id
    WHERE u.valid_to IS NULL AND u.unit_path > ${s.last} AND ${s.conditions} ORDER BY u.unit_path LIMIT ${s.limit}`);
}
