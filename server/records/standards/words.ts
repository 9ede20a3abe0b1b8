import { figures, isFigure, isShare, percentOf } from '../../../domain/records/facts/index.ts';
import { explainRule } from '../../../domain/stars/explain.ts';
import { criteriaOf, type Criterion, type Standard } from '../../../domain/stars/standard.ts';

/** Whether the value of a criterion is a share of one: it stays what it is, and pages write it in percent. */
export function comparesShares({ value }: Criterion): boolean {
  if ((value.kind !== 'figure' && value.kind !== 'fact') || !isFigure(value.key)) return false;
  return isShare(figures[value.key]!);
}

/** The ids of the criteria whose values are shares of one. */
export function shareCriteria(standard: Standard): ReadonlySet<string> {
  return new Set(criteriaOf(standard).flatMap(({ criterion }) => (comparesShares(criterion) ? [criterion.id] : [])));
}

/** The rule of points of a criterion as pages say it. */
export function ruleWords(criterion: Criterion) {
  const value = comparesShares(criterion) ? percentOf : String;
  // Points as pages write them elsewhere: 8 and not 8.00.
  const told = { value, points: (hundredths: number) => String(hundredths / 100) };
  return { zh: explainRule(criterion.rule, 'zh', told), en: explainRule(criterion.rule, 'en', told) };
}
