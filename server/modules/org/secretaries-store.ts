import type { Engagement } from '../../../domain/org/index.ts';
import { sql, under, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';

export interface EngagementRow extends Engagement {
  readonly personId: string;
}

/** Meetings that count once they were held, visits that count when they happened, problems that count when closed. */
export function listEngagement(
  rq: Rq,
  path: string,
  personIds: readonly string[],
  span: { from: string; to: string; today: string },
): Promise<EngagementRow[]> {
  const { from, to, today } = span;
  const ids = sql`${[...personIds]}::uuid[]`;
  const here = sql`${under('c.unit_path', path)} AND ${visible(rq, 'c.unit_path')}`;
  return rq.db.many<EngagementRow>(sql`
    WITH done AS (
      SELECT (c.data ->> 'chair')::uuid AS person, 1 AS chaired, 0 AS visited, 0 AS solved, 0 AS open, 0 AS overdue
      FROM cases c WHERE ${here} AND c.type IN ('group-meeting', 'joint-meeting', 'consultation') AND c.state = 'held'
        AND (c.data ->> 'chair')::uuid = ANY (${ids}) AND c.data ->> 'on' BETWEEN ${from} AND ${to}
      UNION ALL
      SELECT coalesce(CASE WHEN c.type = 'research-visit' THEN c.owner_person_id END, c.raised_by), 0, 1, 0, 0, 0
      FROM cases c WHERE ${here} AND c.type IN ('guidance', 'research-visit')
        AND coalesce(CASE WHEN c.type = 'research-visit' THEN c.owner_person_id END, c.raised_by) = ANY (${ids})
        AND c.data ->> 'on' BETWEEN ${from} AND ${to}
      UNION ALL
      SELECT c.owner_person_id, 0, 0, 1, 0, 0
      FROM cases c WHERE ${here} AND c.type IN ('problem', 'on-site', 'task') AND c.owner_person_id = ANY (${ids})
        AND c.state IN ('closed', 'confirmed')
        AND (c.closed_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN ${from}::date AND ${to}::date
      UNION ALL
      SELECT c.owner_person_id, 0, 0, 0, 1, (c.due_on < ${today}::date)::int
      FROM cases c WHERE ${here} AND c.owner_person_id = ANY (${ids}) AND c.closed_at IS NULL
        AND c.type IN ('problem', 'on-site', 'task', 'warning', 'guidance'))
    SELECT person AS "personId", sum(chaired)::int AS chaired, sum(visited)::int AS visited, sum(solved)::int AS solved,
      sum(open)::int AS open, coalesce(sum(overdue), 0)::int AS overdue
    FROM done GROUP BY person`);
}

export function listOverdue(rq: Rq, personId: string, path: string, today: string) {
  return rq.db.many<{ id: string; title: string; dueOn: string }>(sql`
    SELECT c.id, c.title, c.due_on AS "dueOn" FROM cases c
    WHERE ${under('c.unit_path', path)} AND ${visible(rq, 'c.unit_path')} AND c.owner_person_id = ${personId}
      AND c.closed_at IS NULL AND c.due_on < ${today}::date
      AND c.type IN ('problem', 'on-site', 'task', 'warning', 'guidance')
    ORDER BY c.due_on, c.id LIMIT 200`);
}

export interface OwnCase {
  readonly unitId: number;
  readonly personId: string;
  readonly caseId: string;
  readonly type: 'secretary-project' | 'secretary-sheet';
  readonly state: string;
  readonly data: Record<string, unknown>;
}

/** The newest project and the newest sheet of each secretary. */
export function listOwn(rq: Rq, path: string, personIds: readonly string[]): Promise<OwnCase[]> {
  return rq.db.many<OwnCase>(sql`
    SELECT DISTINCT ON (c.unit_id, c.owner_person_id, c.type) c.unit_id AS "unitId", c.owner_person_id AS "personId",
      c.id AS "caseId", c.type, c.state, c.data
    FROM cases c WHERE c.type IN ('secretary-project', 'secretary-sheet') AND ${under('c.unit_path', path)}
      AND ${visible(rq, 'c.unit_path')} AND c.owner_person_id = ANY (${[...personIds]}::uuid[])
    ORDER BY c.unit_id, c.owner_person_id, c.type, c.opened_at DESC`);
}

export async function projectExists(rq: Rq, unitId: number, personId: string, year: number): Promise<boolean> {
  const row = await rq.db.find(sql`SELECT 1 FROM cases WHERE type = 'secretary-project' AND unit_id = ${unitId}
    AND owner_person_id = ${personId} AND (data ->> 'year')::int = ${year} LIMIT 1`);
  return row !== undefined;
}

/** Tasks that came out of a visit and are not finished. */
export async function countOpenChildren(rq: Rq, visitId: string): Promise<number> {
  const { count } = await rq.db.one<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM cases WHERE parent_id = ${visitId} AND closed_at IS NULL`,
  );
  return count;
}

export interface MonthRow {
  readonly unitId: number;
  readonly opened: number;
  readonly closed: number;
  readonly open: number;
  readonly overdue: number;
  readonly visits: number;
  readonly reported: boolean;
}

/** What the records show of a month, a line a unit. */
export function listMonth(
  rq: Rq,
  path: string,
  month: string,
  today: string,
  kinds: readonly string[],
): Promise<MonthRow[]> {
  const inMonth = (column: string) =>
    sql`to_char(${column === 'opened' ? sql`c.opened_at` : sql`c.closed_at`} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') = ${month}`;
  const work = sql`c.type = ANY (${[...kinds]}::text[])`;
  return rq.db.many<MonthRow>(sql`
    SELECT c.unit_id AS "unitId",
      count(*) FILTER (WHERE ${work} AND ${inMonth('opened')})::int AS opened,
      count(*) FILTER (WHERE ${work} AND ${inMonth('closed')})::int AS closed,
      count(*) FILTER (WHERE ${work} AND c.closed_at IS NULL)::int AS open,
      count(*) FILTER (WHERE ${work} AND c.closed_at IS NULL AND c.due_on < ${today}::date)::int AS overdue,
      count(*) FILTER (WHERE c.type = 'guidance' AND c.data ->> 'on' LIKE ${`${month}-%`})::int AS visits,
      bool_or(c.type = 'progress' AND c.data ->> 'period' = ${month}) AS reported
    FROM cases c WHERE ${under('c.unit_path', path)} AND ${visible(rq, 'c.unit_path')}
    GROUP BY c.unit_id LIMIT 5000`);
}
