import { confidentialTypes, findWorkflow } from '../../../domain/records/cases/all.ts';
import { all, json, likeText, sql, type Sql, under } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { readableSubject } from '../subjects/index.ts';
import {
  atHome,
  caseColumns,
  caseJoins,
  type CaseRow,
  evidenceCount,
  openBelowTypes,
  pathsOf,
  readable,
} from './rows.ts';

export function findCase(rq: Rq, id: string): Promise<CaseRow | undefined> {
  return rq.db.find<CaseRow>(
    sql`SELECT ${caseColumns(rq)}, ${evidenceCount}, ${atHome(rq)} FROM cases c ${caseJoins} WHERE c.id = ${id}`,
  );
}

export interface CaseSearch {
  readonly type?: string | undefined;
  readonly state?: string | undefined;
  readonly open?: boolean | undefined;
  readonly underPath?: string | undefined;
  readonly star?: string | undefined;
  readonly owner?: string | undefined;
  readonly overdue?: boolean | undefined;
  readonly supervised?: boolean | undefined;
  readonly parent?: string | undefined;
  readonly subject?: string | undefined;
  readonly tag?: string | undefined;
  readonly q?: string | undefined;
  /** For agendas: opened on this day or later; of these cases only; none of these. */
  readonly openedFrom?: string | undefined;
  readonly ids?: readonly string[] | undefined;
  readonly without?: readonly string[] | undefined;
  readonly sort?: 'changed' | 'due' | 'opened' | 'pressing' | undefined;
  readonly limit: number;
  readonly offset: number;
}

const orders: Record<NonNullable<CaseSearch['sort']>, Sql> = {
  changed: sql`c.changed_at DESC, c.id`,
  due: sql`c.due_on NULLS LAST, c.id`,
  opened: sql`c.opened_at DESC, c.id`,
  pressing: sql`c.escalated_to IS NULL, c.due_on NULLS LAST, c.id`,
};

const mayBeOpened = (s: CaseSearch) =>
  s.underPath === undefined && (s.type === undefined || findWorkflow(s.type)?.openBelow === true);

function conditions(rq: Rq, s: CaseSearch): Sql {
  const late = sql`c.closed_at IS NULL AND c.due_on < ${dayOf(rq.now)}::date`;
  return all([
    readable(rq, mayBeOpened(s)),
    s.type !== undefined && sql`c.type = ${s.type}`,
    s.state !== undefined && sql`c.state = ${s.state}`,
    s.open === true && sql`c.closed_at IS NULL`,
    s.open === false && sql`c.closed_at IS NOT NULL`,
    s.underPath !== undefined && under('c.unit_path', s.underPath),
    s.star !== undefined && sql`c.star = ${s.star}`,
    s.owner !== undefined && sql`c.owner_person_id = ${s.owner}`,
    s.overdue === true && late,
    s.overdue === false && sql`NOT coalesce(${late}, false)`,
    s.supervised === true && sql`c.supervised_by IS NOT NULL`,
    s.supervised === false && sql`c.supervised_by IS NULL`,
    s.parent !== undefined && sql`c.parent_id = ${s.parent}`,
    // Asking for an entry that one may not read must not tell how many cases there are about it.
    s.subject !== undefined &&
      sql`c.subject_id = ${s.subject} AND EXISTS (SELECT 1 FROM subjects s WHERE s.id = c.subject_id AND ${readableSubject(rq)})`,
    s.tag !== undefined && sql`c.tags @> ARRAY[${s.tag}]`,
    s.openedFrom !== undefined && sql`(c.opened_at AT TIME ZONE 'Asia/Shanghai')::date >= ${s.openedFrom}::date`,
    s.ids !== undefined && sql`c.id = ANY (${[...s.ids]}::uuid[])`,
    s.without !== undefined && s.without.length > 0 && sql`c.id <> ALL (${[...s.without]}::uuid[])`,
    s.q ? sql`c.title ILIKE ${`%${likeText(s.q)}%`}` : null,
  ]);
}

/** Filters that the kept counts cannot answer. */
const narrows = (s: CaseSearch) =>
  [s.open, s.star, s.owner, s.overdue, s.supervised, s.parent, s.subject, s.tag, s.q || undefined].some(
    (f) => f !== undefined,
  );

/** How many there are: from the kept counts where type, state and subtree are all that is asked, else counted. */
async function countCases(rq: Rq, s: CaseSearch): Promise<number> {
  const counted = (where: Sql) =>
    rq.db
      .one<{ n: number }>(sql`SELECT count(*)::int AS n FROM cases c WHERE ${all([conditions(rq, s), where])}`)
      .then((row) => row.n);
  const roots = pathsOf(rq, 'cases.read').filter((p) => p !== '');
  if (narrows(s) || roots.length === 0) return counted(sql`TRUE`);
  const special = [...new Set([...confidentialTypes(), ...openBelowTypes()])];
  if (s.type !== undefined && special.includes(s.type)) return counted(sql`TRUE`);
  const { underPath } = s;
  const within =
    underPath === undefined
      ? roots
      : roots.some((r) => underPath.startsWith(r))
        ? [underPath]
        : roots.filter((r) => r.startsWith(underPath));
  const kind = all([
    s.type !== undefined ? sql`type = ${s.type}` : sql`type <> ALL (${special}::text[])`,
    s.state !== undefined && sql`state = ${s.state}`,
  ]);
  const { n } = await rq.db.one<{ n: number }>(sql`
    SELECT (coalesce((SELECT sum(n) FROM case_counts WHERE unit_path = ANY (${within}::text[]) AND ${kind}), 0)
      + coalesce((SELECT sum(n) FROM case_count_deltas WHERE unit_path ^@ ANY (${within}::text[]) AND ${kind}), 0))::int AS n`);
  if (s.type !== undefined || special.length === 0) return n;
  return n + (await counted(sql`c.type = ANY (${special}::text[])`));
}

export async function listCases(rq: Rq, s: CaseSearch): Promise<{ items: CaseRow[]; total: number }> {
  const total = await countCases(rq, s);
  if (total <= s.offset) return { items: [], total };
  const order = orders[s.sort ?? 'changed'];
  const items = await rq.db.many<CaseRow>(sql`
    SELECT ${caseColumns(rq)}, 0 AS evidence FROM (
      SELECT * FROM cases c WHERE ${conditions(rq, s)} ORDER BY ${order} LIMIT ${s.limit} OFFSET ${s.offset}) c
    ${caseJoins} ORDER BY ${order}`);
  return { items, total };
}

export interface Opening {
  readonly unitPath: string;
  readonly unitName: string;
  readonly unitEnded: boolean;
  readonly ownerUnitName: string | null;
  readonly ownerUnitPath: string | null;
  readonly ownerName: string | null;
  readonly ownerPath: string | null;
  readonly ownerLeft: boolean;
}

/** The unit and the owner of a case to be, in one answer. */
export function findOpening(
  rq: Rq,
  unitId: number,
  owner: { unitId?: number | null | undefined; personId?: string | null | undefined },
): Promise<Opening | undefined> {
  return rq.db.find<Opening>(sql`
    SELECT u.unit_path AS "unitPath", u.name AS "unitName", u.valid_to IS NOT NULL AS "unitEnded",
      ou.name AS "ownerUnitName", ou.unit_path AS "ownerUnitPath", op.name AS "ownerName", op.unit_path AS "ownerPath",
      coalesce(op.left_on <= ${dayOf(rq.now)}::date, false) AS "ownerLeft"
    FROM units u LEFT JOIN units ou ON ou.id = ${owner.unitId ?? null}::int
    LEFT JOIN people op ON op.id = ${owner.personId ?? null}::uuid WHERE u.id = ${unitId}`);
}

export interface Entry {
  readonly id: string;
  readonly step: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string | null;
  readonly data: Record<string, unknown>;
}

/** What the database says of a case that was just written. */
export interface Written {
  readonly version: number;
  readonly workdaysLeft: number | null;
  readonly sure: boolean;
}

const written = (rq: Rq) => sql`SELECT c.version,
  CASE WHEN c.closed_at IS NULL THEN workdays_between(${dayOf(rq.now)}::date, c.due_on) END AS "workdaysLeft",
  coalesce(workdays_sure(${dayOf(rq.now)}::date, c.due_on), true) AS sure FROM c`;

const entryOf = (rq: Rq, e: Entry) => sql`entry AS (
  INSERT INTO case_steps (id, case_id, unit_path, step, from_state, to_state, person_id, actor_name, at, reason, data)
  SELECT ${e.id}, c.id, c.unit_path, ${e.step}, ${e.from}, ${e.to}, ${rq.actor.personId}, ${rq.actor.name}, ${rq.now},
    ${e.reason}, ${json(e.data)}::jsonb FROM c)`;

export function insertCase(rq: Rq, c: CaseRow, waits: string | null, entry: Entry): Promise<Written> {
  return rq.db.one<Written>(sql`
    WITH c AS (
      INSERT INTO cases (id, type, state, title, unit_id, unit_path, star, owner_unit_id, owner_person_id, raised_by, due_on,
        parent_id, subject_id, tags, origin_kind, origin_id, opened_at, changed_at, open_below, data, waits_for, closed_at)
      VALUES (${c.id}, ${c.type}, ${c.state}, ${c.title}, ${c.unitId}, ${c.unitPath}, ${c.star}, ${c.ownerUnitId},
        ${c.ownerPersonId}, ${c.raisedBy}, ${c.dueOn}, ${c.parentId}, ${c.subject?.id ?? null}, ${c.tags}::text[],
        ${c.originKind}, ${c.originId}, ${c.openedAt}, ${c.changedAt}, ${c.openBelow}, ${json(c.data)}::jsonb, ${waits}, ${c.closedAt})
      RETURNING id, unit_path, version, due_on, closed_at),
    ${entryOf(rq, entry)} ${written(rq)}`);
}

/** Writes the case as it is now, unless somebody was faster: then nothing happens and the answer is undefined. */
export function updateCase(
  rq: Rq,
  before: CaseRow,
  after: CaseRow,
  waits: string | null,
  entry: Entry,
): Promise<Written | undefined> {
  return rq.db.find<Written>(sql`
    WITH c AS (
      UPDATE cases SET state = ${after.state}, title = ${after.title}, owner_unit_id = ${after.ownerUnitId},
        owner_person_id = ${after.ownerPersonId}, due_on = ${after.dueOn}, changed_at = ${after.changedAt},
        closed_at = ${after.closedAt}, supervised_by = ${after.supervisedBy},
        supervised_at = CASE WHEN ${after.supervisedBy}::uuid IS DISTINCT FROM supervised_by THEN ${rq.now} ELSE supervised_at END,
        escalated_to = ${after.escalatedTo}, escalated_at = ${after.escalatedAt},
        data = ${json(after.data)}::jsonb, waits_for = ${waits}, version = version + 1
      WHERE id = ${before.id} AND version = ${before.version}
      RETURNING id, unit_path, version, due_on, closed_at),
    ${entryOf(rq, entry)} ${written(rq)}`);
}

export async function insertEntry(rq: Rq, caseId: string, unitPath: string, e: Entry): Promise<void> {
  await rq.db.run(sql`
    INSERT INTO case_steps (id, case_id, unit_path, step, from_state, to_state, person_id, actor_name, at, reason, data)
    VALUES (${e.id}, ${caseId}, ${unitPath}, ${e.step}, ${e.from}, ${e.to}, ${rq.actor.personId}, ${rq.actor.name},
      ${rq.now}, ${e.reason}, ${json(e.data)}::jsonb)`);
}

/** The day a case was paused and the day it had been due then. */
export function findPause(rq: Rq, caseId: string): Promise<{ on: Date; dueOn: string | null } | undefined> {
  return rq.db.find(sql`
    SELECT at AS "on", data ->> 'dueOn' AS "dueOn" FROM case_steps
    WHERE case_id = ${caseId} AND data ? 'dueOn' AND from_state <> to_state ORDER BY seq DESC LIMIT 1`);
}

export interface TimelineRow {
  readonly id: string;
  readonly step: string;
  readonly from: string;
  readonly to: string;
  readonly personId: string | null;
  readonly by: string;
  readonly at: Date;
  readonly reason: string | null;
  readonly data: Record<string, unknown>;
}

export async function listTimeline(rq: Rq, caseId: string, q: { limit: number; offset: number }) {
  const { total } = await rq.db.one<{ total: number }>(
    sql`SELECT count(*)::int AS total FROM case_steps WHERE case_id = ${caseId}`,
  );
  const items = await rq.db.many<TimelineRow>(sql`
    SELECT id, step, from_state AS "from", to_state AS "to", person_id AS "personId", actor_name AS by, at, reason, data
    FROM case_steps WHERE case_id = ${caseId} ORDER BY seq LIMIT ${q.limit} OFFSET ${q.offset}`);
  return { items, total };
}
