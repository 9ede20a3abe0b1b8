import { z } from 'zod';
import { endpoint, pageQuery } from '../contract.ts';

const words = z.object({ zh: z.string(), en: z.string() });

/** One movement of an own account. Nobody else's name, account or part in the entry is in it. */
export const ownMovement = z.object({
  onDay: z.string(),
  text: z.string().nullable().describe('Null where the entry is about others as well'),
  purpose: words.nullable(),
  amount: z.int().describe('Above zero what came in, below what was spent; hundredths of a point'),
  balance: z.int().describe('After this movement'),
  correction: z.boolean().describe('It turns an earlier movement round'),
});

export const ownAccount = z.object({
  id: z.string(),
  bookTitle: z.string(),
  bookWords: words,
  unitName: z.string(),
  holder: z.enum(['person', 'household']),
  holderName: z.string(),
  balance: z.int(),
  granted: z.int().describe('All that ever came in, less what was corrected'),
  spent: z.int(),
  total: z.int().describe('Movements in all'),
  items: z.array(ownMovement).describe('Newest first'),
});
export type OwnAccount = z.infer<typeof ownAccount>;

export const points = {
  mine: endpoint({
    name: 'points.mine',
    method: 'GET',
    path: '/api/me/points',
    permission: 'session',
    summary: {
      zh: '我的积分（仅本人和本户）',
      en: 'My own points: of the person signed in and of the household that agreed to it',
    },
    query: pageQuery,
    reply: z.object({ accounts: z.array(ownAccount) }),
  }),
} as const;
