import { z } from 'zod';
import { id, unitId } from '../contract.ts';
import type { Reason } from '../words.ts';

// Pieces that several of the star contracts share. All points are hundredths of a point.

export const starId = z.string().min(1).max(64);
export const criterionId = z.string().min(1).max(64);
export const level = z.int().min(0).max(99);
export const bilingual = z.object({ zh: z.string(), en: z.string().optional() });

export const origins = ['planned', 'reserve', 'contender'] as const;
export const origin = z.enum(origins);
export type Origin = (typeof origins)[number];

export const cycleStates = [
  'open',
  'planning',
  'creating',
  'self-assessment',
  'township-review',
  'verification',
  'joint-review',
  'proposed',
  'publicity',
  'named',
  'watching',
  'closed',
] as const;
export const cycleState = z.enum(cycleStates);
export type CycleState = (typeof cycleStates)[number];

export const candidacyStates = [
  'declared',
  'approved',
  'monitored',
  'assessed',
  'recommended',
  'named',
  'not-named',
  'withdrawn',
] as const;
export const candidacyState = z.enum(candidacyStates);
export type CandidacyState = (typeof candidacyStates)[number];

/** Why a step is not open now, in both languages; null when it is. */
export const why = z.object({ code: z.string(), words: z.object({ zh: z.string(), en: z.string() }) }).nullable();
export type Why = z.infer<typeof why>;

export function whyOf(reason: Reason | null): Why {
  return reason === null ? null : { code: reason.code, words: reason.words };
}

export const byId = z.object({ id });
export const byUnit = z.object({ unitId });
/** The cycle in question; the running one of the county when it is left out. */
export const ofCycle = z.object({ cycleId: id.optional() });
export const inCycle = z.object({ cycleId: id });

export const document = z.object({
  title: z.string().trim().min(1).max(200),
  number: z.string().trim().min(1).max(100),
});
export const storedDocument = z.object({ title: z.string(), number: z.string() });

/** What a branch said before it was decided about, or that it was invited in writing and did not come. */
export const hearing = z.object({
  on: z.string(),
  words: z.string(),
  by: z.string(),
  invitation: storedDocument.nullable().default(null).describe('Of a branch that did not come: how it was invited'),
});

export const person = z.object({ id: z.string().nullable(), name: z.string() });

/** Of a value: whether it is a share of one, which people read in percent. */
export const share = z.boolean().describe('The value is a share of one, to be written in percent');

/** A criterion to be raised, with the value that it has and the one that it needs. */
export const raise = z.object({
  criterion: z.string(),
  text: bilingual,
  valueNow: z.string().nullable(),
  valueNeeded: z.string(),
  share,
});

/** A star of a unit in short: what a tile, a table cell or a mini card needs. */
export const starMini = z.object({
  id: z.string(),
  name: bilingual,
  points: z.int(),
  pass: z.int(),
  held: z.boolean(),
  vetoed: z.boolean(),
});

export const unitMini = z.object({
  unitId: z.int(),
  unitName: z.string(),
  parentId: z.int().nullable(),
  parentName: z.string(),
  scheme: z.string().nullable(),
});

export const caseMini = z.object({
  id: z.string(),
  type: z.string(),
  state: z.string(),
  stateWords: z.object({ zh: z.string(), en: z.string() }),
  title: z.string(),
  unitId: z.int(),
  unitName: z.string(),
  star: z.string().nullable(),
  dueOn: z.string().nullable(),
  overdue: z.boolean(),
});
