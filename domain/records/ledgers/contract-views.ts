import { z } from 'zod';
import { measures } from './kind.ts';

// What is read out of a book. Balances stand in the natural direction of their account: assets and expenses grow by debit,
// the others by credit, so that what is there is above zero.

export const accountBalance = z.object({
  code: z.string(),
  name: z.string(),
  class: z.string(),
  subjectId: z.string().nullable(),
  balance: z.int(),
});

/** An account that is kept for an entry of the register, in whatever book. */
export const heldAccount = accountBalance.extend({
  bookId: z.string(),
  bookTitle: z.string(),
  bookWords: z.object({ zh: z.string(), en: z.string() }),
  measure: z.enum(measures),
});
export type HeldAccount = z.infer<typeof heldAccount>;

export const movement = z.object({
  entryId: z.string(),
  number: z.int(),
  onDay: z.string(),
  text: z.string(),
  account: z.string(),
  accountName: z.string(),
  debit: z.int(),
  credit: z.int(),
  balance: z.int().describe('After this movement'),
  purpose: z.string().nullable(),
  fundSource: z.string().nullable(),
  counterpart: z.string().nullable(),
  note: z.string().nullable(),
  reverses: z.string().nullable(),
});
export type Movement = z.infer<typeof movement>;

export const statement = z.object({
  account: z.string(),
  accountName: z.string(),
  class: z.string(),
  opening: z.int(),
  debit: z.int().describe('Of the whole period, whichever page is shown'),
  credit: z.int(),
  closing: z.int(),
  items: z.array(movement),
  total: z.int(),
});
export type Statement = z.infer<typeof statement>;

export const balanceRow = z.object({
  code: z.string(),
  name: z.string(),
  class: z.string(),
  opening: z.int(),
  debit: z.int(),
  credit: z.int(),
  closing: z.int(),
});

export const trialBalance = z.object({
  items: z.array(balanceRow),
  debit: z.int().describe('Equal to the credit side, always'),
  credit: z.int(),
});

export const resultRow = z.object({
  class: z.enum(['income', 'expense']),
  code: z.string(),
  name: z.string(),
  purpose: z.string().nullable(),
  fundSource: z.string().nullable(),
  amount: z.int(),
});

export const consolidation = z.object({
  books: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      unitName: z.string(),
      headId: z.string().nullable(),
      entries: z.int(),
    }),
  ),
  items: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      class: z.string(),
      sum: z.int().describe('Of all books, in the natural direction'),
      eliminated: z.int().describe('What falls out between them'),
      consolidated: z.int(),
      byBook: z.array(z.object({ bookId: z.string(), balance: z.int() })),
    }),
  ),
  eliminations: z.array(
    z.object({ bookId: z.string(), counterpartBookId: z.string(), code: z.string(), amount: z.int() }),
  ),
  unmatched: z.int().describe('Zero when both sides of every inter-book movement are posted'),
});
