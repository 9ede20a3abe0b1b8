import { z } from 'zod';
import { endpoint, unitId } from '../contract.ts';

const byUnit = z.object({ id: unitId });

/** How many branches stood at each level at one time: a year's result, the end of a month, or today. */
export const trendPoint = z.object({
  kind: z.enum(['result', 'month', 'live']),
  label: z.string().describe('2025, 2026-10, or the year of the running cycle'),
  measured: z.int(),
  levels: z.array(z.object({ level: z.int(), count: z.int() })),
});
export type TrendPoint = z.infer<typeof trendPoint>;

export const mattersShown = z.object({
  year: z.int(),
  open: z.int(),
  late: z.int().describe('Open and past the day they were due'),
  raised: z.int().describe('Raised in the year'),
  closed: z.int().describe('Closed as solved in the year'),
  byWord: z.int().describe('Of the closed ones, those that whoever raised them confirmed to be solved'),
  unheard: z.int().describe('Answered in the year, and whoever raised them has not said yet whether they are solved'),
  sentBack: z.int().describe('Of the closed ones, those that whoever raised them had sent back before'),
  medianDays: z.number().nullable().describe('Days from being raised to being closed; null when none was closed'),
  months: z.array(z.object({ month: z.string(), raised: z.int(), closed: z.int() })).describe('The last twelve'),
});
export type MattersShown = z.infer<typeof mattersShown>;

export const overview = {
  trend: endpoint({
    name: 'overview.trend',
    method: 'GET',
    path: '/api/overview/:id/trend',
    permission: 'stars.read',
    summary: { zh: '各星级支部数的变化', en: 'Branches by level over years and months' },
    params: byUnit,
    reply: z.object({ points: z.array(trendPoint) }),
  }),
  matters: endpoint({
    name: 'overview.matters',
    method: 'GET',
    path: '/api/overview/:id/matters',
    permission: 'cases.read',
    summary: { zh: '群众诉求办理情况', en: 'What residents raised and how it was solved' },
    params: byUnit,
    query: z.object({ year: z.coerce.number().int().min(2000).max(2100) }),
    reply: mattersShown,
  }),
};
