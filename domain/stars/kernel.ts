// The bulk kernel: a standard compiled once, then run over the columns of any number of units. It returns what rankings,
// counts and stored standings need; the reasons of a single unit come from score, which agrees with it bit for bit.
import { pointsOfColumn } from './kernel-rules.ts';
import type { PeerScope } from './score-all.ts';
import { bandThreshold } from './score.ts';
import { criteriaOf, fullPoints } from './standard-shape.ts';
import type { Criterion, Standard } from './standard-shape.ts';
import type { Table } from './table.ts';

export type StarColumns = {
  id: string;
  points: Int32Array;
  /** 1 or 0. */
  held: Uint8Array;
};

export type BulkResult = {
  level: Uint8Array;
  total: Int32Array;
  rank: Int32Array;
  /** How many criteria had no value. */
  missing: Uint16Array;
  stars: StarColumns[];
  /** Points of each criterion in the order of criteriaOf, −1 where nothing was given; only when asked for. */
  points: Int32Array[] | null;
  /** Rows from the first rank to the last; equal ranks in the order of the table. */
  order: Uint32Array;
};

export type Kernel = {
  run(table: Table, options?: { keepPoints?: boolean; rankWithin?: PeerScope }): BulkResult;
};

/** Rows worked at a time: small enough for the sums of a block to stay in the first cache. */
const blockRows = 2048;

type Part = {
  criterion: Criterion;
  column: number;
  kept: Int32Array | null;
  points: ReturnType<typeof pointsOfColumn>;
};

export function compile(standard: Standard): Kernel {
  return {
    run(table, { keepPoints = false, rankWithin = 'all' } = {}) {
      const criteria = criteriaOf(standard).map(({ criterion }) => criterion);
      const keep = criteria.map((one) => keepPoints || standard.tieBreakers.includes(one.id));
      const kept = keep.map((needed) => (needed ? new Int32Array(table.size) : null));
      const missing = new Uint16Array(table.size);
      let column = 0;
      const stars = standard.stars.map((star): StarColumns & { passed: Uint8Array } => {
        const parts = star.criteria.map((criterion): Part => {
          const at = column++;
          const { rule, points } = criterion;
          const group = rule.type === 'rank' ? table.groups[rule.peers] : table.groups.all;
          const values = table.columns[at]!;
          return { criterion, column: at, kept: kept[at] ?? null, points: pointsOfColumn(rule, points, values, group) };
        });
        return { id: star.id, ...scoreStarColumns(parts, fullPoints(star), star.pass, table.size, missing) };
      });
      const vetoed = vetoedRows(standard, table);
      settleColumns(standard, stars, vetoed);
      const total = new Int32Array(table.size);
      for (const star of stars) for (let row = 0; row < total.length; row += 1) total[row]! += star.points[row]!;
      const level = levelColumn(standard, stars, total, vetoed.get('all'));
      const ties = standard.tieBreakers.map((id) => kept[criteria.findIndex((one) => one.id === id)]!);
      const order = orderRows(level, total, ties);
      return {
        level,
        total,
        missing,
        order,
        rank: rankRows(order, [level, total, ...ties], table.groups[rankWithin].of),
        stars: stars.map(({ id, points, held }) => ({ id, points, held })),
        points: keepPoints ? kept.flatMap((points) => points ?? []) : null,
      };
    },
  };
}

function scoreStarColumns(parts: readonly Part[], full: number, pass: number, size: number, missing: Uint16Array) {
  const points = new Int32Array(size);
  const passed = new Uint8Array(size);
  const held = new Uint8Array(size);
  const scratch = new Int32Array(blockRows);
  const earned = new Int32Array(blockRows);
  const removed = new Int32Array(blockRows);
  const failed = new Uint8Array(blockRows);
  for (let from = 0; from < size; from += blockRows) {
    const to = Math.min(size, from + blockRows);
    earned.fill(0);
    removed.fill(0);
    failed.fill(0);
    for (const part of parts) {
      part.points(from, to, scratch);
      part.kept?.set(to - from < blockRows ? scratch.subarray(0, to - from) : scratch, from);
      addBlock(part.criterion, to - from, scratch, { earned, removed, failed, missing: missing.subarray(from, to) });
    }
    for (let at = 0; at < to - from; at += 1) {
      const counted = full - removed[at]!;
      let sum = earned[at]!;
      if (counted !== full) sum = counted === 0 ? 0 : Math.floor((2 * sum * full + counted) / (2 * counted));
      points[from + at] = sum;
      passed[from + at] = sum >= pass && failed[at] === 0 ? 1 : 0;
    }
  }
  return { points, passed, held };
}

type Block = { earned: Int32Array; removed: Int32Array; failed: Uint8Array; missing: Uint16Array };

/** A plain criterion only adds; musts and options are looked at where there are any. */
function addBlock({ must, optional, points }: Criterion, rows: number, scratch: Int32Array, block: Block): void {
  const { earned, removed, failed, missing } = block;
  const least = must ?? 0;
  for (let at = 0; at < rows; at += 1) {
    const found = scratch[at]!;
    if (found >= 0) earned[at]! += found;
    else missing[at]! += 1;
  }
  if (least > 0) {
    for (let at = 0; at < rows; at += 1) {
      const found = scratch[at]!;
      if (found < least && (found >= 0 || !optional)) failed[at] = 1;
    }
  }
  if (optional) for (let at = 0; at < rows; at += 1) if (scratch[at]! < 0) removed[at]! += points;
}

/** For each veto scope with a veto in force, which rows it falls on. */
function vetoedRows(standard: Standard, table: Table): Map<string, Uint8Array> {
  const vetoed = new Map<string, Uint8Array>();
  standard.vetoes.forEach((veto, index) => {
    const rows = table.vetoes[index] ?? [];
    if (rows.length === 0) return;
    const flags = vetoed.get(veto.scope) ?? new Uint8Array(table.size);
    for (const row of rows) flags[row] = 1;
    vetoed.set(veto.scope, flags);
  });
  return vetoed;
}

type Settling = StarColumns & { passed: Uint8Array };

function settleColumns(standard: Standard, stars: readonly Settling[], vetoed: ReadonlyMap<string, Uint8Array>): void {
  const settled = new Set<number>();
  const settle = (index: number): void => {
    const star = stars[index];
    if (!star || settled.has(index)) return;
    settled.add(index);
    star.held.set(star.passed);
    for (const flags of [vetoed.get('all'), vetoed.get(star.id)]) {
      if (flags) for (let row = 0; row < flags.length; row += 1) if (flags[row] === 1) star.held[row] = 0;
    }
    for (const id of standard.stars[index]?.requires ?? []) {
      const required = standard.stars.findIndex((one) => one.id === id);
      settle(required);
      const { held } = stars[required]!;
      for (let row = 0; row < held.length; row += 1) star.held[row]! &= held[row]!;
    }
  };
  stars.forEach((_, index) => settle(index));
}

function levelColumn(
  standard: Standard,
  stars: readonly StarColumns[],
  total: Int32Array,
  vetoed: Uint8Array | undefined,
): Uint8Array {
  const level = new Uint8Array(total.length);
  if (standard.grading.mode === 'stars') {
    for (const star of stars) for (let row = 0; row < level.length; row += 1) level[row]! += star.held[row]!;
    return level;
  }
  const full = standard.stars.reduce((sum, star) => sum + fullPoints(star), 0);
  const bands = standard.grading.bands.map((band) => ({ level: band.level, least: bandThreshold(band.min, full) }));
  bands.sort((a, b) => a.level - b.level);
  for (let row = 0; row < level.length; row += 1) {
    if (vetoed?.[row] === 1) continue;
    for (const band of bands) if (total[row]! >= band.least) level[row] = band.level;
  }
  return level;
}

/** Rows by level, total and tie-breakers, higher first; equals in the order of the table. */
function orderRows(level: Uint8Array, total: Int32Array, ties: readonly Int32Array[]): Uint32Array {
  const size = level.length;
  let highest = 0;
  for (let row = 0; row < size; row += 1) if (total[row]! > highest) highest = total[row]!;
  const span = highest + 1;
  // Level, total and row in one number sort many times faster than rows by a comparing function.
  const fits = 256 * span * size < Number.MAX_SAFE_INTEGER;
  if (!fits) return Uint32Array.from(level.keys()).sort((a, b) => compareRows([level, total, ...ties], a, b) || a - b);
  const keys = new Float64Array(size);
  for (let row = 0; row < size; row += 1) keys[row] = ((256 - level[row]!) * span - total[row]!) * size + row;
  keys.sort();
  const order = new Uint32Array(size);
  for (let at = 0; at < size; at += 1) order[at] = keys[at]! % size;
  if (ties.length === 0) return order;
  for (let first = 0; first < size;) {
    let end = first + 1;
    while (end < size && compareRows([level, total], order[first]!, order[end]!) === 0) end += 1;
    if (end - first > 1) order.subarray(first, end).sort((a, b) => compareRows(ties, a, b) || a - b);
    first = end;
  }
  return order;
}

/** A criterion without a value counts 0 in a tie. */
function compareRows(columns: readonly (Uint8Array | Int32Array)[], a: number, b: number): number {
  for (const column of columns) {
    const order = Math.max(0, column[b]!) - Math.max(0, column[a]!);
    if (order !== 0) return order;
  }
  return 0;
}

function rankRows(order: Uint32Array, keys: readonly (Uint8Array | Int32Array)[], group: Int32Array): Int32Array {
  const rank = new Int32Array(order.length);
  const seen = new Map<number, { count: number; last: number }>();
  for (const row of order) {
    const before = seen.get(group[row]!);
    if (!before) {
      seen.set(group[row]!, { count: 1, last: row });
      rank[row] = 1;
      continue;
    }
    before.count += 1;
    rank[row] = compareRows(keys, before.last, row) === 0 ? rank[before.last]! : before.count;
    before.last = row;
  }
  return rank;
}
