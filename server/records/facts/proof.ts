import { compareDecimals } from '../../../domain/records/facts/index.ts';
import { keptPeriods, keysKept } from '../../../domain/records/facts/kept.ts';
import type { Database } from '../../platform/db/database.ts';
import { all, sql, under } from '../../platform/db/sql.ts';
import { type Rq, system } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { catalogueName, countAndKeep, waitForKept } from './keeping.ts';
import { dayAt, spanOf } from './leaves.ts';
import { readKept } from './reading.ts';
import { figureValues, type Value } from './values.ts';

/** A kept figure that is not what counting gives. */
export interface Difference {
  readonly unitId: number;
  readonly unitCode: string;
  readonly unitName: string;
  readonly key: string;
  readonly period: string;
  /** null: missing. */
  readonly kept: string | null;
  readonly recounted: string | null;
}

export interface Proof {
  /** Figures that were compared, one for each unit, period and key. */
  readonly compared: number;
  readonly differences: readonly Difference[];
}

interface Unit {
  readonly id: number;
  readonly code: string;
  readonly name: string;
}

const isSame = (a: Value | undefined, b: Value | undefined) =>
  a === undefined || b === undefined
    ? a === b
    : compareDecimals(a.value, b.value) === 0 &&
      a.records === b.records &&
      a.asOf === b.asOf &&
      a.asOfFirst === b.asOfFirst &&
      a.source === b.source &&
      a.factId === b.factId;

/** Value with what it was made of, where the value alone does not tell the difference. */
const told = (v: Value | undefined, of: Value | undefined) =>
  v === undefined
    ? null
    : of !== undefined && compareDecimals(v.value, of.value) === 0
      ? `${v.value} (${v.records}; ${v.asOf ?? ''}; ${v.source ?? ''})`
      : v.value;

/** Compares what is kept of these units with what counting gives, both as they stand in one moment. */
async function compare(rq: Rq, period: string, units: readonly Unit[]): Promise<Proof> {
  const keys = keysKept(period);
  const ids = units.map((u) => u.id);
  const kept = await readKept(rq, keys, ids, period);
  const recounted = await figureValues(rq, keys, ids, period);
  const differences: Difference[] = [];
  let compared = 0;
  for (const unit of units)
    for (const key of keys) {
      const held = kept(unit.id, key);
      // What is not counted, or waits to be counted again, claims nothing.
      if (held === null) continue;
      compared++;
      const value = recounted.get(unit.id)?.get(key);
      if (isSame(held.value, value)) continue;
      const { id: unitId, code: unitCode, name: unitName } = unit;
      const [was, is] = [told(held.value, value), told(value, held.value)];
      differences.push({ unitId, unitCode, unitName, key, period, kept: was, recounted: is });
    }
  return { compared, differences };
}

const unitsAtOnce = 150;

/** Units with kept figures of the period as of today, below a path. */
function keptUnits(rq: Rq, period: string, path: string): Promise<Unit[]> {
  return rq.db.many<Unit>(sql`SELECT u.id, u.code, u.name FROM figure_rounds r JOIN units u ON u.id = r.unit_id
    WHERE ${all([
      sql`r.period = ${period} AND r.catalogue = ${catalogueName()} AND r.at_day = ${dayAt(rq, spanOf(rq, period))}::date`,
      under('u.unit_path', path),
    ])} ORDER BY u.unit_path`);
}

export interface ProofOptions {
  readonly now: Date;
  /** Below this path, the unit itself included; all when it is empty. */
  readonly path?: string;
  readonly periods?: readonly string[];
  readonly progress?: (done: number, total: number) => void;
}

/**
 * Counts every kept figure again and names each that differs; what differs is put right. A difference means that a change
 * left no mark, so it is a defect to be told of, and not only a number to be mended.
 */
export async function proveKept(database: Database, options: ProofOptions): Promise<Proof> {
  const { now, path = '', progress } = options;
  const rqOn = (db: Rq['db']): Rq => ({ actor: system, db, now, lang: 'zh' });
  const differences: Difference[] = [];
  let compared = 0;
  const lots: { period: string; units: Unit[] }[] = [];
  for (const period of options.periods ?? keptPeriods(dayOf(now))) {
    const units = await database.read([''], (db) => keptUnits(rqOn(db), period, path));
    for (let at = 0; at < units.length; at += unitsAtOnce)
      lots.push({ period, units: units.slice(at, at + unitsAtOnce) });
  }
  for (const [n, { period, units }] of lots.entries()) {
    progress?.(n, lots.length);
    const found = await database.write([''], async (db) => {
      await db.run(sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY`);
      return compare(rqOn(db), period, units);
    });
    compared += found.compared;
    differences.push(...found.differences);
    if (found.differences.length === 0) continue;
    const keys = [...new Set(found.differences.map((d) => d.key))];
    const ids = [...new Set(found.differences.map((d) => d.unitId))];
    await database.write([''], async (db) => {
      await waitForKept(rqOn(db));
      await countAndKeep(rqOn(db), [period], keys, ids);
    });
  }
  progress?.(lots.length, lots.length);
  return { compared, differences };
}
