import type { CaseSource } from '../../../domain/records/facts/index.ts';
import { empty, join, raw, sql, type Sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import type { Targets } from './leaves.ts';
import {
  afterEnd,
  amountOf,
  conds,
  dayOf,
  type Days,
  dutyStands,
  isObjectOf,
  joined,
  keyOf,
  list,
  onTypes,
  within,
} from './sql-parts.ts';

const keys = {
  unit: sql`r.unit_id::text`,
  type: sql`r.type`,
  owner: sql`r.owner_person_id::text`,
  raiser: sql`r.raised_by::text`,
  subject: sql`coalesce(r.subject_id, r.id)::text`,
  star: sql`r.star`,
};

const firstStep = (state: string) =>
  sql`(SELECT min(st.at) FROM case_steps st WHERE st.case_id = r.id AND st.to_state = ${state})`;

/** What a case adds: a field of its own, the hours from acceptance to completion, or the year of its cycle. */
function caseAmount(s: CaseSource): Sql {
  if (s.amount === 'hours')
    return sql`(extract(epoch FROM ${firstStep('done')} - ${firstStep('accepted')})::numeric / 3600)`;
  if (s.amount !== 'year') return amountOf('r.data', s);
  return sql`coalesce((r.data ->> 'year')::numeric, (SELECT (y.data ->> 'year')::numeric FROM cases y WHERE y.id = r.parent_id))`;
}

/** The state of a case at the end of the period: as it is now, or as its steps left it then. */
function stateAt(d: Days): Sql {
  if (!d.past) return sql`r.state`;
  const end = afterEnd(d);
  return sql`CASE WHEN r.changed_at < ${end} THEN r.state ELSE coalesce(
    (SELECT st.to_state FROM case_steps st WHERE st.case_id = r.id AND st.at < ${end} ORDER BY st.at DESC, st.seq DESC LIMIT 1),
    (SELECT nullif(st.from_state, '') FROM case_steps st WHERE st.case_id = r.id AND st.at >= ${end} ORDER BY st.at, st.seq LIMIT 1),
    r.state) END`;
}

function timeOf(s: CaseSource, d: Days): Sql {
  const opened = dayOf('r.opened_at');
  const closed = dayOf('r.closed_at');
  // What belongs to a cycle counts for its year, on whichever day it was opened.
  if (s.ofCycle)
    return sql`EXISTS (SELECT 1 FROM cases y WHERE y.id = r.parent_id AND y.data ->> 'year' = ${String(d.year)})`;
  const happened = s.dated ? sql`(r.data ->> ${s.dated})::date` : opened;
  const open = sql`${opened} <= ${d.at}::date AND (r.closed_at IS NULL OR ${closed} > ${d.at}::date)`;
  switch (s.when) {
    case 'opened':
      return within(happened, d);
    case 'closed':
      return within(closed, d);
    case 'due':
      return within(sql`r.due_on`, d);
    case 'reached':
      return sql`EXISTS (SELECT 1 FROM case_steps st WHERE st.case_id = r.id AND st.to_state = ANY (${list(s.states ?? [])})
        AND ${within(dayOf('st.at'), d)})`;
    case 'open':
      return open;
    case 'overdue':
      return sql`${open} AND r.due_on < ${d.at}::date`;
    case 'there':
      return sql`${happened} <= ${d.at}::date`;
  }
}

/** In which state it must be; of a cycle the latest counts, because a cycle ends after its year. */
function stateOf(s: CaseSource, d: Days): Sql {
  if (!s.states) return empty;
  return sql`AND ${s.ofCycle ? sql`r.state` : stateAt(d)} = ANY (${list(s.states)})`;
}

/** In the same month the raiser was also in a place of each of these duties of theirs. */
function visiting(s: CaseSource, d: Days): Sql {
  const month = (column: string) => sql`left(${raw(column)} ->> 'on', 7)`;
  const parts = (s.visiting ?? []).map(
    (
      role,
    ) => sql`AND EXISTS (SELECT 1 FROM cases v JOIN assignments va ON va.person_id = v.raised_by AND va.role = ${role}
      AND v.unit_path ^@ va.unit_path AND ${dutyStands('va', d.at)}
      WHERE v.type = r.type AND v.raised_by = r.raised_by AND ${month('v.data')} = ${month('r.data')})`,
  );
  return parts.length === 0 ? empty : join(parts, ' ');
}

function narrowed(s: CaseSource, d: Days): Sql {
  const closed = dayOf('r.closed_at');
  const parts = [
    s.star && sql`AND r.star = ${s.star}`,
    s.titled && sql`AND r.title LIKE ${`%${s.titled}%`}`,
    s.childOf &&
      sql`AND EXISTS (SELECT 1 FROM cases pc WHERE pc.id = r.parent_id AND pc.type = ANY (${list(s.childOf)}))`,
    s.onTime !== undefined &&
      sql`AND (r.due_on IS NULL OR ${closed} <= r.due_on) IS ${raw(s.onTime ? 'TRUE' : 'NOT TRUE')}`,
    s.ownerRole &&
      sql`AND EXISTS (SELECT 1 FROM assignments wo WHERE wo.person_id = r.owner_person_id AND wo.role = ANY (${list(s.ownerRole)})
        AND ${dutyStands('wo', d.at)})`,
    s.touchedDays &&
      sql`AND EXISTS (SELECT 1 FROM case_steps ts WHERE ts.case_id = r.id
        AND ${dayOf('ts.at')} BETWEEN ${d.at}::date - ${s.touchedDays}::int AND ${d.at}::date)`,
    s.funded &&
      sql`AND EXISTS (SELECT 1 FROM books fb JOIN entry_lines fl ON fl.book_id = fb.id JOIN accounts fa ON fa.id = fl.account_id
        WHERE fb.case_id = r.id AND fa.class = 'income' AND fl.on_day <= ${d.at}::date)`,
    s.about &&
      sql`AND EXISTS (SELECT 1 FROM subjects ab WHERE ab.id = r.subject_id AND ${conds('ab.data', s.about, d)})`,
    s.linkedBy &&
      sql`AND EXISTS (SELECT 1 FROM subjects ls JOIN assignments li ON li.object_id IN (ls.place, ls.name) AND ls.unit_path ^@ li.unit_path
        WHERE ls.id = r.subject_id AND li.role = ANY (${list(s.linkedBy)}) AND ${dutyStands('li', d.at)})`,
    s.asked &&
      sql`AND EXISTS (SELECT 1 FROM cases qc WHERE qc.id::text = r.data ->> ${s.asked} AND ${within(dayOf('qc.opened_at'), d)})`,
    s.amount === 'hours' && sql`AND ${firstStep('accepted')} IS NOT NULL AND ${firstStep('done')} IS NOT NULL`,
  ].filter((part): part is Sql => Boolean(part));
  return parts.length === 0 ? empty : join(parts, ' ');
}

export function casesSql(rq: Rq, t: Targets, s: CaseSource, d: Days): Sql {
  const day = s.dated ? sql`(r.data ->> ${s.dated})::date` : dayOf('r.opened_at');
  return sql`SELECT t.unit_id, 'case' AS kind, r.id::text AS id, r.unit_id AS at_unit, r.title AS label, ${day} AS as_of,
      ${caseAmount(s)} AS amount, ${keyOf(keys, s, 'r.data', day)} AS key
    ${joined(rq, t, 'cases')}
    WHERE r.type = ANY (${list(s.types)}) AND ${timeOf(s, d)} AND ${conds('r.data', s.has, d)} ${stateOf(s, d)} ${narrowed(s, d)}
      ${visiting(s, d)} ${isObjectOf(s.onRole, d.at)} ${onTypes(s.onTypes)}`;
}
