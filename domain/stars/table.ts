// Values of many units as columns, one per criterion, for the bulk kernel. A double in a column means its shortest decimal
// text; a text that says more than a double can hold keeps its row in `long` and is scored by the exact reference.
import { asDouble, parseDecimal } from './decimal.ts';
import { labelOf } from './rules-of-points.ts';
import type { UnreadableValue } from './rules-of-points.ts';
import { peerGroup } from './score-all.ts';
import type { PlacedUnit } from './score-all.ts';
import { scalarsOf } from './score.ts';
import type { UnitValues } from './score.ts';
import { criteriaOf } from './standard-shape.ts';
import type { Criterion, Standard } from './standard-shape.ts';

export type NumberColumn = {
  kind: 'number';
  /** NaN where nothing was given. */
  values: Float64Array;
  long: Map<number, string>;
};

export type LabelColumn = {
  kind: 'label';
  /** The position of the label in the rule's levels, −1 where nothing was given. */
  codes: Int16Array;
};

export type ReviewColumn = {
  kind: 'review';
  /** The scores of row r stand in `scores` from `starts[r]` to `starts[r + 1]`. */
  scores: Float64Array;
  starts: Uint32Array;
  long: Map<number, string[]>;
};

export type Column = NumberColumn | LabelColumn | ReviewColumn;

/** For each row the number of its peer group, 0 … count − 1. */
export type Grouping = { of: Int32Array; count: number };

export type Table = {
  size: number;
  /** One per criterion, in the order of criteriaOf. */
  columns: Column[];
  /** Rows with each veto in force, in the order of the standard's vetoes. */
  vetoes: number[][];
  groups: { all: Grouping; county: Grouping; township: Grouping };
};

export type TableBuilder = {
  /** Adds one value; for a review each further call adds a score. Returns what is wrong with it, or null. */
  add(row: number, criterion: number, text: string): UnreadableValue | null;
  addVeto(row: number, veto: number): void;
  has(row: number, criterion: number): boolean;
  /** One value as given; several texts for a review. */
  given(row: number, criterion: number): string | string[];
  /** The values of a row as given, for scoring that one unit with reasons. */
  valuesOf(row: number): UnitValues['values'];
  finish(units: readonly PlacedUnit[]): Table;
};

/** `capacity` rows are made at once; more are added as they come. */
export function buildTable(standard: Standard, capacity = 1024): TableBuilder {
  const criteria = criteriaOf(standard).map(({ criterion }) => criterion);
  const columns = criteria.map((criterion) => openColumn(criterion, capacity));
  const vetoes = standard.vetoes.map((): number[] => []);
  return {
    add: (row, criterion, text) => columns[criterion]?.add(row, text) ?? null,
    addVeto: (row, veto) => void vetoes[veto]?.push(row),
    has: (row, criterion) => columns[criterion]?.has(row) ?? false,
    given: (row, criterion) => columns[criterion]?.given(row) ?? '',
    valuesOf: (row) =>
      Object.fromEntries(
        columns.flatMap((column, index) => (column.has(row) ? [[criteria[index]?.id ?? '', column.given(row)]] : [])),
      ),
    finish: (units) => ({
      size: units.length,
      columns: columns.map((column) => column.finish(units.length)),
      vetoes,
      groups: groupsOf(units),
    }),
  };
}

/** A table from values in memory; values that cannot be read must have been refused by checkValues before. */
export function tableOf(standard: Standard, units: readonly (UnitValues & PlacedUnit)[]): Table {
  const builder = buildTable(standard, units.length);
  const criteria = criteriaOf(standard);
  units.forEach((unit, row) => {
    criteria.forEach(({ criterion }, index) => {
      for (const scalar of scalarsOf(unit.values[criterion.id])) builder.add(row, index, String(scalar));
    });
    standard.vetoes.forEach((veto, index) => {
      if (unit.vetoes?.includes(veto.id)) builder.addVeto(row, index);
    });
  });
  return builder.finish(units);
}

type OpenColumn = {
  add(row: number, text: string): UnreadableValue | null;
  has(row: number): boolean;
  given(row: number): string | string[];
  finish(size: number): Column;
};

function openColumn({ rule }: Criterion, capacity: number): OpenColumn {
  if (rule.type === 'levels') return openLabels(rule.levels, capacity);
  if (rule.type === 'review') return openReviews();
  return openNumbers(rule.type === 'yes', capacity);
}

/** The double that a text stands for, or NaN for a number that no double stands for, or null for no number at all. */
export function readNumber(text: string): number | null {
  // Nearly every value is a short plain decimal; those need neither the pattern nor big integers.
  if (text.length > 0 && text.length <= 15 && isPlain(text)) return Number(text);
  const value = parseDecimal(text);
  return value && (asDouble(value) ?? Number.NaN);
}

/** Digits with at most one point between them and at most one leading minus. */
function isPlain(text: string): boolean {
  let digits = 0;
  let points = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) digits += 1;
    else if (code === 46 && points === 0) points = 1;
    else if (code !== 45 || at > 0) return false;
  }
  return digits > 0;
}

function openNumbers(bit: boolean, capacity: number): OpenColumn {
  let values = new Float64Array(capacity).fill(Number.NaN);
  const long = new Map<number, string>();
  const has = (row: number): boolean => !Number.isNaN(values[row] ?? Number.NaN) || long.has(row);
  return {
    has,
    add(row, text) {
      const value = readNumber(text);
      if (value === null) return { code: 'not-a-number', found: text };
      if (bit && value !== 0 && value !== 1) return { code: 'not-yes-no', found: text };
      if (has(row)) return { code: 'several-values', found: text };
      if (row >= values.length) {
        const longer = new Float64Array(Math.max(row + 1, values.length * 2)).fill(Number.NaN);
        longer.set(values);
        values = longer;
      }
      if (Number.isNaN(value)) long.set(row, text);
      else values[row] = value;
      return null;
    },
    given: (row) => long.get(row) ?? String(values[row]),
    finish(size) {
      const whole = values.length >= size ? values.subarray(0, size) : new Float64Array(size).fill(Number.NaN);
      if (values.length < size) whole.set(values);
      return { kind: 'number', values: whole, long };
    },
  };
}

function openLabels(levels: Readonly<Record<string, number>>, capacity: number): OpenColumn {
  const labels = Object.keys(levels);
  const codeOf = new Map(labels.map((label, code) => [label, code]));
  let codes = new Int16Array(capacity).fill(-1);
  const has = (row: number): boolean => (codes[row] ?? -1) >= 0;
  return {
    has,
    add(row, text) {
      const code = codeOf.get(text) ?? codeOf.get(labelOf(levels, text) ?? '\u0000');
      if (code === undefined) return { code: 'unknown-label', found: text };
      if (has(row)) return { code: 'several-values', found: text };
      if (row >= codes.length) {
        const longer = new Int16Array(Math.max(row + 1, codes.length * 2)).fill(-1);
        longer.set(codes);
        codes = longer;
      }
      codes[row] = code;
      return null;
    },
    given: (row) => labels[codes[row] ?? -1] ?? '',
    finish(size) {
      const whole = codes.length >= size ? codes.subarray(0, size) : new Int16Array(size).fill(-1);
      if (codes.length < size) whole.set(codes);
      return { kind: 'label', codes: whole };
    },
  };
}

function openReviews(): OpenColumn {
  const panels = new Map<number, string[]>();
  return {
    has: (row) => panels.has(row),
    add(row, text) {
      if (readNumber(text) === null) return { code: 'not-a-number', found: text };
      const panel = panels.get(row);
      if (panel) panel.push(text);
      else panels.set(row, [text]);
      return null;
    },
    given: (row) => panels.get(row) ?? [],
    finish(size) {
      const starts = new Uint32Array(size + 1);
      for (let row = 0; row < size; row += 1) starts[row + 1] = (starts[row] ?? 0) + (panels.get(row)?.length ?? 0);
      const scores = new Float64Array(starts[size] ?? 0);
      const long = new Map<number, string[]>();
      for (const [row, panel] of panels) {
        panel.forEach((text, at) => {
          const score = readNumber(text) ?? Number.NaN;
          scores[(starts[row] ?? 0) + at] = score;
          if (Number.isNaN(score)) long.set(row, panel);
        });
      }
      return { kind: 'review', scores, starts, long };
    },
  };
}

function groupsOf(units: readonly PlacedUnit[]): Table['groups'] {
  const grouping = (scope: 'all' | 'county' | 'township'): Grouping => {
    const numbers = new Map<string, number>();
    const of = new Int32Array(units.length);
    units.forEach((unit, row) => {
      const key = peerGroup(scope, unit);
      const number = numbers.get(key) ?? numbers.size;
      numbers.set(key, number);
      of[row] = number;
    });
    return { of, count: Math.max(1, numbers.size) };
  };
  return { all: grouping('all'), county: grouping('county'), township: grouping('township') };
}
