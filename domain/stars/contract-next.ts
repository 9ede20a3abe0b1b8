import { z } from 'zod';
import { endpoint } from '../contract.ts';
import * as s from './contract-shared.ts';
import { stepPages } from './next-steps.ts';

/** Nobody works through more branches from their first page than this; whoever answers for more has lists. */
export const nextStepsCap = 6;

export const branchSteps = z.object({
  unitId: z.int(),
  unitName: z.string(),
  steps: z.array(
    z.object({
      key: z.string(),
      words: z.object({ zh: z.string(), en: z.string() }),
      page: z.enum(stepPages),
      state: z.enum(['done', 'todo', 'waits']),
      mine: z.boolean().describe('The reader may do it'),
    }),
  ),
});
export type BranchSteps = z.infer<typeof branchSteps>;

export const nexts = {
  steps: endpoint({
    name: 'stars.nextSteps',
    method: 'GET',
    path: '/api/stars/next-steps',
    permission: 'stars.read',
    summary: {
      zh: '本人所在支部本阶段的下一步',
      en: 'What waits at the running stage for the branches where the reader works',
    },
    reply: z.object({ cycleId: z.string().nullable(), stage: s.cycleState.nullable(), items: z.array(branchSteps) }),
  }),
} as const;
