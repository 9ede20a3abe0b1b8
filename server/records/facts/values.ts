import {
  addDecimals,
  compareDecimals,
  divideDecimals,
  type Expr,
  figures,
  isFigure,
  isLeaf,
  type Leaf,
  leavesOf,
  metric,
  type MetricKey,
  lastDay,
  partsOf,
  type Span,
  spanBefore,
  stretchesOf,
  subtractDecimals,
  type UnitsWhere,
} from '../../../domain/records/facts/index.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { type FindBelow, findBelow, ranksOf, unitsMeeting } from './below.ts';
import { itemsOf, starsOf } from './instance.ts';
import { counted, joined } from './joined.ts';
import {
  type AreKept,
  type Count,
  countLeaf,
  countRecords,
  dayAt,
  keptKinds,
  type LeafValue,
  rootOf,
  spanOf,
  sumFacts,
  type Targets,
} from './leaves.ts';

/** A number of a unit in a period, computed. `factId` is given where one single fact says it. */
export interface Value extends LeafValue {}

/** unit → key → value; what is missing has no entry, so that nobody takes it for zero. */
export type Values = Map<number, Map<string, Value>>;

type Rank = Extract<Expr, { of: 'rank' }>;
type Looked = Extract<Expr, { of: 'catalogue' | 'stars' }>;

/** What is counted before the arithmetic begins: leaves, and what needs the numbers of other units. */
type Counted = Leaf | UnitsWhere | Rank | Looked;

const nameOf = (expr: Counted, span: Span) => JSON.stringify([span.period, span.toDate, span.until, expr]);
/** The span and the same of the years before it; further back nobody asks. */
function yearsBack(span: Span, today: string): Span[] {
  const spans = [span];
  for (let i = 1; i < 10; i++) spans.push(spanBefore(today, spans[i - 1]!));
  return spans;
}

/** What one count has found out already, so that figures which lean on the same ask for it once. */
interface Shared {
  readonly areKept: AreKept;
  readonly below: FindBelow;
  /** Counted leaves by their units and their name. */
  readonly leaves: Map<string, Map<number, LeafValue>>;
}

const sharedIn = (rq: Rq): Shared => ({ areKept: keptKinds(rq), below: findBelow(rq), leaves: new Map() });

/** name → unit → value */
type Leaves = Map<string, Map<number, LeafValue>>;

/** The spans in which the part of a growth is asked for, besides the one asked. */
export function baseSpans(expr: Extract<Expr, { of: 'growth' }>, span: Span, today: string): Span[] {
  const back = yearsBack(span, today).slice(1);
  return expr.sinceYear ? back : back.slice(0, expr.meanOf ?? 1);
}

/** Which parts an expression needs and in which period; growth and change also ask for years before. */
function asked(expr: Expr, span: Span, today: string, found: Map<string, { expr: Counted; span: Span }>): void {
  const ask = (part: Expr, one: Span) => asked(part, one, today, found);
  if (
    isLeaf(expr) ||
    expr.of === 'units-where' ||
    expr.of === 'rank' ||
    expr.of === 'catalogue' ||
    expr.of === 'stars'
  ) {
    found.set(nameOf(expr, span), { expr, span });
    return;
  }
  if (expr.of === 'streak') {
    for (const one of yearsBack(span, today)) ask(expr.part, one);
    return;
  }
  const now = expr.of === 'before' ? spanBefore(today, span) : span;
  for (const part of partsOf(expr)) ask(part, now);
  if (expr.of === 'growth') for (const one of baseSpans(expr, span, today)) ask(expr.part, one);
  if (expr.of === 'change') ask(expr.part, spanBefore(today, span));
}

/** All facts of one span in one statement. */
async function countFacts(rq: Rq, t: Targets, wanted: readonly { expr: Counted; span: Span }[], leaves: Leaves) {
  const facts = wanted.filter((w) => w.expr.of === 'fact');
  const spanName = ({ period, toDate, until }: Span) => `${period} ${toDate} ${until ?? ''}`;
  const spans = new Map(facts.map((w) => [spanName(w.span), w.span]));
  for (const [name, span] of spans) {
    const keys = facts
      .filter((w) => spanName(w.span) === name)
      .map((w) => (w.expr as Extract<Leaf, { of: 'fact' }>).metric);
    const rows = await sumFacts(rq, t, keys, span);
    for (const key of keys) leaves.set(nameOf({ of: 'fact', metric: key }, span), new Map());
    for (const { unitId, metric: key, ...value } of rows)
      leaves.get(nameOf({ of: 'fact', metric: key as MetricKey }, span))!.set(unitId, value);
  }
}

async function countUnits(rq: Rq, t: Targets, expr: UnitsWhere, span: Span, shared: Shared) {
  const { meeting, answered } = await unitsMeeting(rq, t, expr, span, exprValues(rq, shared), shared.below);
  const of = new Map<number, LeafValue[]>([...answered].map((id) => [id, []]));
  for (const { target, value } of meeting) {
    const own = of.get(target);
    if (own) own.push(value);
    else of.set(target, [value]);
  }
  const values = new Map<number, LeafValue>();
  for (const [id, all] of of) {
    if (expr.take === undefined) values.set(id, { ...joined(String(all.length), all), records: all.length });
    else if (expr.take === 'sum')
      values.set(id, { ...joined(all.map((v) => v.value).reduce(addDecimals, '0'), all), records: all.length });
    else if (all.length > 0) {
      const most = all.map((v) => v.value).reduce((a, b) => (compareDecimals(b, a) > 0 ? b : a));
      values.set(id, { ...joined(most, all), records: all.length });
    }
  }
  return values;
}

/** Numbers that belong to the instance and to no unit: the same for all of them; missing where nothing says it. */
async function lookUp(rq: Rq, t: Targets, expr: Looked, span: Span): Promise<Map<number, LeafValue>> {
  const value = await (expr.of === 'stars'
    ? starsOf(rq, expr.scheme, dayAt(rq, span))
    : itemsOf(rq, expr.name, expr.prefix));
  return new Map(value === null ? [] : t.ids.map((id) => [id, counted(String(value), 0, null, null)]));
}

const valuesOf = (counts: readonly Count[]) =>
  new Map(counts.map((c) => [c.unitId, counted(c.value, c.count, c.asOf, c.asOfFirst)] as const));

type Other = Exclude<Leaf, { of: 'fact' | 'records' }>;

async function countOther(rq: Rq, t: Targets, expr: Other, span: Span) {
  const values = valuesOf(await countLeaf(rq, t, expr, span));
  // Units, cases and designations are kept here, so none found is none. A number that nobody reported is missing.
  if (expr.of !== 'units-at-least')
    for (const id of t.ids) if (!values.has(id)) values.set(id, counted('0', 0, null, null));
  return values;
}

async function countAll(
  rq: Rq,
  targets: Targets,
  wanted: readonly { expr: Counted; span: Span }[],
  shared: Shared,
): Promise<Leaves> {
  const leaves: Leaves = new Map();
  const units = targets.ids.join(' ');
  const t = { ...targets, root: await rootOf(rq, targets.ids) };
  await countFacts(rq, t, wanted, leaves);
  const placeOf = (expr: Counted, span: Span) => `${units} ${nameOf(expr, span)}`;
  const records = wanted.flatMap(({ expr, span }) =>
    expr.of === 'records' && !shared.leaves.has(placeOf(expr, span)) ? [{ leaf: expr, span }] : [],
  );
  for (const [i, counts] of (await countRecords(rq, t, records, shared.areKept)).entries())
    shared.leaves.set(placeOf(records[i]!.leaf, records[i]!.span), valuesOf(counts));
  for (const { expr, span } of wanted) {
    if (expr.of === 'fact') continue;
    const name = nameOf(expr, span);
    const place = placeOf(expr, span);
    const values =
      shared.leaves.get(place) ??
      (expr.of === 'units-where'
        ? await countUnits(rq, t, expr, span, shared)
        : expr.of === 'rank'
          ? await ranksOf(rq, t, expr.part, span, exprValues(rq, shared))
          : expr.of === 'catalogue' || expr.of === 'stars'
            ? await lookUp(rq, t, expr, span)
            : await countOther(rq, t, expr as Other, span));
    shared.leaves.set(place, values);
    leaves.set(name, values);
  }
  return leaves;
}

type Evaluate = (unitId: number) => LeafValue | null;

/** Intermediate quotients keep more digits than any figure shows, so that only the last rounding is seen. */
const innerDecimals = 18;

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

interface Evaluation {
  readonly leaves: Leaves;
  readonly today: string;
}

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

/** The expression over counted leaves, ready to be asked for one unit after another; null where a part is missing. */
function evaluator(expr: Expr, span: Span, e: Evaluation, decimals: number): Evaluate {
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
      return firstOf(expr.parts.map((p) => part(p)));
    case 'ratio':
      return both(part(expr.top), part(expr.bottom), (top, bottom) => {
        if (expr.bottomAtLeast !== undefined && compareDecimals(bottom.value, expr.bottomAtLeast) < 0) return null;
        return quotient(divideDecimals(top.value, bottom.value, decimals, expr.times), [top, bottom]);
      });
    case 'divide':
      return divided(part(expr.part), expr.by);
    case 'per':
      return divided(part(expr.part), String(stretchesOf(span.period, expr.every, span.until ?? e.today)));
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

/** One expression for any number of units. */
export function exprValues(rq: Rq, shared: Shared = sharedIn(rq)) {
  return async (expr: Expr, unitIds: readonly number[], span: Span): Promise<Map<number, LeafValue>> => {
    const wanted = new Map<string, { expr: Counted; span: Span }>();
    const today = dayOf(rq.now);
    asked(expr, span, today, wanted);
    const leaves = await countAll(rq, { ids: unitIds }, [...wanted.values()], shared);
    const evaluate = evaluator(expr, span, { leaves, today }, innerDecimals);
    return new Map(
      unitIds.flatMap((id) => {
        const value = evaluate(id);
        return value ? [[id, value] as const] : [];
      }),
    );
  };
}

/**
 * Figures of any number of units in one go. Each leaf is one statement for all units, whatever their number; ratios are
 * Σ ÷ Σ at every level by construction.
 */
export async function figureValues(
  rq: Rq,
  keys: readonly string[],
  unitIds: readonly number[],
  period: string,
  within?: number,
): Promise<Values> {
  const span = spanOf(rq, period);
  const known = keys.filter(isFigure);
  const wanted = new Map<string, { expr: Counted; span: Span }>();
  const today = dayOf(rq.now);
  for (const key of known) asked(figures[key]!.expr, span, today, wanted);
  const leaves = await countAll(rq, { ids: unitIds, within }, [...wanted.values()], sharedIn(rq));
  const values: Values = new Map(unitIds.map((id) => [id, new Map()]));
  for (const key of known) {
    const evaluate = evaluator(figures[key]!.expr, span, { leaves, today }, figures[key]!.decimals);
    for (const [id, of] of values) {
      const value = evaluate(id);
      if (value) of.set(key, value);
    }
  }
  return values;
}

/** Entered numbers of any number of units: their own, or summed over those below where the metric rolls up. */
export function factValues(
  rq: Rq,
  keys: readonly string[],
  unitIds: readonly number[],
  period: string,
): Promise<Values> {
  return figureValues(
    rq,
    keys.filter((k) => isFigure(k) && figures[k]!.expr.of === 'fact'),
    unitIds,
    period,
  );
}

/** The metrics a figure leans on that are summed over the units below. */
export function summedMetrics(key: string): MetricKey[] {
  return leavesOf(figures[key]!.expr).flatMap((leaf) =>
    (leaf.of === 'fact' || leaf.of === 'units-at-least') && metric(leaf.metric).rollup === 'sum' ? [leaf.metric] : [],
  );
}
