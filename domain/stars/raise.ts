// The rules of points read backwards: how far a criterion can go, and the least value that reaches given points.
import { decimal, decimalText, floorDivide, scaledTo } from './decimal.ts';
import type { Decimal } from './decimal.ts';
import { pointsOf } from './rules-of-points.ts';
import type { Rule } from './standard-shape.ts';

/** A value that can be handed back to score: a decimal in plain notation, or a label. */
export type Reach = { value: string; points: number };

/** The most points a unit can reach by its own doing, or null for `rank`, which depends on others. */
export function mostPoints(rule: Rule, full: number): number | null {
  switch (rule.type) {
    case 'rank':
      return null;
    case 'linear':
    case 'review':
    case 'yes':
      return full;
    case 'steps':
    case 'steps-down':
    case 'levels':
      return Math.max(0, ...choicesOf(rule, full).map((choice) => choice.points));
  }
}

/**
 * The least raise that reaches at least `target` points. For a panel review the value is the combined score. Null when the
 * rule cannot give that many. Where a whole stretch of values gives the same points, the shortest decimal in it is named.
 */
export function leastValue(rule: Rule, full: number, target: number): Reach | null {
  if (rule.type === 'linear') return target > full ? null : leastOnLine(rule.from, rule.to, full, target);
  if (rule.type === 'review') return target > full ? null : leastOnLine(0, rule.max, full, target);
  if (rule.type === 'rank') return null;
  const enough = choicesOf(rule, full).filter((choice) => choice.points >= target);
  return enough.reduce<Reach | null>((least, one) => (least && least.points <= one.points ? least : one), null);
}

type Choosing = Extract<Rule, { type: 'steps' | 'steps-down' | 'levels' | 'yes' }>;

/** The values between which a rule with jumps has to choose, in the order in which they are nearest to reach. */
function choicesOf(rule: Choosing, full: number): Reach[] {
  const kept = (points: number): number => Math.min(full, Math.max(0, points));
  if (rule.type === 'yes') {
    return [
      { value: '0', points: 0 },
      { value: '1', points: full },
    ];
  }
  if (rule.type === 'levels') {
    return Object.entries(rule.levels).map(([label, points]) => ({ value: label, points: kept(points) }));
  }
  const steps = rule.steps.map((step) => ({ value: decimalText(decimal(step.at)), points: kept(step.points) }));
  return rule.type === 'steps' ? steps : steps.reverse();
}

function leastOnLine(from: number, to: number, full: number, target: number): Reach {
  const start = decimal(from);
  const end = decimal(to);
  if (target <= 0) return { value: decimalText(start), points: 0 };
  if (target >= full) return { value: decimalText(end), points: full };
  // Points reach `target` from (target − ½) on, because they are rounded half up:
  // value = start + (end − start) × (2·target − 1) ÷ (2·full), taken as one fraction of integers.
  const places = Math.max(start.places, end.places);
  const length = scaledTo(end, places) - scaledTo(start, places);
  const part = 2n * BigInt(full);
  const numerator = scaledTo(start, places) * part + length * BigInt(2 * target - 1);
  const denominator = part * 10n ** BigInt(places);
  const line: Rule = { type: 'linear', from, to };
  for (let digits = 0; ; digits += 1) {
    const scaled = numerator * 10n ** BigInt(digits);
    const value: Decimal = {
      digits: length > 0n ? -floorDivide(-scaled, denominator) : floorDivide(scaled, denominator),
      places: digits,
    };
    // One hundredth of a point is a stretch of values of positive length, so some number of digits falls into it.
    if (pointsOf(line, full, { kind: 'number', value }) === target) {
      return { value: decimalText(value), points: target };
    }
  }
}
