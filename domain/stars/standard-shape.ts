// A standard is data: which stars exist, what each criterion measures, what it is worth, and what breaks a star. This file
// says what such data must look like; standard-checks.ts says when its parts contradict one another; standard.ts reads it.
import { z } from 'zod';
import { asDouble, exactHundredths, parseDecimal, roundedHundredths } from './decimal.ts';

/** The largest points of one criterion and of one star, in hundredths; they keep every product in exact integers. */
export const limits = {
  criterionPoints: 1_000_000,
  starPoints: 10_000_000,
  effortDecimals: 6,
  effort: 1_000_000,
} as const;

const text = z.string().trim().min(1).max(2000);
/** Ids become CSV columns and parts of addresses: any script, but no spaces, quotes or commas. */
const id = z.string().regex(/^[^\s,"'/\\]{1,64}$/u, 'bad-id');
const words = z.strictObject({ zh: text, en: text.optional() });
const day = z.string().refine(isDay, 'bad-date');
const periodWord = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9:-]{0,31}$/, 'bad-period');
const valueKinds = ['figure', 'check', 'review', 'fact'] as const;

function isDay(given: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(given)) return false;
  const time = Date.parse(`${given}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(given);
}

type Numbers = {
  /** Points that must be whole hundredths: a criterion's, a star's pass, a must. */
  points: z.ZodType<number>;
  /** Points of a step or label, which may be finer and are rounded half up like every result. */
  rounded: z.ZodType<number>;
  /** A parameter compared with values. */
  number: z.ZodType<number>;
};

/** Numbers as people write them in a standard file. */
const written: Numbers = {
  points: decimalAs((given) => exactHundredths(given), 'points-too-fine'),
  rounded: decimalAs((given) => roundedHundredths(given), 'not-a-number'),
  number: decimalAs((given) => {
    const value = parseDecimal(given);
    return value && asDouble(value);
  }, 'number-too-precise'),
};

/** Numbers of a standard that has been parsed: points are integers in hundredths. */
const parsed: Numbers = { points: z.int(), rounded: z.int(), number: z.number() };

function decimalAs(convert: (given: string | number) => number | null, code: string): z.ZodType<number> {
  return z.union([z.number(), z.string()], 'not-a-number').transform((given, context) => {
    const known = parseDecimal(given) !== null;
    const value = known ? convert(given) : null;
    if (value !== null && Number.isSafeInteger(Math.trunc(value))) return value;
    let message = known ? code : 'not-a-number';
    if (value !== null) message = 'size';
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

function ruleShape({ rounded, number }: Numbers) {
  const steps = z
    .array(z.strictObject({ at: number, points: rounded }))
    .min(1)
    .max(200);
  return z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('linear'), from: number, to: number }),
    z.strictObject({ type: z.literal('steps'), steps }),
    z.strictObject({ type: z.literal('steps-down'), steps }),
    z.strictObject({ type: z.literal('yes') }),
    z.strictObject({ type: z.literal('levels'), levels: z.record(z.string().min(1), rounded) }),
    z.strictObject({ type: z.literal('review'), max: number, combine: z.enum(['mean', 'trimmed', 'median']) }),
    z.strictObject({
      type: z.literal('rank'),
      peers: z.enum(['township', 'county', 'all']),
      steps,
      lower: z.boolean().default(false),
    }),
  ]);
}

export const valueShape = z.strictObject({ kind: z.enum(valueKinds), key: text, period: periodWord });

/** `{ figure: key, period }` as written becomes `{ kind: 'figure', key, period }`; the period is the year unless said. */
const writtenValue = z
  .strictObject({
    figure: text.optional(),
    check: text.optional(),
    review: text.optional(),
    fact: text.optional(),
    period: periodWord.default('year'),
  })
  .transform((given, context): z.infer<typeof valueShape> => {
    const named = valueKinds.filter((kind) => given[kind] !== undefined);
    const kind = named[0];
    if (kind && named.length === 1) return { kind, key: given[kind] ?? '', period: given.period };
    context.addIssue({ code: 'custom', message: 'one-value-kind' });
    return z.NEVER;
  });

/** A facility is judged twice, each time by a criterion of its own: whether it is there, and whether it is good. */
export const facilityAspects = ['present', 'good'] as const;
const facility = z.strictObject({ id, aspect: z.enum(facilityAspects) });

const evidence = z.strictObject({ ask: z.boolean(), reason: words.or(text).optional() });

function starShape(numbers: Numbers, value: z.ZodType<z.infer<typeof valueShape>>) {
  const criterion = z.strictObject({
    id,
    text: words,
    points: numbers.points,
    must: numbers.points.optional(),
    optional: z.boolean().default(false),
    value,
    rule: ruleShape(numbers),
    effort: numbers.number.default(1),
    evidence: evidence.default({ ask: false }),
    facility: facility.optional(),
  });
  return z.strictObject({
    id,
    name: words,
    lead: z.string().trim().max(200).default(''),
    pass: numbers.points,
    requires: z.array(id).default([]),
    criteria: z.array(criterion).min(1).max(500),
  });
}

function standardShape(numbers: Numbers, value: z.ZodType<z.infer<typeof valueShape>>) {
  const band = z.strictObject({ level: z.int().min(1).max(99), min: numbers.number });
  const basis = z.strictObject({ title: text, number: text, article: text });
  return z.strictObject({
    id,
    version: text,
    title: words,
    sample: z.boolean(),
    source: z.strictObject({ title: text, number: text, issued: text }).nullable().default(null),
    effective: z.strictObject({ from: day, to: day.nullable().default(null) }),
    scheme: id,
    grading: z.discriminatedUnion('mode', [
      z.strictObject({ mode: z.literal('stars') }),
      z.strictObject({ mode: z.literal('bands'), bands: z.array(band).min(1).max(20) }),
    ]),
    stars: z.array(starShape(numbers, value)).min(1).max(50),
    vetoes: z.array(z.strictObject({ id, text: words, scope: id, basis })).default([]),
    tieBreakers: z.array(id).default([]),
  });
}

export const writtenStandard = standardShape(written, writtenValue);

/**
 * A standard that has been parsed, as it is stored and sent. `pointsIn` names the unit, and makes parseStandard refuse a
 * parsed standard handed to it a second time, which would otherwise read hundredths as points.
 */
export const standardSchema = standardShape(parsed, valueShape).extend({ pointsIn: z.literal('hundredths') });

export type Standard = z.infer<typeof standardSchema>;
export type Star = Standard['stars'][number];
export type Criterion = Star['criteria'][number];
export type Rule = Criterion['rule'];
export type Veto = Standard['vetoes'][number];
export type Words = z.infer<typeof words>;

/** All points of a star, in hundredths. */
export function fullPoints(star: Star): number {
  return star.criteria.reduce((sum, criterion) => sum + criterion.points, 0);
}

/** All criteria with their star, in the standard's order. */
export function criteriaOf(standard: Standard): { star: Star; criterion: Criterion }[] {
  return standard.stars.flatMap((star) => star.criteria.map((criterion) => ({ star, criterion })));
}
