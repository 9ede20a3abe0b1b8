// What score returns: points, flags and reasons, in a form that can be stored, sent and shown. All points are hundredths.
import { z } from 'zod';
import { standardSchema, valueShape } from './standard-shape.ts';

const star = standardSchema.shape.stars.element.shape;
const criterion = star.criteria.element.shape;
const points = z.int();

/** Why a star stands as it stands. The words are in explain.ts. */
export const reasonSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('enough-points'), points, pass: points }),
  z.object({ code: z.literal('below-pass'), points, pass: points, short: points }),
  z.object({ code: z.literal('must-missed'), criterion: z.string(), points, must: points }),
  z.object({ code: z.literal('vetoed'), veto: z.string() }),
  z.object({ code: z.literal('requires'), star: z.string() }),
  z.object({ code: z.literal('missing'), criterion: z.string() }),
  z.object({ code: z.literal('removed'), criterion: z.string() }),
  z.object({ code: z.literal('scaled'), earned: points, counted: points, full: points }),
  z.object({ code: z.literal('nothing-counted') }),
]);
export type Reason = z.infer<typeof reasonSchema>;

export const criterionResultSchema = z.object({
  id: z.string(),
  star: z.string(),
  text: criterion.text,
  points,
  full: points,
  /** No value was given; the points are 0 but nothing was measured. */
  missing: z.boolean(),
  /** Optional and missing: out of the sum, its must included. */
  removed: z.boolean(),
  must: points.nullable(),
  mustMet: z.boolean(),
  /** The values as given; several only for a review. */
  values: z.array(z.string()),
  /** The combined panel score of a review, for reading. */
  combined: z.string().nullable(),
  source: valueShape.extend({ from: z.string().nullable() }),
  rule: criterion.rule,
  effort: z.number(),
  standing: z.object({ worse: z.int(), of: z.int() }).nullable(),
});
export type CriterionResult = z.infer<typeof criterionResultSchema>;

export const starResultSchema = z.object({
  id: z.string(),
  name: star.name,
  lead: z.string(),
  /** Points after optional criteria without a value were taken out and the rest scaled up. */
  points,
  /** Points earned before scaling, and the sum of points that counted. */
  earned: points,
  counted: points,
  full: points,
  pass: points,
  passed: z.boolean(),
  vetoed: z.boolean(),
  held: z.boolean(),
  reasons: z.array(reasonSchema),
  criteria: z.array(criterionResultSchema),
});
export type StarResult = z.infer<typeof starResultSchema>;

export const resultSchema = z.object({
  unit: z.string(),
  standard: z.object({ id: z.string(), version: z.string(), sample: z.boolean(), title: standardSchema.shape.title }),
  level: z.int(),
  total: points,
  full: points,
  /** Ids of vetoes in force, in the standard's order. */
  vetoes: z.array(z.string()),
  missing: z.int(),
  stars: z.array(starResultSchema),
});
export type Result = z.infer<typeof resultSchema>;
