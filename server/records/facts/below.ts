import { compareDecimals, type Expr, type Span, type UnitsWhere } from '../../../domain/records/facts/index.ts';
import { raw, sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayAt, type LeafValue, type Targets } from './leaves.ts';
import { formerPaths } from './sql-parts.ts';
import { permitted } from './store.ts';

/** Evaluates an expression for units of one's own choosing; given by the evaluation of figures, which calls this file. */
export type EvaluateFor = (expr: Expr, unitIds: readonly number[], span: Span) => Promise<Map<number, LeafValue>>;

export interface UnitBelow {
  readonly target: number;
  readonly unitId: number;
  readonly name: string;
}

/** The units of these types in use at the end of the period, one row for each target they stand below (or are). */
function unitsBelow(rq: Rq, t: Targets, types: readonly string[], at: string): Promise<UnitBelow[]> {
  // Written out as one look-up a path: a plan for any number of paths compares each version with each of them.
  return rq.db.many<UnitBelow>(sql`
    SELECT t.unit_id AS target, v.unit_id AS "unitId", v.name FROM ${formerPaths(rq, t)} CROSS JOIN LATERAL (
      SELECT v.unit_id, v.unit_path, v.name FROM unit_versions v
      WHERE v.unit_path >= t.path COLLATE "C" AND v.unit_path < t.path_end COLLATE "C" AND v.type = ANY (${[...types]}::text[])
        AND v.valid_from <= ${at}::date AND (v.valid_to IS NULL OR v.valid_to > ${at}::date)
        AND ${permitted(rq, 'facts.read', ['v.unit_path'])} OFFSET 0) v
    ORDER BY v.unit_path`);
}

/** Finds the units below; the same question is asked once. */
export type FindBelow = (t: Targets, types: readonly string[], at: string) => Promise<UnitBelow[]>;

export function findBelow(rq: Rq): FindBelow {
  const known = new Map<string, Promise<UnitBelow[]>>();
  return (t, types, at) => {
    const name = [types, at, t.ids].join(' ');
    const found = known.get(name) ?? unitsBelow(rq, t, types, at);
    known.set(name, found);
    return found;
  };
}

export interface Meeting extends UnitBelow {
  readonly value: LeafValue;
}

/** The units below that meet the condition, with the number by which they do. */
export async function unitsMeeting(
  rq: Rq,
  t: Targets,
  expr: UnitsWhere,
  span: Span,
  evaluate: EvaluateFor,
  find: FindBelow = findBelow(rq),
): Promise<{ meeting: Meeting[]; answered: ReadonlySet<number> }> {
  const below = await find(t, expr.types, dayAt(rq, span));
  const ids = [...new Set(below.map((b) => b.unitId))];
  const among = expr.among ? await evaluate(expr.among, ids, span) : null;
  const chosen = among ? ids.filter((id) => compareDecimals(among.get(id)?.value ?? '0', '1') >= 0) : ids;
  const values = await evaluate(expr.part, chosen, span);
  const meets = ({ value }: LeafValue) => {
    if (expr.take) return true;
    const by = compareDecimals(value, expr.atLeast);
    return expr.exactly ? by === 0 : by >= 0;
  };
  const meeting = below.flatMap((b) => {
    const value = values.get(b.unitId);
    return value && meets(value) ? [{ ...b, value }] : [];
  });
  const answered = new Set(
    below.filter((b) => values.has(b.unitId) || (among && !chosen.includes(b.unitId))).map((b) => b.target),
  );
  // Where no unit of the kind stands below, none of them meets anything.
  const having = new Set(below.map((b) => b.target));
  for (const id of t.ids) if (!having.has(id) && expr.take !== 'max') answered.add(id);
  return { meeting, answered };
}

/** Units that are compared with each other: townships with streets, villages with communities. */
const likeOf = (column: string) => sql`CASE WHEN ${raw(column)}.type IN ('township', 'street') THEN 'township'
  WHEN ${raw(column)}.type IN ('village', 'community') THEN 'village' ELSE ${raw(column)}.type END`;

/** Of each target the group in which it is ranked, and who else is in it: like it, in the same city or else county. */
function peersOf(rq: Rq, t: Targets): Promise<{ targets: number[]; peers: number[] }[]> {
  return rq.db.many(sql`
    WITH top AS (SELECT u.id, ${likeOf('u')} AS likeness, o.unit_path AS path FROM units u
      JOIN LATERAL (SELECT o.unit_path FROM units o WHERE o.type IN ('city', 'county') AND o.id <> u.id
        AND o.id = ANY (string_to_array(u.unit_path, '.', '')::int[]) AND ${permitted(rq, 'facts.read', ['o.unit_path'])}
        ORDER BY length(o.unit_path) LIMIT 1) o ON TRUE
      WHERE u.id = ANY (${[...t.ids]}::int[])),
    grouped AS (SELECT path, likeness, array_agg(id) AS targets FROM top GROUP BY path, likeness)
    SELECT g.targets, array_agg(p.id) AS peers FROM grouped g
    JOIN units p ON p.unit_path ^@ g.path AND ${likeOf('p')} = g.likeness AND p.valid_to IS NULL
    GROUP BY g.path, g.likeness, g.targets`);
}

/** Rank (1 = highest) of each target among its peers that can be seen beside it; ties share a rank. */
export async function ranksOf(
  rq: Rq,
  t: Targets,
  part: Expr,
  span: Span,
  evaluate: EvaluateFor,
): Promise<Map<number, LeafValue>> {
  const groups = await peersOf(rq, t);
  const values = await evaluate(part, [...new Set(groups.flatMap((g) => g.peers))], span);
  const ranks = new Map<number, LeafValue>();
  for (const { targets, peers } of groups) {
    const scores = peers.flatMap((id) => values.get(id)?.value ?? []).toSorted((a, b) => compareDecimals(b, a));
    for (const id of targets) {
      const own = values.get(id);
      if (!own) continue;
      const rank = scores.findIndex((score) => compareDecimals(score, own.value) === 0) + 1;
      ranks.set(id, { ...own, value: String(rank), factId: null });
    }
  }
  return ranks;
}
