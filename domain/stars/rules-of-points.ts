// How a value becomes points: the seven rules of a standard, in exact integers. This is the plain reference that every
// faster path must agree with. Points are hundredths; results are rounded half up once, at the end, and kept in [0, P].
import {
  addDecimal,
  compareDecimal,
  decimal,
  decimalText,
  divideHalfUp,
  parseDecimal,
  scaledTo,
  zero,
} from './decimal.ts';
import type { Decimal, Scalar } from './decimal.ts';
import type { Rule } from './standard-shape.ts';

/** A value read for its rule. */
export type Measured =
  { kind: 'number'; value: Decimal } | { kind: 'label'; label: string } | { kind: 'scores'; scores: Decimal[] };

/** Where a unit stands among its peers with a value: how many are strictly worse, out of how many, itself included. */
export type Standing = { worse: number; of: number };

export type UnreadableValue = {
  code: 'not-a-number' | 'not-yes-no' | 'unknown-label' | 'several-values';
  found: string;
};

export type Reading = { ok: true; measured: Measured } | { ok: false; unreadable: UnreadableValue };

/**
 * Reads what was given for a rule. An empty text is not a number: a value that is not there has no row at all, and an
 * empty cell must never become a measured zero.
 */
export function readValue(rule: Rule, given: readonly Scalar[]): Reading {
  const refuse = (code: UnreadableValue['code'], found: Scalar): Reading => ({
    ok: false,
    unreadable: { code, found: String(found) },
  });
  const first = given[0] ?? '';
  if (rule.type === 'review') {
    const scores: Decimal[] = [];
    for (const one of given) {
      const value = parseDecimal(one);
      if (!value) return refuse('not-a-number', one);
      scores.push(value);
    }
    return scores.length > 0 ? { ok: true, measured: { kind: 'scores', scores } } : refuse('not-a-number', '');
  }
  if (given.length > 1) return refuse('several-values', given.join(' | '));
  if (rule.type === 'levels') {
    const label = labelOf(rule.levels, String(first));
    return label === null ? refuse('unknown-label', first) : { ok: true, measured: { kind: 'label', label } };
  }
  const value = parseDecimal(first);
  if (!value) return refuse('not-a-number', first);
  if (rule.type === 'yes' && !isBit(value)) return refuse('not-yes-no', first);
  return { ok: true, measured: { kind: 'number', value } };
}

/** Labels are matched as written; only spaces around them are forgiven. */
export function labelOf(levels: Readonly<Record<string, number>>, given: string): string | null {
  if (Object.hasOwn(levels, given)) return given;
  const trimmed = given.trim();
  return Object.hasOwn(levels, trimmed) ? trimmed : null;
}

const one = decimal(1);

function isBit(value: Decimal): boolean {
  return compareDecimal(value, one) === 0 || compareDecimal(value, zero) === 0;
}

/** Points of one criterion, in hundredths. `standing` is needed by `rank` only; a unit without peers stands alone. */
export function pointsOf(rule: Rule, full: number, measured: Measured, standing?: Standing): number {
  return Math.min(full, Math.max(0, unboundedPoints(rule, full, measured, standing)));
}

function unboundedPoints(rule: Rule, full: number, measured: Measured, standing?: Standing): number {
  switch (rule.type) {
    case 'levels':
      return measured.kind === 'label' ? (rule.levels[measured.label] ?? 0) : 0;
    case 'review':
      if (measured.kind !== 'scores') return 0;
      return sharePoints(full, combine(rule.combine, measured.scores), decimal(rule.max));
    case 'rank':
      return rankPoints(rule.steps, standing ?? { worse: 0, of: 1 });
    case 'yes':
      return measured.kind === 'number' && compareDecimal(measured.value, one) === 0 ? full : 0;
    case 'linear':
      return measured.kind === 'number' ? linearPoints(full, rule.from, rule.to, measured.value) : 0;
    case 'steps':
      return measured.kind === 'number' ? lastStep(rule.steps, measured.value) : 0;
    case 'steps-down':
      return measured.kind === 'number' ? firstStepDown(rule.steps, measured.value) : 0;
  }
}

function linearPoints(full: number, from: number, to: number, value: Decimal): number {
  const start = decimal(from);
  const end = decimal(to);
  const places = Math.max(value.places, start.places, end.places);
  let way = scaledTo(value, places) - scaledTo(start, places);
  let length = scaledTo(end, places) - scaledTo(start, places);
  if (length < 0n) [way, length] = [-way, -length];
  if (way <= 0n) return 0;
  if (way >= length) return full;
  return Number(divideHalfUp(BigInt(full) * way, length));
}

type Steps = readonly { at: number; points: number }[];

function lastStep(steps: Steps, value: Decimal): number {
  let points = 0;
  for (const step of steps) {
    if (compareDecimal(decimal(step.at), value) > 0) break;
    points = step.points;
  }
  return points;
}

function firstStepDown(steps: Steps, value: Decimal): number {
  return steps.find((step) => compareDecimal(value, decimal(step.at)) <= 0)?.points ?? 0;
}

/** Percentile = strictly worse ÷ (units − 1) × 100, compared with each step without dividing; one unit alone has 100. */
function rankPoints(steps: Steps, { worse, of }: Standing): number {
  const others = BigInt(of - 1);
  let points = 0;
  for (const step of steps) {
    const at = decimal(step.at);
    const reached =
      others <= 0n
        ? compareDecimal(at, decimal(100)) <= 0
        : BigInt(worse) * 100n * 10n ** BigInt(at.places) >= at.digits * others;
    if (!reached) break;
    points = step.points;
  }
  return points;
}

/** A panel's combined score as an exact fraction. */
export type Combined = { sum: Decimal; count: number };

/** Which of the sorted scores count, as a half-open range. */
function countedRange(how: 'mean' | 'trimmed' | 'median', size: number): [number, number] {
  if (how === 'median') return [(size - 1) >> 1, (size >> 1) + 1];
  return how === 'trimmed' && size >= 5 ? [1, size - 1] : [0, size];
}

export function combine(how: 'mean' | 'trimmed' | 'median', scores: readonly Decimal[]): Combined {
  const [first, end] = countedRange(how, scores.length);
  const counted = [...scores].sort(compareDecimal).slice(first, end);
  return { sum: counted.reduce(addDecimal, zero), count: counted.length };
}

/** The combined score in plain decimals, rounded half up to four: for reading, never for deciding. */
export function combinedText({ sum, count }: Combined): string {
  const scaled = divideHalfUp(sum.digits * 10_000n, 10n ** BigInt(sum.places) * BigInt(count));
  return decimalText({ digits: scaled, places: 4 });
}

function sharePoints(full: number, { sum, count }: Combined, max: Decimal): number {
  const places = Math.max(sum.places, max.places);
  const share = scaledTo(sum, places);
  const whole = scaledTo(max, places) * BigInt(count);
  if (share <= 0n) return 0;
  if (share >= whole) return full;
  return Number(divideHalfUp(BigInt(full) * share, whole));
}

type RankRule = Extract<Rule, { type: 'rank' }>;

/** Counts the strictly worse among the others; without others the unit stands alone. */
export function standingAmong(
  rule: RankRule,
  value: Decimal,
  others: readonly Scalar[] | Standing | undefined,
): Standing {
  if (!others) return { worse: 0, of: 1 };
  if ('worse' in others) return { worse: others.worse, of: others.of };
  const worse = others.filter((other) => {
    const order = compareDecimal(decimal(other), value);
    return rule.lower ? order > 0 : order < 0;
  });
  return { worse: worse.length, of: others.length + 1 };
}

/** The standing of every unit with a value within its group, for many units at once; null where there is no value. */
export function standingsWithin<Group>(
  values: readonly (Decimal | null)[],
  groupOf: (index: number) => Group,
  lower: boolean,
): (Standing | null)[] {
  const groups = new Map<Group, { index: number; value: Decimal }[]>();
  values.forEach((value, index) => {
    if (!value) return;
    const group = groups.get(groupOf(index));
    if (group) group.push({ index, value });
    else groups.set(groupOf(index), [{ index, value }]);
  });
  const standings = values.map((): Standing | null => null);
  for (const group of groups.values()) {
    group.sort((a, b) => compareDecimal(a.value, b.value) * (lower ? -1 : 1));
    let worse = 0;
    group.forEach(({ index, value }, at) => {
      const before = group[at - 1];
      if (before && compareDecimal(before.value, value) !== 0) worse = at;
      standings[index] = { worse, of: group.length };
    });
  }
  return standings;
}
