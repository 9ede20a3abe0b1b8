import type { Grouping, ProjectSums } from '../../../domain/projects/index.ts';
import { all, sql, type Sql, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { caseColumns, caseJoins, type CaseRow, readableCase } from '../../records/cases/index.ts';
import { readableBook } from '../../records/ledgers/index.ts';
import { booksOf, budget, groupKey, isDone, matching, programmeJoin, type Search, told } from './conditions.ts';

export interface ProjectRow extends CaseRow {
  readonly budgetFen: number | null;
  readonly receivedFen: number | null;
  readonly actualFen: number | null;
  readonly contributedFen: number | null;
  readonly labourMinutes: number | null;
  readonly machineMinutes: number | null;
  readonly programme: { readonly id: string; readonly title: string } | null;
}

const columns = sql`${budget} AS "budgetFen", ${told.received} AS "receivedFen", ${told.actual} AS "actualFen",
  ${told.contributed} AS "contributedFen", m.labour AS "labourMinutes", m.machines AS "machineMinutes",
  CASE WHEN p.id IS NOT NULL THEN json_build_object('id', p.id, 'title', p.title) END AS programme`;

const joins = (rq: Rq) => sql`${programmeJoin} LEFT JOIN ${booksOf(rq)} ON TRUE`;

const shown = (rq: Rq, picked: Sql, order: Sql) => sql`
  SELECT ${caseColumns(rq)}, 0 AS evidence, ${columns} FROM (${picked}) c ${joins(rq)} ${caseJoins} ORDER BY ${order}`;

const newest = sql`c.closed_at IS NOT NULL, c.opened_at DESC, c.id`;

export async function listProjects(rq: Rq, s: Search & { limit: number; offset: number }) {
  // The books are asked for every row only where a condition is about them.
  const from = sql`FROM cases c ${programmeJoin} ${s.over === undefined ? sql`` : sql`LEFT JOIN ${booksOf(rq)} ON TRUE`}
    WHERE ${matching(rq, s)}`;
  const { total } = await rq.db.one<{ total: number }>(sql`SELECT count(*)::int AS total ${from}`);
  const picked = sql`SELECT c.* ${from} ORDER BY ${newest} LIMIT ${s.limit} OFFSET ${s.offset}`;
  return { items: await rq.db.many<ProjectRow>(shown(rq, picked, newest)), total };
}

/** Those of the given ids that are works, and that the reader may see. */
export function listProjectsById(rq: Rq, ids: readonly string[]): Promise<ProjectRow[]> {
  const where = all([matching(rq, {}), sql`c.id = ANY (${[...ids]}::uuid[])`]);
  return rq.db.many<ProjectRow>(
    shown(rq, sql`SELECT c.* FROM cases c ${programmeJoin} WHERE ${where} LIMIT 200`, newest),
  );
}

export interface After {
  readonly path: string;
  readonly id: string;
}

/** In the order of the tree; a sheet reads on behind its last row. */
export function listProjectsAfter(rq: Rq, s: Search, after: After | null, limit: number): Promise<ProjectRow[]> {
  const order = sql`c.unit_path, c.id`;
  const on = after === null ? sql`TRUE` : sql`(c.unit_path, c.id) > (${after.path}, ${after.id}::uuid)`;
  const picked = sql`SELECT c.* FROM cases c ${programmeJoin} LEFT JOIN ${booksOf(rq)} ON TRUE
    WHERE ${all([matching(rq, s), on])} ORDER BY ${order} LIMIT ${limit}`;
  return rq.db.many<ProjectRow>(shown(rq, picked, order));
}

export interface SumRow extends ProjectSums {
  readonly key: string | null;
  readonly title: string | null;
}

/** Works added up by a key; the total of the page is the sum of these rows. */
export function sumProjects(rq: Rq, s: Search, by: Grouping): Promise<SumRow[]> {
  const key = groupKey(by, s.underPath);
  const title = by === 'programme' ? sql`min(p.title)` : sql`NULL::text`;
  const saved = sql`sum(${budget} - m.actual) FILTER (WHERE ${isDone} AND m.kept)`;
  return rq.db.many<SumRow>(sql`
    SELECT ${key} AS key, ${title} AS title, count(*)::int AS n, count(*) FILTER (WHERE ${isDone})::int AS done,
      coalesce(sum(${budget}), 0)::bigint AS "budgetFen", coalesce(sum(m.received), 0)::bigint AS "receivedFen",
      coalesce(sum(m.actual), 0)::bigint AS "actualFen", coalesce(sum(m.contributed), 0)::bigint AS "contributedFen",
      coalesce(${saved}, 0)::bigint AS "savedFen", count(*) FILTER (WHERE ${budget} IS NULL)::int AS "withoutBudget",
      count(*) FILTER (WHERE m.kept IS NOT TRUE)::int AS "withoutBook"
    FROM cases c ${joins(rq)} WHERE ${matching(rq, s)} GROUP BY 1 ORDER BY 1 NULLS LAST LIMIT 500`);
}

export async function unitNames(rq: Rq, ids: readonly number[]): Promise<Map<number, string>> {
  const rows = await rq.db.many<{ id: number; name: string }>(
    sql`SELECT u.id, u.name FROM units u WHERE u.id = ANY (${[...ids]}::int[]) AND ${visible(rq, 'u.unit_path')}`,
  );
  return new Map(rows.map((r) => [r.id, r.name]));
}

export interface LineSum {
  readonly account: string;
  readonly fundSource: string | null;
  readonly amount: number;
}

/** The account of the chart to which a line belongs, whatever was opened below it. */
const chartCode = sql`split_part(a.code, ':', 1) || ':' || split_part(a.code, ':', 2)`;

/** What the project's book holds by account and source of money, in the natural direction. */
export function sumLines(rq: Rq, caseId: string): Promise<LineSum[]> {
  return rq.db.many<LineSum>(sql`
    SELECT ${chartCode} AS account, CASE WHEN a.class = 'income' THEN l.fund_source END AS "fundSource",
      sum(CASE WHEN a.class = 'income' THEN -l.amount ELSE l.amount END)::bigint AS amount
    FROM books b JOIN accounts a ON a.book_id = b.id JOIN entry_lines l ON l.account_id = a.id
    WHERE b.case_id = ${caseId} AND b.kind = 'project' AND a.class IN ('income', 'expense') AND ${readableBook(rq)}
    GROUP BY 1, 2 HAVING sum(l.amount) <> 0 ORDER BY 1, 2 NULLS LAST`);
}

export interface PostingRow {
  readonly entryId: string;
  readonly number: number;
  readonly onDay: string;
  readonly text: string;
  readonly document: string | null;
  readonly accountName: string;
  readonly amountFen: number;
  readonly postedByName: string | null;
  readonly sourceKind: string | null;
  readonly sourceId: string | null;
}

/** The lines that a sum of a project is made of, newest first, with the sum of all of them. */
export async function listPostings(
  rq: Rq,
  caseId: string,
  q: { account: string; fundSource?: string | undefined; limit: number; offset: number },
) {
  const from = sql`FROM books b JOIN accounts a ON a.book_id = b.id JOIN entry_lines l ON l.account_id = a.id
    JOIN entries e ON e.id = l.entry_id LEFT JOIN people p ON p.id = e.posted_by
    WHERE ${all([
      sql`b.case_id = ${caseId} AND b.kind = 'project' AND ${chartCode} = ${q.account}`,
      q.fundSource === 'none' && sql`l.fund_source IS NULL`,
      q.fundSource !== undefined && q.fundSource !== 'none' && sql`l.fund_source = ${q.fundSource}`,
      readableBook(rq),
    ])}`;
  const amount = sql`CASE WHEN a.class IN ('income', 'liability', 'equity') THEN -l.amount ELSE l.amount END`;
  const { total, sumFen } = await rq.db.one<{ total: number; sumFen: number }>(
    sql`SELECT count(*)::int AS total, coalesce(sum(${amount}), 0)::bigint AS "sumFen" ${from}`,
  );
  const items = await rq.db.many<PostingRow>(sql`
    SELECT e.id AS "entryId", e.number, e.on_day AS "onDay", e.text, e.document, a.name AS "accountName",
      ${amount} AS "amountFen", p.name AS "postedByName", e.source_kind AS "sourceKind", e.source_id AS "sourceId"
    ${from} ORDER BY e.on_day DESC, e.number DESC, l.position LIMIT ${q.limit} OFFSET ${q.offset}`);
  return { items, total, sumFen };
}

/** Cases that name a project in their own fields, or stand below it. */
export function listAbout(rq: Rq, projectId: string): Promise<CaseRow[]> {
  return rq.db.many<CaseRow>(sql`
    SELECT ${caseColumns(rq)}, 0 AS evidence FROM cases c ${caseJoins}
    WHERE ${readableCase(rq, false)} AND ((c.type IN ('contribution', 'fund-request', 'resident-vote') AND c.data ->> 'projectId' = ${projectId})
      OR (c.parent_id = ${projectId} AND c.type IN ('design-change', 'project', 'micro-renewal')))
    ORDER BY c.opened_at, c.id LIMIT 300`);
}

export function listBooksOf(rq: Rq, caseId: string) {
  return rq.db.many<{ id: string; kind: string; closedOn: string | null }>(sql`
    SELECT b.id, b.kind, b.closed_on AS "closedOn" FROM books b
    WHERE b.case_id = ${caseId} AND ${readableBook(rq)} ORDER BY b.closed_on IS NOT NULL, b.created_at, b.id LIMIT 20`);
}

export interface Acceptance {
  readonly caseId: string;
  readonly by: string;
  readonly at: Date;
  readonly reason: string | null;
  readonly document: string | null;
}

/** How works were accepted, the last time where it was done again. */
export function listAcceptances(rq: Rq, caseIds: readonly string[]) {
  return rq.db.many<Acceptance>(sql`
    SELECT DISTINCT ON (case_id) case_id AS "caseId", actor_name AS by, at, reason, data ->> 'document' AS document FROM case_steps
    WHERE case_id = ANY (${[...caseIds]}::uuid[]) AND step IN ('accept', 'finish') AND ${visible(rq)}
    ORDER BY case_id, seq DESC LIMIT 200`);
}

export function listDisclosures(rq: Rq, caseId: string) {
  return rq.db.many<{ id: string; title: string; publishedAt: Date }>(sql`
    SELECT p.id, p.title, p.published_at AS "publishedAt" FROM publications p
    WHERE p.case_id = ${caseId} AND p.published_at IS NOT NULL AND ${visible(rq, 'p.unit_path')}
    ORDER BY p.published_at DESC LIMIT 20`);
}

/** A change of the design that nobody has decided or applied yet. */
export function findOpenChange(rq: Rq, caseId: string) {
  return rq.db.find<{ title: string }>(sql`
    SELECT c.title FROM cases c WHERE c.parent_id = ${caseId} AND c.type = 'design-change' AND c.closed_at IS NULL
      AND ${visible(rq, 'c.unit_path')} ORDER BY c.opened_at, c.id LIMIT 1`);
}

/** Whether everybody can read something about it. */
export async function isDisclosed(rq: Rq, caseId: string): Promise<boolean> {
  const found = await rq.db.find(sql`
    SELECT p.id FROM publications p WHERE p.case_id = ${caseId} AND p.audience = 'public' AND p.published_at IS NOT NULL
      AND ${visible(rq, 'p.unit_path')} LIMIT 1`);
  return found !== undefined;
}
