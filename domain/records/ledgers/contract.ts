import { z } from 'zod';
import { day, endpoint, id, moment, pageOf, pageQuery, queryFlag, text, unitId } from '../../contract.ts';
import { sheetFormat } from '../imports/index.ts';
import { measures } from './kind.ts';
import { largestAmount } from './rules.ts';
import { accountBalance, consolidation, heldAccount, resultRow, statement, trialBalance } from './contract-views.ts';

const words = z.object({ zh: z.string(), en: z.string() });
const kindName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
export const accountCode = z
  .string()
  .max(120)
  .regex(/^[a-z][a-z0-9-]*(:[a-z0-9][a-z0-9-]*)*$/);
const word = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);

export const bookItem = z.object({
  id: z.string(),
  kind: z.string(),
  kindWords: words,
  unitId: z.int(),
  unitName: z.string(),
  title: z.string(),
  measure: z.enum(measures),
  headId: z.string().nullable(),
  subjectId: z.string().nullable(),
  caseId: z.string().nullable(),
  openedOn: z.string(),
  closedThrough: z.string().nullable(),
  closedOn: z.string().nullable(),
  entries: z.int(),
});
export type BookItem = z.infer<typeof bookItem>;

export const bookView = bookItem.extend({
  branches: z.int().describe('Books that consolidate into this one directly'),
  mayPost: z.boolean(),
});

export const entryLine = z.object({
  account: z.string(),
  accountName: z.string(),
  amount: z.int().describe('Debit above zero, credit below, in the smallest unit of the book'),
  subjectId: z.string().nullable(),
  counterpart: z.string().nullable(),
  counterpartBookId: z.string().nullable(),
  purpose: z.string().nullable(),
  fundSource: z.string().nullable(),
  note: z.string().nullable(),
});
export type EntryLine = z.infer<typeof entryLine>;

export const entryItem = z.object({
  id: z.string(),
  bookId: z.string(),
  number: z.int(),
  onDay: z.string(),
  text: z.string(),
  document: z.string().nullable(),
  sourceKind: z.string().nullable(),
  sourceId: z.string().nullable(),
  reverses: z.string().nullable(),
  reversedBy: z.string().nullable(),
  amount: z.int().describe('Sum of the debit side'),
  postedByName: z.string().nullable(),
  postedAt: moment,
});

export const entryView = entryItem.extend({ lines: z.array(entryLine) });
export type EntryView = z.infer<typeof entryView>;

const amount = z
  .int()
  .min(-largestAmount)
  .max(largestAmount)
  .refine((n) => n !== 0, { message: 'not zero' });

export const newLine = z.object({
  account: accountCode.describe('Code in the chart of the kind'),
  amount,
  subjectId: id.optional().describe('Opens the subject’s own account where the chart keeps one for each'),
  personId: id.optional(),
  counterpart: text(200).optional(),
  counterpartBookId: id.optional(),
  purpose: word.optional(),
  fundSource: word.optional(),
  note: text(200).optional(),
});

export type NewLine = z.output<typeof newLine>;

export const newEntry = z.object({
  onDay: day,
  text: text(500),
  lines: z.array(newLine).min(2).max(200),
  document: text(200).optional(),
  source: z
    .object({ kind: kindName, id: text(120) })
    .optional()
    .describe('What follows from one source is posted once; the same again answers the entry that is there'),
  again: z.boolean().default(false).describe('Posts a source anew after its entries have been turned round'),
});

const byId = z.object({ id });
const span = { from: day.optional(), to: day.optional() };

export const ledgers = {
  kinds: endpoint({
    name: 'ledgers.kinds',
    method: 'GET',
    path: '/api/books/kinds',
    permission: 'session',
    summary: { zh: '账簿种类与科目', en: 'Kinds of books and their charts' },
    reply: z.object({
      items: z.array(
        z.object({
          kind: z.string(),
          words,
          measure: z.enum(measures),
          on: z.array(z.string()),
          heads: z.array(z.string()),
          ofSubject: z.array(z.string()),
          ofCase: z.array(z.string()),
          accounts: z.array(
            z.object({
              code: z.string(),
              words,
              class: z.string(),
              perSubject: z.array(z.string()),
              perPerson: z.boolean(),
              covered: z.boolean(),
              needs: z.array(z.string()),
            }),
          ),
          purposes: z.record(z.string(), words),
          fundSources: z.record(z.string(), words),
        }),
      ),
    }),
  }),
  list: endpoint({
    name: 'ledgers.list',
    method: 'GET',
    path: '/api/books',
    permission: 'ledgers.read',
    summary: { zh: '查询账簿', en: 'Find books' },
    query: pageQuery.extend({
      under: unitId.optional(),
      kind: kindName.optional(),
      headId: id.optional(),
      subjectId: id.optional(),
      caseId: id.optional(),
      open: queryFlag.optional(),
      q: text(50, 0).optional(),
    }),
    reply: pageOf(bookItem),
  }),
  get: endpoint({
    name: 'ledgers.get',
    method: 'GET',
    path: '/api/books/:id',
    permission: 'ledgers.read',
    summary: { zh: '账簿', en: 'One book' },
    params: byId,
    reply: bookView,
  }),
  open: endpoint({
    name: 'ledgers.open',
    method: 'POST',
    path: '/api/books',
    permission: 'ledgers.write',
    summary: { zh: '建账', en: 'Open a book with the chart of its kind' },
    body: z.object({
      kind: kindName,
      unitId,
      title: text(200),
      openedOn: day,
      headId: id.optional(),
      subjectId: id.optional(),
      caseId: id.optional(),
    }),
    reply: bookView,
  }),
  accounts: endpoint({
    name: 'ledgers.accounts',
    method: 'GET',
    path: '/api/books/:id/accounts',
    permission: 'ledgers.read',
    summary: { zh: '科目与当前余额', en: 'Accounts with their kept balances' },
    params: byId,
    query: pageQuery.extend({ below: accountCode.optional().describe('Only this account and those below it') }),
    reply: pageOf(accountBalance),
  }),
  ofSubject: endpoint({
    name: 'ledgers.ofSubject',
    method: 'GET',
    path: '/api/subjects/:id/accounts',
    permission: 'ledgers.read',
    summary: { zh: '登记对象的账户', en: 'Accounts that are kept for a subject' },
    params: byId,
    query: pageQuery,
    reply: pageOf(heldAccount),
  }),
  entries: endpoint({
    name: 'ledgers.entries',
    method: 'GET',
    path: '/api/books/:id/entries',
    permission: 'ledgers.read',
    summary: { zh: '分录', en: 'Entries of a book, newest first' },
    params: byId,
    query: pageQuery.extend({
      ...span,
      q: text(50, 0).optional(),
      sourceKind: kindName.optional(),
      sourceId: text(120).optional(),
    }),
    reply: pageOf(entryItem),
  }),
  entry: endpoint({
    name: 'ledgers.entry',
    method: 'GET',
    path: '/api/entries/:id',
    permission: 'ledgers.read',
    summary: { zh: '一笔分录', en: 'One entry with its lines' },
    params: byId,
    reply: entryView,
  }),
  post: endpoint({
    name: 'ledgers.post',
    method: 'POST',
    path: '/api/books/:id/entries',
    permission: 'ledgers.write',
    summary: { zh: '记账', en: 'Post an entry' },
    params: byId,
    body: newEntry,
    reply: entryView,
  }),
  reverse: endpoint({
    name: 'ledgers.reverse',
    method: 'POST',
    path: '/api/entries/:id/reversal',
    permission: 'ledgers.write',
    summary: { zh: '冲销', en: 'Turn an entry round' },
    params: byId,
    body: z.object({ onDay: day, reason: text(500) }),
    reply: entryView,
  }),
  close: endpoint({
    name: 'ledgers.close',
    method: 'POST',
    path: '/api/books/:id/closings',
    permission: 'ledgers.write',
    summary: { zh: '结账', en: 'Close everything through a day; or end an empty book' },
    params: byId,
    body: z.object({ through: day, ends: z.boolean().default(false), document: text(200).optional() }),
    reply: bookView,
  }),
  reopen: endpoint({
    name: 'ledgers.reopen',
    method: 'POST',
    path: '/api/books/:id/reopenings',
    permission: 'ledgers.write',
    summary: { zh: '反结账', en: 'Open a closed period again, with a reason' },
    params: byId,
    body: z.object({ from: day, reason: text(500) }),
    reply: bookView,
  }),
  statement: endpoint({
    name: 'ledgers.statement',
    method: 'GET',
    path: '/api/books/:id/statement',
    permission: 'ledgers.read',
    summary: { zh: '科目明细账', en: 'Statement of an account: opening, every movement, closing' },
    params: byId,
    query: pageQuery.extend({ account: accountCode, ...span }),
    reply: statement,
  }),
  statementSheet: endpoint({
    name: 'ledgers.statementSheet',
    method: 'GET',
    path: '/api/books/:id/statement/sheet',
    permission: 'ledgers.read',
    summary: { zh: '导出科目明细账', en: 'A statement as a sheet' },
    params: byId,
    query: z.object({ account: accountCode, ...span, format: sheetFormat.default('xlsx') }),
    reply: z.unknown(),
    raw: true,
  }),
  balances: endpoint({
    name: 'ledgers.balances',
    method: 'GET',
    path: '/api/books/:id/balances',
    permission: 'ledgers.read',
    summary: { zh: '科目余额表', en: 'Trial balance of a period' },
    params: byId,
    query: z.object(span),
    reply: trialBalance,
  }),
  results: endpoint({
    name: 'ledgers.results',
    method: 'GET',
    path: '/api/books/:id/results',
    permission: 'ledgers.read',
    summary: { zh: '收支表（按用途、资金来源）', en: 'Income and expense by purpose and source' },
    params: byId,
    query: z.object({ ...span, tree: queryFlag.optional().describe('With all books that consolidate into it') }),
    reply: z.object({ items: z.array(resultRow), income: z.int(), expense: z.int(), result: z.int() }),
  }),
  consolidation: endpoint({
    name: 'ledgers.consolidation',
    method: 'GET',
    path: '/api/books/:id/consolidation',
    permission: 'ledgers.read',
    summary: { zh: '总分账合并', en: 'Head and branch books added up, with what falls out between them' },
    params: byId,
    query: z.object({ to: day.optional() }),
    reply: consolidation,
  }),
  journal: endpoint({
    name: 'ledgers.journal',
    method: 'GET',
    path: '/api/books/:id/journal',
    permission: 'ledgers.read',
    summary: { zh: '导出纯文本账（hledger）', en: 'The book, or its tree, as plain-text accounting' },
    params: byId,
    query: z.object({ to: day.optional(), tree: queryFlag.optional() }),
    reply: z.unknown(),
    raw: true,
  }),
} as const;
