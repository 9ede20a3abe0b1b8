import { afarKeys, comparingKeys, dependentsOn, enteredKeys } from '../../../domain/records/facts/depends.ts';
import { isFigure } from '../../../domain/records/facts/index.ts';
import { keptName, keptPeriods } from '../../../domain/records/facts/kept.ts';
import { sql } from '../../platform/db/sql.ts';
import { may, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { catalogueName, type Packed, packed } from './keeping.ts';
import { dayAt, spanOf } from './leaves.ts';
import { permitted } from './store.ts';
import { figureValues, type Value, type Values } from './values.ts';

/** When a number was counted, and whether something has changed since that is not counted in yet. */
export interface Counted {
  readonly at: Date;
  readonly waiting: boolean;
}

export interface Read {
  readonly values: Values;
  counted(unitId: number, key: string): Counted;
}

export interface Reading {
  /** Children of this unit, which must add up to it. */
  readonly within?: number | undefined;
  /** A board that would wait too long shows the last count instead, and says so. Whoever decides by a number does not. */
  readonly orLast?: true;
}

/** So many numbers are counted at once while somebody waits; beyond them a board shows the last count. */
const countedInPassing = 2_500;

interface Round {
  readonly unitId: number;
  readonly period: string;
  readonly path: string;
  readonly fresh: boolean;
  readonly countedAt: Date;
  readonly moved: boolean;
  readonly of: Readonly<Record<string, Packed>> | null;
}

interface Marked {
  readonly source: string;
  readonly kind: string;
  readonly unitId: number;
}

/**
 * What is kept of the units in these periods, one row a unit and period, because rows cost more than numbers; and the figures
 * of each unit that a change has touched and that are not counted again yet. Both in one statement, so that they are of one
 * moment; what waits is not looked for where nothing is kept.
 */
async function listRounds(
  rq: Rq,
  keys: readonly string[],
  unitIds: readonly number[],
  periods: readonly string[],
  { day, afar, asksMoved = false }: { day: string; afar: boolean; asksMoved?: boolean },
): Promise<{ rounds: Round[]; waiting: Waiting }> {
  const ids = sql`${[...unitIds]}::int[]`;
  // Lists out of sight of the planner: one plan serves any of them, and making one for each took longer than reading.
  const unseen = (list: readonly string[]) => sql`(ARRAY (SELECT unnest(${[...list]}::text[])))`;
  // What changes elsewhere changes the unit above everything.
  const above = sql`ARRAY (SELECT DISTINCT split_part(unit_path, '.', 1)::int FROM units WHERE id = ANY (${ids}))`;
  const rounds = await rq.db.many<Round & { marked: Marked[] | null }>(sql`
    SELECT r.unit_id AS "unitId", r.period, r.unit_path AS path, r.counted_at AS "countedAt",
      coalesce(r.at_day = ${day}::date AND r.catalogue = ${catalogueName()}, false) AS fresh,
      ${asksMoved ? sql`(SELECT count(DISTINCT w.unit_path) > 1 FROM unit_versions w WHERE w.unit_id = r.unit_id)` : sql`false`} AS moved,
      (SELECT ${packed} FROM figure_values v WHERE v.unit_id = r.unit_id AND v.period = r.period AND v.key = ANY (${unseen(keys)})) AS of,
      CASE WHEN row_number() OVER () = 1 THEN (SELECT json_agg(json_build_object('source', source, 'kind', kind, 'unitId', unit_id))
        FROM waiting_figures(${afar ? sql`${ids} || ${above}` : ids})) END AS marked
    FROM figure_rounds r
    WHERE r.unit_id = ANY (ARRAY (SELECT unnest(${ids}))) AND r.period = ANY (${unseen(periods)})
      AND r.catalogue = ${catalogueName()} AND ${permitted(rq, 'facts.read', ['r.unit_path'])}`);
  const waiting = new Map<number, Set<string>>();
  for (const { source, kind, unitId } of rounds[0]?.marked ?? []) {
    const touched = waiting.get(unitId) ?? new Set<string>();
    waiting.set(unitId, touched);
    for (const key of dependentsOn(source, kind)) touched.add(key);
  }
  return { rounds, waiting };
}

type Waiting = ReadonlyMap<number, ReadonlySet<string>>;

function isWaiting(waiting: Waiting, key: string, { unitId, path }: Round): boolean {
  if (waiting.get(unitId)?.has(key)) return true;
  return afarKeys.has(key) && (waiting.get(Number(rootPath(path).slice(0, -1)))?.has(key) ?? false);
}

/** The path of the unit above everything. */
const rootPath = (path: string) => path.slice(0, path.indexOf('.') + 1);

/** Whether what is kept of a figure is what this reader would count himself. */
function isSame(rq: Rq, key: string, round: Round, within: number | undefined): boolean {
  // Who does not see all of the units compares with fewer of them.
  if (comparingKeys.has(key) && !may(rq, 'facts.read', rootPath(round.path))) return false;
  // Of a unit that came from elsewhere only the numbers that counted below this parent belong to it.
  return !(within !== undefined && round.moved && enteredKeys.has(key));
}

const valueOf = (kept: Packed): Value => ({
  value: kept[0],
  records: kept[1],
  asOf: kept[2],
  asOfFirst: kept[3],
  source: kept[4],
  sources: kept[5],
  factId: kept[6],
});

/**
 * Figures as they are kept where they are fresh, and counted where they are not: what stands here is always what counting
 * would give, unless the reader takes the last count and is told so.
 */
export async function readFigures(
  rq: Rq,
  keys: readonly string[],
  unitIds: readonly number[],
  period: string,
  { within, orLast }: Reading = {},
): Promise<Read> {
  const span = spanOf(rq, period);
  const known = keys.filter(isFigure);
  const kept = new Set(keptPeriods(dayOf(rq.now)));
  const names = [...new Set(known.map((key) => keptName(key, span)))].filter((name) => kept.has(name));
  const values: Values = new Map(unitIds.map((id) => [id, new Map()]));
  const told = new Map<string, Counted>();
  const counted = (unitId: number, key: string) => told.get(`${unitId} ${key}`) ?? { at: rq.now, waiting: false };
  if (names.length === 0 || unitIds.length === 0)
    return { values: await figureValues(rq, known, unitIds, period, within), counted };
  const afar = known.some((key) => afarKeys.has(key));
  const asksMoved = within !== undefined;
  const { rounds, waiting } = await listRounds(rq, known, unitIds, names, { day: dayAt(rq, span), afar, asksMoved });
  const byName = new Map(rounds.map((r) => [`${r.unitId} ${r.period}`, r]));
  const last: [number, string, Round][] = [];
  const without: [number, string][] = [];
  const take = (unitId: number, key: string, round: Round, late: boolean) => {
    const of = round.of?.[key];
    if (of) values.get(unitId)!.set(key, valueOf(of));
    told.set(`${unitId} ${key}`, { at: round.countedAt, waiting: late });
  };
  for (const unitId of unitIds)
    for (const key of known) {
      const round = byName.get(`${unitId} ${keptName(key, span)}`);
      if (!round || !isSame(rq, key, round, within)) without.push([unitId, key]);
      else if (round.fresh && !isWaiting(waiting, key, round)) take(unitId, key, round, false);
      else last.push([unitId, key, round]);
    }
  const lately = orLast && last.length > countedInPassing;
  if (lately) for (const [unitId, key, round] of last) take(unitId, key, round, true);
  await countNow(
    rq,
    lately ? without : [...without, ...last.map(([id, key]) => [id, key] as const)],
    period,
    within,
    values,
  );
  return { values, counted };
}

/**
 * What is kept of units in one of the kept periods, for whoever proves it: a value, or `value: undefined` for what is kept as
 * missing; null where nothing fresh is kept.
 */
export async function readKept(rq: Rq, keys: readonly string[], unitIds: readonly number[], period: string) {
  const day = dayAt(rq, spanOf(rq, period));
  const { rounds, waiting } = await listRounds(rq, keys, unitIds, [period], { day, afar: true });
  const byUnit = new Map(rounds.map((r) => [r.unitId, r]));
  return (unitId: number, key: string): { value: Value | undefined } | null => {
    const round = byUnit.get(unitId);
    if (!round?.fresh || isWaiting(waiting, key, round)) return null;
    const of = round.of?.[key];
    return { value: of && valueOf(of) };
  };
}

/** Counts these figures and puts them among the others. */
async function countNow(
  rq: Rq,
  wanted: readonly (readonly [number, string])[],
  period: string,
  within: number | undefined,
  values: Values,
): Promise<void> {
  if (wanted.length === 0) return;
  const keys = [...new Set(wanted.map(([, key]) => key))];
  const ids = [...new Set(wanted.map(([id]) => id))];
  const found = await figureValues(rq, keys, ids, period, within);
  for (const [id, key] of wanted) {
    const value = found.get(id)?.get(key);
    if (value) values.get(id)!.set(key, value);
  }
}
