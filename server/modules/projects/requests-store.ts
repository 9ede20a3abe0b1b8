import { all, sql, under } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { caseColumns, caseJoins, type CaseRow, chainsOf, readableCase } from '../../records/cases/index.ts';
import { booksOf, budget } from './conditions.ts';

/** More requests than these are not ranked at once; a township has a few dozen a year. */
export const rankedAtOnce = 200;

export interface RequestRow extends CaseRow {
  readonly creating: boolean;
  readonly belt: boolean;
  readonly projectTitle: string | null;
  readonly projectKey: boolean;
  readonly households: number | null;
  readonly projectBudget: number | null;
  /** Raised by the village itself, and given as labour, in the book of the project. */
  readonly ownFen: number | null;
}

// OFFSET 0 below keeps the id of the project a plain value: behind row-level security a cast is looked at for every row.
const projectJoin = (rq: Rq) => sql`LEFT JOIN LATERAL (
  SELECT c.id, c.title, c.data, ${budget} AS budget, m.contributed,
    (SELECT coalesce(-sum(l.amount), 0) FROM books b JOIN accounts a ON a.book_id = b.id JOIN entry_lines l ON l.account_id = a.id
      WHERE b.case_id = c.id AND b.kind = 'project' AND a.code = 'income:funds'
        AND l.fund_source IN ('collective', 'self-raised', 'donation'))::bigint AS raised
  FROM cases c LEFT JOIN ${booksOf(rq)} ON TRUE
  WHERE c.id = r.project_id AND ${readableCase(rq, false)}) j ON TRUE`;

/** Requests of a place with what a rule looks at: all from records, none of it asked for again. */
export async function listRequests(
  rq: Rq,
  s: { underPath: string; states: readonly string[]; outOfOrder?: boolean | undefined; limit: number; offset: number },
) {
  const where = all([
    readableCase(rq, false),
    sql`c.type = 'fund-request' AND c.state = ANY (${[...s.states]}::text[])`,
    under('c.unit_path', s.underPath),
    s.outOfOrder === true && sql`c.data -> 'outOfOrder' = 'true'::jsonb`,
    s.outOfOrder === false && sql`c.data -> 'outOfOrder' IS DISTINCT FROM 'true'::jsonb`,
  ]);
  const { total } = await rq.db.one<{ total: number }>(sql`SELECT count(*)::int AS total FROM cases c WHERE ${where}`);
  const items = await rq.db.many<RequestRow>(sql`
    SELECT c.*, r.creating, r.belt, j.title AS "projectTitle", coalesce(j.data -> 'key' = 'true'::jsonb, false) AS "projectKey",
      (j.data ->> 'households')::int AS households, j.budget AS "projectBudget",
      CASE WHEN j.budget > 0 THEN coalesce(j.raised, 0) + coalesce(j.contributed, 0) END AS "ownFen"
    FROM (SELECT ${caseColumns(rq)}, 0 AS evidence FROM (
        SELECT * FROM cases c WHERE ${where} ORDER BY c.opened_at, c.id LIMIT ${s.limit} OFFSET ${s.offset}) c ${caseJoins}) c
    JOIN LATERAL (SELECT (c.data ->> 'projectId')::uuid AS project_id, coalesce(c.data -> 'belt' = 'true'::jsonb, false) AS belt, EXISTS (
        SELECT 1 FROM cases k WHERE k.type = 'candidacy' AND k.unit_id = c."unitId" AND k.closed_at IS NULL) AS creating
      OFFSET 0) r ON TRUE
    ${projectJoin(rq)} ORDER BY c."openedAt", c.id`);
  return { items, total };
}

export interface RuleRow extends CaseRow {
  readonly document: string | null;
  readonly publishedBy: string | null;
  readonly publishedAt: Date | null;
}

/** Rules of a unit and of those above it, the nearest and newest first. */
export function listRules(rq: Rq, unitPath: string): Promise<RuleRow[]> {
  return rq.db.many<RuleRow>(sql`
    SELECT ${caseColumns(rq)}, 0 AS evidence, s.data ->> 'document' AS document, s.actor_name AS "publishedBy", s.at AS "publishedAt"
    FROM cases c ${caseJoins}
    LEFT JOIN LATERAL (SELECT s.data, s.actor_name, s.at FROM case_steps s WHERE s.case_id = c.id AND s.step = 'adopt'
      ORDER BY s.seq DESC LIMIT 1) s ON TRUE
    WHERE c.type = 'priority-rule' AND c.unit_path = ANY (${chainsOf([unitPath])}::text[]) AND ${readableCase(rq, true)}
    ORDER BY length(c.unit_path) DESC, (c.data ->> 'version')::int DESC LIMIT 100`);
}

/** Who approved each of these, with the reason and the document. */
export function listApprovals(rq: Rq, ids: readonly string[]) {
  return rq.db.many<{ caseId: string; by: string; reason: string | null; document: string | null }>(sql`
    SELECT DISTINCT ON (case_id) case_id AS "caseId", actor_name AS by, reason, data ->> 'document' AS document
    FROM case_steps WHERE case_id = ANY (${[...ids]}::uuid[]) AND step = 'approve' ORDER BY case_id, seq DESC`);
}

/** Rankings of one place are made one after the other. */
export async function lockRanking(rq: Rq, unitId: number): Promise<void> {
  await rq.db.many(sql`SELECT pg_advisory_xact_lock(7721, ${unitId}::int)`);
}

export const dayAsked = (c: CaseRow): string => dayOf(c.openedAt);
