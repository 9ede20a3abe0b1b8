import type { RoleName } from '../../../domain/records/assignments/index.ts';
import type { Standard } from '../../../domain/stars/standard.ts';
import type { LedgerFault, Lights } from '../../../domain/tasks/index.ts';
import { all, likeText, sql, type Sql, under, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { heldOn } from '../../records/assignments/index.ts';
import { caseColumns, caseJoins, type CaseRow, evidenceCount, readableCase } from '../../records/cases/index.ts';
import { faultIs, isStale, itemsIn, lightIs, matching, open, type Scoped, type Search } from './conditions.ts';
import type { Days } from './days.ts';

export interface ItemRow extends CaseRow {
  readonly stale: boolean;
}

/** In the order of the tree and then of the day, the most pressing first; a sheet reads on behind its last row. */
const order = sql`c.unit_path, coalesce(c.due_on, DATE '9999-12-31'), c.id`;

export async function listItems(rq: Rq, s: Search & { limit: number; offset: number }, days: Days) {
  const where = matching(rq, s, days);
  const { total } = await rq.db.one<{ total: number }>(sql`SELECT count(*)::int AS total FROM cases c WHERE ${where}`);
  const first = s.open ? sql`c.due_on NULLS LAST, c.id` : sql`c.closed_at DESC, c.id`;
  const items = await rq.db.many<ItemRow>(sql`
    SELECT ${caseColumns(rq)}, ${evidenceCount}, ${all([open, isStale(days)])} AS stale FROM (
      SELECT * FROM cases c WHERE ${where} ORDER BY ${first} LIMIT ${s.limit} OFFSET ${s.offset}) c
    ${caseJoins} ORDER BY ${first}`);
  return { items, total };
}

export interface After {
  readonly path: string;
  readonly dueOn: string;
  readonly id: string;
}

export function listItemsAfter(rq: Rq, s: Search, days: Days, after: After | null, limit: number): Promise<ItemRow[]> {
  const on = after === null ? sql`TRUE` : sql`(${order}) > (${after.path}, ${after.dueOn}::date, ${after.id}::uuid)`;
  return rq.db.many<ItemRow>(sql`
    SELECT ${caseColumns(rq)}, ${evidenceCount}, ${all([open, isStale(days)])} AS stale FROM (
      SELECT * FROM cases c WHERE ${all([matching(rq, s, days), on])} ORDER BY ${order} LIMIT ${limit}) c
    ${caseJoins} ORDER BY ${order}`);
}

export interface PressedRow {
  readonly caseId: string;
  readonly step: 'remind' | 'carry-up';
  readonly at: Date;
  readonly data: { readonly toUnitId?: number; readonly toUnitName?: string; readonly workdaysLate: number };
}

/** What was done about these cases being late, oldest first. */
export function listPressed(rq: Rq, ids: readonly string[]): Promise<PressedRow[]> {
  return rq.db.many<PressedRow>(sql`
    SELECT case_id AS "caseId", step, at, data FROM case_steps
    WHERE case_id = ANY (${[...ids]}::uuid[]) AND step IN ('remind', 'carry-up') AND ${visible(rq)} ORDER BY seq`);
}

const lightCounts = (days: Days): Sql => sql`count(*)::int AS open,
  count(*) FILTER (WHERE ${lightIs('red', days)})::int AS red, count(*) FILTER (WHERE ${lightIs('yellow', days)})::int AS yellow,
  count(*) FILTER (WHERE ${lightIs('green', days)})::int AS green, count(*) FILTER (WHERE ${lightIs('none', days)})::int AS "none",
  count(*) FILTER (WHERE c.escalated_to IS NOT NULL)::int AS escalated,
  count(*) FILTER (WHERE ${isStale(days)})::int AS stale`;

/** Open items by the unit directly below a path; `at` is null for those of the unit itself. */
export function countLights(rq: Rq, s: Scoped & { underPath: string }, days: Days) {
  const depth = s.underPath.split('.').length;
  return rq.db.many<Lights & { at: number | null }>(sql`
    SELECT nullif(split_part(c.unit_path, '.', ${depth}::int), '')::int AS at, ${lightCounts(days)}
    FROM cases c WHERE ${all([itemsIn(rq, s), open])} GROUP BY 1`);
}

export function countFaults(rq: Rq, s: Scoped): Promise<Record<LedgerFault, number>> {
  return rq.db.one<Record<LedgerFault, number>>(sql`
    SELECT count(*) FILTER (WHERE ${faultIs['no-task']})::int AS "no-task",
      count(*) FILTER (WHERE ${faultIs['no-owner']})::int AS "no-owner",
      count(*) FILTER (WHERE ${faultIs['no-criterion']})::int AS "no-criterion",
      count(*) FILTER (WHERE ${faultIs['no-deadline']})::int AS "no-deadline"
    FROM cases c WHERE ${all([itemsIn(rq, s), open])}`);
}

/** Units directly below one, in use, in the order of their names. */
export function listChildren(rq: Rq, unitId: number) {
  return rq.db.many<{ id: number; name: string; below: boolean }>(sql`
    SELECT u.id, u.name, EXISTS (SELECT 1 FROM units b WHERE b.parent_id = u.id AND b.valid_to IS NULL) AS below
    FROM units u WHERE u.parent_id = ${unitId} AND u.valid_to IS NULL AND ${visible(rq, 'u.unit_path')}
    ORDER BY u.pinyin, u.id LIMIT 500`);
}

export interface OwnerRow extends Lights {
  readonly personId: string | null;
  readonly unitId: number | null;
  readonly name: string | null;
  readonly home: string | null;
  readonly tasks: number;
  readonly problems: number;
  readonly criteria: readonly string[] | null;
}

/** Who owns open items: each person, and each unit that has named no person; those with most that is late first. */
export async function listOwners(
  rq: Rq,
  s: {
    underPath?: string | undefined;
    star?: string | undefined;
    q?: string | undefined;
    limit: number;
    offset: number;
  },
  days: Days,
): Promise<{ items: OwnerRow[]; total: number }> {
  const rows = sql`
    SELECT c.owner_person_id AS "personId", CASE WHEN c.owner_person_id IS NULL THEN c.owner_unit_id END AS "unitId",
      coalesce(op.name, ou.name) AS name, h.name AS home, ${lightCounts(days)},
      count(*) FILTER (WHERE c.type = 'task')::int AS tasks, count(*) FILTER (WHERE c.type = 'problem')::int AS problems,
      (array_agg(DISTINCT c.data ->> 'criterion') FILTER (WHERE c.data ->> 'criterion' IS NOT NULL))[1:20] AS criteria
    FROM cases c LEFT JOIN people op ON op.id = c.owner_person_id LEFT JOIN units h ON h.id = op.unit_id
    LEFT JOIN units ou ON ou.id = c.owner_unit_id AND c.owner_person_id IS NULL
    WHERE ${all([itemsIn(rq, s), open, s.q ? sql`coalesce(op.name, ou.name) ILIKE ${`%${likeText(s.q)}%`}` : null])}
      AND (c.owner_person_id IS NOT NULL OR c.owner_unit_id IS NOT NULL)
    GROUP BY 1, 2, 3, 4`;
  const { total } = await rq.db.one<{ total: number }>(sql`SELECT count(*)::int AS total FROM (${rows}) o`);
  const items = await rq.db.many<OwnerRow>(sql`SELECT * FROM (${rows}) o
    ORDER BY o.red DESC, o.open DESC, o.name, o."personId", o."unitId" LIMIT ${s.limit} OFFSET ${s.offset}`);
  return { items, total };
}

/** What people answer for today, as far as the reader may know. */
export function listPosts(rq: Rq, personIds: readonly string[], day: string) {
  return rq.db.many<{ personId: string; role: RoleName; unitName: string }>(sql`
    SELECT a.person_id AS "personId", a.role, a.unit_name AS "unitName" FROM answering a
    WHERE a.person_id = ANY (${[...personIds]}::uuid[]) AND ${heldOn(day)} ORDER BY a.unit_path, a.role LIMIT 1000`);
}

export interface StandardRow {
  readonly id: string;
  readonly version: string;
  readonly scheme: 'rural' | 'urban';
  readonly title: { readonly zh: string; readonly en?: string };
  readonly sample: boolean;
  readonly body: Standard;
}

/** The standards in force on a day, one a scheme. */
export function listInForce(rq: Rq, day: string, schemes: readonly string[]): Promise<StandardRow[]> {
  return rq.db.many<StandardRow>(sql`
    SELECT DISTINCT ON (scheme) id, version, scheme, title, sample, body FROM standards
    WHERE state = 'published' AND effective_from <= ${day}::date AND (effective_to IS NULL OR effective_to > ${day}::date)
      AND scheme = ANY (${[...schemes]}::text[])
    ORDER BY scheme, effective_from DESC, published_at DESC`);
}

/** Schemes of the villages and communities in a place. */
export async function schemesIn(rq: Rq, underPath: string | undefined): Promise<string[]> {
  const rows = await rq.db.many<{ scheme: string }>(sql`
    SELECT DISTINCT u.scheme FROM units u WHERE u.scheme IS NOT NULL AND u.valid_to IS NULL AND ${visible(rq, 'u.unit_path')}
      AND ${underPath === undefined ? sql`TRUE` : under('u.unit_path', underPath)}`);
  return rows.map((r) => r.scheme);
}

/** Open items by criterion; null where none is named. */
export function countByCriterion(rq: Rq, s: Scoped, days: Days) {
  return rq.db.many<{ criterion: string | null; tasks: number; problems: number; red: number; owners: number }>(sql`
    SELECT c.data ->> 'criterion' AS criterion, count(*) FILTER (WHERE c.type = 'task')::int AS tasks,
      count(*) FILTER (WHERE c.type = 'problem')::int AS problems, count(*) FILTER (WHERE ${lightIs('red', days)})::int AS red,
      count(DISTINCT coalesce(c.owner_person_id::text, c.owner_unit_id::text))::int AS owners
    FROM cases c WHERE ${all([itemsIn(rq, s), open])} GROUP BY 1`);
}

/** Departments that answer for criteria, on the unit and on those above it. */
export function listAnswering(rq: Rq, unitIds: readonly number[], day: string) {
  return rq.db.many<{ criterion: string; name: string }>(sql`
    SELECT DISTINCT a.object_id AS criterion, coalesce(a.person_name, a.holder_unit_name) AS name FROM answering a
    WHERE a.role = 'criterion-department' AND a.object_id IS NOT NULL AND a.unit_id = ANY (${[...unitIds]}::int[]) AND ${heldOn(day)}
    ORDER BY 1, 2 LIMIT 1000`);
}

export interface CarriedRow extends CaseRow {
  readonly carriedAt: Date;
  readonly carriedData: { readonly toUnitId: number; readonly toUnitName: string; readonly workdaysLate: number };
  readonly carriedReason: string | null;
}

/** What was carried up between two days, newest first. */
export async function listCarried(
  rq: Rq,
  s: { underPath?: string | undefined; from: string; to: string; limit: number; offset: number },
): Promise<{ items: CarriedRow[]; total: number }> {
  const from = sql`FROM case_steps s JOIN cases c ON c.id = s.case_id
    WHERE s.step = 'carry-up' AND s.at >= (${s.from}::date)::timestamp AT TIME ZONE 'Asia/Shanghai'
      AND s.at < (${s.to}::date)::timestamp AT TIME ZONE 'Asia/Shanghai' AND ${all([
        readableCase(rq, false),
        s.underPath !== undefined && under('c.unit_path', s.underPath),
      ])}`;
  const { total } = await rq.db.one<{ total: number }>(sql`SELECT count(*)::int AS total ${from}`);
  const items = await rq.db.many<CarriedRow>(sql`
    SELECT ${caseColumns(rq)}, 0 AS evidence, p.at AS "carriedAt", p.data AS "carriedData", p.reason AS "carriedReason" FROM (
      SELECT s.case_id, s.at, s.data, s.reason, s.seq ${from} ORDER BY s.seq DESC LIMIT ${s.limit} OFFSET ${s.offset}) p
    JOIN cases c ON c.id = p.case_id ${caseJoins} ORDER BY p.seq DESC`);
  return { items, total };
}
