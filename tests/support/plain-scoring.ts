// The page on scoring read a second time, as plainly as it is written and without a line of the engine: exact fractions,
// one unit after another, every peer counted by hand. Slow on purpose; the engine, the kernel and the command line are
// held against it. It takes a standard as its file has it and values as texts.
import type { WrittenStandard } from './arbitrary-standards.ts';

type Fraction = { n: bigint; d: bigint };
type WrittenStar = WrittenStandard['stars'][number];
type WrittenCriterion = WrittenStar['criteria'][number];

export type PlainUnit = {
  unit: string;
  township: string;
  county: string;
  values: Readonly<Record<string, readonly string[]>>;
  vetoes: readonly string[];
};

export type PlainStar = { id: string; points: bigint; passed: boolean; held: boolean; criteria: (bigint | null)[] };
export type PlainResult = { unit: string; level: number; total: bigint; rank: number; stars: PlainStar[] };

export function fraction(text: string | number): Fraction {
  const [, sign, whole = '', part = '', power = '0'] = /^\s*([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?\s*$/i.exec(
    String(text),
  )!;
  const n = BigInt(`${sign === '-' ? '-' : ''}${whole}${part}`);
  const shift = Number(power) - part.length;
  return shift >= 0 ? { n: n * 10n ** BigInt(shift), d: 1n } : { n, d: 10n ** BigInt(-shift) };
}

const minus = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d - b.n * a.d, d: a.d * b.d });
const plus = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
const times = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d });
const whole = (n: number | bigint): Fraction => ({ n: BigInt(n), d: 1n });

function over(a: Fraction, b: Fraction): Fraction {
  const [n, d] = [a.n * b.d, a.d * b.n];
  return d < 0n ? { n: -n, d: -d } : { n, d };
}

const order = (a: Fraction, b: Fraction): number => Number(a.n * b.d > b.n * a.d) - Number(a.n * b.d < b.n * a.d);

/** Points as hundredths, half up. */
function hundredths(points: Fraction): bigint {
  const [n, d] = [200n * points.n + points.d, 2n * points.d];
  return n >= 0n ? n / d : -((d - 1n - n) / d);
}

/** What a rule gives for the texts of one criterion, before it is rounded and kept in its bounds. */
function ruleGives({ rule, points }: WrittenCriterion, texts: readonly string[], percentile: () => Fraction): Fraction {
  const full = fraction(points);
  const steps = (rule.steps ?? []).map((step) => ({ at: fraction(step.at), points: fraction(step.points) }));
  if (rule.type === 'levels') return fraction(rule.levels![texts[0]!.trim()]!);
  if (rule.type === 'rank') return lastReached(steps, percentile());
  const numbers = texts.map(fraction);
  const v = numbers[0]!;
  switch (rule.type) {
    case 'linear':
      return times(full, over(minus(v, fraction(rule.from!)), minus(fraction(rule.to!), fraction(rule.from!))));
    case 'steps':
      return lastReached(steps, v);
    case 'steps-down':
      return steps.find((step) => order(v, step.at) <= 0)?.points ?? whole(0);
    case 'yes':
      return order(v, whole(1)) === 0 ? full : whole(0);
    default:
      return times(full, over(panel(rule.combine!, numbers), fraction(rule.max!)));
  }
}

function lastReached(steps: { at: Fraction; points: Fraction }[], v: Fraction): Fraction {
  return steps.filter((step) => order(step.at, v) <= 0).at(-1)?.points ?? whole(0);
}

function panel(combine: string, scores: readonly Fraction[]): Fraction {
  const sorted = [...scores].sort(order);
  const half = sorted.length / 2;
  let counted = sorted;
  if (combine === 'trimmed' && sorted.length >= 5) counted = sorted.slice(1, -1);
  if (combine === 'median') counted = sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1);
  return over(counted.reduce(plus, whole(0)), whole(counted.length));
}

function percentileOf(criterion: WrittenCriterion, own: PlainUnit, units: readonly PlainUnit[]): Fraction {
  const { peers, lower } = criterion.rule;
  const mine = fraction(own.values[criterion.id]![0]!);
  const others = units.filter(
    (one) =>
      one !== own &&
      one.values[criterion.id] !== undefined &&
      (peers === 'all' || (one.county === own.county && (peers === 'county' || one.township === own.township))),
  );
  const worse = others.filter((one) => {
    const theirs = order(fraction(one.values[criterion.id]![0]!), mine);
    return lower ? theirs > 0 : theirs < 0;
  });
  return others.length === 0 ? whole(100) : over(whole(worse.length * 100), whole(others.length));
}

/** Hundredths of one criterion, or null where nothing was given. */
function pointsOf(criterion: WrittenCriterion, own: PlainUnit, units: readonly PlainUnit[]): bigint | null {
  const texts = own.values[criterion.id];
  if (texts === undefined) return null;
  const found = hundredths(ruleGives(criterion, texts, () => percentileOf(criterion, own, units)));
  const full = hundredths(fraction(criterion.points));
  if (found < 0n) return 0n;
  return found > full ? full : found;
}

export function starOf(star: WrittenStar, criteria: readonly (bigint | null)[]): { points: bigint; passed: boolean } {
  let [sum, all, left] = [0n, 0n, 0n];
  let mustsMet = true;
  star.criteria.forEach((criterion, at) => {
    const full = hundredths(fraction(criterion.points));
    const points = criteria[at] ?? null;
    all += full;
    if (points === null && criterion.optional) return;
    left += full;
    sum += points ?? 0n;
    if (criterion.must !== undefined && (points ?? 0n) < hundredths(fraction(criterion.must))) mustsMet = false;
  });
  const points = left === 0n ? 0n : hundredths({ n: sum * all, d: left * 100n });
  return { points, passed: points >= hundredths(fraction(star.pass)) && mustsMet };
}

function scoreOne(standard: WrittenStandard, own: PlainUnit, units: readonly PlainUnit[]): Omit<PlainResult, 'rank'> {
  const stars = standard.stars.map((star) => {
    const criteria = star.criteria.map((criterion) => pointsOf(criterion, own, units));
    return { id: star.id, ...starOf(star, criteria), held: false, criteria };
  });
  const scopes = standard.vetoes.filter((veto) => own.vetoes.includes(veto.id)).map((veto) => veto.scope);
  const held = (id: string): boolean => {
    const at = standard.stars.findIndex((star) => star.id === id);
    if (!stars[at]!.passed || scopes.includes('all') || scopes.includes(id)) return false;
    return standard.stars[at]!.requires.every(held);
  };
  for (const star of stars) star.held = held(star.id);
  const total = stars.reduce((sum, star) => sum + star.points, 0n);
  return { unit: own.unit, level: levelOf(standard, stars, total, scopes.includes('all')), total, stars };
}

function levelOf(standard: WrittenStandard, stars: readonly PlainStar[], total: bigint, barred: boolean): number {
  if (standard.grading.mode === 'stars') return stars.filter((star) => star.held).length;
  if (barred) return 0;
  const all = standard.stars
    .flatMap((star) => star.criteria)
    .reduce((sum, c) => plus(sum, fraction(c.points)), whole(0));
  const share = over(whole(total), all);
  const reached = (standard.grading.bands ?? []).filter((band) => order(fraction(band.min), share) <= 0);
  return Math.max(0, ...reached.map((band) => band.level));
}

/** Every unit, in rank order and then by unit; `within` is the peer group of the rank. */
export function scorePlainly(
  standard: WrittenStandard,
  units: readonly PlainUnit[],
  within: 'all' | 'county' | 'township' = 'all',
): PlainResult[] {
  const results = units.map((own) => scoreOne(standard, own, units));
  const keys = results.map((result) => {
    const points = new Map(
      standard.stars.flatMap((star, s) =>
        star.criteria.map((c, at) => [c.id, result.stars[s]!.criteria[at] ?? 0n] as const),
      ),
    );
    return [BigInt(result.level), result.total, ...standard.tieBreakers.map((id) => points.get(id)!)];
  });
  const better = (a: readonly bigint[], b: readonly bigint[]): boolean => {
    const at = a.findIndex((key, i) => key !== b[i]);
    return at >= 0 && a[at]! > b[at]!;
  };
  const together = (a: PlainUnit, b: PlainUnit): boolean =>
    within === 'all' || (a.county === b.county && (within === 'county' || a.township === b.township));
  return results
    .map((result, at) => ({
      ...result,
      rank: 1 + units.filter((other, i) => together(other, units[at]!) && better(keys[i]!, keys[at]!)).length,
    }))
    .sort((a, b) => a.rank - b.rank || (a.unit < b.unit ? -1 : 1));
}

/** The least effort, then the fewest criteria, then the most headroom with which a star passes; null when none does. */
export function cheapestPlainly(star: WrittenStar, now: readonly (bigint | null)[]) {
  if (starOf(star, now).passed) return { effort: 0n, count: 0, headroom: 0n };
  const most = star.criteria.map(mostOf);
  let best: { effort: bigint; count: number; headroom: bigint } | null = null;
  for (let set = 1; set < 2 ** star.criteria.length; set += 1) {
    const chosen = star.criteria.map((_, at) => at).filter((at) => (set >> at) & 1);
    if (chosen.some((at) => most[at] === null || (now[at] !== null && most[at]! <= now[at]!))) continue;
    const after = now.map((points, at) => (chosen.includes(at) ? most[at]! : points));
    if (!starOf(star, after).passed) continue;
    const found = {
      effort: chosen.reduce((sum, at) => sum + hundredths(fraction(star.criteria[at]!.effort)), 0n),
      count: chosen.length,
      headroom: chosen.reduce((sum, at) => sum + most[at]! - (now[at] ?? 0n), 0n),
    };
    const cheaper =
      best && (found.effort - best.effort || BigInt(found.count - best.count) || best.headroom - found.headroom);
    if (cheaper === null || cheaper < 0n) best = found;
  }
  return best;
}

/** The most a unit can reach by itself under a rule; null for ranks, which depend on others. */
export function mostOf({ rule, points }: WrittenCriterion): bigint | null {
  const full = hundredths(fraction(points));
  if (rule.type === 'rank') return null;
  const choices = rule.levels ? Object.values(rule.levels) : rule.steps?.map((step) => step.points);
  if (!choices) return full;
  return choices
    .map((choice) => hundredths(fraction(choice)))
    .reduce((best, choice) => (choice > best ? (choice > full ? full : choice) : best), 0n);
}
