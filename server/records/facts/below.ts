import { compareDecimals, type Expr, type Span, type UnitsWhere } from '../../../domain/records/facts/index.ts';
import { raw, sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayAt, type LeafValue, type Targets } from './leaves.ts';
import { formerPaths } from './sql-parts.ts';
import { permitted } from './store.ts';

/** Evaluates an expression for units of one's own choosing; given by the evaluation of figures, which calls this file. */
export type EvaluateFor = (expr: Expr, unitIds: readonly number[], span: Span) => Promise<Map<number, LeafValue>>;

/** Each target with the units of a kind that stand below it (or are it). */
export type Below = ReadonlyMap<number, readonly number[]>;

/** The units of these types in use at the end of the period. One text for each target, because rows cost more than numbers. */
async function unitsBelow(rq: Rq, t: Targets, types: readonly string[], at: string): Promise<Below> {
  // Written out as one look-up a path: a plan for any number of paths compares each version with each of them.
  const rows = await rq.db.many<{ target: number; ids: string }>(sql`
    SELECT t.unit_id AS target, string_agg(v.unit_id::text, ' ' ORDER BY v.unit_path) AS ids FROM ${formerPaths(rq, t)} CROSS JOIN LATERAL (
      SELECT v.unit_id, v.unit_path FROM unit_versions v
      WHERE v.unit_path >= t.path COLLATE "C" AND v.unit_path < t.path_end COLLATE "C" AND v.type = ANY (${[...types]}::text[])
        AND v.valid_from <= ${at}::date AND (v.valid_to IS NULL OR v.valid_to > ${at}::date)
        AND ${permitted(rq, 'facts.read', ['v.unit_path'])} OFFSET 0) v
    GROUP BY t.unit_id`);
  return new Map(rows.map(({ target, ids }) => [target, ids.split(' ').map(Number)]));
}

type AskBelow<T> = (t: Targets, types: readonly string[], at: string) => Promise<T>;

/** The same question is asked once. */
function askedOnce<T>(ask: AskBelow<T>): AskBelow<T> {
  const known = new Map<string, Promise<T>>();
  return (t, types, at) => {
    const name = [types, at, t.ids].join(' ');
    const found = known.get(name) ?? ask(t, types, at);
    known.set(name, found);
    return found;
  };
}

/** Finds the units below. */
export type FindBelow = AskBelow<Below>;

export const findBelow = (rq: Rq): FindBelow => askedOnce((t, types, at) => unitsBelow(rq, t, types, at));

async function unitsHavingBelow(
  rq: Rq,
  t: Targets,
  types: readonly string[],
  at: string,
): Promise<ReadonlySet<number>> {
  const rows = await rq.db.many<{ id: number }>(sql`
    SELECT DISTINCT t.unit_id AS id FROM ${formerPaths(rq, t)} WHERE EXISTS (
      SELECT 1 FROM unit_versions v
      WHERE v.unit_path >= t.path COLLATE "C" AND v.unit_path < t.path_end COLLATE "C" AND v.type = ANY (${[...types]}::text[])
        AND v.valid_from <= ${at}::date AND (v.valid_to IS NULL OR v.valid_to > ${at}::date)
        AND ${permitted(rq, 'facts.read', ['v.unit_path'])})`);
  return new Set(rows.map((r) => r.id));
}

/** The targets below which there is any unit of these types; asked where no look at the units themselves is needed. */
export type HavingBelow = AskBelow<ReadonlySet<number>>;

export const havingBelow = (rq: Rq): HavingBelow => askedOnce((t, types, at) => unitsHavingBelow(rq, t, types, at));

/** A unit that meets the condition, with the number by which it does. */
export interface Meeting {
  readonly unitId: number;
  readonly value: LeafValue;
}

/**
 * Of each target the units below that meet the condition. A target of whose units none answers has no entry: that is not known;
 * where no unit of the kind stands below, none of them meets anything.
 */
export async function unitsMeeting(
  rq: Rq,
  t: Targets,
  expr: UnitsWhere,
  span: Span,
  evaluate: EvaluateFor,
  find: FindBelow = findBelow(rq),
): Promise<Map<number, Meeting[]>> {
  const below = await find(t, expr.types, dayAt(rq, span));
  const ids = [...new Set([...below.values()].flat())];
  const among = expr.among ? await evaluate(expr.among, ids, span) : null;
  const chosen = among ? new Set(ids.filter((id) => compareDecimals(among.get(id)?.value ?? '0', '1') >= 0)) : null;
  const values = await evaluate(expr.part, chosen ? [...chosen] : ids, span);
  const meets = ({ value }: LeafValue) => {
    if (expr.take) return true;
    const by = compareDecimals(value, expr.atLeast);
    return expr.exactly ? by === 0 : by >= 0;
  };
  const meeting = new Map(
    ids.flatMap((unitId) => {
      const value = values.get(unitId);
      return value && meets(value) ? [[unitId, { unitId, value }] as const] : [];
    }),
  );
  const found = new Map<number, Meeting[]>();
  for (const target of t.ids) {
    const here = below.get(target);
    if (!here && expr.take === 'max') continue;
    if (here && !here.some((id) => values.has(id) || (chosen && !chosen.has(id)))) continue;
    found.set(target, here?.flatMap((id) => meeting.get(id) ?? []) ?? []);
  }
  return found;
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
