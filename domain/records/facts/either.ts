import { type Expr, isLeaf, leavesOf, partsOf } from './expr.ts';
import type { MetricKey } from './metrics.ts';

export type First = Extract<Expr, { of: 'first' }>;

/** A number that is counted where there are records, and typed where there are none. */
export interface Either {
  readonly counted: Expr;
  readonly typed: Expr;
  readonly metrics: readonly MetricKey[];
}

const factsIn = (expr: Expr): MetricKey[] =>
  leavesOf(expr).flatMap((leaf) => (leaf.of === 'fact' ? [leaf.metric] : []));

export function eitherOf({ parts }: First): Either | null {
  const [counted, typed] = parts;
  if (parts.length !== 2 || !counted || !typed) return null;
  const metrics = factsIn(typed);
  return metrics.length === 0 || factsIn(counted).length > 0 ? null : { counted, typed, metrics };
}

/** Every choice of this kind that an expression makes for the units themselves. */
export const eithersIn = (expr: Expr): Either[] => [
  ...(expr.of === 'first' ? [eitherOf(expr) ?? []].flat() : []),
  ...(isLeaf(expr) || expr.of === 'units-where' ? [] : partsOf(expr).flatMap(eithersIn)),
];
