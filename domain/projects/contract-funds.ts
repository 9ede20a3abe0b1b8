import { z } from 'zod';
import { day, endpoint, id, moment, pageOf, pageQuery, text, unitId } from '../contract.ts';
import { caseItem } from '../records/cases/contract.ts';
import { criterionNames, priorityCriteria, priorityCriterion } from './priority.ts';

const words = z.object({ zh: z.string(), en: z.string() });
const word = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);
const year = z.coerce.number().int().min(1990).max(2100);
const reason = z.object({ code: z.string(), words }).nullable();

/** One source of a fund in a year. Carried over + received − allocated − paid − returned = balance, always. */
export const fundRow = z.object({
  source: z.string().nullable().describe('null is the opening balance, which names no source'),
  words,
  budgetFen: z.int().nullable().describe('In force for the year; null without one'),
  carriedFen: z.int().describe('From earlier years'),
  receivedFen: z.int(),
  allocatedFen: z.int(),
  paidFen: z.int(),
  returnedFen: z.int(),
  balanceFen: z.int(),
  givenFen: z.int().describe('Allocated and paid by all funds of the unit: the budget is the unit’s'),
  budgetLeftFen: z.int().nullable().describe('Budget less what all funds of the unit gave'),
});
export type FundRow = z.infer<typeof fundRow>;

export const fundItem = z.object({
  bookId: z.string(),
  title: z.string(),
  unitId: z.int(),
  unitName: z.string(),
  year: z.int(),
  total: fundRow,
});

export const fundView = fundItem.extend({
  rows: z.array(fundRow),
  restricted: z
    .array(
      z.object({
        source: z.string(),
        sourceWords: words,
        purpose: z.string(),
        purposeWords: words,
        receivedFen: z.int(),
        spentFen: z.int(),
        leftFen: z.int(),
      }),
    )
    .describe('What came for one purpose only, since the book was opened'),
  budgets: z.array(caseItem.extend({ source: z.string(), amountFen: z.int() })),
  mayBudget: z.boolean(),
  mayPost: z.boolean(),
});

/** What a sum is made of; `given` is allocated and paid by every fund of the unit, as its budget counts it. */
export const fundSides = ['carried', 'received', 'allocated', 'paid', 'returned', 'balance', 'given'] as const;
export type FundSide = (typeof fundSides)[number];

const fundPosting = z.object({
  entryId: z.string(),
  bookId: z.string(),
  bookTitle: z.string(),
  number: z.int(),
  onDay: z.string(),
  text: z.string(),
  sourceWords: words,
  purposeWords: words.nullable(),
  counterpart: z.string().nullable(),
  document: z.string().nullable(),
  amountFen: z.int().describe('In the direction of the sum'),
  requestId: z.string().nullable(),
});

/** Money raised from one source under one restriction. */
export const raisedRow = z.object({
  source: z.string().nullable(),
  sourceWords: words,
  purpose: z.string().nullable().describe('What it is bound to; null may go to any purpose'),
  purposeWords: words,
  raisedFen: z.int(),
  givers: z.int().describe('Different givers that the postings name'),
});
export type RaisedRow = z.infer<typeof raisedRow>;

export const ruleView = z.object({
  id: z.string(),
  title: z.string(),
  unitId: z.int(),
  unitName: z.string(),
  state: z.string(),
  stateWords: words,
  version: z.int(),
  from: z.string(),
  document: z.string().nullable(),
  publishedBy: z.string().nullable(),
  publishedAt: moment.nullable(),
  criteria: z.array(priorityCriterion),
  text: z.array(words).describe('The criteria in words, in their order'),
});

export const rankedRequest = caseItem.extend({
  amountFen: z.int(),
  approvedFen: z.int().nullable(),
  purpose: z.string(),
  purposeWords: words,
  project: z.object({ id: z.string(), title: z.string() }).nullable(),
  values: z.array(z.object({ by: z.enum(criterionNames), words })),
  rank: z.int().describe('By the rule as records stand now'),
  tied: z.boolean(),
  kept: z.int().nullable().describe('The rank that was recorded when it was ranked'),
  next: z
    .object({ title: z.string(), tied: z.boolean(), words })
    .nullable()
    .describe('Why the next one stands behind it'),
  mayApprove: reason,
});
export type RankedRequest = z.infer<typeof rankedRequest>;

export const decidedRequest = caseItem.extend({
  amountFen: z.int(),
  approvedFen: z.int().nullable(),
  purposeWords: words,
  project: z.object({ id: z.string(), title: z.string() }).nullable(),
  kept: z.int().nullable(),
  outOfOrder: z.boolean(),
  departure: z.string().nullable(),
  reason: z.string().nullable(),
  document: z.string().nullable(),
  by: z.string().nullable(),
  mayPay: reason,
});
export type DecidedRequest = z.infer<typeof decidedRequest>;

const byId = z.object({ id });

export const funds = {
  list: endpoint({
    name: 'funds.list',
    method: 'GET',
    path: '/api/funds',
    permission: 'ledgers.read',
    summary: { zh: '创建资金：各单位年度收支', en: 'Creation funds of units in a year' },
    query: pageQuery.extend({ under: unitId.optional(), year }),
    reply: pageOf(fundItem).extend({ sum: fundRow.describe('Of all of them, whichever page is shown') }),
  }),
  get: endpoint({
    name: 'funds.get',
    method: 'GET',
    path: '/api/funds/:id',
    permission: 'ledgers.read',
    summary: {
      zh: '一个单位的创建资金：预算、拨付、结余',
      en: 'A fund by source: budget, allocations, actual, carry-over',
    },
    params: byId,
    query: z.object({ year }),
    reply: fundView,
  }),
  postings: endpoint({
    name: 'funds.postings',
    method: 'GET',
    path: '/api/funds/:id/postings',
    permission: 'ledgers.read',
    summary: { zh: '资金合计的明细', en: 'The postings that a sum of a fund is made of' },
    params: byId,
    query: pageQuery.extend({ year, side: z.enum(fundSides), source: word.optional() }),
    reply: pageOf(fundPosting).extend({ sumFen: z.int() }),
  }),
  allPostings: endpoint({
    name: 'funds.allPostings',
    method: 'GET',
    path: '/api/fund-postings',
    permission: 'ledgers.read',
    summary: { zh: '各资金账合计的明细', en: 'The postings that a sum of all funds of a place is made of' },
    query: pageQuery.extend({ under: unitId.optional(), year, side: z.enum(fundSides), source: word.optional() }),
    reply: pageOf(fundPosting).extend({ sumFen: z.int() }),
  }),
  raised: endpoint({
    name: 'funds.raised',
    method: 'GET',
    path: '/api/raised-funds',
    permission: 'ledgers.read',
    summary: {
      zh: '一个单位筹集的资金：来源、限定用途、已用',
      en: 'What a unit raised, by source and restriction, and what it was used for',
    },
    query: z.object({ unitId, year: year.optional() }),
    reply: z.object({
      unitId: z.int(),
      unitName: z.string(),
      raisedFen: z.int(),
      items: z.array(raisedRow),
      uses: z.array(z.object({ purpose: z.string().nullable(), words, spentFen: z.int() })),
    }),
  }),
  raisedPostings: endpoint({
    name: 'funds.raisedPostings',
    method: 'GET',
    path: '/api/raised-funds/postings',
    permission: 'ledgers.read',
    summary: { zh: '筹集资金的明细', en: 'The postings that a sum of raised money is made of' },
    query: pageQuery.extend({
      unitId,
      year: year.optional(),
      source: word.optional().describe('`none` for lines that name no source'),
      purpose: word.optional().describe('`none` for money that may go to any purpose'),
    }),
    reply: pageOf(
      z.object({
        entryId: z.string(),
        bookId: z.string(),
        bookTitle: z.string(),
        number: z.int(),
        onDay: z.string(),
        text: z.string(),
        counterpart: z.string().nullable(),
        document: z.string().nullable(),
        amountFen: z.int(),
      }),
    ).extend({ sumFen: z.int() }),
  }),
  order: endpoint({
    name: 'funds.order',
    method: 'GET',
    path: '/api/fund-requests/order',
    permission: 'cases.read',
    summary: { zh: '资金申请排序及理由', en: 'Requests in the order of the rule, each with the reason' },
    query: z.object({ unitId }),
    reply: z.object({
      rule: ruleView.nullable(),
      items: z.array(rankedRequest),
      total: z.int(),
      mayRank: reason,
    }),
  }),
  decided: endpoint({
    name: 'funds.decided',
    method: 'GET',
    path: '/api/fund-requests/decided',
    permission: 'cases.read',
    summary: { zh: '已批准的资金申请', en: 'Requests that were approved, with departures from the order' },
    query: pageQuery.extend({ unitId, outOfOrder: z.enum(['true', 'false']).optional() }),
    reply: pageOf(decidedRequest),
  }),
  rank: endpoint({
    name: 'funds.rank',
    method: 'POST',
    path: '/api/fund-rankings',
    permission: 'cases.assign',
    summary: { zh: '按规则排序并记录', en: 'Rank the open requests by the rule in force, and record it' },
    body: z.object({ unitId }),
    reply: z.object({ ranked: z.int(), ruleId: z.string() }),
  }),
  approve: endpoint({
    name: 'funds.approve',
    method: 'POST',
    path: '/api/fund-requests/:id/approval',
    permission: 'cases.assign',
    summary: { zh: '批准资金申请；不按排序的须写明理由', en: 'Approve a request; out of order only with a reason' },
    params: byId,
    body: z.object({
      approvedFen: z.int().positive().max(9_000_000_000_000),
      reason: text(500),
      document: text(200),
      departure: text(500).optional(),
    }),
    reply: caseItem,
  }),
  pay: endpoint({
    name: 'funds.pay',
    method: 'POST',
    path: '/api/fund-requests/:id/payment',
    permission: 'ledgers.write',
    summary: { zh: '拨付：创建资金账与项目账同时记账', en: 'Pay: posted in the fund and in the project book at once' },
    params: byId,
    body: z.object({
      bookId: id,
      onDay: day,
      document: text(200),
      sources: z
        .array(z.object({ fundSource: word, amountFen: z.int().positive().max(9_000_000_000_000) }))
        .min(1)
        .max(12),
    }),
    reply: caseItem,
  }),
  rules: endpoint({
    name: 'funds.rules',
    method: 'GET',
    path: '/api/priority-rules',
    permission: 'cases.read',
    summary: { zh: '资金排序规则及历次版本', en: 'Priority rules of a unit and those above, every version' },
    query: z.object({ unitId }),
    reply: z.object({ items: z.array(ruleView), mayPublish: z.boolean() }),
  }),
  publishRule: endpoint({
    name: 'funds.publishRule',
    method: 'POST',
    path: '/api/priority-rules',
    permission: 'standards.write',
    summary: { zh: '发布资金排序规则新版本', en: 'Publish a new version of the priority rule of a unit' },
    body: z.object({ unitId, title: text(200), document: text(200), criteria: priorityCriteria }),
    reply: ruleView,
  }),
} as const;
