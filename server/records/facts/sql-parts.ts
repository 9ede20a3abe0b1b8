import { catalogues } from '../../../domain/records/catalogues/index.ts';
import type { Cond } from '../../../domain/records/facts/index.ts';
import { all, empty, json, raw, sql, type Sql, under } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import type { Targets } from './leaves.ts';
import { permitted } from './store.ts';

/** The days a leaf looks at; `from` is null when everything up to the end counts. */
export interface Days {
  readonly from: string | null;
  readonly at: string;
  readonly year: number;
  /** The period as it was asked for. */
  readonly period: string;
  /** The end lies behind us: what stands is read as it stood then. */
  readonly past: boolean;
}

/** From this many units on each record is asked which units it counts for, instead of each unit for its records. */
export const manyTargets = 200;

/** Every path at which a unit has stood, named t. */
export function formerPaths(rq: Rq, t: Targets): Sql {
  return sql`(SELECT w.unit_id, w.path, w.path_end FROM unit_paths(${[...t.ids]}::int[]) w JOIN units q ON q.id = w.unit_id
    WHERE ${permitted(rq, 'facts.read', ['q.unit_path'])}) t`;
}

/**
 * The versions that stood at the path t or below it. Written as one look-up a path: a plan for any number of paths compares
 * each version of the country with each of them.
 */
export const versionsBelow = sql`(SELECT v.* FROM unit_versions v
    WHERE v.unit_path >= t.path COLLATE "C" AND v.unit_path < t.path_end COLLATE "C" OFFSET 0)`;

/**
 * Joins the rows of a table or query (named r) to the units they count for (t.unit_id). Gathered by place, a row comes once and
 * t.unit_id is the path at which it stands: whoever counts then adds up the places before going up the tree.
 */
export function joined(rq: Rq, t: Targets, from: string | Sql): Sql {
  const rows = typeof from === 'string' ? raw(from) : sql`(${from})`;
  const permittedHere = permitted(rq, 'facts.read', ['r.unit_path']);
  if (t.byPlace)
    return sql`FROM ${rows} r CROSS JOIN LATERAL (SELECT r.unit_path AS unit_id WHERE ${permittedHere}
        ${from === 'unit_versions' ? empty : sql`AND ${under('r.unit_path', t.root ?? '')}`}) t`;
  // Versions keep the path at which a unit stood: a unit that moved also counts what stood at its former place.
  if (from === 'unit_versions' && t.ids.length < manyTargets)
    return sql`FROM ${formerPaths(rq, t)} CROSS JOIN LATERAL ${versionsBelow} r`;
  if (t.ids.length < manyTargets)
    return sql`FROM (SELECT u.id AS unit_id, u.unit_path AS path, left(u.unit_path, -1) || '/' AS path_end FROM units u
        WHERE u.id = ANY (${[...t.ids]}::int[]) AND ${permitted(rq, 'facts.read', ['u.unit_path'])}) t
      JOIN ${rows} r ON r.unit_path >= t.path AND r.unit_path < t.path_end`;
  return sql`FROM ${rows} r CROSS JOIN LATERAL unnest(string_to_array(r.unit_path, '.', '')::int[]) AS s (id)
    JOIN unnest(${[...t.ids]}::int[]) AS t (unit_id) ON t.unit_id = s.id AND ${permittedHere}`;
}

/** Days are days in China, wherever the server stands. */
export const dayOf = (column: string) => sql`(${raw(column)} AT TIME ZONE 'Asia/Shanghai')::date`;

/** The first moment after the last day. */
export const afterEnd = (d: Days) => sql`((${d.at}::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')`;

export function within(day: Sql, { from, at }: Days): Sql {
  return from === null ? sql`${day} <= ${at}::date` : sql`${day} BETWEEN ${from}::date AND ${at}::date`;
}

export const list = (values: readonly string[]) => sql`${[...values]}::text[]`;

/** The keys of a catalogue as the instance set it, or as it is declared. */
export function catalogueKeys(name: string): Sql {
  const declared = json(Object.keys(catalogues[name]!.items));
  return sql`coalesce((SELECT jsonb_agg(i ->> 'key') FROM catalogues k, jsonb_array_elements(k.items) i WHERE k.name = ${name}),
    ${declared}::jsonb)`;
}

/** Conditions on fields of the kind; names and values come from the catalogue, never from a request. */
export function conds(column: string, has: readonly Cond[] | undefined, d: Days): Sql {
  const parts = (has ?? []).map((c) => {
    const value = sql`${raw(column)} ->> ${c.field}`;
    const items = sql`coalesce(${raw(column)} -> ${c.field}, '[]'::jsonb)`;
    return all([
      c.is !== undefined && sql`${value} = ${String(c.is)}`,
      c.in && sql`${value} = ANY (${[...c.in]}::text[])`,
      c.atLeast !== undefined && sql`(${value})::numeric >= ${c.atLeast}`,
      c.atLeastField && sql`(${value})::numeric >= (${raw(column)} ->> ${c.atLeastField})::numeric`,
      c.set && sql`coalesce(${value}, '') <> ''`,
      c.year && sql`${value} = ${String(d.year)}`,
      c.within && sql`${value} LIKE ${`${d.period}%`}`,
      c.holds && sql`(${items} @> to_jsonb(${c.holds}::text) OR ${items} = '[]'::jsonb)`,
      c.allOf && sql`${items} @> ${catalogueKeys(c.allOf)}`,
    ]);
  });
  return all(parts);
}

export function amountOf(column: string, s: { amount?: string; times?: string; per?: number }): Sql {
  if (s.amount === undefined) return sql`1::numeric`;
  const field = (name: string) => sql`coalesce((${raw(column)} ->> ${name})::numeric, 0)`;
  const value = s.times ? sql`${field(s.amount)} * ${field(s.times)}` : field(s.amount);
  return s.per ? sql`${value} / ${s.per}` : value;
}

/** By what records are told apart: a column that the table has, or else a field of the kind; of each month by itself. */
export function keyOf(
  known: Readonly<Record<string, Sql>>,
  s: { readonly key?: string; readonly monthly?: true },
  column: string,
  day: Sql,
): Sql {
  if (s.key === undefined) return sql`r.id::text`;
  const key = Object.hasOwn(known, s.key) ? known[s.key]! : sql`${raw(column)} ->> ${s.key}`;
  return s.monthly ? sql`${key} || to_char(${day}, ' YYYY-MM')` : key;
}

/** County, township, village or estate: the level on which a unit of the type stands. */
export const tierOf = (type: Sql) => sql`CASE WHEN ${type} IN ('township', 'street') THEN 'township'
  WHEN ${type} IN ('village', 'community') THEN 'village' ELSE ${type} END`;

export const agreementStands = (name: string, at: string) => {
  const n = raw(name);
  return sql`${n}.in_force_on IS NOT NULL AND ${n}.in_force_on <= ${at}::date AND (${n}.ended_on IS NULL OR ${n}.ended_on > ${at}::date)
    AND (${n}.to_day IS NULL OR ${n}.to_day >= ${at}::date)`;
};

/** A subject (named by the alias) that is party in a role to an agreement of these kinds in force. */
export const isBound = (alias: string, kinds: readonly string[], role: string, at: string) => sql`EXISTS (
  SELECT 1 FROM agreement_parties bp JOIN agreements bg ON bg.id = bp.agreement_id
  WHERE bp.subject_id = ${raw(alias)}.id AND bp.role = ${role} AND bg.kind = ANY (${list(kinds)}) AND ${agreementStands('bg', at)})`;

/** Duties (named by the alias) in force at the end. */
export const dutyStands = (alias: string, at: string) => {
  const a = raw(alias);
  return sql`${a}.from_day <= ${at}::date AND (${a}.to_day IS NULL OR ${a}.to_day > ${at}::date)`;
};

/** The unit of row r is the object of this duty. */
export const isObjectOf = (role: string | undefined, at: string) =>
  role === undefined
    ? empty
    : sql`AND EXISTS (SELECT 1 FROM assignments ko WHERE ko.role = ${role} AND ko.unit_id = r.unit_id AND ${dutyStands('ko', at)})`;

export const onTypes = (types: readonly string[] | undefined) =>
  types && types.length > 0
    ? sql`AND EXISTS (SELECT 1 FROM units uo WHERE uo.id = r.unit_id AND uo.type = ANY (${list(types)}))`
    : empty;
