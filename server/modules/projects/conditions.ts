import { type Grouping, type ProjectQuery, projectTypes } from '../../../domain/projects/index.ts';
import { all, likeText, sql, type Sql, under } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { readableCase } from '../../records/cases/index.ts';
import { readableBook } from '../../records/ledgers/index.ts';

export type Search = Omit<ProjectQuery, 'under'> & { readonly underPath?: string | undefined };

/** States in which a work stands finished before everybody: then budget and cost can be compared. */
const doneStates = ['accepted', 'handed-over', 'published', 'done'];
export const isDone = sql`c.state = ANY (${doneStates}::text[])`;

/** What was approved to be spent; small renewals say what they cost instead of having a budget. */
export const budget = sql`(coalesce(c.data ->> 'budgetFen', c.data ->> 'costFen'))::bigint`;

/** What the books of a case say, from balances that are kept; null where there is no book that the reader may see. */
export function booksOf(rq: Rq): Sql {
  const given = sql`a.code LIKE 'expense:contributed-%'`;
  const inMoney = sql`b.kind = 'project'`;
  return sql`LATERAL (
    SELECT sum(k.balance) FILTER (WHERE ${inMoney} AND a.class = 'expense' AND NOT ${given})::bigint AS actual,
      sum(k.balance) FILTER (WHERE ${inMoney} AND ${given})::bigint AS contributed,
      (-sum(k.balance) FILTER (WHERE ${inMoney} AND (a.code = 'income:funds' OR a.code LIKE 'income:funds:%')))::bigint AS received,
      (-sum(k.balance) FILTER (WHERE b.kind = 'project-labour' AND a.code = 'income:labour'))::bigint AS labour,
      (-sum(k.balance) FILTER (WHERE b.kind = 'project-labour' AND a.code = 'income:machines'))::bigint AS machines,
      bool_or(${inMoney}) AS kept
    FROM books b JOIN accounts a ON a.book_id = b.id JOIN account_balances k ON k.account_id = a.id
    WHERE b.case_id = c.id AND b.kind IN ('project', 'project-labour') AND ${readableBook(rq)}) m`;
}

/** The amounts of the row as they are told: with a book, what was never posted is zero; without one it is not known. */
export const told = {
  actual: sql`CASE WHEN m.kept THEN coalesce(m.actual, 0) END`,
  contributed: sql`CASE WHEN m.kept THEN coalesce(m.contributed, 0) END`,
  received: sql`CASE WHEN m.kept THEN coalesce(m.received, 0) END`,
};

export const programmeJoin = sql`LEFT JOIN cases p ON p.id = c.parent_id AND p.type = 'programme'`;

export function matching(rq: Rq, s: Search): Sql {
  const is = (field: string, value: string | undefined) => value !== undefined && sql`c.data ->> ${field} = ${value}`;
  const flag = (wanted: boolean | undefined, that: Sql) =>
    wanted === undefined ? null : wanted ? that : sql`NOT coalesce(${that}, false)`;
  return all([
    readableCase(rq, false),
    s.type === undefined ? sql`c.type = ANY (${[...projectTypes]}::text[])` : sql`c.type = ${s.type}`,
    s.underPath !== undefined && under('c.unit_path', s.underPath),
    s.here === true && s.underPath !== undefined && sql`c.unit_path = ${s.underPath}`,
    s.stage !== undefined && sql`c.state = ${s.stage}`,
    is('use', s.use),
    s.class !== undefined && sql`coalesce(c.data ->> 'class', c.data ->> 'kind') = ${s.class}`,
    s.programmeId !== undefined && sql`c.parent_id = ${s.programmeId}`,
    s.system !== undefined && sql`p.data ->> 'system' = ${s.system}`,
    flag(s.key, sql`c.data -> 'key' = 'true'::jsonb`),
    s.ownerUnit !== undefined && sql`c.owner_unit_id = ${s.ownerUnit}`,
    flag(s.open, sql`c.closed_at IS NULL`),
    flag(s.late, sql`(c.closed_at IS NULL AND c.due_on < ${dayOf(rq.now)}::date)`),
    flag(s.over, sql`m.actual > ${budget}`),
    s.q ? sql`c.title ILIKE ${`%${likeText(s.q)}%`}` : null,
  ]);
}

/** The key by which works are grouped. Of units, the one directly below the path that is looked at; null is itself. */
export function groupKey(by: Grouping, underPath: string | undefined): Sql {
  const depth = (underPath ?? '').split('.').length;
  return {
    unit: sql`nullif(split_part(c.unit_path, '.', ${depth}::int), '')`,
    use: sql`c.data ->> 'use'`,
    class: sql`coalesce(c.data ->> 'class', c.data ->> 'kind')`,
    programme: sql`p.id::text`,
    system: sql`p.data ->> 'system'`,
    stage: sql`c.state`,
  }[by];
}
