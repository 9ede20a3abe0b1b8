import { type Expr, isLeaf, type Leaf, partsOf, type Source } from './expr.ts';
import { figureKeys, figures } from './figures.ts';
import type { MetricKey } from './metrics.ts';

// What a figure is made of, read from its expression: nobody keeps a list of what must be counted again when.

/** Records of one source; `kinds` is null where a record of any kind may change the number. */
export interface Dependency {
  readonly source: string;
  readonly kinds: readonly string[] | null;
  /** A change of it may show in the number of a unit that stands neither there nor above. */
  readonly afar?: true;
}

/** The kinds of records that a source counts. */
export function kindsOf(source: Source): readonly string[] {
  if (source.table === 'cases' || source.table === 'units') return source.types;
  if (source.table === 'lines') return source.books;
  return source.table === 'assignments' ? source.roles : source.kinds;
}

const on = (source: string, kinds: readonly string[] | null | undefined | false | ''): Dependency[] =>
  kinds === undefined || kinds === false || kinds === '' ? [] : [{ source, kinds }];

/** Duties of a person who also appears elsewhere: in a case, in a roster, with another duty. */
const dutiesAfar = (roles: readonly string[] | undefined): Dependency[] =>
  on('assignments', roles).map((d) => ({ ...d, afar: true }));

function besidesCases(s: Extract<Source, { table: 'cases' }>): Dependency[] {
  return [
    ...dutiesAfar(s.ownerRole),
    ...on('assignments', s.onRole && [s.onRole]),
    ...dutiesAfar(s.visiting),
    ...dutiesAfar(s.linkedBy),
    ...on('subjects', s.linkedBy && null),
    ...on('units', s.onTypes),
    ...on('cases', s.childOf),
    ...on('cases', s.asked && null),
    ...on('lines', s.funded && ['project']),
    ...on('subjects', s.about && null),
  ];
}

/** What a source looks at beside the records that it counts. */
function besides(source: Source): Dependency[] {
  switch (source.table) {
    case 'cases':
      return besidesCases(source);
    case 'events':
      return [...dutiesAfar(source.personRole), ...on('subjects', source.subjectKinds)];
    case 'subjects':
      return [
        ...on('bound', source.bound?.kinds),
        ...on('units', source.onTypes),
        ...on('units', typeof source.led === 'object' && source.led.types),
        ...on('subjects', source.parentKind && [source.parentKind]),
      ];
    case 'agreements':
      // Counted where its parties stand, and by what they are: a party is marked where it stands.
      return [...on('bound', source.placedBy && source.kinds), ...on('bound', source.withRole?.bound)];
    case 'lines':
      return [
        ...on('bound', source.example && ['consent']),
        ...on('subjects', source.bookAbout && [source.bookAbout]),
        ...on('cases', source.bookAbout && ['project']),
        ...on('subjects', source.bookLed && ['cooperative']),
      ];
    case 'assignments':
      return [
        ...on('assignments', source.onRole && [source.onRole]),
        ...dutiesAfar(source.also),
        ...on('units', source.on),
      ];
    case 'judgements':
      return [{ source: 'cases', kinds: ['panel-round'] }];
    case 'units':
      return on('units', source.parentTypes);
    default:
      return [];
  }
}

/** Catalogues that a condition asks about: they belong to the instance and to no unit. */
function cataloguesOf(source: Source): Dependency[] {
  const has = 'has' in source ? (source.has ?? []) : [];
  return has.flatMap((c) => on('catalogues', c.allOf && [c.allOf]));
}

function dependenciesOfLeaf(leaf: Leaf): Dependency[] {
  switch (leaf.of) {
    case 'fact':
      return [{ source: 'facts', kinds: [leaf.metric] }];
    case 'units-at-least':
      return [
        { source: 'facts', kinds: [leaf.metric] },
        { source: 'units', kinds: leaf.types },
      ];
    case 'units':
      return [{ source: 'units', kinds: leaf.types }];
    case 'cases':
      return [{ source: 'cases', kinds: [leaf.type] }];
    case 'designations':
      return [{ source: 'designations', kinds: [leaf.kind] }];
    case 'records':
      return [
        { source: leaf.source.table, kinds: kindsOf(leaf.source) },
        ...besides(leaf.source),
        ...cataloguesOf(leaf.source),
      ];
  }
}

/** The parts of an expression down to its leaves, those of a condition on units among them. */
function within(expr: Expr): readonly Expr[] {
  return expr.of === 'units-where' ? [expr.part, ...(expr.among ? [expr.among] : [])] : partsOf(expr);
}

/** What an expression looks at itself, beside its parts. */
function ownDependencies(expr: Expr): Dependency[] {
  if (isLeaf(expr)) return dependenciesOfLeaf(expr);
  switch (expr.of) {
    case 'units-where':
      return on('units', expr.types);
    case 'rank':
      return on('units', null);
    case 'catalogue':
      return on('catalogues', [expr.name]);
    case 'stars':
      return on('standards', [expr.scheme]);
    default:
      return [];
  }
}

/** Everything whose change can change the number. */
export function dependenciesOf(expr: Expr): Dependency[] {
  return [...ownDependencies(expr), ...within(expr).flatMap(dependenciesOf)];
}

const contains = (expr: Expr, is: (e: Expr) => boolean): boolean =>
  is(expr) || within(expr).some((e) => contains(e, is));

const keysThat = (is: (e: Expr) => boolean): ReadonlySet<string> =>
  new Set(figureKeys.filter((key) => contains(figures[key]!.expr, is)));

/** Figures that look at the units beside their own: a change there changes them too. */
export const comparingKeys = keysThat((e) => e.of === 'rank');

const comparesYears = (e: Expr) => e.of === 'growth' || e.of === 'change' || e.of === 'before' || e.of === 'streak';

/**
 * Figures in which an entered number or a year before takes part: only these tell a running year from a whole one, because
 * beside a running year the one before counts up to the same day.
 */
export const enteredKeys = keysThat((e) => e.of === 'fact' || e.of === 'units-at-least' || comparesYears(e));

interface Dependents {
  readonly byKind: Map<string, Set<string>>;
  readonly ofAnyKind: Map<string, Set<string>>;
  readonly afar: Map<string, Set<string>>;
}

function readDependents(): Dependents {
  const found: Dependents = { byKind: new Map(), ofAnyKind: new Map(), afar: new Map() };
  const add = (to: Map<string, Set<string>>, name: string, key: string) => {
    const keys = to.get(name) ?? new Set<string>();
    to.set(name, keys.add(key));
  };
  for (const key of figureKeys)
    for (const { source, kinds, afar } of dependenciesOf(figures[key]!.expr)) {
      if (kinds === null) add(found.ofAnyKind, source, key);
      else for (const kind of kinds) add(found.byKind, `${source} ${kind}`, key);
      if (afar) for (const kind of kinds ?? []) add(found.afar, `${source} ${kind}`, key);
    }
  return found;
}

let dependents: Dependents | undefined;

/** The figures that a change in a record of this source and kind can change. */
export function dependentsOn(source: string, kind: string): ReadonlySet<string> {
  dependents ??= readDependents();
  return new Set([...(dependents.byKind.get(`${source} ${kind}`) ?? []), ...(dependents.ofAnyKind.get(source) ?? [])]);
}

/** Figures that any change elsewhere may change. */
export const afarKeys: ReadonlySet<string> = new Set([
  ...comparingKeys,
  ...figureKeys.filter((key) => dependenciesOf(figures[key]!.expr).some((d) => d.afar)),
]);

/** Of these the ones that can change in units beside those where the record stands: ranks, and what looks at people's duties. */
export function dependentsAfar(source: string, kind: string): readonly string[] {
  const all = [...dependentsOn(source, kind)];
  const afar = dependents?.afar.get(`${source} ${kind}`);
  return all.filter((key) => comparingKeys.has(key) || afar?.has(key));
}

/** Whether a number that somebody types can be needed for this one; without it the records themselves answer. */
export function needsTyping(expr: Expr): boolean {
  if (expr.of === 'fact' || expr.of === 'units-at-least') return true;
  // The first part that answers is taken: one that needs no typing is enough.
  if (expr.of === 'first') return expr.parts.every(needsTyping);
  return within(expr).some(needsTyping);
}

/** The numbers that somebody has to type before this one can answer, where records do not answer for them. */
export function typedMetrics(expr: Expr): MetricKey[] {
  if (!needsTyping(expr)) return [];
  if (expr.of === 'fact' || expr.of === 'units-at-least') return [expr.metric];
  return [...new Set(within(expr).flatMap(typedMetrics))];
}
