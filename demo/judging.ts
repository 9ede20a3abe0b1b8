import type { Criterion } from '../domain/stars/standard.ts';
import type { DemoUnit } from './county.ts';
import { chance } from './random.ts';
import { traitsOf } from './traits.ts';

/** What the people concerned find on the spot for a criterion that is checked, as the branch's traits say. */
export function checkedValue(unit: DemoUnit, star: string, criterion: Criterion, year: number): string {
  const t = traitsOf(unit, year)[star] ?? 0.5;
  const luck = chance(19).for(`${unit.key}/${criterion.id}/${year}`);
  const felt = Math.min(0.999, Math.max(0, t + (luck.next() - 0.5) * 0.2));
  if (criterion.rule.type === 'yes') return felt > 0.42 ? '1' : '0';
  if (criterion.rule.type === 'levels') {
    const labels = Object.entries(criterion.rule.levels).sort((a, b) => a[1] - b[1]);
    return labels[Math.min(labels.length - 1, Math.floor(felt * 1.15 * labels.length))]![0];
  }
  return felt.toFixed(2);
}

/** Scores of a panel, one for each of `observers`, on the scale of the criterion. */
export function panelScores(
  unit: DemoUnit,
  star: string,
  criterion: Criterion,
  year: number,
  observers: number,
): string[] {
  if (criterion.rule.type !== 'review') return [];
  const { max } = criterion.rule;
  const t = traitsOf(unit, year)[star] ?? 0.5;
  const luck = chance(23).for(`${unit.key}/${criterion.id}/${year}`);
  return Array.from({ length: observers }, () => {
    const score = (0.52 + t * 0.44 + (luck.next() - 0.5) * 0.1) * max;
    return Math.min(max, score).toFixed(max > 10 ? 0 : 1);
  });
}
