// Contradictions inside a standard that has the right shape: ids that meet nothing, circles, impossible numbers, and what
// may never be scored.
import { scoreBarredKeys } from '../records/facts/index.ts';
import { isScoreBarred, isVetoBarred } from './barred.ts';
import { decimal, pointsText } from './decimal.ts';
import { standardIssue } from './standard-issues.ts';
import type { StandardIssue } from './standard-issues.ts';
import { facilityAspects, fullPoints, limits } from './standard-shape.ts';
import type { Criterion, Standard } from './standard-shape.ts';

type Path = (string | number)[];

export function checkStandard(standard: Standard): StandardIssue[] {
  return [
    ...checkHead(standard),
    ...checkIds(standard),
    ...checkStars(standard),
    ...checkRequires(standard),
    ...checkFacilities(standard),
    ...checkVetoes(standard),
    ...standard.tieBreakers.flatMap((id, index) =>
      standard.stars.some((star) => star.criteria.some((criterion) => criterion.id === id))
        ? []
        : [standardIssue(['tieBreakers', index], 'tie-breaker-unknown', { id })],
    ),
    ...repeated(standard.tieBreakers.map((id, index) => ({ id, path: ['tieBreakers', index] }))),
  ];
}

/** What is lawful but almost surely not meant. */
export function findWarnings(standard: Standard): StandardIssue[] {
  return standard.stars.flatMap((star, index) =>
    star.pass > fullPoints(star)
      ? [standardIssue(['stars', index, 'pass'], 'pass-above-sum', { sum: pointsText(fullPoints(star)) })]
      : [],
  );
}

function checkHead(standard: Standard): StandardIssue[] {
  const issues: StandardIssue[] = [];
  if (!standard.sample && !standard.source) issues.push(standardIssue(['source'], 'source-missing'));
  const { from, to } = standard.effective;
  if (to !== null && to < from) issues.push(standardIssue(['effective', 'to'], 'effective-order'));
  if (standard.grading.mode === 'bands') {
    const { bands } = standard.grading;
    bands.forEach((band, index) => {
      const path: Path = ['grading', 'bands', index];
      if (band.min < 0 || band.min > 100) issues.push(standardIssue([...path, 'min'], 'band-min-range'));
      if (bands.some((other, at) => at < index && other.level === band.level)) {
        issues.push(standardIssue([...path, 'level'], 'duplicate-id', { id: String(band.level) }));
      }
      if (bands.some((other) => other.level < band.level && other.min >= band.min)) {
        issues.push(standardIssue([...path, 'min'], 'band-order'));
      }
    });
  }
  return issues;
}

function repeated(ids: { id: string; path: Path }[]): StandardIssue[] {
  const seen = new Set<string>();
  return ids.flatMap(({ id, path }) => {
    if (seen.has(id)) return [standardIssue(path, 'duplicate-id', { id })];
    seen.add(id);
    return [];
  });
}

/** A values file names criteria and vetoes in one column, so the two share one set of ids. */
function checkIds(standard: Standard): StandardIssue[] {
  const stars = standard.stars.map((star, index) => ({ id: star.id, path: ['stars', index, 'id'] as Path }));
  const criteria = standard.stars.flatMap((star, s) =>
    star.criteria.map((criterion, c) => ({ id: criterion.id, path: ['stars', s, 'criteria', c, 'id'] as Path })),
  );
  const vetoes = standard.vetoes.map((veto, index) => ({ id: veto.id, path: ['vetoes', index, 'id'] as Path }));
  const reserved = stars.filter(({ id }) => id === 'all');
  return [
    ...reserved.map(({ id, path }) => standardIssue(path, 'reserved-id', { id })),
    ...repeated(stars),
    ...repeated([...criteria, ...vetoes]),
  ];
}

function checkStars(standard: Standard): StandardIssue[] {
  return standard.stars.flatMap((star, index) => {
    const path: Path = ['stars', index];
    const issues = star.criteria.flatMap((criterion, at) => checkCriterion(criterion, [...path, 'criteria', at]));
    if (star.pass < 0) issues.push(standardIssue([...path, 'pass'], 'pass-negative'));
    if (fullPoints(star) > limits.starPoints) issues.push(standardIssue([...path, 'criteria'], 'points-too-large'));
    return issues;
  });
}

function checkCriterion(criterion: Criterion, path: Path): StandardIssue[] {
  const issues: StandardIssue[] = [];
  const { points, must, effort, evidence, value } = criterion;
  if (points <= 0) issues.push(standardIssue([...path, 'points'], 'points-not-positive'));
  if (points > limits.criterionPoints) issues.push(standardIssue([...path, 'points'], 'points-too-large'));
  if (must !== undefined && (must < 0 || must > points)) issues.push(standardIssue([...path, 'must'], 'must-range'));
  if (!(effort > 0 && effort <= limits.effort) || decimal(effort).places > limits.effortDecimals) {
    issues.push(standardIssue([...path, 'effort'], 'effort-range'));
  }
  if (evidence.ask && !evidence.reason) issues.push(standardIssue([...path, 'evidence'], 'evidence-reason'));
  const field = [...path, 'value', value.kind];
  const counted = value.kind === 'figure' || value.kind === 'fact';
  if (isScoreBarred(value.key)) issues.push(standardIssue(field, 'score-barred', { key: value.key }));
  else if (counted && scoreBarredKeys.includes(value.key))
    issues.push(standardIssue(field, 'not-for-scoring', { key: value.key }));
  return [...issues, ...checkRule(criterion, [...path, 'rule'])];
}

/** Points of a step or label above the criterion's are lawful: the result is kept in [0, points]. */
function checkRule({ rule }: Criterion, path: Path): StandardIssue[] {
  switch (rule.type) {
    case 'linear':
      return rule.from === rule.to ? [standardIssue([...path, 'to'], 'from-equals-to')] : [];
    case 'steps':
    case 'steps-down':
    case 'rank': {
      const falling = rule.steps.findIndex((step, index) => index > 0 && step.at <= (rule.steps[index - 1]?.at ?? 0));
      return falling < 0 ? [] : [standardIssue([...path, 'steps', falling, 'at'], 'not-rising')];
    }
    case 'levels':
      return Object.keys(rule.levels).length === 0 ? [standardIssue([...path, 'levels'], 'no-levels')] : [];
    case 'review':
      return rule.max > 0 ? [] : [standardIssue([...path, 'max'], 'max-not-positive')];
    case 'yes':
      return [];
  }
}

/** A facility that is only counted teaches villages to build and forget: each has one criterion for either aspect. */
function checkFacilities(standard: Standard): StandardIssue[] {
  const graded = standard.stars.flatMap((star, s) =>
    star.criteria.flatMap(({ facility }, c) => {
      const path: Path = ['stars', s, 'criteria', c, 'facility'];
      return facility ? [{ ...facility, path }] : [];
    }),
  );
  return graded.flatMap(({ id, aspect, path }) => {
    const same = graded.filter((one) => one.id === id);
    const lacking = facilityAspects.find((wanted) => !same.some((one) => one.aspect === wanted));
    if (lacking) return [standardIssue(path, 'facility-aspect-missing', { id, aspect: lacking })];
    const first = same.find((one) => one.aspect === aspect);
    return first?.path === path ? [] : [standardIssue(path, 'facility-aspect-twice', { id, aspect })];
  });
}

function checkRequires(standard: Standard): StandardIssue[] {
  const known = new Set(standard.stars.map((star) => star.id));
  const issues = standard.stars.flatMap((star, index) => [
    ...star.requires.flatMap((id, at) =>
      known.has(id) ? [] : [standardIssue(['stars', index, 'requires', at], 'requires-unknown', { id })],
    ),
    ...repeated(star.requires.map((id, at) => ({ id, path: ['stars', index, 'requires', at] }))),
  ]);
  if (issues.length > 0) return issues;
  const circle = findCircle(standard);
  if (!circle) return [];
  const first = standard.stars.findIndex((star) => star.id === circle[0]);
  return [standardIssue(['stars', first, 'requires'], 'requires-circle', { ids: circle.join(' → ') })];
}

/** The first circle of requires, as ids from one star back to itself. */
function findCircle(standard: Standard): string[] | null {
  const requires = new Map(standard.stars.map((star) => [star.id, star.requires]));
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (id: string): string[] | null => {
    if (trail.includes(id)) return [...trail.slice(trail.indexOf(id)), id];
    if (done.has(id)) return null;
    trail.push(id);
    for (const next of requires.get(id) ?? []) {
      const circle = visit(next);
      if (circle) return circle;
    }
    trail.pop();
    done.add(id);
    return null;
  };
  for (const star of standard.stars) {
    const circle = visit(star.id);
    if (circle) return circle;
  }
  return null;
}

function checkVetoes(standard: Standard): StandardIssue[] {
  return standard.vetoes.flatMap((veto, index) => {
    const issues: StandardIssue[] = [];
    const path: Path = ['vetoes', index];
    if (veto.scope !== 'all' && !standard.stars.some((star) => star.id === veto.scope)) {
      issues.push(standardIssue([...path, 'scope'], 'scope-unknown', { id: veto.scope }));
    }
    if (isVetoBarred(veto.id, `${veto.text.zh} ${veto.text.en ?? ''}`)) {
      issues.push(standardIssue([...path, 'text'], 'score-barred', { key: veto.id }));
    }
    return issues;
  });
}
