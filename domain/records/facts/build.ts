// Builders with which the catalogue is written: short words for the parts of an expression.
import type { UnitType } from '../units/index.ts';
import type { Every, Expr, RecordsLeaf, Source, UnitsWhere } from './expr.ts';
import type { MetricKey } from './metrics.ts';

const source = (of: Source, take: RecordsLeaf['take'], more: Partial<RecordsLeaf> = {}): RecordsLeaf => ({
  of: 'records',
  source: of,
  take,
  ...more,
});

export const count = (of: Source, more?: Partial<RecordsLeaf>) => source(of, 'count', more);
export const sum = (of: Source, more?: Partial<RecordsLeaf>) => source(of, 'sum', more);
export const distinct = (of: Source, more?: Partial<RecordsLeaf>) => source(of, 'distinct', more);
export const median = (of: Source, more?: Partial<RecordsLeaf>) => source(of, 'median', { none: 'missing', ...more });
export const latest = (of: Source, more?: Partial<RecordsLeaf>) => source(of, 'max', { none: 'missing', ...more });
export const earliest = (of: Source, more?: Partial<RecordsLeaf>) => source(of, 'min', { none: 'missing', ...more });
export const fact = (metric: MetricKey): Expr => ({ of: 'fact', metric });
export const ratio = (top: Expr, bottom: Expr, times = 1): Expr => ({ of: 'ratio', top, bottom, times });
export const percent = (top: Expr, bottom: Expr): Expr => ratio(top, bottom, 100);
export const first = (...parts: Expr[]): Expr => ({ of: 'first', parts });
export const unitsOf = (...types: UnitType[]): Expr => ({ of: 'units', types });
export const parameter = (zh: string, en: string, value: number): Expr => ({
  of: 'parameter',
  words: { zh, en },
  value: String(value),
});
export const where = (types: readonly UnitType[], part: Expr, atLeast: number | string, among?: Expr): UnitsWhere => ({
  of: 'units-where',
  types,
  part,
  atLeast: String(atLeast),
  ...(among ? { among } : {}),
});
/** Of the units of these types below: their numbers added up, or the largest of them. */
export const over = (types: readonly UnitType[], take: 'sum' | 'max', part: Expr, among?: Expr): UnitsWhere => ({
  ...where(types, part, 0, among),
  take,
});
export const sumOf = (...parts: Expr[]): Expr => ({ of: 'sum', parts });
export const less = (part: Expr, minus: Expr): Expr => ({ of: 'difference', part, less: minus });
export const per = (every: Every, part: Expr): Expr => ({ of: 'per', every, part });
/** By month, where the one that still runs counts as soon as it has any. */
export const monthlyWhenMet = (part: Expr): Expr => ({ of: 'per', every: 'month', part, whenMet: true });
export const catalogue = (name: string, prefix?: string): Expr => ({
  of: 'catalogue',
  name,
  ...(prefix ? { prefix } : {}),
});
/** Stars of the standard: the rural one, or where there is none the urban. */
export const stars: Expr = first({ of: 'stars', scheme: 'rural' }, { of: 'stars', scheme: 'urban' });
