// Random standards and values for property tests: every rule, musts, options, requirements, vetoes, both grading modes.
// Parameters and values share small grids so that boundaries and half hundredths are hit often.
import fc from 'fast-check';
import { parseStandard } from '../../domain/stars/standard.ts';
import type { Criterion, Standard } from '../../domain/stars/standard.ts';
import type { UnitValues, Value } from '../../domain/stars/score.ts';

const grid = fc.oneof(
  fc.integer({ min: -20, max: 40 }).map((n) => n / 4),
  fc.integer({ min: -100, max: 1000 }).map((n) => n / 1000),
  fc.integer({ min: 0, max: 100 }),
  fc
    .integer({ min: -5, max: 60 })
    .map((n) => n / 7)
    .map((n) => Number(n.toFixed(6))),
);

const points = fc.oneof(
  fc.integer({ min: 1, max: 30 }),
  fc.integer({ min: 1, max: 3000 }).map((n) => n / 100),
);
const stepPoints = fc.oneof(
  points,
  fc.integer({ min: -100, max: 30_000 }).map((n) => n / 1000),
);

const steps = fc
  .uniqueArray(grid, { minLength: 1, maxLength: 5 })
  .map((ats) => ats.sort((a, b) => a - b))
  .chain((ats) =>
    fc
      .array(stepPoints, { minLength: ats.length, maxLength: ats.length })
      .map((all) => ats.map((at, i) => ({ at, points: all[i] ?? 0 }))),
  );

const ruleArbitrary: fc.Arbitrary<WrittenRule> = fc.oneof(
  fc
    .tuple(grid, grid)
    .filter(([from, to]) => from !== to)
    .map(([from, to]) => ({ type: 'linear', from, to })),
  steps.map((all) => ({ type: 'steps', steps: all })),
  steps.map((all) => ({ type: 'steps-down', steps: all })),
  fc.constant({ type: 'yes' }),
  fc.tuple(stepPoints, stepPoints, stepPoints).map(([A, B, C]) => ({ type: 'levels', levels: { A, B, C } })),
  fc
    .tuple(fc.constantFrom(5, 10, 100, 0.3), fc.constantFrom('mean', 'trimmed', 'median'))
    .map(([max, combine]) => ({ type: 'review', max, combine })),
  fc
    .tuple(fc.constantFrom('township', 'county', 'all'), fc.boolean(), steps)
    .map(([peers, lower, all]) => ({ type: 'rank', peers, lower, steps: all })),
);

type Options = { criteria?: number; stars?: number };

/** Standards as a file holds them: points as decimals, not read yet. */
export function writtenStandards({ criteria = 6, stars = 4 }: Options = {}): fc.Arbitrary<WrittenStandard> {
  const criterion = fc.record({
    points,
    must: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
    optional: fc.boolean(),
    rule: ruleArbitrary,
    effort: fc.oneof(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 400 }).map((n) => n / 100),
    ),
  });
  const star = fc.record({
    share: fc.integer({ min: 0, max: 100 }),
    requires: fc.array(fc.nat({ max: 5 }), { maxLength: 2 }),
    criteria: fc.array(criterion, { minLength: 1, maxLength: criteria }),
  });
  return fc
    .record({
      stars: fc.array(star, { minLength: 1, maxLength: stars }),
      bands: fc.option(
        fc.uniqueArray(
          fc.integer({ min: 0, max: 400 }).map((n) => n / 4),
          { minLength: 1, maxLength: 4 },
        ),
        { nil: null },
      ),
      scopes: fc.array(fc.integer({ min: -1, max: 5 }), { maxLength: 3 }),
      ties: fc.integer({ min: 0, max: 2 }),
    })
    .map((given) => build(given));
}

export function standards(options: Options = {}): fc.Arbitrary<Standard> {
  return writtenStandards(options).map(readWritten);
}

export type WrittenStandard = ReturnType<typeof build>;

type WrittenRule = {
  type: string;
  from?: number;
  to?: number;
  steps?: { at: number; points: number }[];
  levels?: Record<string, number>;
  max?: number;
  combine?: string;
  peers?: string;
  lower?: boolean;
};

type Given = {
  stars: {
    share: number;
    requires: number[];
    criteria: { points: number; must: number | undefined; optional: boolean; rule: WrittenRule; effort: number }[];
  }[];
  bands: number[] | null;
  scopes: number[];
  ties: number;
};

function build({ stars, bands, scopes, ties }: Given) {
  const cents = (share: number, whole: number): number => Math.round((whole * 100 * share) / 100) / 100;
  return {
    id: 'random',
    version: '1',
    title: { zh: '随机' },
    sample: true,
    effective: { from: '2026-01-01' },
    scheme: 'rural',
    grading: bands
      ? { mode: 'bands', bands: bands.sort((a, b) => a - b).map((min, index) => ({ level: index + 1, min })) }
      : { mode: 'stars' },
    stars: stars.map((star, s) => ({
      id: `s${s}`,
      name: { zh: `星${s}` },
      pass: cents(
        star.share,
        star.criteria.reduce((sum, one) => sum + one.points, 0),
      ),
      // Only earlier stars are required, so that there is no circle.
      requires: [...new Set(star.requires.filter((to) => to < s))].map((to) => `s${to}`),
      criteria: star.criteria.map(({ must, ...one }, c) => ({
        id: `s${s}.c${c}`,
        text: { zh: `条${c}` },
        ...one,
        ...(must === undefined ? {} : { must: cents(must, one.points) }),
        value: { fact: `fact-${s}-${c}` },
      })),
    })),
    vetoes: scopes.map((scope, index) => ({
      id: `v${index}`,
      text: { zh: '否决' },
      scope: scope < 0 || scope >= stars.length ? 'all' : `s${scope}`,
      basis: { title: '样例', number: '1', article: '1' },
    })),
    tieBreakers: ['s0.c0', 's0.c1'].slice(0, Math.min(ties, stars[0]?.criteria.length ?? 0)),
  };
}

export function readWritten(written: WrittenStandard): Standard {
  const parsed = parseStandard(written);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.standard;
}

/** Values now and then fall exactly on a rule's parameters, carry 20 digits, or come as text. */
function valueFor({ rule }: Criterion): fc.Arbitrary<Value> {
  const text = grid.map(String);
  const long = fc
    .tuple(grid, fc.integer({ min: 1, max: 999 }))
    .map(([value, tail]) => `${value.toFixed(6)}0000000000000${tail}`);
  const number = fc.oneof(
    { weight: 4, arbitrary: grid },
    { weight: 2, arbitrary: text },
    { weight: 1, arbitrary: long },
  );
  switch (rule.type) {
    case 'yes':
      return fc.constantFrom('0', '1', 1, 0, '1.0');
    case 'levels':
      return fc.constantFrom('A', 'B', 'C');
    case 'review':
      return fc.array(number, { minLength: 1, maxLength: 8 });
    case 'linear':
      return fc.oneof({ weight: 3, arbitrary: number }, { weight: 1, arbitrary: fc.constantFrom(rule.from, rule.to) });
    default:
      return fc.oneof(
        { weight: 3, arbitrary: number },
        { weight: 1, arbitrary: fc.constantFrom(...rule.steps.map((step) => step.at)) },
      );
  }
}

export type PlacedValues = UnitValues & { township: string; county: string };

export function valuesOf(standard: Standard, unit = 'u'): fc.Arbitrary<PlacedValues> {
  const criteria = standard.stars.flatMap((star) => star.criteria);
  const values = Object.fromEntries(
    criteria.map((one) => [one.id, fc.option(valueFor(one), { nil: undefined, freq: 5 })]),
  );
  return fc.record({
    unit: fc.constant(unit),
    values: fc.record(values),
    vetoes: fc.subarray(standard.vetoes.map((veto) => veto.id)).chain((some) => fc.constantFrom([], [], some)),
    township: fc.constantFrom('t1', 't2'),
    county: fc.constantFrom('c1', 'c2'),
  });
}
