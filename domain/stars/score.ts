// The one place where a star is decided: score(standard, values) and nothing else. Deterministic, in integers, with reasons.
//
// Readings fixed here where the written rule leaves room:
// - An optional criterion without a value leaves the star; the *star's* earned points are then scaled once (earned × full sum
//   ÷ remaining sum, half up to hundredths). Each criterion keeps the points its own rule gave, and a must compares those.
// - A star passes on its scaled points.
// - A star that is not held keeps its points, and they count in the total.
// - In bands a veto on all gives level 0; a veto on one star takes that star and leaves the band.
// - Names that the standard does not know, several values where one is needed, and texts that cannot be read are faults of
//   the input; score throws and names unit, criterion and text, so that nothing half-right is ever written.
import { decimal } from './decimal.ts';
import type { Scalar } from './decimal.ts';
import type { CriterionResult, Reason, Result, StarResult } from './result.ts';
import { combine, combinedText, pointsOf, readValue, standingAmong } from './rules-of-points.ts';
import type { Standing } from './rules-of-points.ts';
import { criteriaOf, fullPoints } from './standard-shape.ts';
import type { Criterion, Standard, Star } from './standard-shape.ts';

/** One value, the scores of a panel, or either with a word on where it came from; null is the same as no value. */
export type Value =
  Scalar | readonly Scalar[] | { value: Scalar | readonly Scalar[]; from?: string } | null | undefined;

export type UnitValues = {
  unit: string;
  /** By criterion id. */
  values: Readonly<Record<string, Value>>;
  /** Ids of the vetoes in force. */
  vetoes?: readonly string[];
};

/** For `rank` criteria, by criterion id: the values of the other peers that have one, or the standing already counted. */
export type Peers = Readonly<Record<string, readonly Scalar[] | Standing>>;

export type ValueProblem = {
  unit: string;
  /** Criterion or veto id. */
  criterion: string;
  found: string;
  code: 'not-a-number' | 'not-yes-no' | 'unknown-label' | 'several-values' | 'unknown-criterion' | 'unknown-veto';
};

export function scalarsOf(value: Value): readonly Scalar[] {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object') return [value];
  return 'value' in value ? scalarsOf(value.value) : value;
}

/** Every fault of the values of one unit. */
export function checkValues(standard: Standard, given: UnitValues): ValueProblem[] {
  const { unit } = given;
  const known = new Map(criteriaOf(standard).map(({ criterion }) => [criterion.id, criterion]));
  const vetoes = new Set(standard.vetoes.map((veto) => veto.id));
  const problems: ValueProblem[] = [];
  for (const [id, value] of Object.entries(given.values)) {
    const criterion = known.get(id);
    const scalars = scalarsOf(value);
    if (!criterion) {
      problems.push({ unit, criterion: id, found: scalars.join(' | '), code: 'unknown-criterion' });
    } else if (scalars.length > 0) {
      const reading = readValue(criterion.rule, scalars);
      if (!reading.ok) problems.push({ unit, criterion: id, ...reading.unreadable });
    }
  }
  for (const id of given.vetoes ?? []) {
    if (!vetoes.has(id)) problems.push({ unit, criterion: id, found: id, code: 'unknown-veto' });
  }
  return problems;
}

const problemWords: Record<ValueProblem['code'], (p: ValueProblem) => { zh: string; en: string }> = {
  'not-a-number': (p) => ({
    zh: `应为有限数字，实为“${p.found}”`,
    en: `a finite number is needed, found "${p.found}"`,
  }),
  'not-yes-no': (p) => ({ zh: `只能是 1 或 0，实为“${p.found}”`, en: `must be 1 or 0, found "${p.found}"` }),
  'unknown-label': (p) => ({ zh: `没有等级“${p.found}”`, en: `unknown level "${p.found}"` }),
  'several-values': (p) => ({
    zh: `只能有一个值，实为“${p.found}”`,
    en: `only one value is allowed, found "${p.found}"`,
  }),
  'unknown-criterion': () => ({ zh: '标准中没有这一条', en: 'the standard has no such criterion or veto' }),
  'unknown-veto': () => ({ zh: '标准中没有这一否决项', en: 'the standard has no such veto' }),
};

/** One line in the given language; unit and criterion are always named. */
export function valueProblemText(problem: ValueProblem, language: 'zh' | 'en' = 'en'): string {
  const words = problemWords[problem.code](problem);
  return language === 'zh'
    ? `单位 ${problem.unit}，条目 ${problem.criterion}：${words.zh}`
    : `unit ${problem.unit}, criterion ${problem.criterion}: ${words.en}`;
}

/** Throws, with the problems as `cause`, when a value cannot be read; there is no partial result. */
export function score(standard: Standard, given: UnitValues, peers: Peers = {}): Result {
  const problems = checkValues(standard, given);
  if (problems.length > 0) {
    throw new Error(problems.map((problem) => valueProblemText(problem)).join('\n'), { cause: problems });
  }
  const inForce = new Set(given.vetoes ?? []);
  const vetoes = standard.vetoes.filter((veto) => inForce.has(veto.id));
  const stars = standard.stars.map((star) => {
    const criteria = star.criteria.map((criterion) => scoreCriterion(star, criterion, given, peers));
    return scoreStar(star, criteria, vetoes);
  });
  settleHeld(standard, stars);
  const total = stars.reduce((sum, star) => sum + star.points, 0);
  const full = stars.reduce((sum, star) => sum + star.full, 0);
  const { id, version, sample, title } = standard;
  return {
    unit: given.unit,
    standard: { id, version, sample, title },
    level: levelOf(
      standard,
      stars,
      total,
      full,
      vetoes.some((veto) => veto.scope === 'all'),
    ),
    total,
    full,
    vetoes: vetoes.map((veto) => veto.id),
    missing: stars.reduce((sum, star) => sum + star.criteria.filter((one) => one.missing).length, 0),
    stars,
  };
}

function scoreCriterion(star: Star, criterion: Criterion, given: UnitValues, peers: Peers): CriterionResult {
  const { id, rule, points: full } = criterion;
  const value = Object.hasOwn(given.values, id) ? given.values[id] : undefined;
  const scalars = scalarsOf(value);
  const reading = scalars.length > 0 ? readValue(rule, scalars) : null;
  const measured = reading?.ok ? reading.measured : null;
  const standing =
    rule.type === 'rank' && measured?.kind === 'number' ? standingAmong(rule, measured.value, peers[id]) : null;
  const points = measured ? pointsOf(rule, full, measured, standing ?? undefined) : 0;
  const removed = !measured && criterion.optional;
  const must = criterion.must ?? null;
  return {
    id,
    star: star.id,
    text: criterion.text,
    points,
    full,
    missing: !measured,
    removed,
    must,
    mustMet: removed || must === null || points >= must,
    values: scalars.map(String),
    combined:
      rule.type === 'review' && measured?.kind === 'scores'
        ? combinedText(combine(rule.combine, measured.scores))
        : null,
    source: { ...criterion.value, from: sourceOf(value) },
    rule,
    effort: criterion.effort,
    standing,
  };
}

function sourceOf(value: Value): string | null {
  return typeof value === 'object' && value !== null && 'value' in value ? (value.from ?? null) : null;
}

/** earned × full ÷ counted, half up to hundredths; exact because a star has at most 10⁷ hundredths. */
export function scaledPoints(earned: number, full: number, counted: number): number {
  if (counted === full) return earned;
  return counted === 0 ? 0 : Math.floor((2 * earned * full + counted) / (2 * counted));
}

function scoreStar(star: Star, criteria: CriterionResult[], vetoes: Standard['vetoes']): StarResult {
  const full = fullPoints(star);
  const counted = criteria.reduce((sum, one) => sum + (one.removed ? 0 : one.full), 0);
  const earned = criteria.reduce((sum, one) => sum + one.points, 0);
  const points = scaledPoints(earned, full, counted);
  const { pass } = star;
  const missed = criteria.filter((one) => !one.mustMet);
  const hits = vetoes.filter((veto) => veto.scope === 'all' || veto.scope === star.id);
  const reasons: Reason[] = [
    points >= pass
      ? { code: 'enough-points', points, pass }
      : { code: 'below-pass', points, pass, short: pass - points },
    ...missed.map((one): Reason => ({
      code: 'must-missed',
      criterion: one.id,
      points: one.points,
      must: one.must ?? 0,
    })),
    ...hits.map((veto): Reason => ({ code: 'vetoed', veto: veto.id })),
    ...criteria
      .filter((one) => one.missing)
      .map((one): Reason => ({ code: one.removed ? 'removed' : 'missing', criterion: one.id })),
  ];
  if (counted === 0) reasons.push({ code: 'nothing-counted' });
  else if (counted < full) reasons.push({ code: 'scaled', earned, counted, full });
  const passed = points >= pass && missed.length === 0;
  const vetoed = hits.length > 0;
  const { id, name, lead } = star;
  return { id, name, lead, points, earned, counted, full, pass, passed, vetoed, held: false, reasons, criteria };
}

/** Held = passed, not vetoed, and every required star held. The standard has no circle, so each star settles once. */
function settleHeld(standard: Standard, stars: StarResult[]): void {
  const settled = new Set<string>();
  const settle = (id: string): boolean => {
    const index = standard.stars.findIndex((star) => star.id === id);
    const star = stars[index];
    const requires = standard.stars[index]?.requires ?? [];
    if (!star) return false;
    if (settled.has(id)) return star.held;
    settled.add(id);
    const lacking = requires.filter((required) => !settle(required));
    star.reasons.push(...lacking.map((required): Reason => ({ code: 'requires', star: required })));
    star.held = star.passed && !star.vetoed && lacking.length === 0;
    return star.held;
  };
  for (const star of standard.stars) settle(star.id);
}

function levelOf(standard: Standard, stars: StarResult[], total: number, full: number, vetoed: boolean): number {
  if (standard.grading.mode === 'stars') return stars.filter((star) => star.held).length;
  if (vetoed) return 0;
  const reached = standard.grading.bands.filter((band) => total >= bandThreshold(band.min, full));
  return reached.reduce((highest, band) => Math.max(highest, band.level), 0);
}

/** The least total, in hundredths, with total ÷ full × 100 ≥ min. */
export function bandThreshold(min: number, full: number): number {
  const { digits, places } = decimal(min);
  const unit = 100n * 10n ** BigInt(places);
  return Number((digits * BigInt(full) + unit - 1n) / unit);
}
