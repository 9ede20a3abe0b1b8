import { confidentialTypes, workflows } from '../../../domain/records/cases/all.ts';
import { all, join, sql, type Sql, under, visible } from '../../platform/db/sql.ts';
import { type Rq, system } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import type { Verb } from '../../../domain/grants.ts';
import { readableSubject } from '../subjects/index.ts';

export interface CaseRow {
  readonly id: string;
  readonly type: string;
  readonly state: string;
  readonly title: string;
  readonly unitId: number;
  readonly unitPath: string;
  readonly unitName: string;
  readonly star: string | null;
  /** What it is about, as far as the reader may know the entry. */
  readonly subject: { readonly id: string; readonly name: string; readonly kind: string } | null;
  readonly tags: readonly string[];
  readonly ownerUnitId: number | null;
  readonly ownerUnitName: string | null;
  readonly ownerPersonId: string | null;
  readonly ownerName: string | null;
  readonly raisedBy: string | null;
  readonly raisedByName: string | null;
  readonly dueOn: string | null;
  /** Workdays from today to the due day; null without one and once closed. */
  readonly workdaysLeft: number | null;
  readonly sure: boolean;
  readonly supervisedBy: string | null;
  /** Where it was carried up to, while it is past its day. */
  readonly escalatedTo: number | null;
  readonly escalatedName: string | null;
  readonly escalatedAt: Date | null;
  readonly parentId: string | null;
  readonly originKind: string | null;
  readonly originId: string | null;
  readonly openedAt: Date;
  readonly changedAt: Date;
  readonly closedAt: Date | null;
  readonly openBelow: boolean;
  readonly version: number;
  readonly data: Record<string, unknown>;
  readonly evidence: number;
  /** The owning unit is the one where the reader works; only known of a case that was read by itself. */
  readonly atHome?: boolean;
}

/** Columns of a case and the joins they need; `c` is the case. */
export function caseColumns(rq: Rq): Sql {
  const today = dayOf(rq.now);
  return sql`c.id, c.type, c.state, c.title, c.unit_id AS "unitId", c.unit_path AS "unitPath", u.name AS "unitName", c.star, c.tags,
    CASE WHEN c.subject_id IS NOT NULL THEN (SELECT json_build_object('id', s.id, 'name', s.name, 'kind', s.kind)
      FROM subjects s WHERE s.id = c.subject_id AND ${readableSubject(rq)}) END AS subject,
    c.owner_unit_id AS "ownerUnitId", ou.name AS "ownerUnitName", c.owner_person_id AS "ownerPersonId",
    op.name AS "ownerName", c.raised_by AS "raisedBy", rp.name AS "raisedByName", c.due_on AS "dueOn",
    CASE WHEN c.closed_at IS NULL THEN workdays_between(${today}::date, c.due_on) END AS "workdaysLeft",
    coalesce(workdays_sure(${today}::date, c.due_on), true) AS sure, c.supervised_by AS "supervisedBy",
    c.escalated_to AS "escalatedTo", CASE WHEN c.escalated_to IS NOT NULL THEN
      (SELECT e.name FROM units e WHERE e.id = c.escalated_to) END AS "escalatedName",
    c.escalated_at AS "escalatedAt", c.parent_id AS "parentId", c.origin_kind AS "originKind", c.origin_id AS "originId", c.opened_at AS "openedAt",
    c.changed_at AS "changedAt", c.closed_at AS "closedAt", c.open_below AS "openBelow", c.version, c.data`;
}

export const caseJoins = sql`JOIN units u ON u.id = c.unit_id LEFT JOIN units ou ON ou.id = c.owner_unit_id
  LEFT JOIN people op ON op.id = c.owner_person_id LEFT JOIN people rp ON rp.id = c.raised_by`;

/** Counted here and not through the evidence module: a case is read with one statement. */
export const evidenceCount = sql`(SELECT count(*) FROM evidence e
  WHERE e.subject_kind = 'case' AND e.subject_id = c.id::text AND e.removed_at IS NULL)::int AS evidence`;

/** Whether the case belongs to the unit where the actor works. */
export const atHome = (rq: Rq): Sql => sql`coalesce(c.owner_unit_id =
  (SELECT h.unit_id FROM people h WHERE h.id = ${rq.actor.personId}::uuid), false) AS "atHome"`;

/** The subtrees on which the actor holds a verb, without those inside another; `['']` for the platform itself. */
export function pathsOf(rq: Rq, verb: Verb): string[] {
  if (rq.actor === system) return [''];
  const paths = [...new Set(rq.actor.grants.filter((g) => g.verb === verb).map((g) => g.path))];
  return paths.filter((p) => !paths.some((other) => other !== p && p.startsWith(other)));
}

export function underAny(column: string, paths: readonly string[]): Sql {
  if (paths.length === 0) return sql`FALSE`;
  return sql`(${join(
    paths.map((p) => under(column, p)),
    ' OR ',
  )})`;
}

/** The paths of all units above these and of these themselves. */
export function chainsOf(paths: readonly string[]): string[] {
  const chain = new Set<string>();
  for (const path of paths)
    for (let at = path.indexOf('.'); at !== -1; at = path.indexOf('.', at + 1)) chain.add(path.slice(0, at + 1));
  return [...chain];
}

export const openBelowTypes = (): string[] =>
  Object.values(workflows)
    .filter((w) => w.openBelow)
    .map((w) => w.type);

/** Confidential kinds are there only for their owner, their raiser and those who assign cases on that unit. */
export function notKeptFrom(rq: Rq): Sql {
  const hidden = confidentialTypes();
  if (hidden.length === 0 || rq.actor === system) return sql`TRUE`;
  return sql`(c.type <> ALL (${hidden}::text[]) OR c.owner_person_id = ${rq.actor.personId}
    OR c.raised_by = ${rq.actor.personId} OR ${underAny('c.unit_path', pathsOf(rq, 'cases.assign'))})`;
}

/**
 * The cases that the actor may read. `opened` adds those that units above have opened to theirs; it is left out where the
 * question is about one subtree or one kind that is never opened, because one range then answers it.
 */
export function readable(rq: Rq, opened: boolean): Sql {
  const paths = pathsOf(rq, 'cases.read');
  const own = underAny('c.unit_path', paths);
  const from = opened
    ? sql`(${own} OR (c.open_below AND c.unit_path = ANY (${chainsOf(paths)}::text[])))`
    : all([visible(rq, 'c.unit_path'), own]);
  return all([from, notKeptFrom(rq)]);
}
