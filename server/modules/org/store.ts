import type { Requirement } from '../../../domain/org/index.ts';
import type { RoleName } from '../../../domain/records/assignments/index.ts';
import type { UnitType } from '../../../domain/records/units/index.ts';
import type { Words } from '../../../domain/words.ts';
import { all, sql, type Sql, under, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { heldOn } from '../../records/assignments/index.ts';

export interface UnitLine {
  readonly id: number;
  readonly name: string;
  readonly type: UnitType;
  readonly path: string;
  readonly parentId: number | null;
  readonly scheme: 'rural' | 'urban' | null;
}

/** Types of unit that stand in the rows of a county's matrix; what lies below a village is counted, not listed. */
export const rowTypes = ['province', 'city', 'county', 'township', 'street', 'village', 'community'] as const;
const deepTypes = ['grid', 'estate', 'building'] as const;

const inUse = (rq: Rq, path: string): Sql =>
  sql`${under('u.unit_path', path)} AND ${visible(rq, 'u.unit_path')} AND u.valid_to IS NULL`;

/** Units in use below a path, in the order of the tree and of their names. */
export function listBelow(rq: Rq, path: string, types: readonly UnitType[]): Promise<UnitLine[]> {
  return rq.db.many<UnitLine>(sql`
    SELECT u.id, u.name, u.type, u.unit_path AS path, u.parent_id AS "parentId", u.scheme FROM units u
    WHERE ${inUse(rq, path)} AND u.type = ANY (${[...types]}::text[])
    ORDER BY cardinality(string_to_array(u.unit_path, '.')), u.pinyin, u.id LIMIT 20000`);
}

/** The stars of each scheme with their names, from the standard that is published and in effect on a day. */
export function listPublishedStars(rq: Rq, day: string) {
  return rq.db.many<{ scheme: 'rural' | 'urban'; stars: { id: string; name: Partial<Words> & { zh: string } }[] }>(sql`
    SELECT DISTINCT ON (scheme) scheme, jsonb_path_query_array(body, '$.stars[*]') AS stars FROM standards
    WHERE state = 'published' AND effective_from <= ${day}::date AND (effective_to IS NULL OR effective_to > ${day}::date)
    ORDER BY scheme, effective_from DESC, published_at DESC`);
}

/** Held by anybody, of the given roles: one line a unit and role. */
const held = (path: string, day: string, roles: readonly RoleName[]): Sql => sql`
  SELECT DISTINCT a.unit_id, a.role FROM answering a
  WHERE ${under('a.unit_path', path)} AND a.role = ANY (${[...roles]}::text[]) AND ${heldOn(day)}`;

/** The same for every unit above the one where it is held. */
const heldBelow = (path: string, day: string, roles: readonly RoleName[]): Sql => sql`
  SELECT DISTINCT part::int AS unit_id, a.role FROM answering a, unnest(string_to_array(rtrim(a.unit_path, '.'), '.')) AS part
  WHERE ${under('a.unit_path', path)} AND a.role = ANY (${[...roles]}::text[]) AND ${heldOn(day)}`;

export interface DeepCount {
  readonly at: number;
  readonly areas: number;
  readonly areasOpen: number;
  readonly areasAlone: number;
  readonly buildings: number;
  readonly buildingsOpen: number;
}

/**
 * Areas and buildings below, with how many of them have nobody, in one pass and grouped by the unit at a depth of the
 * path: nothing is fetched one by one, however many buildings a county has.
 */
export function countDeep(rq: Rq, path: string, depth: number, day: string): Promise<DeepCount[]> {
  return rq.db.many<DeepCount>(sql`
    WITH h AS MATERIALIZED (${held(path, day, ['area-cadre', 'building-head'])}),
      b AS MATERIALIZED (${heldBelow(path, day, ['household-contact'])})
    SELECT split_part(u.unit_path, '.', ${depth}::int)::int AS at,
      count(*) FILTER (WHERE u.type <> 'building')::int AS areas,
      count(*) FILTER (WHERE u.type <> 'building' AND h.unit_id IS NULL)::int AS "areasOpen",
      count(*) FILTER (WHERE u.type <> 'building' AND b.unit_id IS NULL)::int AS "areasAlone",
      count(*) FILTER (WHERE u.type = 'building')::int AS buildings,
      count(*) FILTER (WHERE u.type = 'building' AND h.unit_id IS NULL)::int AS "buildingsOpen"
    FROM units u
    LEFT JOIN h ON h.unit_id = u.id AND h.role = CASE WHEN u.type = 'building' THEN 'building-head' ELSE 'area-cadre' END
    LEFT JOIN b ON b.unit_id = u.id
    WHERE ${inUse(rq, path)} AND u.type = ANY (${[...deepTypes]}::text[]) GROUP BY 1`);
}

/** The areas or buildings themselves where a requirement is not met. */
export function listDeepGaps(
  rq: Rq,
  path: string,
  day: string,
  r: Requirement,
  page: { limit: number; offset: number },
) {
  const source = r.where === 'here' ? held(path, day, [r.role]) : heldBelow(path, day, [r.role]);
  return rq.db.many<{ id: number; name: string; type: UnitType }>(sql`
    WITH h AS MATERIALIZED (${source})
    SELECT u.id, u.name, u.type FROM units u LEFT JOIN h ON h.unit_id = u.id
    WHERE ${inUse(rq, path)} AND u.type = ANY (${[...r.on]}::text[]) AND h.unit_id IS NULL
    ORDER BY u.unit_path LIMIT ${page.limit} OFFSET ${page.offset}`);
}

export interface Mark {
  readonly unitId: number;
  readonly kind: 'group' | 'areas' | 'consultation';
}

/** Villages that have a responsibility group, that are divided into areas, that held this week's consultation. */
export function listMarks(rq: Rq, path: string, since: string, day: string): Promise<Mark[]> {
  return rq.db.many<Mark>(sql`
    SELECT u.parent_id AS "unitId", CASE WHEN u.type = 'team' THEN 'group' ELSE 'areas' END AS kind FROM units u
    WHERE ${inUse(rq, path)} AND (u.type IN ('grid', 'estate') OR (u.type = 'team' AND u.attributes ->> 'kind' = 'responsibility'))
      AND u.unit_path <> ${path}
    GROUP BY 1, 2
    UNION ALL
    SELECT c.unit_id, 'consultation' FROM cases c
    WHERE ${under('c.unit_path', path)} AND ${visible(rq, 'c.unit_path')} AND c.type = 'consultation' AND c.state = 'held'
      AND c.data ->> 'on' > ${since} AND c.data ->> 'on' <= ${day} GROUP BY 1`);
}

/** Households whose last contact ended without another taking over; those that declined left no address behind. */
export function listLostHouseholds(rq: Rq, path: string, day: string) {
  return rq.db.many<{ id: number; name: string; type: UnitType; count: number; total: number }>(sql`
    WITH h AS (
      SELECT a.unit_id, a.object_id, bool_or(${heldOn(day)}) AS held FROM answering a
      WHERE ${under('a.unit_path', path)} AND ${visible(rq, 'a.unit_path')} AND a.role = 'household-contact'
        AND a.object_kind = 'address' AND a.object_id IS NOT NULL AND a.from_day <= ${day}::date
      GROUP BY a.unit_id, a.object_id)
    SELECT u.id, u.name, u.type, count(*) FILTER (WHERE NOT h.held)::int AS count, count(*)::int AS total
    FROM h JOIN units u ON u.id = h.unit_id WHERE u.valid_to IS NULL
    GROUP BY u.id, u.name, u.type, u.unit_path ORDER BY u.unit_path`);
}

export interface OpenCount {
  readonly unitId: number;
  readonly open: number;
  readonly overdue: number;
  readonly oldest: { id: string; title: string; dueOn: string } | null;
}

/** What is still open on units below, a line a unit; confidential kinds are left out. */
export function listOpen(rq: Rq, path: string, day: string, kinds: readonly string[]): Promise<OpenCount[]> {
  return rq.db.many<OpenCount>(sql`
    SELECT c.unit_id AS "unitId", count(*)::int AS open, count(*) FILTER (WHERE c.due_on < ${day}::date)::int AS overdue,
      (array_agg(jsonb_build_object('id', c.id, 'title', c.title, 'dueOn', c.due_on) ORDER BY c.due_on, c.id)
        FILTER (WHERE c.due_on < ${day}::date))[1] AS oldest
    FROM cases c
    WHERE ${under('c.unit_path', path)} AND ${visible(rq, 'c.unit_path')} AND c.closed_at IS NULL
      AND c.type = ANY (${[...kinds]}::text[])
    GROUP BY c.unit_id LIMIT 5000`);
}

export interface VisitCount {
  readonly unitId: number;
  readonly personId: string;
  readonly visits: number;
  readonly solved: number;
}

/** Guidance visits by person and village since a day, with what was settled on the spot. */
export function listVisits(rq: Rq, path: string, from: string, to: string): Promise<VisitCount[]> {
  return rq.db.many<VisitCount>(sql`
    SELECT c.unit_id AS "unitId", c.raised_by AS "personId", count(*)::int AS visits,
      coalesce(sum(jsonb_array_length(coalesce(c.data -> 'solved', '[]'))), 0)::int AS solved
    FROM cases c
    WHERE ${under('c.unit_path', path)} AND ${visible(rq, 'c.unit_path')} AND c.type = 'guidance' AND c.raised_by IS NOT NULL
      AND c.data ->> 'on' BETWEEN ${from} AND ${to}
    GROUP BY c.unit_id, c.raised_by LIMIT 20000`);
}

export interface LastProgress {
  readonly unitId: number;
  readonly caseId: string;
  readonly period: string;
  readonly done: string;
  readonly at: Date;
  readonly read: boolean;
}

export function listProgress(rq: Rq, unitIds: readonly number[]): Promise<LastProgress[]> {
  return rq.db.many<LastProgress>(sql`
    SELECT DISTINCT ON (c.unit_id) c.unit_id AS "unitId", c.id AS "caseId", c.data ->> 'period' AS period,
      c.data ->> 'done' AS done, c.opened_at AS at, c.state = 'read' AS read
    FROM cases c WHERE c.type = 'progress' AND c.unit_id = ANY (${[...unitIds]}::int[]) AND ${visible(rq, 'c.unit_path')}
    ORDER BY c.unit_id, c.data ->> 'period' DESC, c.opened_at DESC`);
}

export interface ApprovalRow {
  readonly caseId: string;
  readonly type: string;
  readonly title: string;
  readonly step: string;
  readonly by: string;
  readonly at: Date;
  readonly document: string | null;
  readonly reason: string | null;
}

/** Steps of approval (`type/step`) that whoever was the unit's overall owner on the day took there. */
export async function listApprovals(
  rq: Rq,
  unit: { id: number; path: string },
  steps: readonly string[],
  page: { limit: number; offset: number },
): Promise<{ items: ApprovalRow[]; total: number }> {
  const from = sql`FROM case_steps s JOIN cases c ON c.id = s.case_id
    WHERE ${all([
      under('s.unit_path', unit.path),
      visible(rq, 's.unit_path'),
      sql`c.type || '/' || s.step = ANY (${[...steps]}::text[])`,
      sql`EXISTS (SELECT 1 FROM assignments a WHERE a.role = 'overall-owner' AND a.unit_id = ${unit.id} AND a.person_id = s.person_id
        AND a.from_day <= (s.at AT TIME ZONE 'Asia/Shanghai')::date
        AND (a.to_day IS NULL OR a.to_day > (s.at AT TIME ZONE 'Asia/Shanghai')::date))`,
    ])}`;
  const { count } = await rq.db.one<{ count: number }>(sql`SELECT count(*)::int AS count ${from}`);
  const items = await rq.db.many<ApprovalRow>(sql`
    SELECT c.id AS "caseId", c.type, c.title, s.step, s.actor_name AS by, s.at, s.data ->> 'document' AS document, s.reason
    ${from} ORDER BY s.at DESC, s.seq DESC LIMIT ${page.limit} OFFSET ${page.offset}`);
  return { items, total: count };
}

export interface PlanLine {
  readonly unitId: number;
  readonly star: string | null;
  readonly caseId: string;
  readonly title: string;
  readonly state: string;
}

/** Work plans of task forces below a path: those in force, or with every state the newest of each star. */
export function listPlans(rq: Rq, path: string, any = false): Promise<PlanLine[]> {
  return rq.db.many<PlanLine>(sql`
    SELECT DISTINCT ON (c.unit_id, c.star) c.unit_id AS "unitId", c.star, c.id AS "caseId", c.title, c.state FROM cases c
    WHERE c.type = 'force-plan' AND ${under('c.unit_path', path)} AND ${visible(rq, 'c.unit_path')}
      AND ${any ? sql`c.state <> 'superseded'` : sql`c.state = 'in-force'`}
    ORDER BY c.unit_id, c.star, (c.state = 'in-force') DESC, c.changed_at DESC`);
}

export function countByRole(rq: Rq, path: string, day: string): Promise<{ role: RoleName; count: number }[]> {
  return rq.db.many<{ role: RoleName; count: number }>(sql`
    SELECT a.role, count(DISTINCT coalesce(a.person_id::text, a.holder_unit_id::text))::int AS count FROM answering a
    WHERE ${under('a.unit_path', path)} AND ${visible(rq, 'a.unit_path')} AND ${heldOn(day)} GROUP BY a.role`);
}

/** Problems that somebody settled on site since a day, confirmed by the branch. */
export function listOnSite(rq: Rq, path: string, from: string) {
  return rq.db.many<{ unitId: number; personId: string; solved: number }>(sql`
    SELECT c.unit_id AS "unitId", c.owner_person_id AS "personId", count(*)::int AS solved FROM cases c
    WHERE ${under('c.unit_path', path)} AND ${visible(rq, 'c.unit_path')} AND c.type = 'on-site' AND c.state = 'confirmed'
      AND c.owner_person_id IS NOT NULL AND c.data ->> 'on' >= ${from}
    GROUP BY c.unit_id, c.owner_person_id`);
}
