import { all, sql, type Sql, under, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { caseColumns, caseJoins, type CaseRow, readableCase } from '../../records/cases/index.ts';
import { readableBook } from '../../records/ledgers/index.ts';
import { booksOf, budget, isDone, told } from './conditions.ts';

const sums = sql`count(*)::int AS works, count(*) FILTER (WHERE ${isDone})::int AS done,
  coalesce(sum(${budget}), 0)::bigint AS "budgetFen", coalesce(sum(m.actual), 0)::bigint AS "actualFen",
  coalesce(sum(m.contributed), 0)::bigint AS "contributedFen"`;

export interface ProgrammeRow extends CaseRow {
  readonly works: number;
  readonly done: number;
  readonly worksBudgetFen: number;
  readonly actualFen: number;
  readonly contributedFen: number;
  readonly withoutBook: number;
}

/** Programmes with the sums of the works below them, the newest first. */
export async function listProgrammes(
  rq: Rq,
  q: { underPath?: string | undefined; ids?: readonly string[]; limit: number; offset: number },
) {
  const where = all([
    readableCase(rq, false),
    sql`c.type = 'programme'`,
    q.underPath !== undefined && under('c.unit_path', q.underPath),
    q.ids !== undefined && sql`c.id = ANY (${[...q.ids]}::uuid[])`,
  ]);
  const { total } = await rq.db.one<{ total: number }>(sql`SELECT count(*)::int AS total FROM cases c WHERE ${where}`);
  const items = await rq.db.many<ProgrammeRow>(sql`
    SELECT p.*, w.works, w.done, w."budgetFen" AS "worksBudgetFen", w."actualFen", w."contributedFen", w."withoutBook"
    FROM (SELECT ${caseColumns(rq)}, 0 AS evidence FROM (
      SELECT * FROM cases c WHERE ${where} ORDER BY c.closed_at IS NOT NULL, c.opened_at DESC, c.id
      LIMIT ${q.limit} OFFSET ${q.offset}) c ${caseJoins}) p
    CROSS JOIN LATERAL (
      SELECT ${sums}, count(*) FILTER (WHERE m.kept IS NOT TRUE)::int AS "withoutBook"
      FROM cases c LEFT JOIN ${booksOf(rq)} ON TRUE
      WHERE c.parent_id = p.id AND c.type IN ('project', 'micro-renewal') AND ${readableCase(rq, false)}) w
    ORDER BY p."closedAt" IS NOT NULL, p."openedAt" DESC, p.id`);
  return { items, total };
}

/** What was published about each of these, the newest first. */
export function listDisclosuresOf(rq: Rq, caseIds: readonly string[]) {
  return rq.db.many<{ caseId: string; id: string; title: string; publishedAt: Date }>(sql`
    SELECT p.case_id AS "caseId", p.id, p.title, p.published_at AS "publishedAt" FROM publications p
    WHERE p.case_id = ANY (${[...caseIds]}::uuid[]) AND p.published_at IS NOT NULL AND ${visible(rq, 'p.unit_path')}
    ORDER BY p.published_at DESC, p.id LIMIT 500`);
}

export interface ForceRow {
  readonly unitId: number;
  readonly name: string;
  readonly parentId: number;
  readonly parentName: string;
  readonly scope: string | null;
  readonly star: string | null;
  readonly fundFen: number | null;
}

/** Task forces of a place, with what came into the fund that each keeps. */
export function listForces(rq: Rq, path: string): Promise<ForceRow[]> {
  return rq.db.many<ForceRow>(sql`
    SELECT u.id AS "unitId", u.name, u.parent_id AS "parentId", p.name AS "parentName", u.attributes ->> 'scope' AS scope,
      u.attributes ->> 'star' AS star,
      (SELECT coalesce(-sum(k.balance), 0)::bigint FROM books b JOIN accounts a ON a.book_id = b.id
        JOIN account_balances k ON k.account_id = a.id
        WHERE b.unit_id = u.id AND b.kind = 'creation-fund' AND a.code = 'income:received' AND ${readableBook(rq)}
        HAVING count(*) > 0) AS "fundFen"
    FROM units u JOIN units p ON p.id = u.parent_id
    WHERE u.type = 'task-force' AND u.valid_to IS NULL AND ${under('u.unit_path', path)} AND ${visible(rq, 'u.unit_path')}
    ORDER BY p.unit_path, u.id LIMIT 500`);
}

export interface VillageSpend {
  readonly forceId: number;
  readonly unitId: number;
  readonly name: string;
  readonly works: number;
  readonly done: number;
  readonly budgetFen: number;
  readonly actualFen: number;
  readonly contributedFen: number;
  readonly lengthM: number;
  readonly connected: number;
  readonly households: number;
}

/** What each of these forces carries in each village: spend from the books, results from the works that are accepted. */
export function sumVillages(rq: Rq, forceIds: readonly number[]): Promise<VillageSpend[]> {
  const result = (name: 'lengthM' | 'connected' | 'households'): Sql =>
    sql`coalesce(sum((c.data ->> ${name})::bigint) FILTER (WHERE ${isDone}), 0)::bigint`;
  return rq.db.many<VillageSpend>(sql`
    SELECT c.owner_unit_id AS "forceId", c.unit_id AS "unitId", min(v.name) AS name, ${sums},
      ${result('lengthM')} AS "lengthM", ${result('connected')} AS connected, ${result('households')} AS households
    FROM cases c JOIN units v ON v.id = c.unit_id LEFT JOIN ${booksOf(rq)} ON TRUE
    WHERE c.owner_unit_id = ANY (${[...forceIds]}::int[]) AND c.type IN ('project', 'micro-renewal') AND ${readableCase(rq, false)}
    GROUP BY 1, 2 ORDER BY 1, min(c.unit_path), 2 LIMIT 5000`);
}

export function titlesOf(rq: Rq, ids: readonly string[]) {
  return rq.db.many<{ id: string; title: string }>(sql`
    SELECT c.id, c.title FROM cases c WHERE c.id::text = ANY (${[...ids]}::text[]) AND ${readableCase(rq, true)} LIMIT 300`);
}

export interface Shot {
  readonly id: string;
  readonly title: string;
  readonly day: string;
}

export interface ComparedRow {
  readonly id: string;
  readonly type: string;
  readonly state: string;
  readonly title: string;
  readonly unitName: string;
  readonly difference: string | null;
  readonly before: Shot | null;
  readonly after: Shot | null;
  readonly budgetFen: number | null;
  readonly actualFen: number | null;
  readonly contributedFen: number | null;
}

const pictures = sql`FROM evidence e JOIN files f ON f.hash = e.file_hash
  WHERE e.subject_kind = 'case' AND e.subject_id = c.id::text AND e.removed_at IS NULL AND f.picture_hash IS NOT NULL`;

/** Works of which there is a picture of either side, those that show both first. */
export async function listCompared(
  rq: Rq,
  q: { underPath?: string | undefined; limit: number; offset: number },
): Promise<{ items: ComparedRow[]; total: number }> {
  const side = (item: 'before' | 'after') => sql`(SELECT json_build_object('id', e.id, 'title', e.title,
    'day', coalesce(e.taken_on::text, e.added_at::date::text)) ${pictures} AND e.item = ${item}
      AND ${visible(rq, 'e.unit_path')} ORDER BY e.added_at DESC, e.id LIMIT 1)`;
  const from = sql`FROM cases c WHERE ${all([
    readableCase(rq, false),
    sql`c.type IN ('project', 'micro-renewal')`,
    q.underPath !== undefined && under('c.unit_path', q.underPath),
    sql`EXISTS (SELECT 1 ${pictures} AND e.item IN ('before', 'after') AND ${visible(rq, 'e.unit_path')})`,
  ])}`;
  const { total } = await rq.db.one<{ total: number }>(sql`SELECT count(*)::int AS total ${from}`);
  const items = await rq.db.many<ComparedRow>(sql`
    SELECT c.id, c.type, c.state, c.title, u.name AS "unitName", c.data ->> 'differenceReason' AS difference, c.before, c.after,
      ${budget} AS "budgetFen", ${told.actual} AS "actualFen", ${told.contributed} AS "contributedFen"
    FROM (SELECT c.*, ${side('before')} AS before, ${side('after')} AS after ${from}) c
    JOIN units u ON u.id = c.unit_id LEFT JOIN ${booksOf(rq)} ON TRUE
    ORDER BY c.before IS NULL OR c.after IS NULL, c.changed_at DESC, c.id LIMIT ${q.limit} OFFSET ${q.offset}`);
  return { items, total };
}
