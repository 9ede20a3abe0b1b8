// The rules of points over columns of doubles. The arithmetic is a filter: a result whose distance from the next rounding
// boundary is larger than the error that doubles can make is right as it stands; the few others are decided with integers,
// and where those would not fit, by the exact reference. So the answer is always the reference's, at the filter's price.
import { decimal, scaledTo } from './decimal.ts';
import type { Decimal } from './decimal.ts';
import { pointsOf, readValue, standingsWithin } from './rules-of-points.ts';
import type { Rule } from './standard-shape.ts';
import type { Column, Grouping, LabelColumn, NumberColumn, ReviewColumn } from './table.ts';

/** Writes the points of rows `from` … `to − 1` to the start of `out`; −1 where no value was given. */
export type PointsOfRows = (from: number, to: number, out: Int32Array) => void;

type RuleOf<T extends Rule['type']> = Extract<Rule, { type: T }>;

/** Half the distance between 1 and the next double: the relative error of one operation. */
const unit = 2 ** -53;

export function pointsOfColumn(rule: Rule, full: number, column: Column, group: Grouping): PointsOfRows {
  if (column.kind !== 'label' && column.long.size > 0) return copied(exactPoints(rule, full, column, group));
  switch (rule.type) {
    case 'linear':
      return linear(rule, full, asNumbers(column));
    case 'steps':
      return steps(keptSteps(rule.steps, full), asNumbers(column));
    case 'steps-down':
      return stepsDown(keptSteps(rule.steps, full), asNumbers(column));
    case 'yes':
      return steps({ at: Float64Array.of(1), points: Int32Array.of(full) }, asNumbers(column));
    case 'levels':
      return levels(rule, full, column as LabelColumn);
    case 'review':
      return review(rule, full, column as ReviewColumn);
    case 'rank':
      return copied(rank(rule, keptSteps(rule.steps, full), asNumbers(column).values, group));
  }
}

function asNumbers(column: Column): NumberColumn {
  if (column.kind !== 'number') throw new Error('a column of numbers is needed');
  return column;
}

function copied(points: Int32Array): PointsOfRows {
  return (from, to, out) => out.set(points.subarray(from, to));
}

type KeptSteps = { at: Float64Array; points: Int32Array };

function keptSteps(given: readonly { at: number; points: number }[], full: number): KeptSteps {
  return {
    at: Float64Array.from(given, (step) => step.at),
    points: Int32Array.from(given, (step) => Math.min(full, Math.max(0, step.points))),
  };
}

/** Doubles of up to 15 digits keep the order of their decimals, so these comparisons are exact. */
function steps({ at, points }: KeptSteps, { values }: NumberColumn): PointsOfRows {
  const count = at.length;
  return (from, to, out) => {
    for (let row = from; row < to; row += 1) {
      const value = values[row]!;
      let reached = -1;
      while (reached + 1 < count && value >= at[reached + 1]!) reached += 1;
      out[row - from] = reached >= 0 ? points[reached]! : value === value ? 0 : -1;
    }
  };
}

function stepsDown({ at, points }: KeptSteps, { values }: NumberColumn): PointsOfRows {
  const count = at.length;
  return (from, to, out) => {
    for (let row = from; row < to; row += 1) {
      const value = values[row]!;
      let step = 0;
      while (step < count && value > at[step]!) step += 1;
      out[row - from] = value !== value ? -1 : step < count ? points[step]! : 0;
    }
  };
}

function levels(rule: RuleOf<'levels'>, full: number, { codes }: LabelColumn): PointsOfRows {
  const points = Int32Array.from(Object.values(rule.levels), (given) => Math.min(full, Math.max(0, given)));
  return (from, to, out) => {
    for (let row = from; row < to; row += 1) {
      const code = codes[row]!;
      out[row - from] = code < 0 ? -1 : points[code]!;
    }
  };
}

function linear(rule: RuleOf<'linear'>, full: number, { values }: NumberColumn): PointsOfRows {
  const { from: start, to: end } = rule;
  const slope = full / (end - start);
  // Between the two ends no magnitude exceeds `reach`; v, from and to are each off by half a last digit, and three
  // operations follow. Twice the sum of those errors, as points.
  const reach = Math.max(Math.abs(start), Math.abs(end));
  const error = full * unit * ((16 * reach) / Math.abs(end - start) + 16);
  const exact = exactLine(rule, full);
  return (from, to, out) => {
    for (let row = from; row < to; row += 1) {
      const rounded = (values[row]! - start) * slope + 0.5;
      let points = Math.floor(rounded);
      const rest = rounded - points;
      if (points < 0) points = 0;
      else if (points > full) points = full;
      else if (rest < error || rest > 1 - error) points = exact(values[row]!);
      else if (rest !== rest) points = -1;
      out[row - from] = points;
    }
  };
}

/** One linear value in integers: the value is tried as a multiple of a fixed decimal unit, and proved to be one. */
function exactLine(rule: RuleOf<'linear'>, full: number): (value: number) => number {
  const [start, end] = [decimal(rule.from), decimal(rule.to)];
  const places = Math.max(start.places, end.places, 6);
  const scale = 10 ** places;
  const first = Number(scaledTo(start, places));
  const length = Math.abs(Number(scaledTo(end, places)) - first);
  const sign = rule.to > rule.from ? 1 : -1;
  const fits = places <= 15 && 2 * (full + 1) * length < Number.MAX_SAFE_INTEGER && Math.abs(first) < 1e15;
  return (value) => {
    const whole = Math.round(value * scale);
    if (fits && Math.abs(whole) < 1e15 && whole / scale === value) {
      const way = sign * (whole - first);
      if (way <= 0) return 0;
      if (way >= length) return full;
      return Math.floor((2 * full * way + length) / (2 * length));
    }
    return pointsOf(rule, full, { kind: 'number', value: decimal(value) });
  };
}

function review(rule: RuleOf<'review'>, full: number, { scores, starts }: ReviewColumn): PointsOfRows {
  const widest = 200;
  // Panels whose scores lie far outside the scale, or below it, go the exact way: their sums could cancel.
  const highest = 4 * rule.max;
  const error = full * unit * 16 * widest;
  const exact = exactShare(rule, full);
  const slopes = Float64Array.from({ length: widest + 1 }, (_, count) => full / (rule.max * count));
  const middle = rule.combine === 'median' ? openMiddle(widest) : null;
  return (from, to, out) => {
    for (let row = from; row < to; row += 1) {
      const first = starts[row]!;
      const end = starts[row + 1]!;
      const count = end - first;
      if (count === 0 || count > widest) {
        out[row - from] = count === 0 ? -1 : exact(scores.subarray(first, end));
        continue;
      }
      let sum = scores[first]!;
      let low = sum;
      let high = sum;
      for (let at = first + 1; at < end; at += 1) {
        const score = scores[at]!;
        sum += score;
        if (score < low) low = score;
        else if (score > high) high = score;
      }
      let counted = count;
      if (middle) {
        sum = middle(scores, first, end);
        counted = 2;
      } else if (rule.combine === 'trimmed' && count >= 5) {
        sum -= low + high;
        counted -= 2;
      }
      const rounded = sum * slopes[counted]! + 0.5;
      let points = Math.floor(rounded);
      const rest = rounded - points;
      const sure = rest >= error && rest <= 1 - error && low >= 0 && high <= highest;
      if (!sure) points = exact(scores.subarray(first, end));
      out[row - from] = points > full ? full : points;
    }
  };
}

/** The two middle scores of a panel added up, the only middle one twice. */
function openMiddle(widest: number): (scores: Float64Array, first: number, end: number) => number {
  const sorted = new Float64Array(widest);
  return (scores, first, end) => {
    const count = end - first;
    for (let at = 0; at < count; at += 1) {
      const score = scores[first + at]!;
      let to = at;
      for (; to > 0 && sorted[to - 1]! > score; to -= 1) sorted[to] = sorted[to - 1]!;
      sorted[to] = score;
    }
    return sorted[(count - 1) >> 1]! + sorted[count >> 1]!;
  };
}

/** One panel in integers, or where they would not fit, by the reference. */
function exactShare(rule: RuleOf<'review'>, full: number): (scores: Float64Array) => number {
  const max = decimal(rule.max);
  const places = Math.max(max.places, 6);
  const scale = 10 ** places;
  const whole = Number(scaledTo(max, places));
  const widest = 1000;
  const integers = new Float64Array(widest);
  const middle = openMiddle(widest);
  return (scores) => {
    const size = scores.length;
    let proved = places <= 15 && size <= widest;
    let sum = 0;
    let low = Infinity;
    let high = -Infinity;
    for (let at = 0; at < size && proved; at += 1) {
      const score = Math.round(scores[at]! * scale);
      proved = score / scale === scores[at]!;
      integers[at] = score;
      sum += score;
      low = Math.min(low, score);
      high = Math.max(high, score);
    }
    const bound = Math.max(Math.abs(low), Math.abs(high), whole);
    if (proved && bound < 1e15 && 2 * (full + 1) * bound * Math.max(2, size) < Number.MAX_SAFE_INTEGER) {
      let counted = size;
      if (rule.combine === 'median') {
        sum = middle(integers, 0, size);
        counted = 2;
      } else if (rule.combine === 'trimmed' && size >= 5) {
        sum -= low + high;
        counted -= 2;
      }
      if (sum <= 0) return 0;
      if (sum >= whole * counted) return full;
      return Math.floor((2 * full * sum + whole * counted) / (2 * whole * counted));
    }
    return pointsOf(rule, full, { kind: 'scores', scores: Array.from(scores, (score) => decimal(score)) });
  };
}

/** `worse ≥ ⌈at × others ÷ 100⌉` turns each step into a value of the sorted group that must be passed. */
function rank(rule: RuleOf<'rank'>, kept: KeptSteps, values: Float64Array, group: Grouping): Int32Array {
  const { ends, sorted } = sortedByGroup(values, group);
  const count = kept.at.length;
  const marks = new Float64Array(group.count * count);
  const limit = rule.lower ? -Infinity : Infinity;
  const always = -limit;
  const percents = rule.steps.map((step) => decimal(step.at));
  for (let number = 0; number < group.count; number += 1) {
    const first = number === 0 ? 0 : ends[number - 1]!;
    const size = ends[number]! - first;
    percents.forEach((percent, step) => {
      const worse = worseNeeded(percent, size);
      let mark = limit;
      if (worse <= 0) mark = always;
      else if (worse < size) mark = rule.lower ? sorted[first + size - worse]! : sorted[first + worse - 1]!;
      marks[number * count + step] = mark;
    });
  }
  const points = new Int32Array(values.length);
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row]!;
    const base = group.of[row]! * count;
    let reached = 0;
    if (rule.lower) while (reached < count && value < marks[base + reached]!) reached += 1;
    else while (reached < count && value > marks[base + reached]!) reached += 1;
    points[row] = value !== value ? -1 : reached === 0 ? 0 : kept.points[reached - 1]!;
  }
  return points;
}

/** How many must be strictly worse for a percentile; more than there are when the step is out of reach. */
function worseNeeded(percent: Decimal, size: number): number {
  const hundred = 100n * 10n ** BigInt(percent.places);
  if (percent.digits <= 0n) return 0;
  // One unit alone has percentile 100.
  if (size <= 1) return percent.digits <= hundred ? 0 : size + 1;
  if (percent.digits > hundred) return size + 1;
  return Number((percent.digits * BigInt(size - 1) + hundred - 1n) / hundred);
}

/** The given values of each group, sorted, one group after another; `ends[g]` is where group g ends. */
function sortedByGroup(values: Float64Array, group: Grouping): { ends: Int32Array; sorted: Float64Array } {
  const ends = new Int32Array(group.count);
  let given = 0;
  for (let row = 0; row < values.length; row += 1) {
    if (!Number.isNaN(values[row]!)) {
      ends[group.of[row]!]! += 1;
      given += 1;
    }
  }
  const next = new Int32Array(group.count);
  for (let number = 1; number < group.count; number += 1) {
    next[number] = ends[number - 1]!;
    ends[number]! += ends[number - 1]!;
  }
  const sorted = new Float64Array(given);
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row]!;
    if (value !== value) continue;
    const number = group.of[row]!;
    sorted[next[number]!] = value;
    next[number]! += 1;
  }
  for (let number = 0; number < group.count; number += 1) {
    sorted.subarray(number === 0 ? 0 : ends[number - 1]!, ends[number]!).sort();
  }
  return { ends, sorted };
}

/** Every row by the reference: for columns that hold a text which no double can stand for. */
function exactPoints(rule: Rule, full: number, column: NumberColumn | ReviewColumn, group: Grouping): Int32Array {
  const size = column.kind === 'number' ? column.values.length : column.starts.length - 1;
  const given = (row: number): (string | number)[] => {
    const long = column.long.get(row);
    if (long !== undefined) return typeof long === 'string' ? [long] : long;
    if (column.kind === 'review')
      return Array.from(column.scores.subarray(column.starts[row]!, column.starts[row + 1]!));
    return Number.isNaN(column.values[row]!) ? [] : [column.values[row]!];
  };
  const readings = Array.from({ length: size }, (_, row) => readValue(rule, given(row)));
  const standings = standingsWithin(
    readings.map((reading) => (reading.ok && reading.measured.kind === 'number' ? reading.measured.value : null)),
    (row) => group.of[row]!,
    rule.type === 'rank' && rule.lower,
  );
  return Int32Array.from(readings, (reading, row) =>
    reading.ok ? pointsOf(rule, full, reading.measured, standings[row] ?? undefined) : -1,
  );
}
