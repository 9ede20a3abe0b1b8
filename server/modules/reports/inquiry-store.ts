import type { Cell, FieldKind } from '../../../domain/reports/index.ts';
import { measuredTypes } from '../../../domain/records/units/index.ts';
import { all, likeText, sql, under, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';

export interface FieldRow {
  readonly id: string;
  readonly name: string;
  readonly kind: FieldKind;
  readonly unit: string | null;
  readonly question: string;
  readonly ownerUnitId: number;
  readonly ownerUnitName: string;
  readonly uses: number;
}

const fieldColumns = sql`f.id, f.name, f.kind, f.measure AS unit, f.question, f.unit_id AS "ownerUnitId", u.name AS "ownerUnitName",
  (SELECT count(*) FROM cases c WHERE c.type = 'inquiry' AND c.state <> 'drafted'
    AND c.data -> 'columns' @> jsonb_build_array(jsonb_build_object('field', f.id)))::int AS uses`;

/** Fields are found by everybody in whose area they were asked; row-level security shows those of units above as well. */
export async function listFields(rq: Rq, s: { q?: string | undefined; limit: number; offset: number }) {
  const where = all([s.q ? sql`f.name LIKE ${`%${likeText(s.q)}%`}` : null]);
  const { count } = await rq.db.one<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM asked_fields f WHERE ${where}`,
  );
  const items = await rq.db
    .many<FieldRow>(sql`SELECT ${fieldColumns} FROM asked_fields f JOIN units u ON u.id = f.unit_id
    WHERE ${where} ORDER BY f.name LIMIT ${s.limit} OFFSET ${s.offset}`);
  return { items, total: count };
}

export function fieldsById(rq: Rq, ids: readonly string[]): Promise<FieldRow[]> {
  return rq.db.many<FieldRow>(sql`SELECT ${fieldColumns} FROM asked_fields f JOIN units u ON u.id = f.unit_id
    WHERE f.id = ANY (${[...ids]}::uuid[])`);
}

/** Whether a field of this name exists anywhere in the instance, also where the request may not look. */
export async function insertField(
  rq: Rq,
  f: { id: string; unitId: number; path: string; name: string; kind: FieldKind; unit: string | null; question: string },
): Promise<boolean> {
  const rows = await rq.db
    .many(sql`INSERT INTO asked_fields (id, unit_id, unit_path, name, kind, measure, question, created_at)
    VALUES (${f.id}, ${f.unitId}, ${f.path}, ${f.name}, ${f.kind}, ${f.unit}, ${f.question}, ${rq.now})
    ON CONFLICT (name) DO NOTHING RETURNING id`);
  return rows.length === 1;
}

export interface AskedUnit {
  readonly id: number;
  readonly name: string;
  readonly path: string;
  readonly parentName: string;
}

/** The villages and communities that an inquiry below a unit concerns; `only` narrows it to some of them. */
export function askedUnits(rq: Rq, path: string, only: readonly number[]): Promise<AskedUnit[]> {
  return rq.db.many<AskedUnit>(sql`SELECT u.id, u.name, u.unit_path AS path, p.name AS "parentName"
    FROM units u JOIN units p ON p.id = u.parent_id
    WHERE ${visible(rq, 'u.unit_path')} AND ${under('u.unit_path', path)} AND u.type = ANY (${[...measuredTypes]}::text[])
      AND u.valid_to IS NULL AND (${only.length === 0} OR u.id = ANY (${[...only]}::int[])) ORDER BY u.unit_path LIMIT 5000`);
}

/** The names of chosen units that the reader may know of, also of those that ended since. */
export function namedUnits(rq: Rq, ids: readonly number[]) {
  return rq.db.many<{ unitId: number; unitName: string }>(sql`SELECT u.id AS "unitId", u.name AS "unitName" FROM units u
    WHERE u.id = ANY (${[...ids]}::int[]) AND ${visible(rq, 'u.unit_path')} ORDER BY u.unit_path LIMIT 2000`);
}

export interface AskedValue {
  readonly fieldId: string;
  readonly unitId: number;
  readonly value: string;
  readonly asOf: string;
  readonly source: string;
}

export function askedValues(
  rq: Rq,
  fieldIds: readonly string[],
  unitIds: readonly number[],
  period: string,
): Promise<AskedValue[]> {
  return rq.db
    .many<AskedValue>(sql`SELECT v.field_id AS "fieldId", v.unit_id AS "unitId", v.value, v.as_of AS "asOf", v.source
    FROM asked_values v WHERE ${visible(rq, 'v.unit_path')} AND v.superseded_at IS NULL AND v.period = ${period}
      AND v.field_id = ANY (${[...fieldIds]}::uuid[]) AND v.unit_id = ANY (${[...unitIds]}::int[]) LIMIT 200000`);
}

export async function saveAskedValue(
  rq: Rq,
  v: AskedValue & { id: string; path: string; period: string; caseId: string },
): Promise<void> {
  await rq.db.run(sql`UPDATE asked_values SET superseded_at = ${rq.now}
    WHERE field_id = ${v.fieldId} AND unit_id = ${v.unitId} AND period = ${v.period} AND superseded_at IS NULL`);
  await rq.db
    .run(sql`INSERT INTO asked_values (id, field_id, unit_id, unit_path, period, value, as_of, source, case_id, entered_by, entered_at)
    VALUES (${v.id}, ${v.fieldId}, ${v.unitId}, ${v.path}, ${v.period}, ${v.value}, ${v.asOf}, ${v.source}, ${v.caseId},
      ${rq.actor.userId}, ${rq.now})`);
}

/** Minutes, fields and inquiries of a month for each village: what was sent to it in that month, whoever sent it. */
export function burdenOf(rq: Rq, unitIds: readonly number[], month: string) {
  return rq.db.many<{ unitId: number; inquiries: number; fields: number; minutes: number }>(sql`
    SELECT c.unit_id AS "unitId", count(*)::int AS inquiries, sum(jsonb_array_length(c.data -> 'asked'))::int AS fields,
      sum((c.data ->> 'minutes')::int)::int AS minutes
    FROM cases c WHERE c.type = 'inquiry-answer' AND c.state <> 'dropped' AND ${visible(rq, 'c.unit_path')}
      AND c.unit_id = ANY (${[...unitIds]}::int[])
      AND to_char(c.opened_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') = ${month} GROUP BY c.unit_id`);
}

/** The cap that holds for a unit: the nearest one set on it or above it. */
export function findCap(rq: Rq, path: string) {
  return rq.db.find<{ minutes: number; document: string }>(sql`SELECT minutes, document FROM burden_caps
    WHERE starts_with(${path}, unit_path) ORDER BY length(unit_path) DESC LIMIT 1`);
}

export async function saveCap(rq: Rq, unit: { id: number; path: string }, minutes: number, document: string) {
  await rq.db.run(sql`INSERT INTO burden_caps (unit_id, unit_path, minutes, document, set_at)
    VALUES (${unit.id}, ${unit.path}, ${minutes}, ${document}, ${rq.now})
    ON CONFLICT (unit_id) DO UPDATE SET minutes = excluded.minutes, document = excluded.document, set_at = excluded.set_at`);
}

export interface AnswerRow {
  readonly id: string;
  readonly unitId: number;
  readonly unitName: string;
  readonly parentName: string;
  readonly state: string;
  readonly data: {
    asked: string[];
    minutes: number;
    cells: Record<string, Cell>;
  };
}

export function answersOf(rq: Rq, inquiryId: string): Promise<AnswerRow[]> {
  return rq.db
    .many<AnswerRow>(sql`SELECT c.id, c.unit_id AS "unitId", u.name AS "unitName", p.name AS "parentName", c.state, c.data
    FROM cases c JOIN units u ON u.id = c.unit_id JOIN units p ON p.id = u.parent_id
    WHERE c.type = 'inquiry-answer' AND c.parent_id = ${inquiryId} AND ${visible(rq, 'c.unit_path')} ORDER BY u.unit_path LIMIT 5000`);
}
