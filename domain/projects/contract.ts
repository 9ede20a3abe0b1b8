import { z } from 'zod';
import { day, endpoint, id, moment, pageOf, pageQuery, queryFlag, text, unitId } from '../contract.ts';
import { caseItem } from '../records/cases/contract.ts';
import { evidence } from '../records/evidence/contract.ts';
import { placeOfWork, voteOfWork } from './contract-works.ts';
import { sheetFormat } from '../records/imports/contract.ts';

const words = z.object({ zh: z.string(), en: z.string() });
const word = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);
const money = z.int().nullable().describe('In fen; null where no book says it, which is not zero');

/** Kinds of case that are works with a budget and a book. */
export const projectTypes = ['project', 'micro-renewal'] as const;
/** What a list of works can be added up by. */
export const groupings = ['unit', 'use', 'class', 'programme', 'system', 'stage'] as const;
export type Grouping = (typeof groupings)[number];

export const projectItem = caseItem.extend({
  class: z.string().nullable(),
  classWords: words.nullable(),
  use: z.string().nullable(),
  useWords: words.nullable(),
  key: z.boolean(),
  programme: z.object({ id: z.string(), title: z.string() }).nullable(),
  budgetFen: money,
  receivedFen: money,
  actualFen: money.describe('Paid out of the project book; given labour stands apart'),
  contributedFen: money.describe('Labour, machines and goods given, at agreed value'),
  labourMinutes: z.int().nullable(),
  machineMinutes: z.int().nullable(),
  spentShare: z.int().nullable().describe('Of the budget, in hundredths of a percent'),
});
export type ProjectItem = z.infer<typeof projectItem>;

/** What narrows a list of works; the same for the page, its sums and its sheet. */
export const projectQuery = z.object({
  under: unitId.optional(),
  type: z.enum(projectTypes).optional(),
  stage: word.optional(),
  use: word.optional(),
  class: word.optional(),
  programmeId: id.optional(),
  system: word.optional(),
  key: queryFlag.optional(),
  ownerUnit: unitId.optional().describe('A task force or office that carries it'),
  open: queryFlag.optional(),
  late: queryFlag.optional(),
  over: queryFlag.optional().describe('Paid out more than the budget'),
  here: queryFlag.optional().describe('Only of the unit itself'),
  q: text(50, 0).optional(),
});
export type ProjectQuery = z.output<typeof projectQuery>;

export const projectSums = z.object({
  n: z.int(),
  done: z.int().describe('Accepted, handed over or published'),
  budgetFen: z.int(),
  receivedFen: z.int(),
  actualFen: z.int(),
  contributedFen: z.int(),
  savedFen: z.int().describe('Budget less what was paid, of those that are done and have both'),
  withoutBudget: z.int().describe('Works without a budget: they are in no comparison'),
  withoutBook: z.int(),
});
export type ProjectSums = z.infer<typeof projectSums>;

const sumLine = z.object({
  account: z.string(),
  words,
  fundSource: z.string().nullable(),
  sourceWords: words.nullable(),
  amountFen: z.int(),
});

export const projectPage = z.object({
  item: projectItem,
  data: z.record(z.string(), z.unknown()),
  bookId: z.string().nullable(),
  labourBookId: z.string().nullable(),
  sources: z.array(sumLine).describe('Money and labour by where they came from; adds up to received and contributed'),
  uses: z.array(sumLine).describe('What was paid and used, by account; adds up to actual and contributed'),
  before: z.array(evidence),
  after: z.array(evidence),
  acceptance: z
    .object({ by: z.string(), at: moment, reason: z.string().nullable(), document: z.string().nullable() })
    .nullable(),
  contributions: z.array(
    caseItem.extend({
      on: z.string(),
      labourDays: z.number(),
      machineHours: z.number(),
      agreedValueFen: z.int().nullable(),
      mayAgree: z.boolean(),
      mayPost: z.boolean(),
    }),
  ),
  requests: z.array(caseItem),
  changes: z
    .array(
      caseItem.extend({
        why: z.string(),
        safety: z.string(),
        opinion: z
          .object({ id: z.string(), title: z.string() })
          .nullable()
          .describe('The opinion of residents it answers'),
        costFen: money.describe('How much dearer it becomes; below zero is cheaper'),
      }),
    )
    .describe('Changes of the design'),
  votes: z.array(voteOfWork),
  place: placeOfWork.nullable(),
  unexplained: z.boolean().describe('More was paid than the budget, and nobody has said why'),
  mayDisclose: z.boolean(),
  parts: z.array(projectItem).describe('Works below it'),
  publications: z.array(z.object({ id: z.string(), title: z.string(), publishedAt: moment })),
  mayWrite: z.boolean(),
});
export type ProjectPage = z.infer<typeof projectPage>;

const byId = z.object({ id });

export const projects = {
  list: endpoint({
    name: 'projects.list',
    method: 'GET',
    path: '/api/projects',
    permission: 'cases.read',
    summary: {
      zh: '项目：阶段、预算、实际、投工、期限',
      en: 'Works with stage, budget, actual, given labour, days left',
    },
    query: pageQuery.extend(projectQuery.shape),
    reply: pageOf(projectItem),
  }),
  sums: endpoint({
    name: 'projects.sums',
    method: 'GET',
    path: '/api/projects/sums',
    permission: 'cases.read',
    summary: { zh: '项目汇总（按单位、用途、类别、计划、体系、阶段）', en: 'Sums of works by a grouping' },
    query: projectQuery.extend({ by: z.enum(groupings).default('unit') }),
    reply: z.object({
      total: projectSums,
      items: z.array(projectSums.extend({ key: z.string().nullable(), words, unitId: z.int().nullable() })),
    }),
  }),
  get: endpoint({
    name: 'projects.get',
    method: 'GET',
    path: '/api/projects/:id',
    permission: 'cases.read',
    summary: {
      zh: '项目：资金与投工、前后对比、验收、公开',
      en: 'One work with its money, pictures, acceptance, disclosure',
    },
    params: byId,
    reply: projectPage,
  }),
  postings: endpoint({
    name: 'projects.postings',
    method: 'GET',
    path: '/api/projects/:id/postings',
    permission: 'ledgers.read',
    summary: { zh: '某项合计的明细分录', en: 'The postings that a sum of a project is made of' },
    params: byId,
    query: pageQuery.extend({
      account: z
        .string()
        .max(60)
        .regex(/^[a-z][a-z0-9-]*(:[a-z0-9][a-z0-9-]*)*$/),
      fundSource: word.optional().describe('`none` for lines that name no source'),
    }),
    reply: pageOf(
      z.object({
        entryId: z.string(),
        number: z.int(),
        onDay: z.string(),
        text: z.string(),
        document: z.string().nullable(),
        accountName: z.string(),
        amountFen: z.int().describe('In the direction of the sum; a reversal stands below zero'),
        postedByName: z.string().nullable(),
        sourceKind: z.string().nullable(),
        sourceId: z.string().nullable(),
      }),
    ).extend({ sumFen: z.int().describe('Of all postings, whichever page is shown') }),
  }),
  explain: endpoint({
    name: 'projects.explain',
    method: 'POST',
    path: '/api/projects/:id/explanation',
    permission: 'cases.write',
    summary: { zh: '说明预算与实际的差异（须有佐证）', en: 'Say why cost and budget differ, with evidence' },
    params: byId,
    body: z.object({ reason: text(1000) }),
    reply: projectItem,
  }),
  agree: endpoint({
    name: 'projects.agree',
    method: 'POST',
    path: '/api/contributions/:id/agreement',
    permission: 'cases.write',
    summary: {
      zh: '认可投工折价（标准和依据）',
      en: 'Agree what a contribution is worth: rates and what they rest on',
    },
    params: byId,
    body: z.object({
      labourDayFen: z.int().min(0).max(1_000_000),
      machineHourFen: z.int().min(0).max(10_000_000),
      document: text(200),
    }),
    reply: caseItem.extend({ agreedValueFen: z.int() }),
  }),
  post: endpoint({
    name: 'projects.post',
    method: 'POST',
    path: '/api/contributions/:id/posting',
    permission: 'ledgers.write',
    summary: {
      zh: '投工入账：工时记投工台账，折价记项目账',
      en: 'Post a contribution: time in one book, value in the other',
    },
    params: byId,
    body: z.object({ onDay: day }),
    reply: caseItem.extend({ agreedValueFen: z.int() }),
  }),
  export: endpoint({
    name: 'projects.export',
    method: 'GET',
    path: '/api/projects/sheet',
    permission: 'cases.read',
    summary: { zh: '导出项目台账（Excel）', en: 'The works as a sheet with its official head' },
    query: projectQuery.extend({ format: sheetFormat.default('xlsx') }),
    reply: z.unknown(),
    raw: true,
  }),
} as const;
