import type { UnitType } from '../../../domain/records/units/index.ts';
import { sql, under, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';

export interface ForceUnit {
  readonly id: number;
  readonly name: string;
  readonly star: string;
  readonly since: string;
  readonly document: string | null;
}

/** Task forces in use on a unit, each with its star and founding document. */
export function listForceUnits(rq: Rq, unitId: number): Promise<ForceUnit[]> {
  return rq.db.many<ForceUnit>(sql`
    SELECT u.id, u.name, u.attributes ->> 'star' AS star, u.valid_from AS since,
      (SELECT v.document FROM unit_versions v WHERE v.unit_id = u.id ORDER BY v.valid_from LIMIT 1) AS document
    FROM units u WHERE u.parent_id = ${unitId} AND u.type = 'task-force' AND u.valid_to IS NULL
      AND ${visible(rq, 'u.unit_path')} AND u.attributes ? 'star' ORDER BY u.id`);
}

export interface OpenByStar {
  readonly star: string;
  readonly ownerUnitId: number | null;
  readonly open: number;
  readonly overdue: number;
}

/** Work that is not finished below a path, by star and owning unit; the cycle's own cases are not work of a task force. */
export function listOpenByStar(rq: Rq, path: string, day: string): Promise<OpenByStar[]> {
  return rq.db.many<OpenByStar>(sql`
    SELECT c.star, c.owner_unit_id AS "ownerUnitId", count(*)::int AS open,
      count(*) FILTER (WHERE c.due_on < ${day}::date)::int AS overdue
    FROM cases c
    WHERE ${under('c.unit_path', path)} AND ${visible(rq, 'c.unit_path')} AND c.closed_at IS NULL AND c.star IS NOT NULL
      AND c.type IN ('task', 'problem', 'on-site', 'guidance', 'warning')
    GROUP BY c.star, c.owner_unit_id`);
}

export interface Month {
  readonly month: string;
  readonly measured: number;
  readonly holding: Readonly<Record<string, number>>;
}

/** How many branches would hold each star, month by month, from the standings that were kept; the last twelve. */
export async function listTrend(rq: Rq, path: string): Promise<Month[]> {
  const rows = await rq.db.many<Month>(sql`
    WITH m AS (
      SELECT s.label AS month, s.unit_id, s.stars FROM standings s
      WHERE s.kind = 'month' AND ${under('s.unit_path', path)} AND ${visible(rq, 's.unit_path')}),
    held AS (SELECT m.month, star, count(*)::int AS n FROM m, unnest(m.stars) AS star GROUP BY 1, 2)
    SELECT m.month, count(*)::int AS measured,
      coalesce((SELECT jsonb_object_agg(h.star, h.n) FROM held h WHERE h.month = m.month), '{}') AS holding
    FROM m GROUP BY m.month ORDER BY m.month DESC LIMIT 12`);
  return rows.reverse();
}

export function listLevelUnits(rq: Rq, ids: readonly number[]) {
  return rq.db.many<{ id: number; name: string; type: UnitType }>(sql`
    SELECT u.id, u.name, u.type FROM units u WHERE u.id = ANY (${[...ids]}::int[])
      AND u.type IN ('county', 'township', 'street', 'village', 'community') ORDER BY u.unit_path`);
}

/** On how many branches a criterion has less than its full points, from what the running cycle says today. */
export function listUnfulfilled(rq: Rq, path: string, criteria: readonly string[]) {
  return rq.db.many<{ criterion: string; unfulfilled: number; measured: number }>(sql`
    WITH latest AS (
      SELECT DISTINCT ON (s.unit_id) s.unit_id, s.result FROM standings s
      WHERE s.kind = 'live' AND ${under('s.unit_path', path)} AND ${visible(rq, 's.unit_path')}
      ORDER BY s.unit_id, s.computed_at DESC)
    SELECT c ->> 'id' AS criterion, count(*)::int AS measured,
      count(*) FILTER (WHERE (c ->> 'points')::int < (c ->> 'full')::int)::int AS unfulfilled
    FROM latest, jsonb_path_query(latest.result, '$.stars[*].criteria[*]') AS c
    WHERE c ->> 'id' = ANY (${[...criteria]}::text[]) AND NOT (c -> 'removed')::boolean
    GROUP BY 1`);
}

export interface GroupUnit {
  readonly id: number;
  readonly name: string;
  readonly parentId: number;
  readonly kind: 'leading-group' | 'greening' | 'responsibility';
  readonly document: string | null;
  readonly from: string;
  readonly to: string | null;
}

/** Groups in use right below a unit. */
export function listGroupUnits(rq: Rq, unitId: number): Promise<GroupUnit[]> {
  return rq.db.many<GroupUnit>(sql`
    SELECT u.id, u.name, u.parent_id AS "parentId", u.attributes ->> 'kind' AS kind, u.valid_from AS "from",
      u.attributes ->> 'termTo' AS "to",
      (SELECT v.document FROM unit_versions v WHERE v.unit_id = u.id ORDER BY v.valid_from LIMIT 1) AS document
    FROM units u WHERE u.parent_id = ${unitId} AND u.type IN ('leading-group', 'team') AND u.valid_to IS NULL
      AND ${visible(rq, 'u.unit_path')} AND u.attributes ->> 'kind' IN ('leading-group', 'greening', 'responsibility')
    ORDER BY u.id`);
}

export function listMeetings(rq: Rq, unitIds: readonly number[]) {
  return rq.db.many<{ unitId: number; held: number; last: string; decisions: number }>(sql`
    SELECT c.unit_id AS "unitId", count(*)::int AS held, max(c.data ->> 'on') AS last,
      coalesce(sum(jsonb_array_length(coalesce(c.data -> 'decisions', '[]'))), 0)::int AS decisions
    FROM cases c WHERE c.unit_id = ANY (${[...unitIds]}::int[]) AND c.type = 'group-meeting' AND c.state = 'held'
      AND ${visible(rq, 'c.unit_path')} GROUP BY c.unit_id`);
}

/** Villages below without a responsibility group, and whether cadre and secretary are there to form one. */
export function listGroupless(rq: Rq, path: string, day: string) {
  return rq.db.many<{ id: number; name: string; type: UnitType; cadre: boolean; secretary: boolean }>(sql`
    SELECT u.id, u.name, u.type, coalesce(bool_or(a.role = 'contact-cadre'), false) AS cadre,
      coalesce(bool_or(a.role = 'branch-secretary'), false) AS secretary
    FROM units u
    LEFT JOIN assignments a ON a.unit_id = u.id AND a.role IN ('contact-cadre', 'branch-secretary')
      AND a.from_day <= ${day}::date AND (a.to_day IS NULL OR a.to_day > ${day}::date)
    WHERE ${under('u.unit_path', path)} AND ${visible(rq, 'u.unit_path')} AND u.type IN ('village', 'community')
      AND u.valid_to IS NULL AND NOT EXISTS (SELECT 1 FROM units g WHERE g.parent_id = u.id AND g.type = 'team'
        AND g.valid_to IS NULL AND g.attributes ->> 'kind' = 'responsibility')
    GROUP BY u.id, u.name, u.type, u.unit_path ORDER BY u.unit_path LIMIT 5000`);
}

export async function countGroups(rq: Rq, path: string): Promise<number> {
  const { count } = await rq.db.one<{ count: number }>(sql`SELECT count(*)::int AS count FROM units u
    WHERE ${under('u.unit_path', path)} AND ${visible(rq, 'u.unit_path')} AND u.type = 'team' AND u.valid_to IS NULL
      AND u.attributes ->> 'kind' = 'responsibility'`);
  return count;
}
