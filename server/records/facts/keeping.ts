import { createHash } from 'node:crypto';
import { figures, metrics } from '../../../domain/records/facts/index.ts';
import { keptTypes, keysKept } from '../../../domain/records/facts/kept.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { version } from '../../platform/version.ts';
import { figuresIn, type Value, type Values } from './values.ts';

// How figures are put away: counted for many units at once, and written where they differ from what stands there.

let fingerprint: string | undefined;

/** Names the catalogue with all its definitions: what another one counted is not what this one would. */
export function catalogueName(): string {
  fingerprint ??= createHash('sha256')
    .update(JSON.stringify([version, figures, metrics]))
    .digest('hex')
    .slice(0, 16);
  return fingerprint;
}

/** Any number of ours; nobody else takes this lock. */
const keeperLock = 2_004_318_072;

/**
 * Whoever writes kept figures holds this lock from before he counts until he has committed: so a later writer has always
 * seen what an earlier one saw, and never puts an older number over a newer one. False when another process has it.
 */
export async function lockKept(rq: Rq): Promise<boolean> {
  return (await rq.db.one<{ got: boolean }>(sql`SELECT pg_try_advisory_xact_lock(${keeperLock}::bigint) AS got`)).got;
}

export async function waitForKept(rq: Rq): Promise<void> {
  await rq.db.many(sql`SELECT pg_advisory_xact_lock(${keeperLock}::bigint)`);
}

/** A value as the database gives it in one row a unit: value, records, as-of, first as-of, source, sources, fact id. */
export type Packed = readonly [string, number, string | null, string | null, string | null, number, string | null];

export const packed = sql`json_object_agg(v.key, json_build_array(trim_scale(v.value)::text, v.records, v.as_of, v.as_of_first, v.source,
  v.sources, v.fact_id))`;

const pack = (v: Value): Packed => [v.value, v.records, v.asOf, v.asOfFirst, v.source, v.sources, v.factId];

type Cell = readonly [unitId: number, key: string, value: Packed];

/** Puts these values in the place of all that is kept for the units, keys and period; answers how many rows changed. */
async function writeValues(
  rq: Rq,
  period: string,
  keys: readonly string[],
  unitIds: readonly number[],
  values: Values,
) {
  const held = await rq.db.many<{ unitId: number; of: Record<string, Packed> }>(sql`
    SELECT v.unit_id AS "unitId", ${packed} AS of FROM figure_values v
    WHERE v.unit_id = ANY (${[...unitIds]}::int[]) AND v.period = ${period} AND v.key = ANY (${[...keys]}::text[]) GROUP BY v.unit_id`);
  const former = new Map(held.map((h) => [h.unitId, h.of]));
  const gone = held.flatMap(({ unitId, of }) =>
    Object.keys(of).flatMap((key) => (values.get(unitId)?.has(key) ? [] : [[unitId, key] as const])),
  );
  const changed: Cell[] = [];
  for (const unitId of unitIds)
    for (const [key, value] of values.get(unitId)!) {
      const now = pack(value);
      const was = former.get(unitId)?.[key];
      // A row that is the same is not touched: at midnight everything is counted again, and nearly nothing has changed.
      if (!was || was.some((part, i) => part !== now[i])) changed.push([unitId, key, now]);
    }
  if (gone.length > 0)
    await rq.db
      .run(sql`DELETE FROM figure_values v USING unnest(${gone.map(([id]) => id)}::int[], ${gone.map(([, key]) => key)}::text[]) AS g (id, key)
      WHERE v.unit_id = g.id AND v.period = ${period} AND v.key = g.key`);
  for (let at = 0; at < changed.length; at += rowsAtOnce)
    await putCells(rq, period, changed.slice(at, at + rowsAtOnce));
  return gone.length + changed.length;
}

/** Rows of one statement. */
const rowsAtOnce = 10_000;

async function putCells(rq: Rq, period: string, cells: readonly Cell[]): Promise<void> {
  const part = (n: 0 | 1 | 2 | 3 | 4 | 5 | 6) => cells.map(([, , packedValue]) => packedValue[n]);
  await rq.db.run(sql`
    INSERT INTO figure_values (unit_id, period, key, unit_path, value, records, as_of, as_of_first, source, sources, fact_id, counted_at)
    SELECT f.unit_id, ${period}, f.key, u.unit_path, f.value, f.records, f.as_of, f.as_of_first, f.source, f.sources, f.fact_id, ${rq.now}
    FROM unnest(${cells.map(([id]) => id)}::int[], ${cells.map(([, key]) => key)}::text[], ${part(0)}::numeric[], ${part(1)}::int[],
      ${part(2)}::date[], ${part(3)}::date[], ${part(4)}::text[], ${part(5)}::int[], ${part(6)}::uuid[])
      AS f (unit_id, key, value, records, as_of, as_of_first, source, sources, fact_id) JOIN units u ON u.id = f.unit_id
    ON CONFLICT (unit_id, period, key) DO UPDATE SET value = excluded.value, records = excluded.records, as_of = excluded.as_of,
      as_of_first = excluded.as_of_first, source = excluded.source, sources = excluded.sources, fact_id = excluded.fact_id,
      counted_at = excluded.counted_at`);
}

/** Counts the figures of these units in kept periods and puts them away. The lock is held by the caller. */
export async function countAndKeep(
  rq: Rq,
  periods: readonly string[],
  keys: readonly string[],
  unitIds: readonly number[],
): Promise<number> {
  if (unitIds.length === 0) return 0;
  const asked = periods.flatMap((period) => {
    const kept = new Set(keysKept(period));
    const here = keys.filter((key) => kept.has(key));
    return here.length > 0 ? [[period, here] as const] : [];
  });
  let changed = 0;
  for await (const { period, keys: here, values } of figuresIn(rq, unitIds, asked))
    changed += await writeValues(rq, period, here, unitIds, values);
  return changed;
}

/** The next units whose figures of the period are not counted, or were on another day or by another catalogue. */
export async function unitsToCount(rq: Rq, period: string, day: string, limit: number): Promise<number[]> {
  const rows = await rq.db.many<{ id: number }>(sql`
    SELECT u.id FROM units u LEFT JOIN figure_rounds r ON r.unit_id = u.id AND r.period = ${period}
    WHERE u.type = ANY (${[...keptTypes]}::text[]) AND u.valid_to IS NULL
      AND (r.at_day IS DISTINCT FROM ${day}::date OR r.catalogue <> ${catalogueName()})
    ORDER BY u.unit_path LIMIT ${limit}`);
  return rows.map((r) => r.id);
}

/** Before the first figure of a unit is put away: from now on its marks are worked off, although it is not counted yet. */
export async function openRounds(rq: Rq, period: string, unitIds: readonly number[]): Promise<void> {
  await rq.db.run(sql`INSERT INTO figure_rounds (unit_id, period, unit_path, counted_at)
    SELECT u.id, ${period}, u.unit_path, ${rq.now} FROM units u WHERE u.id = ANY (${[...unitIds]}::int[]) ON CONFLICT DO NOTHING`);
}

export async function closeRounds(rq: Rq, period: string, day: string, unitIds: readonly number[]): Promise<void> {
  await rq.db.run(sql`UPDATE figure_rounds SET at_day = ${day}, catalogue = ${catalogueName()}, counted_at = ${rq.now}
    WHERE period = ${period} AND unit_id = ANY (${[...unitIds]}::int[])`);
}

/** What is kept of these units was brought up to the changes of now. */
export async function renewRounds(rq: Rq, unitIds: readonly number[]): Promise<void> {
  await rq.db.run(sql`UPDATE figure_rounds SET counted_at = ${rq.now} WHERE unit_id = ANY (${[...unitIds]}::int[])`);
}

/** Throws away what is no longer kept: periods that have passed, units that have ended. */
export async function forgetFormer(rq: Rq, periods: readonly string[]): Promise<void> {
  const ended = sql`SELECT u.id FROM units u WHERE u.valid_to IS NOT NULL`;
  await rq.db.run(
    sql`DELETE FROM figure_values WHERE period <> ALL (${[...periods]}::text[]) OR unit_id IN (${ended})`,
  );
  await rq.db.run(
    sql`DELETE FROM figure_rounds WHERE period <> ALL (${[...periods]}::text[]) OR unit_id IN (${ended})`,
  );
}
