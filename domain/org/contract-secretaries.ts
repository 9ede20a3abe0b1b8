import { z } from 'zod';
import { day, endpoint, id, text, unitId } from '../contract.ts';
import { caseView } from '../records/cases/contract.ts';
import { publicationFull } from '../records/publications/contract.ts';
import { holder } from '../records/assignments/contract.ts';
import { unitRef } from './contract.ts';
import { engagement } from './kinds-secretaries.ts';

const ofUnit = z.object({ unitId });
const ofCase = z.object({ id });
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const span = { from: day.optional(), to: day.optional() };

export const secretaries = {
  list: endpoint({
    name: 'secretaries.list',
    method: 'GET',
    path: '/api/responsibility/:unitId/secretaries',
    permission: 'cases.read',
    summary: { zh: '书记抓、抓书记：书记履责情况', en: 'Secretaries and what the records show of their own work' },
    params: ofUnit,
    query: z.object(span),
    reply: z.object({
      from: z.string(),
      to: z.string(),
      items: z
        .array(
          z.object({
            unit: unitRef,
            secretary: holder,
            facts: engagement,
            project: z.object({ caseId: z.string(), year: z.int(), goals: z.int(), state: z.string() }).nullable(),
            sheet: z.object({ caseId: z.string(), state: z.string(), from: z.string(), to: z.string() }).nullable(),
          }),
        )
        .describe('In the order of the tree; there is no ranking of people'),
    }),
  }),
  pledge: endpoint({
    name: 'secretaries.pledge',
    method: 'POST',
    path: '/api/responsibility/:unitId/projects',
    permission: 'cases.write',
    summary: { zh: '书记承诺“书记工程”', en: 'The secretary pledges the year’s project' },
    params: ofUnit,
    body: z.object({ year: z.int().min(2000).max(2100), title: text(100), goals: z.array(text(200)).min(1).max(10) }),
    reply: caseView,
  }),
  state: endpoint({
    name: 'secretaries.state',
    method: 'POST',
    path: '/api/secretary-projects/:id/statement',
    permission: 'cases.write',
    summary: { zh: '书记年度述职', en: 'The secretary’s yearly statement' },
    params: ofCase,
    body: z.object({
      statement: text(2000),
      kept: z.array(z.object({ goal: text(200), kept: z.boolean(), why: text(300).optional() })).max(10),
    }),
    reply: caseView,
  }),
  hear: endpoint({
    name: 'secretaries.hear',
    method: 'POST',
    path: '/api/secretary-projects/:id/hearing',
    permission: 'stars.plan',
    summary: { zh: '上级听取述职', en: 'The level above hears the statement' },
    params: ofCase,
    body: z.object({ comment: text(1000) }),
    reply: caseView,
  }),
  compile: endpoint({
    name: 'secretaries.compile',
    method: 'POST',
    path: '/api/responsibility/:unitId/secretary-sheets',
    permission: 'stars.plan',
    summary: { zh: '生成书记履责单', en: 'Compile the sheet of a unit’s secretary for a period' },
    params: ofUnit,
    body: z.object({ from: day, to: day }),
    reply: caseView,
  }),
  review: endpoint({
    name: 'secretaries.review',
    method: 'POST',
    path: '/api/secretary-sheets/:id/review',
    permission: 'stars.plan',
    summary: { zh: '上一级评议履责单', en: 'The level above reviews the sheet' },
    params: ofCase,
    body: z.object({ finding: text(1000) }),
    reply: caseView,
  }),
  answer: endpoint({
    name: 'secretaries.answer',
    method: 'POST',
    path: '/api/secretary-sheets/:id/answer',
    permission: 'cases.write',
    summary: { zh: '书记答复评议', en: 'The secretary answers' },
    params: ofCase,
    body: z.object({ answer: text(1000) }),
    reply: caseView,
  }),
  instruct: endpoint({
    name: 'secretaries.instruct',
    method: 'POST',
    path: '/api/research-visits/:id/instructions',
    permission: 'stars.plan',
    summary: { zh: '将调研要求转为任务', en: 'Turn the instructions of a visit into tasks' },
    params: ofCase,
    body: z.object({
      items: z
        .array(
          z.object({
            text: text(200),
            condition: text(500).describe('When it counts as done'),
            unitId,
            ownerPersonId: id.optional(),
            ownerUnitId: unitId.optional(),
            dueOn: day.optional(),
          }),
        )
        .min(1)
        .max(20),
    }),
    reply: z.object({ visit: caseView, taskIds: z.array(id) }),
  }),
  finish: endpoint({
    name: 'secretaries.finish',
    method: 'POST',
    path: '/api/research-visits/:id/finish',
    permission: 'stars.plan',
    summary: { zh: '调研要求落实完毕', en: 'Everything from a visit has been done' },
    params: ofCase,
    reply: caseView,
  }),
  replies: endpoint({
    name: 'secretaries.replies',
    method: 'GET',
    path: '/api/responsibility/:unitId/replies',
    permission: 'cases.read',
    summary: { zh: '各单位未办结和超期情况（催办用）', en: 'What is still open below, unit by unit' },
    params: ofUnit,
    reply: z.object({
      items: z.array(
        z.object({
          unit: unitRef,
          open: z.int(),
          overdue: z.int(),
          oldest: z.object({ id: z.string(), title: z.string(), dueOn: z.string() }).nullable(),
        }),
      ),
    }),
  }),
  bulletin: endpoint({
    name: 'secretaries.bulletin',
    method: 'POST',
    path: '/api/responsibility/:unitId/bulletins',
    permission: 'publications.write',
    summary: { zh: '编制月度通报（草稿，核对后发布）', en: 'Compile the monthly bulletin as a draft to be published' },
    params: ofUnit,
    body: z.object({ month, title: text(100), remark: text(2000).optional() }),
    reply: publicationFull,
  }),
} as const;
