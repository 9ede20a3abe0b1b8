import { z } from 'zod';
import { day, endpoint, text, unitId } from '../contract.ts';
import * as s from './contract-shared.ts';
import { zeroShape } from './three-zero.ts';

export const threeZeroes = {
  threeZero: endpoint({
    name: 'stars.threeZero',
    method: 'GET',
    path: '/api/stars/three-zero/:unitId',
    permission: 'stars.read',
    summary: {
      zh: '“三零”状况（依法反映问题绝不扣分）',
      en: 'Three-zero status from logged events; lawful complaints never cost points',
    },
    params: s.byUnit,
    query: z.object({ year: z.coerce.number().int().min(2000).max(2100).optional() }),
    reply: z.object({
      unit: s.unitMini,
      year: z.int(),
      sample: z.boolean().describe('The set of zeroes is the sample, not one that the county has decided'),
      document: s.storedDocument.nullable(),
      rule: z.object({ zh: z.string(), en: z.string() }),
      zeroes: z.array(
        z.object({
          id: z.string(),
          words: z.object({ zh: z.string(), en: z.string() }),
          events: z.int(),
          late: z.int().describe('Events not solved in time: what the branch can act on'),
          counts: z.enum(['events', 'late']).describe('Which of the two has to be zero'),
          status: z.boolean(),
        }),
      ),
      held: z.boolean(),
      pointsCost: z.literal(0),
    }),
  }),
  setThreeZero: endpoint({
    name: 'stars.threeZero.set',
    method: 'POST',
    path: '/api/stars/three-zero',
    permission: 'stars.plan',
    summary: { zh: '设定“三零”具体内容', en: 'Decide what the three zeroes are, by document' },
    body: z.object({ unitId, zeroes: z.array(zeroShape).length(3), document: s.document }),
    reply: z.object({ id: z.string(), zeroes: z.array(zeroShape), document: s.storedDocument }),
  }),
  logThreeZero: endpoint({
    name: 'stars.threeZero.log',
    method: 'POST',
    path: '/api/stars/three-zero/:unitId',
    permission: 'cases.write',
    summary: { zh: '登记“三零”事件', en: 'Log an event that one of the zeroes is about' },
    params: s.byUnit,
    body: z.object({ zero: z.string().max(40), happenedOn: day, summary: text(500), dueOn: day.optional() }),
    reply: s.caseMini,
  }),
} as const;
