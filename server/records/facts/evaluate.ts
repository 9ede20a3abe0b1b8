import {
  addDecimals,
  compareDecimals,
  divideDecimals,
  type Either,
  eitherOf,
  type Expr,
  type First,
  lastDay,
  type Leaf,
  runningMonth,
  type Span,
  spanBefore,
  stretchesOf,
  subtractDecimals,
  type UnitsWhere,
} from '../../../domain/records/facts/index.ts';
import { counted, joined } from './joined.ts';
import type { LeafValue } from './leaves.ts';

// The arithmetic over what has been counted: no database from here on.

type Rank = Extract<Expr, { of: 'rank' }>;
export type Looked = Extract<Expr, { of: 'catalogue' | 'stars' }>;

/** What is counted before the arithmetic begins: leaves, and what needs the numbers of other units. */
export type Counted = Leaf | UnitsWhere | Rank | Looked;

export const nameOf = (expr: Counted, span: Span): string =>
  JSON.stringify([span.period, span.toDate, span.until, expr]);

/** The span and the same of the years before it; further back nobody asks. */
export function yearsBack(span: Span, today: string): Span[] {
  const spans = [span];
  for (let i = 1; i < 10; i++) spans.push(spanBefore(today, spans[i - 1]!));
  return spans;
}

/** name → unit → value */
export type Leaves = Map<string, Map<number, LeafValue>>;

/** The spans in which the part of a growth is asked for, besides the one asked. */
export function baseSpans(expr: Extract<Expr, { of: 'growth' }>, span: Span, today: string): Span[] {
  const back = yearsBack(span, today).slice(1);
  return expr.sinceYear ? back : back.slice(0, expr.meanOf ?? 1);
}

type Evaluate = (unitId: number) => LeafValue | null;

/** Intermediate quotients keep more digits than any figure shows, so that only the last rounding is seen. */
export const innerDecimals = 18;

function both(a: Evaluate, b: Evaluate, join: (x: LeafValue, y: LeafValue) => LeafValue | null): Evaluate {
  return (unitId) => {
    const x = a(unitId);
    const y = x && b(unitId);
    return x && y ? join(x, y) : null;
  };
}

const quotient = (value: string | null, parts: readonly LeafValue[]) => (value === null ? null : joined(value, parts));

/** How many of the years, from the latest backwards, say the number; null where the latest is missing. */
function streak(years: readonly Evaluate[], is: string, running: boolean): Evaluate {
  return (unitId) => {
    const values = years.map((year) => year(unitId));
    const holds = (v: LeafValue | null | undefined) => Boolean(v) && compareDecimals(v!.value, is) === 0;
    // A year that is not over yet breaks nothing.
    const from = running && !holds(values[0]) ? 1 : 0;
    if (!values[from]) return from === 1 && values[0] ? joined('0', [values[0]]) : null;
    const broken = values.findIndex((v, i) => i >= from && !holds(v));
    const held = values.slice(from, broken < 0 ? values.length : broken) as LeafValue[];
    return joined(String(held.length), held.length > 0 ? held : [values[from]]);
  };
}

/** The base of a growth: the year before, the mean of some years before, or the year that an expression says. */
function baseOf(
  expr: Extract<Expr, { of: 'growth' }>,
  years: readonly Evaluate[],
  year: number,
  since: Evaluate | null,
): Evaluate {
  return (unitId) => {
    if (since) {
      const from = since(unitId);
      // As it stood when that year began: at the end of the year before it.
      const back = from === null ? 0 : year - Number(from.value) + 1;
      return back > 0 ? (years[back - 1]?.(unitId) ?? null) : null;
    }
    const there = years.flatMap((of) => of(unitId) ?? []);
    if (there.length < 1 || expr.meanOf === undefined) return there[0] ?? null;
    const sum = there.map((v) => v.value).reduce(addDecimals, '0');
    return quotient(divideDecimals(sum, String(there.length), innerDecimals), there);
  };
}

export interface Evaluation {
  readonly leaves: Leaves;
  readonly today: string;
  /** Of numbers that are counted or typed: what was typed beside what is counted. */
  readonly beside: Map<string, Leaves>;
}

/** The name of a choice between counted and typed numbers in a span. */
export const eitherName = ({ counted, typed }: Either, span: Span): string =>
  JSON.stringify([span.period, span.toDate, span.until, counted, typed]);

function growth(expr: Extract<Expr, { of: 'growth' }>, span: Span, e: Evaluation, decimals: number): Evaluate {
  const years = baseSpans(expr, span, e.today).map((one) => evaluator(expr.part, one, e, innerDecimals));
  const since = expr.sinceYear ? evaluator(expr.sinceYear, span, e, innerDecimals) : null;
  const base = baseOf(expr, years, Number(span.period.slice(0, 4)), since);
  return both(evaluator(expr.part, span, e, innerDecimals), base, (now, before) => {
    const times = expr.multiple ? 1 : 100;
    const value = divideDecimals(subtractDecimals(now.value, before.value), before.value, decimals, times);
    return quotient(value, [now, before]);
  });
}

/** What is counted from records where there are any, and what was entered where there are none. */
function firstOf(parts: readonly Evaluate[]): Evaluate {
  return (unitId) => {
    const there = parts.flatMap((of) => of(unitId) ?? []);
    return there.find((v) => v.records > 0) ?? there[0] ?? null;
  };
}

/** By the stretches that have begun; where the running month counts only when it is met, without it until then. */
function per(expr: Extract<Expr, { of: 'per' }>, span: Span, e: Evaluation, decimals: number): Evaluate {
  const all = evaluator(expr.part, span, e, innerDecimals);
  const begun = stretchesOf(span.period, expr.every, span.until ?? e.today);
  const running = expr.whenMet ? runningMonth(span, e.today) : null;
  const now = running && evaluator(expr.part, running, e, innerDecimals);
  return (unitId) => {
    const value = all(unitId);
    if (!value) return null;
    const waits = now !== null && compareDecimals(now(unitId)?.value ?? '0', '0') === 0;
    return { ...value, value: divideDecimals(value.value, String(waits ? begun - 1 : begun), decimals)! };
  };
}

const added = (a: Evaluate, b: Evaluate): Evaluate =>
  both(a, b, (x, y) => joined(addDecimals(x.value, y.value), [x, y]));

/** Of a unit below which some keep records and others type: both together, tops over bottoms where they are shares. */
function together(
  { counted: c, typed }: Either,
  span: Span,
  e: Evaluation,
  beside: Leaves,
  decimals: number,
): Evaluate {
  const here = (part: Expr) => evaluator(part, span, e, innerDecimals);
  const there = (part: Expr) => evaluator(part, span, { ...e, leaves: beside }, innerDecimals);
  if (c.of !== 'ratio' || typed.of !== 'ratio') return added(here(c), there(typed));
  const least = c.bottomAtLeast ?? '0';
  return both(added(here(c.top), there(typed.top)), added(here(c.bottom), there(typed.bottom)), (top, bottom) =>
    compareDecimals(bottom.value, least) < 0
      ? null
      : quotient(divideDecimals(top.value, bottom.value, decimals, c.times), [top, bottom]),
  );
}

function first(expr: First, span: Span, e: Evaluation, decimals: number): Evaluate {
  const one = firstOf(expr.parts.map((part) => evaluator(part, span, e, innerDecimals)));
  const either = eitherOf(expr);
  const beside = either && e.beside.get(eitherName(either, span));
  if (!beside) return one;
  const all = together(either, span, e, beside, decimals);
  return (unitId) => all(unitId) ?? one(unitId);
}

/** The expression over counted leaves, ready to be asked for one unit after another; null where a part is missing. */
export function evaluator(expr: Expr, span: Span, e: Evaluation, decimals: number): Evaluate {
  const part = (p: Expr, s = span) => evaluator(p, s, e, innerDecimals);
  const divided = (of: Evaluate, by: string): Evaluate => {
    return (unitId) => {
      const p = of(unitId);
      return p && { ...p, value: divideDecimals(p.value, by, decimals)! };
    };
  };
  switch (expr.of) {
    case 'sum':
      return expr.parts
        .map((p) => part(p))
        .reduce((a, b) => both(a, b, (x, y) => joined(addDecimals(x.value, y.value), [x, y])));
    case 'difference':
      return both(part(expr.part), part(expr.less), (x, y) => joined(subtractDecimals(x.value, y.value), [x, y]));
    case 'first':
      return first(expr, span, e, decimals);
    case 'ratio':
      return both(part(expr.top), part(expr.bottom), (top, bottom) => {
        if (expr.bottomAtLeast !== undefined && compareDecimals(bottom.value, expr.bottomAtLeast) < 0) return null;
        return quotient(divideDecimals(top.value, bottom.value, decimals, expr.times), [top, bottom]);
      });
    case 'divide':
      return divided(part(expr.part), expr.by);
    case 'per':
      return per(expr, span, e, decimals);
    case 'covered': {
      const seen = both(part(expr.seen), part(expr.all), (x, y) => (compareDecimals(x.value, y.value) >= 0 ? x : null));
      return both(part(expr.part), seen, (x) => x);
    }
    case 'growth':
      return growth(expr, span, e, decimals);
    case 'change':
      return both(part(expr.part), part(expr.part, spanBefore(e.today, span)), (now, before) =>
        joined(subtractDecimals(now.value, before.value), [now, before]),
      );
    case 'before':
      return part(expr.part, spanBefore(e.today, span));
    case 'streak': {
      const years = yearsBack(span, e.today).map((one) => part(expr.part, one));
      return streak(years, expr.is, expr.running === true && lastDay(span.period) >= e.today);
    }
    case 'parameter':
      return () => counted(expr.value, 0, null, null);
    case 'year':
      return () => counted(span.period.slice(0, 4), 0, null, null);
    default: {
      const values = e.leaves.get(nameOf(expr, span));
      return (unitId) => values?.get(unitId) ?? null;
    }
  }
}
