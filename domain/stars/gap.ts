// The way up: the cheapest set of criteria to raise so that a star is held.
//
// Readings fixed here where the written rule leaves room:
// - Raising a criterion costs its whole effort, however little it is raised. So the cheapest set is found with every chosen
//   criterion at its most, and only then is each lowered to the least that still holds the star, the one with the largest
//   headroom first. No advised value can be lowered alone without losing the star.
// - Headroom is the points of a criterion still above its present ones; "highest remaining headroom" compares the sum over
//   the chosen set, so among equal sets the one with the most room to spare wins.
// - A missing criterion that is not optional stands at 0 and is raised like any other. A missing optional criterion is out
//   of the sum; advising it means giving it a value, which also brings its points and its must back into the star.
// - `rank` criteria keep their points and are left out, because they depend on others. A must that only a `rank` criterion
//   could meet makes the star unreachable by one's own doing, and the answer says so.
// - Vetoes and required stars are not points: they are named as blockers, and the advice gives the points regardless.
import { cheapestCover } from './cheapest.ts';
import { decimal, scaledTo } from './decimal.ts';
import { leastValue, mostPoints } from './raise.ts';
import type { CriterionResult, Result, StarResult } from './result.ts';
import { scaledPoints } from './score.ts';
import type { UnitValues, Value } from './score.ts';
import { limits } from './standard-shape.ts';
import type { Standard, Words } from './standard-shape.ts';

export type Advice = {
  criterion: string;
  text: Words;
  /** As given; the combined score of a review; null when nothing was given. */
  valueNow: string | null;
  /** What score must be given instead: a decimal, a label, or the combined score of a review. */
  valueNeeded: string;
  pointsNow: number;
  pointsAfter: number;
  gain: number;
  full: number;
  effort: number;
};

export type Blocker = { kind: 'veto'; id: string; text: Words } | { kind: 'requires'; id: string; text: Words };

export type Gap = {
  unit: string;
  star: string;
  name: Words;
  held: boolean;
  pass: number;
  pointsNow: number;
  /** The star's points once the advice is followed. */
  pointsAfter: number;
  /** Whether raising criteria other than `rank` can give the points and the musts at all. */
  reachable: boolean;
  /** In the standard's order; empty when the points are there already or cannot be reached. */
  advice: Advice[];
  effort: number;
  /** `rank` criteria, which the search does not touch. */
  leftOut: { criterion: string; text: Words; points: number; full: number }[];
  blockers: Blocker[];
};

type Option = { one: CriterionResult; most: number; weight: number; forced: boolean };

export function gap(standard: Standard, result: Result, starId: string): Gap {
  const star = result.stars.find((one) => one.id === starId);
  if (!star) throw new Error(`the standard has no star ${starId}`);
  const chosen = star.passed ? [] : chooseCriteria(star);
  const advice = chosen ? adviseValues(star, chosen) : [];
  return {
    unit: result.unit,
    star: star.id,
    name: star.name,
    held: star.held,
    pass: star.pass,
    pointsNow: star.points,
    pointsAfter: advice.length > 0 ? pointsWith(star, advice) : star.points,
    reachable: chosen !== null,
    advice,
    effort: advice.reduce((sum, one) => sum + wholeEffort(one.effort), 0) / 10 ** limits.effortDecimals,
    leftOut: star.criteria
      .filter((one) => one.rule.type === 'rank')
      .map(({ id, text, points, full }) => ({ criterion: id, text, points, full })),
    blockers: blockersOf(standard, result, star),
  };
}

/** Efforts as integers, so that sums of decimals compare exactly. */
function wholeEffort(effort: number): number {
  return Number(scaledTo(decimal(effort), limits.effortDecimals));
}

/**
 * A star passes when round(earned × full ÷ counted) ≥ pass, that is when 2 × full × earned ≥ (2 × pass − 1) × counted. Both
 * sides are sums over criteria, so each criterion has an integer weight and the search is a cover of what is lacking.
 */
function lineOf(star: StarResult): { perPoint: number; perCounted: number } {
  return { perPoint: 2 * star.full, perCounted: 2 * star.pass - 1 };
}

function chooseCriteria(star: StarResult): Option[] | null {
  const { perPoint, perCounted } = lineOf(star);
  const options: Option[] = [];
  for (const one of star.criteria) {
    const forced = !one.mustMet;
    const most = mostPoints(one.rule, one.full);
    if (forced && (most === null || most < (one.must ?? 0))) return null;
    if (most === null || (!one.removed && most <= one.points)) continue;
    if (one.removed && most < (one.must ?? 0)) continue;
    const weight = perPoint * (most - one.points) - (one.removed ? perCounted * one.full : 0);
    options.push({ one, most, weight, forced });
  }
  const forced = options.filter((option) => option.forced);
  // With every criterion missing and optional there is nothing to scale: at least one has to come back. Doubling the weights
  // and adding one turns "at least one" into a need of 1.
  const empty = star.counted === 0;
  const open = options.filter((option) => !option.forced && (empty ? option.weight >= 0 : option.weight > 0));
  const weightOf = (option: Option): number => (empty ? 2 * option.weight + 1 : option.weight);
  const lacking = perCounted * star.counted - perPoint * star.earned;
  const need = empty ? 1 : lacking - forced.reduce((sum, option) => sum + option.weight, 0);
  const cover = cheapestCover(
    open.map((option) => ({
      weight: weightOf(option),
      effort: wholeEffort(option.one.effort),
      headroom: option.most - option.one.points,
    })),
    need,
  );
  if (!cover) return null;
  const taken = new Set([...forced, ...cover.flatMap((index) => open[index] ?? [])]);
  return options.filter((option) => taken.has(option));
}

/** Starts with every chosen criterion at its most and lowers each in turn to the least that still passes. */
function adviseValues(star: StarResult, chosen: readonly Option[]): Advice[] {
  const { perPoint, perCounted } = lineOf(star);
  const after = new Map(chosen.map((option) => [option, option.most]));
  const counted = chosen.reduce((sum, { one }) => sum + (one.removed ? one.full : 0), star.counted);
  let earned = chosen.reduce((sum, { one, most }) => sum + most - one.points, star.earned);
  const values = new Map<Option, string>();
  const byHeadroom = [...chosen].sort((a, b) => b.most - b.one.points - (a.most - a.one.points));
  for (const option of byHeadroom) {
    const others = earned - (after.get(option) ?? 0);
    const lacking = Math.ceil((perCounted * counted) / perPoint) - others;
    const target = Math.max(lacking, option.one.must ?? 0, option.one.removed ? 0 : option.one.points);
    const reach = leastValue(option.one.rule, option.one.full, Math.min(target, option.most));
    if (!reach) throw new Error(`no value of ${option.one.id} gives ${target} hundredths`);
    earned = others + reach.points;
    after.set(option, reach.points);
    values.set(option, reach.value);
  }
  return chosen.map((option) => {
    const { id, text, points, full, effort } = option.one;
    const pointsAfter = after.get(option) ?? points;
    return {
      criterion: id,
      text,
      valueNow: option.one.combined ?? option.one.values[0] ?? null,
      valueNeeded: values.get(option) ?? '',
      pointsNow: points,
      pointsAfter,
      gain: pointsAfter - points,
      full,
      effort,
    };
  });
}

function pointsWith(star: StarResult, advice: readonly Advice[]): number {
  const raised = new Map(advice.map((one) => [one.criterion, one.pointsAfter]));
  let earned = 0;
  let counted = 0;
  for (const one of star.criteria) {
    const points = raised.get(one.id);
    earned += points ?? one.points;
    counted += one.removed && points === undefined ? 0 : one.full;
  }
  return scaledPoints(earned, star.full, counted);
}

function blockersOf(standard: Standard, result: Result, star: StarResult): Blocker[] {
  const vetoes = standard.vetoes.filter(
    (veto) => result.vetoes.includes(veto.id) && (veto.scope === 'all' || veto.scope === star.id),
  );
  const requires = standard.stars.find((one) => one.id === star.id)?.requires ?? [];
  const lacking = result.stars.filter((one) => requires.includes(one.id) && !one.held);
  return [
    ...vetoes.map(({ id, text }): Blocker => ({ kind: 'veto', id, text })),
    ...lacking.map(({ id, name }): Blocker => ({ kind: 'requires', id, text: name })),
  ];
}

/** The values of a unit with the advice followed: what the replay of a gap scores. */
export function applyAdvice(given: UnitValues, advice: readonly Advice[]): UnitValues {
  const raised = advice.map(({ criterion, valueNeeded }): [string, Value] => [criterion, valueNeeded]);
  return { ...given, values: { ...given.values, ...Object.fromEntries(raised) } };
}
