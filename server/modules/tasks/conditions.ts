import { isPaused } from '../../../domain/records/cases/index.ts';
import { workflows } from '../../../domain/records/cases/all.ts';
import type { Colour } from '../../../domain/records/cases/light.ts';
import type { ItemList, LedgerFault, LedgerQuery } from '../../../domain/tasks/index.ts';
import { all, likeText, sql, type Sql, under } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { readableCase } from '../../records/cases/index.ts';
import type { Days } from './days.ts';

/** Types whose cases the ledgers hold, and the states in which their time stands still. */
export const ledgerTypes = Object.values(workflows).flatMap((w) => (w.escalates ? [w.type] : []));
const pausedStates = [
  ...new Set(
    Object.values(workflows).flatMap((w) => (w.escalates ? Object.keys(w.states).filter((s) => isPaused(w, s)) : [])),
  ),
];

/** One set of records: a problem that was handed to somebody is a task as well, with the same owner and the same day. */
const listed: Record<ItemList, Sql> = {
  tasks: sql`(c.type = 'task' OR (c.type = 'problem' AND c.state NOT IN ('found', 'dropped')))`,
  problems: sql`c.type = 'problem'`,
};

const paused = sql`c.state = ANY (${pausedStates}::text[])`;
export const open = sql`c.closed_at IS NULL`;

export const lightIs = (colour: Colour, days: Days): Sql =>
  ({
    red: sql`c.due_on < ${days.today}::date`,
    yellow: sql`(c.due_on >= ${days.today}::date AND c.due_on < ${days.greenFrom}::date)`,
    green: sql`c.due_on >= ${days.greenFrom}::date`,
    none: sql`c.due_on IS NULL`,
  })[colour];

export const isStale = (days: Days): Sql =>
  sql`((c.changed_at AT TIME ZONE 'Asia/Shanghai')::date <= ${days.staleUntil}::date AND NOT ${paused})`;

const found = sql`(c.type = 'problem' AND c.state = 'found')`;
export const faultIs: Record<LedgerFault, Sql> = {
  'no-task': found,
  'no-owner': sql`(NOT ${found} AND c.owner_person_id IS NULL AND c.owner_unit_id IS NULL)`,
  'no-criterion': sql`c.data ->> 'criterion' IS NULL`,
  'no-deadline': sql`(c.due_on IS NULL AND NOT ${paused})`,
};

export interface Scoped {
  readonly list?: ItemList | undefined;
  readonly underPath?: string | undefined;
  readonly star?: string | undefined;
}

/** The open items of a list in a place; what a reader may not see is not there. */
export function itemsIn(rq: Rq, s: Scoped): Sql {
  return all([
    readableCase(rq, false),
    s.list === undefined ? sql`c.type = ANY (${ledgerTypes}::text[])` : listed[s.list],
    s.underPath !== undefined && under('c.unit_path', s.underPath),
    s.star !== undefined && sql`c.star = ${s.star}`,
  ]);
}

export type Search = Omit<LedgerQuery, 'under'> & { readonly underPath?: string | undefined };

export function matching(rq: Rq, s: Search, days: Days): Sql {
  const flag = (wanted: boolean | undefined, is: Sql) =>
    wanted === undefined ? null : wanted ? is : sql`NOT coalesce(${is}, false)`;
  return all([
    itemsIn(rq, s),
    s.open ? open : sql`c.closed_at IS NOT NULL`,
    s.here === true && s.underPath !== undefined && sql`c.unit_path = ${s.underPath}`,
    s.criterion !== undefined && sql`c.data ->> 'criterion' = ${s.criterion}`,
    s.light !== undefined && all([open, lightIs(s.light, days)]),
    s.owner === 'none' && sql`c.owner_person_id IS NULL AND c.owner_unit_id IS NULL`,
    s.owner === 'me' && sql`c.owner_person_id = ${rq.actor.personId}::uuid`,
    s.owner !== undefined && s.owner !== 'none' && s.owner !== 'me' && sql`c.owner_person_id = ${s.owner}`,
    s.ownerUnit !== undefined && sql`c.owner_person_id IS NULL AND c.owner_unit_id = ${s.ownerUnit}`,
    flag(s.escalated, sql`c.escalated_to IS NOT NULL`),
    flag(s.stale, all([open, isStale(days)])),
    s.fault !== undefined && all([open, faultIs[s.fault]]),
    s.severity === 'key' && sql`c.data ->> 'severity' = 'key'`,
    s.severity === 'ordinary' && sql`c.type = 'problem' AND c.data ->> 'severity' IS DISTINCT FROM 'key'`,
    s.tag !== undefined && sql`c.tags @> ARRAY[${s.tag}]`,
    s.q ? sql`c.title ILIKE ${`%${likeText(s.q)}%`}` : null,
  ]);
}
