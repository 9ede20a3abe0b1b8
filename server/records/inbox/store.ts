import { confidentialTypes, toldAsAbove, workflows } from '../../../domain/records/cases/all.ts';
import { unitOfPath, waitsFor } from '../../../domain/records/cases/index.ts';
import { inboxCap, type InboxTab } from '../../../domain/records/inbox/index.ts';
import type { Verb } from '../../../domain/grants.ts';
import { rolesWith } from '../../../domain/records/assignments/roles.ts';
import { all, join, raw, sql, type Sql, under, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { heldOn } from '../assignments/index.ts';
import { caseColumns, caseJoins, type CaseRow, notKeptFrom, pathsOf, readableCase, underAny } from '../cases/index.ts';

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

const theCase = raw('c');

/** Cases of the person, or of a unit where they work or hold a role and that has named no person. `c` is the case. */
function owned(rq: Rq, c: Sql = theCase): { person: Sql; unit: Sql } {
  const me = rq.actor.personId;
  const units = [...new Set(rq.actor.grants.map((g) => unitOfPath(g.path)))];
  return {
    person: sql`${c}.owner_person_id = ${me}::uuid`,
    unit: sql`${c}.owner_person_id IS NULL AND (${c}.owner_unit_id = ANY (${units}::int[])
      OR ${c}.owner_unit_id = (SELECT h.unit_id FROM people h WHERE h.id = ${me}::uuid))`,
  };
}

const notMine = (rq: Rq, c: Sql = theCase): Sql =>
  sql`NOT coalesce(${owned(rq, c).person}, false) AND NOT coalesce(${owned(rq, c).unit}, false)`;

/**
 * Where the actor holds the verb. Who answers for one star finds its cases and those of no star, also where the step itself does
 * not go by star: an inbox is what waits for somebody, not all that they could do. `also` narrows what is reached from one place.
 */
function reach(rq: Rq, verb: Verb, c = 'c', also?: (path: string) => Sql): Sql | null {
  const grants = rq.actor.grants.filter((g) => g.verb === verb);
  if (grants.length === 0) return null;
  if (!also && grants.every((g) => g.star === undefined)) return underAny(`${c}.unit_path`, pathsOf(rq, verb));
  const places = new Map(grants.map((g) => [`${g.path} ${g.star ?? ''}`, g]));
  const star = raw(`${c}.star`);
  const parts = [...places.values()].map((g) =>
    all([
      under(`${c}.unit_path`, g.path),
      g.star !== undefined && sql`(${star} = ${g.star} OR ${star} IS NULL)`,
      also?.(g.path),
    ]),
  );
  return sql`(${join(
    parts.map((p) => sql`(${p})`),
    ' OR ',
  )})`;
}

/**
 * The case is the actor's own, or nobody between their grant at `path` and the case could take the step as well, nor its owner.
 * What somebody nearer can do waits for them: whoever is above reads it in the list, presses for it, and is told when it is late.
 */
function nobodyNearer(rq: Rq, key: string, verb: Verb, path: string): Sql {
  const mine = owned(rq);
  const owner = key.includes('-owner') ? sql`FALSE` : sql`a.person_id = c.owner_person_id`;
  const able = all([
    sql`a.unit_id = ANY (string_to_array(rtrim(c.unit_path, '.'), '.')::int[]) AND (a.unit_path > ${path} OR ${owner})`,
    sql`a.role = ANY (${rolesWith(verb)}::text[]) AND (a.star IS NULL OR c.star IS NULL OR a.star = c.star)`,
    sql`a.person_id IS NOT NULL AND ${heldOn(dayOf(rq.now))}`,
    key.includes('-owner') &&
      sql`NOT coalesce(c.owner_person_id = a.person_id, c.owner_unit_id IN (a.unit_id, a.home_id), FALSE)`,
    key.includes('-raiser') && sql`a.person_id IS DISTINCT FROM c.raised_by`,
  ]);
  // Of what is confidential the nearest may be whom it is kept from.
  return sql`(coalesce(${mine.person}, FALSE) OR coalesce(${mine.unit}, FALSE) OR c.type = ANY (${confidentialTypes()}::text[])
    OR NOT EXISTS (SELECT 1 FROM answering a WHERE ${able}))`;
}

function waitingFor(rq: Rq, key: string): Sql | null {
  const verb = key.replace(/[@-].*$/, '') as Verb;
  const place = reach(rq, verb, 'c', (path) => nobodyNearer(rq, key, verb, path));
  if (place === null) return null;
  return all([
    sql`c.closed_at IS NULL AND c.waits_for = ${key}`,
    place,
    key.includes('-owner') && notMine(rq),
    key.includes('-raiser') && sql`c.raised_by IS DISTINCT FROM ${rq.actor.personId}::uuid`,
    notKeptFrom(rq),
  ]);
}

/** What waits for the actor by the verb of its next step, or as who raised it. */
function waiting(rq: Rq): Sql[] {
  const raised = sql`c.closed_at IS NULL AND c.waits_for = 'raiser' AND c.raised_by = ${rq.actor.personId}::uuid`;
  return [
    raised,
    ...waitingKeys()
      .map((key) => waitingFor(rq, key))
      .filter((b) => b !== null),
  ];
}

/**
 * Past its day and the actor's to see to: their own, what waits for them (the same as in the tab of that name), and where they
 * assign. Of cases that are told as the one above it is that one, whoever it belongs to.
 */
function overdue(rq: Rq): Sql[] {
  const mine = owned(rq);
  const late = sql`c.closed_at IS NULL AND c.due_on < ${dayOf(rq.now)}::date`;
  const assigned = reach(rq, 'cases.assign');
  const own = [mine.person, mine.unit, ...waiting(rq)].map((b) => all([late, b]));
  if (assigned === null) return own;
  const folded = toldAsAbove();
  const types = folded.map((w) => w.type);
  const lateBelow = all([
    sql`k.parent_id = c.id AND k.type = ANY (${types}::text[]) AND k.closed_at IS NULL AND k.due_on < ${dayOf(rq.now)}::date`,
    reach(rq, 'cases.assign', 'k'),
    notMine(rq, raw('k')),
  ]);
  return [
    ...own,
    all([late, assigned, notMine(rq), sql`c.type <> ALL (${types}::text[])`]),
    all([
      sql`c.closed_at IS NULL AND c.type = ANY (${folded.map((w) => w.toldAs!)}::text[])`,
      readableCase(rq, true),
      sql`EXISTS (SELECT 1 FROM cases k WHERE ${lateBelow})`,
    ]),
  ];
}

/**
 * The conditions of a tab, apart from each other: each is one range of one index. (One OR over all of them would make the
 * database read every open case.) Only of what is late a case can meet several.
 */
function branches(rq: Rq, tab: Exclude<InboxTab, 'done'>): Sql[] {
  const mine = owned(rq);
  if (tab === 'todo') {
    const own = sql`c.closed_at IS NULL AND c.waits_for = 'owner'`;
    return [all([own, mine.person]), all([own, mine.unit]), ...waiting(rq)];
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
  return overdue(rq);
}

/** How the conditions of a tab are put together: each case once. */
const together = (tab: InboxTab) => (tab === 'overdue' ? ' UNION ' : ' UNION ALL ');

/** The cases in which the actor took a step, the last one first. */
const doneIds = (rq: Rq): Sql => sql`SELECT coalesce(f.parent_id, s.case_id) AS id, max(s.seq) AS seq FROM (
  SELECT case_id, seq FROM case_steps WHERE person_id = ${rq.actor.personId}::uuid ORDER BY seq DESC LIMIT ${2 * inboxCap}) s
  LEFT JOIN cases f ON f.id = s.case_id AND f.type = ANY (${toldAsAbove().map((w) => w.type)}::text[]) AND ${notMine(rq, raw('f'))}
  GROUP BY 1`;

const countOf = (rq: Rq, tab: InboxTab): Sql =>
  tab === 'done'
    ? sql`(SELECT least(count(*), ${inboxCap})::int FROM (${doneIds(rq)}) d)`
    : sql`(SELECT least(count(*), ${inboxCap})::int FROM (${join(
        branches(rq, tab).map((b) => sql`(SELECT c.id FROM cases c WHERE ${b} LIMIT ${inboxCap})`),
        together(tab),
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
          together(tab),
        );
  const items = await rq.db.many<CaseRow>(sql`
    SELECT ${caseColumns(rq)}, 0 AS evidence FROM (
      SELECT * FROM (${found}) f ORDER BY f.rank, f.due_on, f.id LIMIT ${q.limit} OFFSET ${q.offset}) f
    JOIN cases c ON c.id = f.id ${caseJoins} ORDER BY f.rank, f.due_on, f.id`);
  return { items, total };
}

/** Of those that stand for many below: how many the reader can see, how many have answered and how many are late. */
export async function countBelow(rq: Rq, items: readonly CaseRow[]) {
  const folded = toldAsAbove();
  const above = items.filter((c) => folded.some((w) => w.toldAs === c.type)).map((c) => c.id);
  const rows = await rq.db.many<{ id: string; of: number; answered: number; late: number }>(sql`
    SELECT c.parent_id AS id, count(*)::int AS of, (count(*) FILTER (WHERE c.waits_for IS NULL))::int AS answered,
      (count(*) FILTER (WHERE c.closed_at IS NULL AND c.due_on < ${dayOf(rq.now)}::date))::int AS late
    FROM cases c WHERE c.parent_id = ANY (${above}::uuid[]) AND c.type = ANY (${folded.map((w) => w.type)}::text[])
      AND ${visible(rq, 'c.unit_path')} GROUP BY c.parent_id LIMIT ${items.length}`);
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}
