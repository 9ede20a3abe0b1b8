import type { Words } from '../../words.ts';
import type { UnitType } from '../units/index.ts';
import type { MetricKey } from './metrics.ts';
import type { Source } from './sources.ts';

export * from './sources.ts';

/** Records of one table, counted in one statement for any set of units at once. */
export interface RecordsLeaf {
  readonly of: 'records';
  readonly source: Source;
  readonly take: 'count' | 'sum' | 'distinct' | 'median' | 'max' | 'min' | 'earliest' | 'latest';
  /** Everything up to the end of the period: what has been reached since the beginning. */
  readonly total?: true;
  /** Since the first day of the year before: since last year's cycle began. */
  readonly sinceYearBefore?: true;
  /** Records of the same key add what the latest of them adds (a plot that is entered twice has one area). */
  readonly once?: true;
  /**
   * What nothing found means. Records that are kept here and of which there is none are none (zero); where no record of the
   * kind has ever been kept in the county, nothing could answer, and the number is missing.
   */
  readonly none?: 'missing';
}

/** What a figure is made of. A leaf is counted in one statement for all units at once; the rest is arithmetic on leaves. */
export type Leaf =
  | { readonly of: 'fact'; readonly metric: MetricKey }
  | { readonly of: 'units'; readonly types: readonly UnitType[]; readonly scheme?: 'rural' | 'urban' }
  /** Units of these types whose own number reaches the bound. */
  | {
      readonly of: 'units-at-least';
      readonly types: readonly UnitType[];
      readonly metric: MetricKey;
      readonly bound: string;
    }
  | {
      readonly of: 'cases';
      readonly type: string;
      /** Opened or closed within the period, or standing open at its end. */
      readonly when: 'opened' | 'closed' | 'open';
      readonly states?: readonly string[];
    }
  | { readonly of: 'designations'; readonly kind: string; readonly level?: number; readonly levelAtLeast?: number }
  | RecordsLeaf;

/** Units of these types below, of which a number of their own meets the bound. */
export interface UnitsWhere {
  readonly of: 'units-where';
  readonly types: readonly UnitType[];
  readonly part: Expr;
  readonly atLeast: string;
  /** Equal to the bound instead of at least it. */
  readonly exactly?: true;
  /** Only units for which this is at least one (candidates). */
  readonly among?: Expr;
  /** Instead of counting units: adds up their numbers, or takes the largest of them. The bound then says nothing. */
  readonly take?: 'sum' | 'max';
}

/** How long the stretches are into which a period is divided. */
export type Every = 'week' | 'month' | 'quarter';

export type Expr =
  | Leaf
  | UnitsWhere
  | { readonly of: 'sum'; readonly parts: readonly Expr[] }
  | { readonly of: 'difference'; readonly part: Expr; readonly less: Expr }
  | {
      readonly of: 'ratio';
      readonly top: Expr;
      readonly bottom: Expr;
      /** 1 for a share, 100 for percent, 10000 for a rate per ten thousand. */
      readonly times?: number;
      /** Below this many at the bottom nothing is shown (a survey with nine answers says nothing and hides nobody). */
      readonly bottomAtLeast?: string;
    }
  | { readonly of: 'divide'; readonly part: Expr; readonly by: string }
  /**
   * Growth on the same period a year before, in percent; `multiple` tells it in multiples of the base, which it excludes. The
   * base may be the mean of so many years before instead, or the year that another expression says.
   */
  | {
      readonly of: 'growth';
      readonly part: Expr;
      readonly multiple?: true;
      readonly meanOf?: number;
      readonly sinceYear?: Expr;
    }
  /** The number now less the number a year before. */
  | { readonly of: 'change'; readonly part: Expr }
  /** The part as it was a year before. */
  | { readonly of: 'before'; readonly part: Expr }
  /** For how many years in a row, back from the period's, the part has been this number; a year that still runs may lack it. */
  | { readonly of: 'streak'; readonly part: Expr; readonly is: string; readonly running?: true }
  /**
   * How much of it there is in each week, month or quarter of the period, as far as the period has come. `whenMet`: the month
   * that still runs counts from the day on which there is any of it, so that nobody falls behind on the first of a month.
   */
  | { readonly of: 'per'; readonly every: Every; readonly part: Expr; readonly whenMet?: true }
  /** The part, where as many were looked at as there are; else nobody knows. */
  | { readonly of: 'covered'; readonly part: Expr; readonly seen: Expr; readonly all: Expr }
  /** How many items a catalogue has, as the instance set it. */
  | { readonly of: 'catalogue'; readonly name: string; readonly prefix?: string }
  /** How many stars the standard in force at the end of the period has. */
  | { readonly of: 'stars'; readonly scheme: 'rural' | 'urban' }
  /**
   * The first that is not missing: counted from records where they are kept, else the number that was entered. Above units of
   * both kinds the two are added up.
   */
  | { readonly of: 'first'; readonly parts: readonly Expr[] }
  /** A number that the county sets and prints with the result. */
  | { readonly of: 'parameter'; readonly words: Words; readonly value: string }
  /** The year that the period lies in: a label, not a measured value. */
  | { readonly of: 'year' }
  /** Rank (1 = highest) among units of the same type under the same county or city; ties share a rank. */
  | { readonly of: 'rank'; readonly part: Expr };

/** The parts that an expression is made of, without its own arithmetic. */
export function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.of) {
    case 'sum':
    case 'first':
      return expr.parts;
    case 'ratio':
      return [expr.top, expr.bottom];
    case 'difference':
      return [expr.part, expr.less];
    case 'covered':
      return [expr.part, expr.seen, expr.all];
    case 'growth':
      return expr.sinceYear ? [expr.part, expr.sinceYear] : [expr.part];
    case 'divide':
    case 'per':
    case 'change':
    case 'before':
    case 'streak':
    case 'rank':
      return [expr.part];
    default:
      return [];
  }
}

const composed = new Set([
  'sum',
  'first',
  'ratio',
  'difference',
  'divide',
  'growth',
  'change',
  'before',
  'streak',
  'rank',
  'units-where',
  'parameter',
  'year',
  'per',
  'covered',
  'catalogue',
  'stars',
]);

export function isLeaf(expr: Expr): expr is Leaf {
  return !composed.has(expr.of);
}

export function leavesOf(expr: Expr): Leaf[] {
  if (isLeaf(expr)) return [expr];
  if (expr.of === 'units-where') return [expr.part, ...(expr.among ? [expr.among] : [])].flatMap(leavesOf);
  return partsOf(expr).flatMap(leavesOf);
}
