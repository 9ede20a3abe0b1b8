import {
  endOf,
  finerThan,
  firstDay,
  isWeek,
  lastDay,
  type Leaf,
  metric,
  type MetricKey,
  monthsIn,
  quartersIn,
  type RecordsLeaf,
  type Span,
  spanOn,
} from '../../../domain/records/facts/index.ts';
import { all, empty, sql, type Sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { recordsOf } from './records-sql.ts';
import { type Days, formerPaths, manyTargets, versionsBelow } from './sql-parts.ts';
import { permitted } from './store.ts';

/** One leaf counted for one unit. */
export interface LeafValue {
  readonly value: string;
  readonly records: number;
  readonly asOf: string | null;
  readonly asOfFirst: string | null;
  readonly source: string | null;
  readonly sources: number;
  readonly factId: string | null;
}

export interface LeafRow extends LeafValue {
  readonly unitId: number;
  readonly metric: string;
}

/** Which units a leaf is counted for; `within` keeps to what counted below one parent, so that children add up to it. */
export interface Targets {
  readonly ids: readonly number[];
  readonly within?: number | undefined;
  /** What stands above all of them: rows elsewhere need not be looked at. */
  readonly root?: string | undefined;
  /** Rows come once with the path at which they stand, and are added up the tree afterwards. */
  readonly byPlace?: true;
}

/** The longest path above all of these units, so that a county is not looked for in its whole province. */
export async function rootOf(rq: Rq, ids: readonly number[]): Promise<string> {
  if (ids.length < manyTargets) return '';
  const { first, last } = await rq.db.one<{ first: string | null; last: string | null }>(
    sql`SELECT min(unit_path) AS first, max(unit_path) AS last FROM units WHERE id = ANY (${[...ids]}::int[])`,
  );
  if (first === null || last === null) return '';
  let end = 0;
  for (let i = 0; i < first.length && first[i] === last[i]; i++) if (first[i] === '.') end = i + 1;
  return first.slice(0, end);
}

export function spanOf(rq: Rq, period: string): Span {
  return spanOn(dayOf(rq.now), period);
}

/**
 * Up to so many ranges of the index (unit, metric, period) are looked up one by one. Written out as look-ups, because a plan
 * made for any number of units, metrics and periods reads every number of a metric to find those of one county.
 */
const manyRanges = 4_000;

/** The numbers of each of these units, metrics and periods: one range of the index `facts_rollup` each. */
function ranges(t: Targets, keys: readonly MetricKey[], periods: readonly string[], of: Sql): Sql {
  return sql`unit_paths(${[...t.ids]}::int[]) t CROSS JOIN unnest(${[...keys]}::text[]) AS k (metric)
    CROSS JOIN unnest(${[...periods]}::text[]) AS p (period)
    CROSS JOIN LATERAL (SELECT f.* FROM facts f WHERE f.superseded_at IS NULL AND f.metric = k.metric AND f.period = p.period
      AND f.counted_path >= t.path COLLATE "C" AND f.counted_path < t.path_end COLLATE "C" ${of}) f`;
}

const isFew = (t: Targets, keys: readonly MetricKey[], periods: readonly string[]) =>
  t.ids.length * keys.length * periods.length <= manyRanges;

/** Pairs of unit and fact counted for it, as a query. */
function pairs(t: Targets, keys: readonly MetricKey[], periods: readonly string[], rq: Rq): Sql {
  const own = keys.filter((k) => metric(k).rollup === 'none');
  const wanted = all([
    sql`f.superseded_at IS NULL AND f.metric = ANY (${[...keys]}::text[]) AND f.period = ANY (${[...periods]}::text[])`,
    permitted(rq, 'facts.read', ['f.unit_path', 'f.counted_path']),
  ]);
  const onlyOwn = own.length === 0 ? empty : sql`AND (f.unit_id = t.unit_id OR NOT f.metric = ANY (${own}::text[]))`;
  const columns = sql`f.id, f.unit_id AS holder, f.metric, f.period, f.value, f.as_of, f.source`;
  if (t.within !== undefined)
    return sql`SELECT DISTINCT ON (t.unit_id, f.id) t.unit_id, ${columns}
      FROM unit_paths(ARRAY[${t.within}]::int[]) w
      JOIN facts f ON f.counted_path >= w.path COLLATE "C" AND f.counted_path < w.path_end COLLATE "C"
      CROSS JOIN LATERAL (SELECT split_part(substr(f.counted_path, length(w.path) + 1), '.', 1) AS s) below
      JOIN unnest(${[...t.ids]}::int[]) AS t (unit_id) ON below.s <> '' AND t.unit_id = below.s::int
      WHERE ${wanted} ${onlyOwn}`;
  if (isFew(t, keys, periods))
    return sql`SELECT t.unit_id, ${columns}
      FROM ${ranges(t, keys, periods, sql`AND ${permitted(rq, 'facts.read', ['f.unit_path', 'f.counted_path'])} OFFSET 0`)}
      WHERE TRUE ${onlyOwn}`;
  if (t.ids.length < manyTargets)
    return sql`SELECT t.unit_id, ${columns} FROM unit_paths(${[...t.ids]}::int[]) t
      JOIN facts f ON f.counted_path >= t.path COLLATE "C" AND f.counted_path < t.path_end COLLATE "C" WHERE ${wanted} ${onlyOwn}`;
  return sql`SELECT t.unit_id, ${columns} FROM facts f
    CROSS JOIN LATERAL unnest(string_to_array(f.counted_path, '.', '')::int[]) AS s (id)
    JOIN unnest(${[...t.ids]}::int[]) AS t (unit_id) ON t.unit_id = s.id WHERE ${wanted} ${onlyOwn}`;
}

/**
 * Of the finer numbers (months, quarters) those that answer for the period: a number for the period itself wins; a stock is
 * the latest there is; a flow is the sum of its quarters or of its months, when all of them are there.
 */
function picked(base: Sql, keys: readonly MetricKey[], { period, toDate, until }: Span): Sql {
  const stocks = keys.filter((k) => metric(k).kind === 'stock');
  // Compared with a running year, the year before counts up to the same month and not to its end.
  const over = (p: string) => until === undefined || endOf(p) <= until;
  const quarters = quartersIn(period).filter(over);
  const months = monthsIn(period).filter(over);
  const needed = (list: readonly string[]) => (toDate ? 1 : Math.max(list.length, 1));
  return sql`WITH pairs AS (${base}),
    held AS (SELECT DISTINCT id, holder, metric, period, as_of FROM pairs),
    kinds AS (SELECT holder, metric, bool_or(period = ${period}) AS exact,
      count(*) FILTER (WHERE period = ANY (${quarters}::text[])) AS quarters,
      count(*) FILTER (WHERE period = ANY (${months}::text[])) AS months,
      (array_agg(id ORDER BY as_of DESC, period DESC))[1] AS latest FROM held GROUP BY holder, metric)
    SELECT p.* FROM pairs p JOIN kinds k USING (holder, metric) WHERE CASE
      WHEN k.exact AND (${until === undefined}::boolean OR k.quarters + k.months = 0) THEN p.period = ${period}
      WHEN p.metric = ANY (${stocks}::text[]) THEN p.id = k.latest
      WHEN k.quarters >= ${needed(quarters)}::int THEN p.period = ANY (${quarters}::text[])
      WHEN k.months >= ${needed(months)}::int THEN p.period = ANY (${months}::text[])
      ELSE false END`;
}

/** Whether finer numbers may be there, of anybody. Where it says yes for nothing, the answer is the same, only slower. */
async function hasFiner(rq: Rq, keys: readonly MetricKey[], period: string): Promise<boolean> {
  if (finerThan(period).length === 0) return false;
  // A quarter has three months: looking for them costs as much as looking whether they are there.
  if (!/^\d{4}$/.test(period)) return true;
  return (await rq.db.one<{ found: boolean }>(sql`SELECT finer_facts(${[...keys]}::text[], ${period}) AS found`)).found;
}

/** The facts that answer for the period, as a query with unit_id, id, holder, metric, period, value, as_of, source. */
export async function chosenFacts(rq: Rq, t: Targets, keys: readonly MetricKey[], span: Span): Promise<Sql> {
  if (!(await hasFiner(rq, keys, span.period))) return pairs(t, keys, [span.period], rq);
  return picked(pairs(t, keys, [span.period, ...finerThan(span.period)], rq), keys, span);
}

/** All fact leaves of all units at once, without the numbers that these holders entered. */
export async function sumFacts(
  rq: Rq,
  t: Targets,
  keys: readonly MetricKey[],
  span: Span,
  without: readonly number[] = [],
): Promise<LeafRow[]> {
  // Numbers are entered for months at the finest: a week has none.
  if (keys.length === 0 || t.ids.length === 0 || isWeek(span.period)) return [];
  return rq.db.many<LeafRow>(sql`
    SELECT c.unit_id AS "unitId", c.metric, trim_scale(sum(c.value))::text AS value, count(*)::int AS records,
      max(c.as_of) AS "asOf", min(c.as_of) AS "asOfFirst", min(c.source) AS source,
      CASE WHEN min(c.source) = max(c.source) THEN 1 ELSE count(DISTINCT c.source) END::int AS sources,
      CASE WHEN count(*) = 1 THEN min(c.id::text) END AS "factId"
    FROM (${await chosenFacts(rq, t, keys, span)}) c ${without.length > 0 ? sql`WHERE c.holder <> ALL (${[...without]}::int[])` : empty}
    GROUP BY c.unit_id, c.metric`);
}

/** The last day of the period, or today while it runs, or the same day of an earlier year. */
export function dayAt(rq: Rq, { period, until }: Span): string {
  return [lastDay(period), dayOf(rq.now), ...(until ? [until] : [])].toSorted()[0]!;
}

type Counted = Exclude<Leaf, { of: 'fact' } | { of: 'units-at-least' } | RecordsLeaf>;

/**
 * The records that a counting leaf counts, one row for each unit they count for: unit_id, kind, id, at_unit, label, as_of.
 */
export function countedRecords(rq: Rq, t: Targets, leaf: Counted, span: Span): Sql {
  const at = dayAt(rq, span);
  const from = firstDay(span.period);
  const targets = sql`(SELECT u.id AS unit_id, u.unit_path AS path, left(u.unit_path, -1) || '/' AS path_end
    FROM units u WHERE u.id = ANY (${[...t.ids]}::int[]) AND ${permitted(rq, 'facts.read', ['u.unit_path'])}) t`;
  // Versions keep the path at which a unit stood, so they are looked for at every path that the unit has had.
  if (leaf.of === 'units')
    return sql`SELECT t.unit_id, 'unit' AS kind, v.unit_id::text AS id, v.unit_id AS at_unit, v.name AS label, v.valid_from AS as_of
      FROM ${formerPaths(rq, t)} CROSS JOIN LATERAL ${versionsBelow} v
      WHERE v.type = ANY (${[...leaf.types]}::text[]) AND v.valid_from <= ${at}::date AND (v.valid_to IS NULL OR v.valid_to > ${at}::date)
        ${leaf.scheme ? sql`AND v.scheme = ${leaf.scheme}` : empty}`;
  if (leaf.of === 'designations')
    return sql`SELECT t.unit_id, 'designation' AS kind, d.id::text AS id, d.unit_id AS at_unit, coalesce(d.number, d.kind) AS label,
        d.granted_on AS as_of
      FROM ${targets} JOIN designations d ON d.unit_path >= t.path AND d.unit_path < t.path_end
      WHERE d.kind = ${leaf.kind} AND d.granted_on <= ${at}::date AND (d.valid_to IS NULL OR d.valid_to >= ${at}::date)
        AND (d.withdrawn_on IS NULL OR d.withdrawn_on > ${at}::date)
        ${leaf.level === undefined ? empty : sql`AND d.level = ${leaf.level}`}
        ${leaf.levelAtLeast === undefined ? empty : sql`AND d.level >= ${leaf.levelAtLeast}`}`;
  // Days are days in China, wherever the server stands.
  const opened = sql`(c.opened_at AT TIME ZONE 'Asia/Shanghai')::date`;
  const closed = sql`(c.closed_at AT TIME ZONE 'Asia/Shanghai')::date`;
  const when = {
    opened: sql`${opened} BETWEEN ${from}::date AND ${at}::date`,
    closed: sql`${closed} BETWEEN ${from}::date AND ${at}::date`,
    open: sql`${opened} <= ${at}::date AND (c.closed_at IS NULL OR ${closed} > ${at}::date)`,
  }[leaf.when];
  return sql`SELECT t.unit_id, 'case' AS kind, c.id::text AS id, c.unit_id AS at_unit, c.title AS label, ${opened} AS as_of
    FROM ${targets} JOIN cases c ON c.unit_path >= t.path AND c.unit_path < t.path_end
    WHERE c.type = ${leaf.type} AND ${when} ${leaf.states ? sql`AND c.state = ANY (${[...leaf.states]}::text[])` : empty}`;
}

/** Units of the types whose own number reaches the bound, as records of kind fact. */
export async function reachingFacts(
  rq: Rq,
  t: Targets,
  leaf: Extract<Leaf, { of: 'units-at-least' }>,
  span: Span,
): Promise<Sql> {
  return sql`SELECT c.unit_id, 'fact' AS kind, min(c.id::text) AS id, c.holder AS at_unit, u.name AS label, max(c.as_of) AS as_of
    FROM (${await chosenFacts(rq, t, [leaf.metric], span)}) c JOIN units u ON u.id = c.holder
    WHERE u.type = ANY (${[...leaf.types]}::text[])
    GROUP BY c.unit_id, c.holder, u.name HAVING sum(c.value) >= ${leaf.bound}::numeric`;
}

function fromOf(leaf: RecordsLeaf, span: Span): string | null {
  if (leaf.total) return null;
  const from = firstDay(span.period);
  return leaf.sinceYearBefore ? `${Number(from.slice(0, 4)) - 1}-01-01` : from;
}

/** The days that a leaf over records looks at. */
export function daysOf(rq: Rq, leaf: RecordsLeaf, span: Span): Days {
  const at = dayAt(rq, span);
  const { period } = span;
  return { from: fromOf(leaf, span), at, year: Number(period.slice(0, 4)), period, past: at < dayOf(rq.now) };
}

/** The records of a leaf, each with what it adds; of records that are counted as distinct one stands for all of its key. */
export function leafRecords(rq: Rq, t: Targets, leaf: RecordsLeaf, span: Span): Sql {
  const rows = recordsOf(rq, t, leaf.source, daysOf(rq, leaf, span));
  if (leaf.once)
    return sql`SELECT DISTINCT ON (x.unit_id, x.key) x.* FROM (${rows}) x ORDER BY x.unit_id, x.key, x.as_of DESC, x.id`;
  if (leaf.take !== 'distinct') return rows;
  return sql`SELECT DISTINCT ON (x.unit_id, x.key) x.unit_id, x.kind, x.id, x.at_unit, x.label, x.as_of, 1::numeric AS amount, x.key
    FROM (${rows}) x WHERE x.key IS NOT NULL ORDER BY x.unit_id, x.key, x.as_of, x.id`;
}

/** How the records of a leaf make its number, over rows named c. */
export const takes: Readonly<Record<RecordsLeaf['take'], Sql>> = {
  count: sql`sum(c.amount)`,
  sum: sql`sum(c.amount)`,
  distinct: sql`sum(c.amount)`,
  median: sql`percentile_cont(0.5) WITHIN GROUP (ORDER BY c.amount)::numeric`,
  max: sql`max(c.amount)`,
  min: sql`min(c.amount)`,
  earliest: sql`(array_agg(c.amount ORDER BY c.as_of, c.id))[1]`,
  latest: sql`(array_agg(c.amount ORDER BY c.as_of DESC, c.id DESC))[1]`,
};

export interface Count {
  readonly unitId: number;
  readonly value: string;
  readonly count: number;
  readonly asOf: string | null;
  readonly asOfFirst: string | null;
}

/** Any other counting leaf for all units at once. */
export async function countLeaf(
  rq: Rq,
  t: Targets,
  leaf: Exclude<Leaf, { of: 'fact' | 'records' }>,
  span: Span,
): Promise<Count[]> {
  if (t.ids.length === 0) return [];
  const records =
    leaf.of === 'units-at-least' ? await reachingFacts(rq, t, leaf, span) : countedRecords(rq, t, leaf, span);
  return rq.db.many<Count>(sql`
    SELECT c.unit_id AS "unitId", count(*)::text AS value, count(*)::int AS count, max(c.as_of) AS "asOf", min(c.as_of) AS "asOfFirst"
    FROM (${records}) c GROUP BY c.unit_id`);
}
