import { workflowOf } from '../../../domain/records/cases/all.ts';
import { sql, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import type { CaseRow } from '../../records/cases/index.ts';

type MiniSource = Pick<
  CaseRow,
  'id' | 'type' | 'state' | 'title' | 'unitId' | 'unitName' | 'star' | 'dueOn' | 'closedAt'
>;

/** A case in one line of another page. */
export function miniOf(rq: Rq, c: MiniSource) {
  const { id, type, state, title, unitId, unitName, star, dueOn } = c;
  const stateWords = workflowOf(type).states[state]?.words ?? { zh: state, en: state };
  const overdue = c.closedAt === null && dueOn !== null && dueOn < dayOf(rq.now);
  return { id, type, state, stateWords, title, unitId, unitName, star, dueOn, overdue };
}

export type Mini = ReturnType<typeof miniOf>;

export async function minisOf(rq: Rq, ids: readonly string[]): Promise<Map<string, Mini>> {
  if (ids.length === 0) return new Map();
  const rows = await rq.db.many<MiniSource>(sql`
    SELECT c.id, c.type, c.state, c.title, c.unit_id AS "unitId", u.name AS "unitName", c.star, c.due_on AS "dueOn",
      c.closed_at AS "closedAt"
    FROM cases c JOIN units u ON u.id = c.unit_id WHERE c.id = ANY (${[...ids]}::uuid[]) AND ${visible(rq, 'c.unit_path')}`);
  return new Map(rows.map((row) => [row.id, miniOf(rq, row)]));
}
