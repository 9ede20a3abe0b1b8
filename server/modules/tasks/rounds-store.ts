import type { RoundPick } from '../../../domain/tasks/index.ts';
import { all, sql, type Sql, under } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { caseColumns, caseJoins, type CaseRow, readableCase } from '../../records/cases/index.ts';
import { isStale, itemsIn, lightIs, open } from './conditions.ts';
import type { Days } from './days.ts';

const picks = (days: Days): Record<RoundPick, Sql> => ({
  late: lightIs('red', days),
  pressing: sql`(${lightIs('red', days)} OR ${lightIs('yellow', days)} OR c.escalated_to IS NOT NULL OR ${isStale(days)})`,
  done: sql`c.state = 'submitted'`,
  all: sql`TRUE`,
});

/** Open items of a place for a round, the most pressing first; what another round is looking at is left out. */
export async function listToCheck(
  rq: Rq,
  s: { underPath: string; pick: RoundPick; ids?: readonly string[] | undefined; limit: number },
  days: Days,
): Promise<{ items: CaseRow[]; total: number }> {
  const where = all([
    itemsIn(rq, { underPath: s.underPath }),
    open,
    s.ids === undefined ? picks(days)[s.pick] : sql`c.id = ANY (${[...s.ids]}::uuid[])`,
    sql`NOT EXISTS (SELECT 1 FROM cases i WHERE i.type = 'supervision-item' AND i.state = 'pending'
      AND i.origin_kind = 'case' AND i.origin_id = c.id::text)`,
  ]);
  const { total } = await rq.db.one<{ total: number }>(sql`SELECT count(*)::int AS total FROM cases c WHERE ${where}`);
  const items = await rq.db.many<CaseRow>(sql`
    SELECT ${caseColumns(rq)}, 0 AS evidence FROM (
      SELECT * FROM cases c WHERE ${where} ORDER BY c.due_on NULLS LAST, c.id LIMIT ${s.limit}) c
    ${caseJoins} ORDER BY c.due_on NULLS LAST, c.id`);
  return { items, total };
}

export interface RoundRow extends CaseRow {
  readonly items: number;
  readonly judged: number;
  readonly found: number;
  readonly unanswered: number;
}

const counts = sql`
  (SELECT count(*)::int FROM cases i WHERE i.parent_id = c.id AND i.type = 'supervision-item') AS items,
  (SELECT count(*)::int FROM cases i WHERE i.parent_id = c.id AND i.type = 'supervision-item' AND i.state <> 'pending') AS judged,
  (SELECT count(*)::int FROM cases i WHERE i.parent_id = c.id AND i.type = 'supervision-item'
    AND i.state IN ('found', 'settled')) AS found,
  (SELECT count(*)::int FROM cases i WHERE i.parent_id = c.id AND i.type = 'supervision-item'
    AND i.closed_at IS NULL) AS unanswered`;

export async function listRounds(
  rq: Rq,
  s: {
    underPath?: string | undefined;
    open?: boolean | undefined;
    id?: string | undefined;
    limit: number;
    offset: number;
  },
): Promise<{ items: RoundRow[]; total: number }> {
  const where = all([
    readableCase(rq, false),
    sql`c.type = 'supervision'`,
    s.id !== undefined && sql`c.id = ${s.id}`,
    s.underPath !== undefined && under('c.unit_path', s.underPath),
    s.open === true && open,
    s.open === false && sql`c.closed_at IS NOT NULL`,
  ]);
  const { total } = await rq.db.one<{ total: number }>(sql`SELECT count(*)::int AS total FROM cases c WHERE ${where}`);
  const items = await rq.db.many<RoundRow>(sql`
    SELECT ${caseColumns(rq)}, 0 AS evidence, ${counts} FROM (
      SELECT * FROM cases c WHERE ${where} ORDER BY c.opened_at DESC, c.id LIMIT ${s.limit} OFFSET ${s.offset}) c
    ${caseJoins} ORDER BY c.opened_at DESC, c.id`);
  return { items, total };
}

export interface CheckedRow extends CaseRow {
  readonly judgedBy: string | null;
  readonly judgedAt: Date | null;
}

/** Items of a round in the order of the tree, with who concluded them. */
export async function listChecked(
  rq: Rq,
  s: { roundId: string; id?: string | undefined; limit: number; offset: number },
): Promise<{ items: CheckedRow[]; total: number }> {
  const where = all([
    readableCase(rq, false),
    sql`c.type = 'supervision-item' AND c.parent_id = ${s.roundId}`,
    s.id !== undefined && sql`c.id = ${s.id}`,
  ]);
  const { total } = await rq.db.one<{ total: number }>(sql`SELECT count(*)::int AS total FROM cases c WHERE ${where}`);
  const order = sql`c.closed_at IS NOT NULL, c.unit_path, c.opened_at, c.id`;
  const items = await rq.db.many<CheckedRow>(sql`
    SELECT ${caseColumns(rq)}, 0 AS evidence, j.actor_name AS "judgedBy", j.at AS "judgedAt" FROM (
      SELECT * FROM cases c WHERE ${where} ORDER BY ${order} LIMIT ${s.limit} OFFSET ${s.offset}) c
    ${caseJoins} LEFT JOIN LATERAL (
      SELECT s.actor_name, s.at FROM case_steps s WHERE s.case_id = c.id AND s.step IN ('confirm', 'find')
      ORDER BY s.seq DESC LIMIT 1) j ON TRUE ORDER BY ${order}`);
  return { items, total };
}

/** Cases by their ids, as far as the reader may see them. */
export function listByIds(rq: Rq, ids: readonly string[]): Promise<CaseRow[]> {
  return rq.db.many<CaseRow>(sql`
    SELECT ${caseColumns(rq)}, 0 AS evidence FROM cases c ${caseJoins}
    WHERE c.id = ANY (${[...ids]}::uuid[]) AND ${readableCase(rq, false)}`);
}

/** The items of rounds that wait for a problem to be put right. */
export async function listWaitingFor(rq: Rq, problemId: string, unitPath: string): Promise<string[]> {
  const rows = await rq.db.many<{ id: string }>(sql`
    SELECT c.id FROM cases c WHERE c.type = 'supervision-item' AND c.state = 'found' AND c.unit_path = ${unitPath}
      AND c.data ->> 'problemId' = ${problemId}`);
  return rows.map((r) => r.id);
}

/** The items of a round that nobody has looked at. */
export async function listPending(rq: Rq, roundId: string): Promise<string[]> {
  const rows = await rq.db.many<{ id: string }>(sql`
    SELECT c.id FROM cases c WHERE c.parent_id = ${roundId} AND c.type = 'supervision-item' AND c.state = 'pending'`);
  return rows.map((r) => r.id);
}
