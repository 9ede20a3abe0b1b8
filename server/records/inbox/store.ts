import { workflows } from '../../../domain/records/cases/all.ts';
import { unitOfPath, waitsFor } from '../../../domain/records/cases/index.ts';
import { inboxCap, type InboxTab } from '../../../domain/records/inbox/index.ts';
import type { Verb } from '../../../domain/grants.ts';
import { all, join, sql, type Sql, under } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { caseColumns, caseJoins, type CaseRow, notKeptFrom, pathsOf, underAny } from '../cases/index.ts';

/** The verbs that cases may wait for, as the engine writes them into cases.waits_for. */
function waitingKeys(): string[] {
  const keys = new Set<string>();
  for (const workflow of Object.values(workflows))
    for (const state of Object.keys(workflow.states)) {
      const key = waitsFor(workflow, state);
      if (key !== null && key !== 'owner' && key !== 'raiser') keys.add(key);
    }
  return [...keys];
}

/** Cases of the person, or of a unit where they work or hold a role and that has named no person. */
function owned(rq: Rq): { person: Sql; unit: Sql } {
  const me = rq.actor.personId;
  const units = [...new Set(rq.actor.grants.map((g) => unitOfPath(g.path)))];
  return {
    person: sql`c.owner_person_id = ${me}::uuid`,
    unit: sql`c.owner_person_id IS NULL AND (c.owner_unit_id = ANY (${units}::int[])
      OR c.owner_unit_id = (SELECT h.unit_id FROM people h WHERE h.id = ${me}::uuid))`,
  };
}

const notMine = (rq: Rq): Sql =>
  sql`NOT coalesce(${owned(rq).person}, false) AND NOT coalesce(${owned(rq).unit}, false)`;

/**
 * Where the actor holds the verb. Who answers for one star finds its cases and those of no star, also where the step itself does
 * not go by star: an inbox is what waits for somebody, not all that they could do.
 */
function reach(rq: Rq, verb: Verb): Sql | null {
  const grants = rq.actor.grants.filter((g) => g.verb === verb);
  if (grants.length === 0) return null;
  if (grants.every((g) => g.star === undefined)) return underAny('c.unit_path', pathsOf(rq, verb));
  const places = new Map(grants.map((g) => [`${g.path} ${g.star ?? ''}`, g]));
  const parts = [...places.values()].map((g) =>
    all([under('c.unit_path', g.path), g.star !== undefined && sql`(c.star = ${g.star} OR c.star IS NULL)`]),
  );
  return sql`(${join(
    parts.map((p) => sql`(${p})`),
    ' OR ',
  )})`;
}

function waitingFor(rq: Rq, key: string): Sql | null {
  const verb = key.replace(/[@-].*$/, '') as Verb;
  const place = reach(rq, verb);
  if (place === null) return null;
  return all([
    sql`c.closed_at IS NULL AND c.waits_for = ${key}`,
    place,
    key.includes('-owner') && notMine(rq),
    key.includes('-raiser') && sql`c.raised_by IS DISTINCT FROM ${rq.actor.personId}::uuid`,
    notKeptFrom(rq),
  ]);
}

/**
 * The conditions of a tab, apart from each other: each is one range of one index, and no case meets two of them. (One OR
 * over all of them would make the database read every open case.)
 */
function branches(rq: Rq, tab: Exclude<InboxTab, 'done'>): Sql[] {
  const mine = owned(rq);
  if (tab === 'todo') {
    const own = sql`c.closed_at IS NULL AND c.waits_for = 'owner'`;
    const raised = sql`c.closed_at IS NULL AND c.waits_for = 'raiser' AND c.raised_by = ${rq.actor.personId}::uuid`;
    const waiting = waitingKeys()
      .map((key) => waitingFor(rq, key))
      .filter((b) => b !== null);
    return [all([own, mine.person]), all([own, mine.unit]), raised, ...waiting];
  }
  if (tab === 'supervised') {
    const by = sql`c.closed_at IS NULL AND c.supervised_by IS NOT NULL`;
    const byMe = sql`c.supervised_by = ${rq.actor.personId}::uuid`;
    return [
      all([by, byMe]),
      all([by, sql`NOT coalesce(${byMe}, false)`, mine.person]),
      all([by, sql`NOT coalesce(${byMe}, false)`, mine.unit]),
    ];
  }
  if (tab === 'escalated') {
    const units = [...new Set(rq.actor.grants.filter((g) => g.verb === 'cases.assign').map((g) => unitOfPath(g.path)))];
    const here = sql`c.closed_at IS NULL AND c.escalated_to = ANY (${units}::int[])`;
    return [all([here, reach(rq, 'cases.assign') ?? sql`FALSE`, notKeptFrom(rq)])];
  }
  const late = sql`c.closed_at IS NULL AND c.due_on < ${dayOf(rq.now)}::date`;
  const assigned = reach(rq, 'cases.assign');
  const others = assigned === null ? [] : [all([late, assigned, notMine(rq)])];
  return [all([late, mine.person]), all([late, mine.unit]), ...others];
}

const doneIds = (rq: Rq): Sql => sql`SELECT s.case_id AS id, max(s.seq) AS seq FROM (
  SELECT case_id, seq FROM case_steps WHERE person_id = ${rq.actor.personId}::uuid ORDER BY seq DESC LIMIT ${2 * inboxCap}) s
  GROUP BY s.case_id`;

const countOf = (rq: Rq, tab: InboxTab): Sql =>
  tab === 'done'
    ? sql`(SELECT least(count(*), ${inboxCap})::int FROM (${doneIds(rq)}) d)`
    : sql`(SELECT least(count(*), ${inboxCap})::int FROM (${join(
        branches(rq, tab).map((b) => sql`(SELECT c.id FROM cases c WHERE ${b} LIMIT ${inboxCap})`),
        ' UNION ALL ',
      )}) t)`;

export function countTabs(rq: Rq): Promise<Record<InboxTab, number>> {
  return rq.db.one(sql`SELECT ${countOf(rq, 'todo')} AS todo, ${countOf(rq, 'done')} AS done,
    ${countOf(rq, 'supervised')} AS supervised, ${countOf(rq, 'overdue')} AS overdue,
    ${countOf(rq, 'escalated')} AS escalated`);
}

/** The first by due day, those without one last; what I did, newest first. */
export async function listTab(rq: Rq, tab: InboxTab, q: { limit: number; offset: number }) {
  const total = (await rq.db.one<{ n: number }>(sql`SELECT ${countOf(rq, tab)} AS n`)).n;
  if (total <= q.offset) return { items: [], total };
  const last = q.offset + q.limit;
  const found =
    tab === 'done'
      ? sql`SELECT id, -seq AS rank, NULL::date AS due_on FROM (${doneIds(rq)}) d`
      : join(
          branches(rq, tab).map(
            (b) =>
              sql`(SELECT c.id, 0 AS rank, c.due_on FROM cases c WHERE ${b} ORDER BY c.due_on, c.id LIMIT ${last})`,
          ),
          ' UNION ALL ',
        );
  const items = await rq.db.many<CaseRow>(sql`
    SELECT ${caseColumns(rq)}, 0 AS evidence FROM (
      SELECT * FROM (${found}) f ORDER BY f.rank, f.due_on, f.id LIMIT ${q.limit} OFFSET ${q.offset}) f
    JOIN cases c ON c.id = f.id ${caseJoins} ORDER BY f.rank, f.due_on, f.id`);
  return { items, total };
}
