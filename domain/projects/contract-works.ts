import { z } from 'zod';
import { endpoint, id, moment, pageOf, pageQuery, text, unitId } from '../contract.ts';
import { caseItem } from '../records/cases/contract.ts';
import { subjectLink } from '../records/subjects/contract.ts';

const words = z.object({ zh: z.string(), en: z.string() });
const byId = z.object({ id });
const said = z.object({ id: z.string(), title: z.string(), publishedAt: moment });

/** The entry as which a work was handed over, with what happened there since. */
export const placeOfWork = z.object({
  id: z.string(),
  kind: z.string(),
  kindWords: words,
  name: z.string(),
  state: z.string(),
  stateWords: words,
  links: z.array(subjectLink).describe('Uses, checks, faults, books: what other records name it'),
});

/** A vote of residents about a work; numbers only. */
export const voteOfWork = caseItem.extend({
  question: z.string(),
  options: z.array(z.object({ text: z.string(), votes: z.int().nullable() })),
  eligible: z.int(),
  cast: z.int().nullable(),
  quorum: z.int().describe('The fewest who have to take part'),
  chosen: z.string().nullable(),
  mayCount: z.boolean(),
});

export const programmeItem = caseItem.extend({
  scope: z.string().nullable(),
  systemWords: words.nullable(),
  keyWorks: z.boolean(),
  supervisedBy: z.string().nullable(),
  budgetFen: z.int().nullable().describe('Approved for the programme itself'),
  works: z.int(),
  done: z.int(),
  worksBudgetFen: z.int(),
  actualFen: z.int(),
  contributedFen: z.int(),
  withoutBook: z.int(),
  publications: z.array(said),
  mayDisclose: z.boolean(),
});
export type ProgrammeItem = z.infer<typeof programmeItem>;

const measured = z.object({
  lengthM: z.int(),
  connected: z.int(),
  households: z.int(),
});
const spend = {
  works: z.int(),
  done: z.int(),
  budgetFen: z.int(),
  actualFen: z.int(),
  contributedFen: z.int(),
  results: measured.describe('Measured on the works that are accepted'),
};

export const forceWorks = z.object({
  unitId: z.int(),
  name: z.string(),
  parentName: z.string(),
  scope: z.string().nullable(),
  star: z.string().nullable(),
  members: z.array(z.object({ name: z.string(), words })),
  fundFen: z.int().nullable().describe('Received in the fund of the force; null where it keeps none'),
  ...spend,
  villages: z.array(z.object({ unitId: z.int(), name: z.string(), ...spend })),
});
export type ForceWorks = z.infer<typeof forceWorks>;

const shot = z.object({ id: z.string(), title: z.string(), day: z.string() });
/** A work with its newest picture of either side, and what was spent and saved on it. */
export const comparedWork = z.object({
  id: z.string(),
  title: z.string(),
  unitName: z.string(),
  stateWords: words,
  before: shot.nullable(),
  after: shot.nullable(),
  budgetFen: z.int().nullable(),
  actualFen: z.int().nullable(),
  contributedFen: z.int().nullable(),
  difference: z.string().nullable().describe('Why cost and budget differ'),
});
export type ComparedWork = z.infer<typeof comparedWork>;

export const works = {
  change: endpoint({
    name: 'works.change',
    method: 'PATCH',
    path: '/api/projects/:id',
    permission: 'cases.write',
    summary: { zh: '补充（更正）项目资料', en: 'Complete the facts of a work' },
    params: byId,
    body: z.object({
      version: z.int().positive().optional(),
      data: z.record(z.string().max(60), z.unknown()).describe('Fields of the kind; null takes one away'),
    }),
    reply: caseItem,
  }),
  disclose: endpoint({
    name: 'works.disclose',
    method: 'POST',
    path: '/api/projects/:id/disclosures',
    permission: 'publications.write',
    summary: {
      zh: '公开项目进展或结果（金额取自账簿）',
      en: 'Publish progress or result, with the figures of the books',
    },
    params: byId,
    body: z.object({ note: text(1000).optional() }),
    reply: said.extend({ text: z.string() }),
  }),
  compared: endpoint({
    name: 'works.compared',
    method: 'GET',
    path: '/api/project-pictures',
    permission: 'cases.read',
    summary: { zh: '前后对比：照片、预算与实际、差异说明', en: 'Works before and after, with what they cost and why' },
    query: pageQuery.extend({ under: unitId.optional() }),
    reply: pageOf(comparedWork),
  }),
  programmes: endpoint({
    name: 'works.programmes',
    method: 'GET',
    path: '/api/programmes',
    permission: 'cases.read',
    summary: {
      zh: '工程计划：范围、预算、实际、监督、公开',
      en: 'Programmes of works, each with the sums of its works',
    },
    query: pageQuery.extend({ under: unitId.optional() }),
    reply: pageOf(programmeItem),
  }),
  forces: endpoint({
    name: 'works.forces',
    method: 'GET',
    path: '/api/task-force-works',
    permission: 'cases.read',
    summary: { zh: '专班项目：服务村、支出、成效', en: 'Works of task forces: villages served, spend and results' },
    query: z.object({ under: unitId }),
    reply: z.object({ items: z.array(forceWorks) }),
  }),
  count: endpoint({
    name: 'works.count',
    method: 'POST',
    path: '/api/resident-votes/:id/count',
    permission: 'cases.write',
    summary: { zh: '登记计票结果（只记票数）', en: 'Record the count of a vote: numbers only' },
    params: byId,
    body: z.object({
      cast: z.int().min(0).max(2_000_000_000),
      votes: z.array(z.int().min(0).max(2_000_000_000)).min(1).max(10).describe('In the order of the options'),
      reason: text(500),
    }),
    reply: caseItem,
  }),
} as const;
