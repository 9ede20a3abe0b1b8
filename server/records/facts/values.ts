import {
  addDecimals,
  compareDecimals,
  type Either,
  eitherOf,
  type Expr,
  figures,
  isFigure,
  isLeaf,
  type Leaf,
  leavesOf,
  metric,
  type MetricKey,
  partsOf,
  type RecordsLeaf,
  runningMonth,
  type Span,
  spanBefore,
  type UnitsWhere,
} from '../../../domain/records/facts/index.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { type FindBelow, findBelow, type HavingBelow, havingBelow, ranksOf, unitsMeeting } from './below.ts';
import { typedBeside } from './beside.ts';
import {
  baseSpans,
  type Counted,
  eitherName,
  type Evaluation,
  evaluator,
  innerDecimals,
  type Leaves,
  type Looked,
  nameOf,
  yearsBack,
} from './evaluate.ts';
import { itemsOf, starsOf } from './instance.ts';
import { counted, joined } from './joined.ts';
import { type Count, countLeaf, dayAt, type LeafValue, rootOf, spanOf, sumFacts, type Targets } from './leaves.ts';
import { type AreKept, countRecords, digest, type Found, keptKinds } from './records-count.ts';

/** A number of a unit in a period, computed. `factId` is given where one single fact says it. */
export interface Value extends LeafValue {}

/** unit → key → value; what is missing has no entry, so that nobody takes it for zero. */
export type Values = Map<number, Map<string, Value>>;

/** What one count has found out already, so that figures which lean on the same ask for it once. */
interface Shared {
  readonly areKept: AreKept;
  readonly below: FindBelow;
  readonly having: HavingBelow;
  /** What stands above the units of a count, by their digest. */
  readonly roots: Map<string, string>;
  /** Counted leaves by their units and their name. */
  readonly leaves: Map<string, Map<number, LeafValue>>;
  readonly found: Found;
}

const sharedIn = (rq: Rq): Shared => ({
  areKept: keptKinds(rq),
  below: findBelow(rq),
  having: havingBelow(rq),
  roots: new Map(),
  leaves: new Map(),
  found: new Map(),
});

type Growth = Extract<Expr, { of: 'growth' }>;

interface Wanted {
  readonly expr: Counted;
  readonly span: Span;
}

interface Asking {
  readonly today: string;
  readonly found: Map<string, Wanted>;
  /** Choices between counted and typed numbers. */
  readonly eithers: Map<string, { readonly either: Either; readonly span: Span }>;
  /** The years before in which the part of a growth is asked for. */
  readonly bases: (expr: Growth, span: Span) => readonly Span[];
}

/** Which parts an expression needs and in which period; growth and change also ask for years before. */
function asked(expr: Expr, span: Span, asking: Asking): void {
  const { today, found, bases } = asking;
  const ask = (part: Expr, one: Span) => asked(part, one, asking);
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
  const either = expr.of === 'first' ? eitherOf(expr) : null;
  if (either) asking.eithers.set(eitherName(either, span), { either, span });
  const now = expr.of === 'before' ? spanBefore(today, span) : span;
  for (const part of partsOf(expr)) ask(part, now);
  const month = expr.of === 'per' && expr.whenMet ? runningMonth(span, today) : null;
  if (expr.of === 'per' && month) ask(expr.part, month);
  if (expr.of === 'growth') for (const one of bases(expr, span)) ask(expr.part, one);
  if (expr.of === 'change') ask(expr.part, spanBefore(today, span));
}

/** Where a count of these units is put away. */
type PlaceOf = (expr: Counted, span: Span) => string;

/** All facts of one span in one statement, without those that were asked for before. */
async function countFacts(rq: Rq, t: Targets, wanted: readonly Wanted[], placeOf: PlaceOf, shared: Shared) {
  const spanName = ({ period, toDate, until }: Span) => `${period} ${toDate} ${until ?? ''}`;
  const bySpan = new Map<string, { span: Span; keys: MetricKey[] }>();
  for (const { expr, span } of wanted) {
    if (expr.of !== 'fact' || shared.leaves.has(placeOf(expr, span))) continue;
    const of = bySpan.get(spanName(span)) ?? { span, keys: [] };
    bySpan.set(spanName(span), of);
    of.keys.push(expr.metric);
  }
  for (const { span, keys } of bySpan.values()) {
    const placeOfMetric = (key: string) => placeOf({ of: 'fact', metric: key as MetricKey }, span);
    const rows = await sumFacts(rq, t, keys, span);
    for (const key of keys) shared.leaves.set(placeOfMetric(key), new Map());
    for (const { unitId, metric: key, ...value } of rows) shared.leaves.get(placeOfMetric(key))!.set(unitId, value);
  }
}

/** Whether any unit can have a number: none has where records are asked for of which no kind is kept. */
function canAnswer(expr: Expr, isKept: (leaf: RecordsLeaf) => boolean): boolean {
  if (expr.of === 'records') return isKept(expr);
  if (isLeaf(expr) || expr.of === 'units-where') return true;
  const can = (part: Expr) => canAnswer(part, isKept);
  return expr.of === 'first' ? expr.parts.some(can) : partsOf(expr).every(can);
}

const recordsIn = (expr: Expr) => leavesOf(expr).flatMap((leaf) => (leaf.of === 'records' ? [leaf] : []));

async function countUnits(rq: Rq, t: Targets, expr: UnitsWhere, span: Span, shared: Shared) {
  const records = recordsIn(expr.part);
  if (!expr.among && !canAnswer(expr.part, await shared.areKept(records))) {
    if (expr.take === 'max') return new Map<number, LeafValue>();
    // Where no unit of the kind stands below, none of them meets anything; of the others it is not known.
    const having = await shared.having(t, expr.types, dayAt(rq, span));
    return new Map(t.ids.flatMap((id) => (having.has(id) ? [] : [[id, counted('0', 0, null, null)] as const])));
  }
  const meeting = await unitsMeeting(rq, t, expr, span, exprValues(rq, shared), shared.below);
  const of = [...meeting].map(([id, found]) => [id, found.map((m) => m.value)] as const);
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

async function countAll(rq: Rq, targets: Targets, wanted: readonly Wanted[], shared: Shared): Promise<Leaves> {
  const leaves: Leaves = new Map();
  const units = digest(`${targets.within ?? ''} ${targets.ids.join(' ')}`);
  const root = shared.roots.get(units) ?? (await rootOf(rq, targets.ids));
  shared.roots.set(units, root);
  const t = { ...targets, root };
  const placeOf: PlaceOf = (expr, span) => `${units} ${nameOf(expr, span)}`;
  await countFacts(rq, t, wanted, placeOf, shared);
  const records = wanted.flatMap(({ expr, span }) =>
    expr.of === 'records' && !shared.leaves.has(placeOf(expr, span)) ? [{ leaf: expr, span }] : [],
  );
  // One question for all that follows; without it each number of the units below asks for its own kinds.
  await shared.areKept(wanted.flatMap(({ expr }) => (expr.of === 'units-where' ? recordsIn(expr.part) : [])));
  for (const [i, counts] of (await countRecords(rq, t, records, shared.areKept, shared.found)).entries())
    shared.leaves.set(placeOf(records[i]!.leaf, records[i]!.span), valuesOf(counts));
  for (const { expr, span } of wanted) {
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

const growthsIn = (expr: Expr): Growth[] => [
  ...(expr.of === 'growth' ? [expr] : []),
  ...(isLeaf(expr) || expr.of === 'units-where' ? [] : partsOf(expr).flatMap(growthsIn)),
];

/**
 * What these expressions need. A growth since a year that an expression says needs that year alone, so the year is asked for
 * first: the part of such a growth may be a number of every village, nine times over.
 */
async function wantedFor(
  rq: Rq,
  exprs: readonly Expr[],
  unitIds: readonly number[],
  span: Span,
  shared: Shared,
): Promise<{ wanted: Wanted[]; eithers: Asking['eithers'] }> {
  const today = dayOf(rq.now);
  const year = Number(span.period.slice(0, 4));
  const since = new Map<Growth, ReadonlySet<number>>();
  for (const growth of new Set(exprs.flatMap(growthsIn))) {
    if (!growth.sinceYear) continue;
    const from = await exprValues(rq, shared)(growth.sinceYear, unitIds, span);
    since.set(growth, new Set([...from.values()].map((v) => year - Number(v.value))));
  }
  const asking: Asking = {
    today,
    found: new Map(),
    eithers: new Map(),
    bases: (expr, one) => {
      const back = one === span ? since.get(expr) : undefined;
      return baseSpans(expr, one, today).filter((_, i) => back?.has(i) ?? true);
    },
  };
  for (const expr of exprs) asked(expr, span, asking);
  return { wanted: [...asking.found.values()], eithers: asking.eithers };
}

/** Everything that these expressions are made of, counted for the units. */
async function evaluationOf(
  rq: Rq,
  exprs: readonly Expr[],
  t: Targets,
  span: Span,
  shared: Shared,
): Promise<Evaluation> {
  const { wanted, eithers } = await wantedFor(rq, exprs, t.ids, span, shared);
  const leaves = await countAll(rq, t, wanted, shared);
  const e: Evaluation = { leaves, today: dayOf(rq.now), beside: new Map() };
  for (const [name, { either, span: of }] of eithers) {
    const counts = evaluator(either.counted, of, e, innerDecimals);
    const typed = evaluator(either.typed, of, e, innerDecimals);
    const ids = t.ids.filter((id) => (counts(id)?.records ?? 0) > 0 && typed(id) !== null);
    if (ids.length > 0) e.beside.set(name, await typedBeside(rq, { ...t, ids }, either, of, exprValues(rq, shared)));
  }
  return e;
}

/** One expression for any number of units. */
export function exprValues(rq: Rq, shared: Shared = sharedIn(rq)) {
  return async (expr: Expr, unitIds: readonly number[], span: Span): Promise<Map<number, LeafValue>> => {
    const evaluation = await evaluationOf(rq, [expr], { ids: unitIds }, span, shared);
    const evaluate = evaluator(expr, span, evaluation, innerDecimals);
    return new Map(
      unitIds.flatMap((id) => {
        const value = evaluate(id);
        return value ? [[id, value] as const] : [];
      }),
    );
  };
}

async function valuesIn(rq: Rq, keys: readonly string[], t: Targets, period: string, shared: Shared): Promise<Values> {
  const span = spanOf(rq, period);
  const known = keys.filter(isFigure);
  const exprs = known.map((key) => figures[key]!.expr);
  const evaluation = await evaluationOf(rq, exprs, t, span, shared);
  const values: Values = new Map(t.ids.map((id) => [id, new Map()]));
  for (const key of known) {
    const evaluate = evaluator(figures[key]!.expr, span, evaluation, figures[key]!.decimals);
    for (const [id, of] of values) {
      const value = evaluate(id);
      if (value) of.set(key, value);
    }
  }
  return values;
}

/**
 * Figures of any number of units in one go. Each leaf is one statement for all units, whatever their number; ratios are
 * Σ ÷ Σ at every level by construction.
 */
export function figureValues(
  rq: Rq,
  keys: readonly string[],
  unitIds: readonly number[],
  period: string,
  within?: number,
): Promise<Values> {
  return valuesIn(rq, keys, { ids: unitIds, within }, period, sharedIn(rq));
}

/** The same for several periods, one after another; what they have in common is counted once. */
export async function* figuresIn(
  rq: Rq,
  unitIds: readonly number[],
  asked: Iterable<readonly [period: string, keys: readonly string[]]>,
): AsyncGenerator<{ period: string; keys: readonly string[]; values: Values }> {
  const shared = sharedIn(rq);
  for (const [period, keys] of asked)
    yield { period, keys, values: await valuesIn(rq, keys, { ids: unitIds }, period, shared) };
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
