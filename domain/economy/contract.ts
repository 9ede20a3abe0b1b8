import { z } from 'zod';
import { endpoint } from '../contract.ts';
import { incomeKinds } from './incomes.ts';

const kind = z.enum(incomeKinds);
const fen = z.int().describe('In fen; what was turned round is taken off');

export const householdIncomes = z.object({
  holderName: z.string().describe('The household, by its address'),
  unitName: z.string(),
  years: z
    .array(z.object({ year: z.int(), home: fen, rent: fen, wages: fen, dividends: fen, total: fen }))
    .describe('Newest first'),
  items: z
    .array(z.object({ onDay: z.string(), kind, amount: fen, bookTitle: z.string() }))
    .describe('The last payments, newest first'),
});
export type HouseholdIncomes = z.infer<typeof householdIncomes>;

export const incomes = {
  mine: endpoint({
    name: 'incomes.mine',
    method: 'GET',
    path: '/api/me/incomes',
    permission: 'session',
    summary: {
      zh: '本户四项收入（仅本户同意关联的本人可见）',
      en: 'The four incomes of the household that agreed to show them to the person signed in',
    },
    reply: z.object({ households: z.array(householdIncomes) }),
  }),
} as const;
