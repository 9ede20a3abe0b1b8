import { z } from 'zod';
import { endpoint, id, moment, pageOf, pageQuery, text, unitId } from '../contract.ts';
import * as s from './contract-shared.ts';

const year = z.coerce.number().int().min(2000).max(2100);

const byLevel = z.record(z.string(), z.int().min(0).max(100_000)).describe('Level -> number of branches');
export const planCounts = z.object({
  rural: byLevel.default({}),
  urban: byLevel.default({}),
  stars: z.record(z.string(), z.int().min(0).max(100_000)).default({}).describe('Star id -> branches holding it'),
});
export const planYear = z.object({
  year,
  counts: planCounts,
  /** Which branch aims at which level in which year (M130); a plan, not a quota: declaration stays open to all. */
  branches: z
    .array(z.object({ unitId: z.coerce.number().int(), level: s.level, origin: s.origin }))
    .max(5000)
    .default([]),
});
export const plan = z.object({
  id: z.string(),
  state: z.enum(['drafted', 'reviewed', 'in-force', 'superseded']),
  unitId: z.int(),
  unitName: z.string(),
  title: z.string(),
  years: z.array(planYear),
  focus: z
    .array(z.object({ criterion: z.string(), reason: z.string() }))
    .describe('Shortcomings carried in from the last cycle'),
  allStars: z.array(z.string()).describe('Stars the plan covers'),
  document: s.storedDocument.nullable(),
  openedAt: moment,
  version: z.int(),
});

export const planComparison = z.object({
  planId: z.string().nullable(),
  year: z.int(),
  rows: z.array(
    z.object({
      scheme: z.string(),
      level: z.int(),
      planned: z.int(),
      declared: z.int(),
      live: z.int(),
      result: z.int().nullable().describe('Null before the result'),
      gap: z.int().describe('Declared minus planned'),
    }),
  ),
  stars: z.array(z.object({ star: z.string(), planned: z.int(), live: z.int(), result: z.int().nullable() })),
  branches: z.array(
    z.object({
      unitId: z.int(),
      unitName: z.string(),
      planned: z.int(),
      declared: z.int().nullable(),
      result: z.int().nullable(),
    }),
  ),
});

export const plans = {
  list: endpoint({
    name: 'stars.plans',
    method: 'GET',
    path: '/api/stars/plans',
    permission: 'stars.read',
    summary: { zh: '创建规划', en: 'Creation plans' },
    query: pageQuery.extend({ unitId: unitId.optional(), year: year.optional() }),
    reply: pageOf(plan),
  }),
  draft: endpoint({
    name: 'stars.plans.draft',
    method: 'POST',
    path: '/api/stars/plans',
    permission: 'stars.plan',
    summary: { zh: '编制规划（可跨年度）', en: 'Draft a plan, of one or several years' },
    body: z.object({
      unitId,
      title: text(100),
      years: z.array(planYear).min(1).max(10),
      document: s.document.nullable().default(null),
      stars: z
        .array(s.starId)
        .max(20)
        .default([])
        .describe('Stars covered; left empty: all stars of the schemes planned for'),
    }),
    reply: plan,
  }),
  step: endpoint({
    name: 'stars.plans.step',
    method: 'POST',
    path: '/api/stars/plans/:id/steps',
    permission: 'stars.plan',
    summary: { zh: '审核、生效、替代', en: 'Review a plan or put it in force' },
    params: s.byId,
    body: z.object({
      step: z.enum(['review', 'adopt', 'return']),
      reason: text(1000).optional(),
      version: z.int().optional(),
    }),
    reply: plan,
  }),
  compare: endpoint({
    name: 'stars.plans.compare',
    method: 'GET',
    path: '/api/stars/plans/comparison',
    permission: 'stars.read',
    summary: { zh: '规划、申报、结果对照', en: 'Plan against declarations and result' },
    query: z.object({ unitId, cycleId: id.optional() }),
    reply: planComparison.extend({ sample: z.boolean() }),
  }),
} as const;
