import { randomUUID } from 'node:crypto';
import type { Fact } from '../../../domain/records/facts/index.ts';
import { coarserThan, finerThan, metric, type MetricKey, tidyDecimal } from '../../../domain/records/facts/index.ts';
import type { Verb } from '../../../domain/grants.ts';
import { all, json, join, sql, type Sql, under } from '../../platform/db/sql.ts';
import { type Rq, system } from '../../platform/rq.ts';

/** A number as it is handed in; checked by the rules before it is stored. */
export interface NewFact {
  readonly metric: MetricKey;
  readonly unitId: number;
  readonly period: string;
  readonly value: string;
  readonly asOf: string;
  readonly source: string;
  readonly document?: string | null;
  /** Why it takes the place of the value that stands there. */
  readonly reason?: string | null;
}

/** What the database knows about the place of one new fact. */
export interface Place {
  readonly n: number;
  readonly unitId: number;
  readonly unitName: string;
  readonly unitPath: string;
  readonly countedPath: string | null;
  readonly factId: string | null;
  readonly value: string | null;
  readonly asOf: string | null;
  readonly source: string | null;
  readonly document: string | null;
  readonly lockedBy: string | null;
  readonly lockedPeriod: string | null;
  readonly heldAbove: string | null;
  readonly heldBelow: string | null;
}

/** Rows in which the actor holds the verb. Scopes alone would be too wide: a person may have other duties elsewhere. */
export function permitted(rq: Rq, verb: Verb, columns: readonly string[]): Sql {
  if (rq.actor === system) return sql`TRUE`;
  const paths = [...new Set(rq.actor.grants.filter((g) => g.verb === verb).map((g) => g.path))];
  if (paths.length === 0) return sql`FALSE`;
  const ranges = columns.flatMap((column) => paths.map((path) => under(column, path)));
  return sql`(${join(ranges, ' OR ')})`;
}

export async function lockFacts(rq: Rq, rows: readonly Pick<NewFact, 'metric' | 'period'>[]): Promise<void> {
  const metrics = [...new Set(rows.map((r) => r.metric))];
  const years = [...new Set(rows.map((r) => r.period.slice(0, 4)))];
  await rq.db.many(sql`SELECT lock_facts(${metrics}::text[], ${years}::text[])`);
}

/** What stands in the way of each row. A row whose unit is outside the scope is not among the answers. */
export async function placesOf(rq: Rq, rows: readonly NewFact[]): Promise<Map<number, Place>> {
  const periods = new Map<string, { coarser: string; related: string }>();
  for (const { period } of rows)
    if (!periods.has(period)) {
      const coarser = [period, ...coarserThan(period)];
      periods.set(period, { coarser: coarser.join(','), related: [...coarser, ...finerThan(period)].join(',') });
    }
  const found = await rq.db.many<Place>(sql`
    SELECT n, unit_id AS "unitId", unit_name AS "unitName", unit_path AS "unitPath", counted_path AS "countedPath",
      fact_id AS "factId", value, as_of AS "asOf", source, document, locked_by AS "lockedBy", locked_period AS "lockedPeriod",
      held_above AS "heldAbove", held_below AS "heldBelow"
    FROM fact_checks(${rows.map((r) => r.unitId)}::int[], ${rows.map((r) => r.metric)}::text[],
      ${rows.map((r) => r.period)}::text[], ${rows.map((r) => r.asOf)}::date[],
      ${rows.map((r) => periods.get(r.period)!.coarser)}::text[],
      ${rows.map((r) => periods.get(r.period)!.related)}::text[],
      ${rows.map((r) => metric(r.metric).rollup === 'sum')}::boolean[])`);
  return new Map(found.map((place) => [place.n - 1, place]));
}

export interface Storable extends NewFact {
  readonly id: string;
  readonly unitPath: string;
  readonly countedPath: string;
  /** The current fact that this one supersedes. */
  readonly former: string | null;
}

export function storable(fact: NewFact, place: Place): Storable {
  return {
    ...fact,
    value: tidyDecimal(fact.value.trim())!,
    id: randomUUID(),
    unitPath: place.unitPath,
    countedPath: place.countedPath!,
    former: place.factId,
  };
}

/** Stores any number of checked facts in two statements; answers how many former values it replaced. */
export async function insertFacts(rq: Rq, rows: readonly Storable[], importId: string | null = null): Promise<number> {
  const corrections = rows.filter((r) => r.former !== null);
  let replaced = 0;
  if (corrections.length > 0)
    replaced = await rq.db.run(sql`
      UPDATE facts f SET superseded_at = ${rq.now}, superseded_by = c.id
      FROM unnest(${corrections.map((r) => r.former)}::uuid[], ${corrections.map((r) => r.id)}::uuid[]) AS c (former, id)
      WHERE f.id = c.former AND f.superseded_at IS NULL`);
  const data = rows.map((r) => ({
    id: r.id,
    metric: r.metric,
    unit_id: r.unitId,
    unit_path: r.unitPath,
    counted_path: r.countedPath,
    period: r.period,
    value: r.value,
    as_of: r.asOf,
    source: r.source,
    document: r.document ?? null,
    correction_reason: r.former === null ? null : (r.reason ?? null),
  }));
  await rq.db.run(sql`
    INSERT INTO facts (id, metric, unit_id, unit_path, counted_path, period, value, as_of, source, document, entered_by, entered_at,
      correction_reason, import_id)
    SELECT id, metric, unit_id, unit_path, counted_path, period, value, as_of, source, document, ${rq.actor.personId}, ${rq.now},
      correction_reason, ${importId}
    FROM json_to_recordset(${json(data)}::json) AS d (id uuid, metric text, unit_id int, unit_path text, counted_path text,
      period text, value numeric, as_of date, source text, document text, correction_reason text)`);
  return replaced;
}

const columns = sql`f.id, f.metric, f.unit_id AS "unitId", u.name AS "unitName", f.unit_path AS "unitPath", f.period,
  trim_scale(f.value)::text AS value, f.as_of AS "asOf", f.source, f.document, p.name AS "enteredBy", f.entered_at AS "enteredAt",
  f.superseded_at AS "supersededAt", f.superseded_by AS "supersededBy", coalesce(f.withdrawn_reason, f.correction_reason) AS reason`;
const tables = sql`facts f JOIN units u ON u.id = f.unit_id LEFT JOIN people p ON p.id = f.entered_by`;

export interface FactSearch {
  readonly unit?: number | undefined;
  readonly underPath?: string | undefined;
  readonly metric?: string | undefined;
  readonly period?: string | undefined;
  readonly superseded?: boolean | undefined;
  readonly limit: number;
  readonly offset: number;
}

export function factConditions(rq: Rq, s: Omit<FactSearch, 'limit' | 'offset'>): Sql {
  return all([
    permitted(rq, 'facts.read', ['f.unit_path']),
    s.superseded !== true && sql`f.superseded_at IS NULL`,
    s.unit !== undefined && sql`f.unit_id = ${s.unit}`,
    s.underPath !== undefined && under('f.unit_path', s.underPath),
    s.metric && sql`f.metric = ${s.metric}`,
    s.period && sql`f.period = ${s.period}`,
  ]);
}

export async function listFacts(rq: Rq, s: FactSearch): Promise<{ items: Fact[]; total: number }> {
  const where = factConditions(rq, s);
  const { count } = await rq.db.one<{ count: number }>(sql`SELECT count(*)::int AS count FROM facts f WHERE ${where}`);
  const items = await rq.db.many<Fact>(sql`SELECT ${columns} FROM ${tables} WHERE ${where}
    ORDER BY f.period DESC, f.unit_path, f.metric, f.seq DESC LIMIT ${s.limit} OFFSET ${s.offset}`);
  return { items, total: count };
}

/** The next rows after `last` in the order of writing: exports walk through any number of rows without holding them. */
export function listFactsAfter(
  rq: Rq,
  s: Omit<FactSearch, 'limit' | 'offset'>,
  last: number,
  limit: number,
): Promise<(Fact & { unitCode: string; seq: number })[]> {
  return rq.db.many(sql`SELECT ${columns}, u.code AS "unitCode", f.seq FROM ${tables}
    WHERE ${factConditions(rq, s)} AND f.seq > ${last} ORDER BY f.seq LIMIT ${limit}`);
}

export function findFact(rq: Rq, id: string): Promise<Fact | undefined> {
  return rq.db.find<Fact>(
    sql`SELECT ${columns} FROM ${tables} WHERE f.id = ${id} AND ${permitted(rq, 'facts.read', ['f.unit_path'])}`,
  );
}

export function listHistory(rq: Rq, of: Pick<Fact, 'unitId' | 'metric' | 'period'>): Promise<Fact[]> {
  return rq.db.many<Fact>(sql`SELECT ${columns} FROM ${tables}
    WHERE f.unit_id = ${of.unitId} AND f.metric = ${of.metric} AND f.period = ${of.period}
      AND ${permitted(rq, 'facts.read', ['f.unit_path'])}
    ORDER BY f.seq DESC LIMIT 200`);
}

/** Ends a fact that nothing takes the place of; answers whether it still stood. */
export async function withdrawFact(rq: Rq, id: string, reason: string): Promise<boolean> {
  const changed = await rq.db.run(sql`UPDATE facts SET superseded_at = ${rq.now}, withdrawn_reason = ${reason}
    WHERE id = ${id} AND superseded_at IS NULL`);
  return changed === 1;
}
