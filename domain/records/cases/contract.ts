import { z } from 'zod';
import { day, endpoint, id, moment, pageOf, pageQuery, queryFlag, text, unitId } from '../../contract.ts';

const words = z.object({ zh: z.string(), en: z.string() });
const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

const tag = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);

export const light = z.object({ colour: z.enum(['red', 'yellow', 'green', 'none']), words });

export const caseItem = z.object({
  id: z.string(),
  type: z.string(),
  typeWords: words,
  state: z.string(),
  stateWords: words,
  title: z.string(),
  unitId: z.int(),
  unitName: z.string(),
  star: z.string().nullable(),
  subject: z
    .object({ id: z.string(), name: z.string(), kind: z.string(), words })
    .nullable()
    .describe('What it is about besides its unit; null as well for those who may not read that entry'),
  tags: z.array(z.string()),
  ownerUnitId: z.int().nullable(),
  ownerUnitName: z.string().nullable(),
  ownerPersonId: z.string().nullable(),
  ownerName: z.string().nullable(),
  dueOn: z.string().nullable(),
  workdaysLeft: z.int().nullable(),
  light,
  supervised: z.boolean(),
  escalated: z
    .object({ unitId: z.int(), unitName: z.string(), at: moment })
    .nullable()
    .describe('Past its day and carried up: where somebody is now to see to it'),
  parentId: z.string().nullable(),
  openedAt: moment,
  changedAt: moment,
  closedAt: moment.nullable(),
  version: z.int(),
});
export type CaseItem = z.infer<typeof caseItem>;

export const openStep = z.object({
  step: z.string(),
  words,
  to: z.string(),
  generic: z.boolean().describe('Taken through this endpoint; otherwise on the page of its module'),
  needs: z.array(z.enum(['reason', 'evidence', 'document', 'owner'])),
  reason: z.object({ code: z.string(), words }).nullable().describe('Why it is not open; null when it is'),
});

export const caseView = caseItem.extend({
  raisedBy: z.string().nullable(),
  raisedByName: z.string().nullable(),
  originKind: z.string().nullable(),
  originId: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  evidence: z.int(),
  steps: z.array(openStep),
});
export type CaseView = z.infer<typeof caseView>;

export const timelineEntry = z.object({
  id: z.string(),
  step: z.string(),
  words,
  from: z.string(),
  to: z.string(),
  toWords: words,
  by: z.string(),
  at: moment,
  reason: z.string().nullable(),
  document: z.string().nullable(),
});

const owner = { ownerPersonId: id.optional(), ownerUnitId: unitId.optional() };
const version = z.int().positive().describe('The version that was read; a step on another one is refused').optional();
const fields = z.record(z.string().max(60), z.unknown());

export const cases = {
  kinds: endpoint({
    name: 'cases.kinds',
    method: 'GET',
    path: '/api/cases/kinds',
    permission: 'session',
    summary: { zh: '事项类型与流程', en: 'Kinds of cases and their workflows' },
    reply: z.object({
      items: z.array(
        z.object({
          type: z.string(),
          words,
          generic: z.boolean(),
          confidential: z.boolean(),
          openVerb: z.string(),
          dueWorkdays: z.int().nullable(),
          subjects: z.array(z.string()).describe('Kinds of entries that such a case can be about'),
          states: z.array(z.object({ state: z.string(), words, final: z.boolean() })),
          steps: z.array(z.object({ step: z.string(), words, from: z.array(z.string()), to: z.string() })),
          data: z.unknown().describe('JSON Schema of the fields of the kind'),
        }),
      ),
    }),
  }),
  list: endpoint({
    name: 'cases.list',
    method: 'GET',
    path: '/api/cases',
    permission: 'cases.read',
    summary: { zh: '查询事项', en: 'Find cases' },
    query: pageQuery.extend({
      type: name.optional(),
      state: name.optional(),
      open: queryFlag.optional().describe('Only those not finished (true) or finished (false)'),
      under: unitId.optional().describe('Only cases of this unit and those below it'),
      star: text(64).optional(),
      owner: z.union([id, z.literal('me')]).optional(),
      overdue: queryFlag.optional(),
      supervised: queryFlag.optional(),
      parent: id.optional(),
      subject: id.optional().describe('Only cases about this entry of the register'),
      tag: tag.optional(),
      q: text(50, 0).optional().describe('Part of the title'),
      sort: z.enum(['changed', 'due', 'opened']).default('changed'),
    }),
    reply: pageOf(caseItem),
  }),
  counts: endpoint({
    name: 'cases.counts',
    method: 'GET',
    path: '/api/cases/counts',
    permission: 'cases.read',
    summary: { zh: '按状态计数（保持值）', en: 'Counts by state, kept up to date and not counted' },
    query: z.object({
      under: unitId,
      by: z.enum(['unit', 'child']).default('child'),
      type: name.optional(),
    }),
    reply: z.object({
      columns: z.array(z.object({ type: z.string(), state: z.string() })).describe('What there is any of'),
      items: z.array(
        z.object({
          unitId: z.int(),
          unitName: z.string(),
          counts: z.array(z.int().nullable()).describe('By column; null: fewer than five of a confidential kind'),
        }),
      ),
    }),
  }),
  get: endpoint({
    name: 'cases.get',
    method: 'GET',
    path: '/api/cases/:id',
    permission: 'session',
    summary: { zh: '事项详情与可办步骤', en: 'A case with its steps and why some are not open' },
    params: z.object({ id }),
    reply: caseView,
  }),
  timeline: endpoint({
    name: 'cases.timeline',
    method: 'GET',
    path: '/api/cases/:id/timeline',
    permission: 'session',
    summary: { zh: '办理过程', en: 'What happened to a case, oldest first' },
    params: z.object({ id }),
    query: pageQuery,
    reply: pageOf(timelineEntry),
  }),
  open: endpoint({
    name: 'cases.open',
    method: 'POST',
    path: '/api/cases',
    permission: 'session',
    summary: { zh: '新建事项', en: 'Open a case' },
    body: z.object({
      type: name,
      title: text(200),
      unitId,
      star: text(64).optional(),
      parentId: id.optional(),
      subjectId: id.optional().describe('What it is about, of a kind that the kind of case allows'),
      tags: z.array(tag).max(20).optional().describe('Lines of work and themes, from their catalogues'),
      dueOn: day.optional(),
      data: fields.default({}),
      ...owner,
    }),
    reply: caseView,
  }),
  step: endpoint({
    name: 'cases.step',
    method: 'POST',
    path: '/api/cases/:id/steps',
    permission: 'session',
    summary: { zh: '办理一个步骤', en: 'Take a step' },
    params: z.object({ id }),
    body: z.object({
      step: name,
      version,
      reason: text(2000).optional(),
      document: text(200).optional(),
      data: fields.optional(),
      ...owner,
    }),
    reply: caseView,
  }),
  handOn: endpoint({
    name: 'cases.handOn',
    method: 'POST',
    path: '/api/cases/:id/owners',
    permission: 'session',
    summary: { zh: '转办（更换承办人）', en: 'Hand a case on to another owner' },
    params: z.object({ id }),
    body: z
      .object({ version, reason: text(500), ...owner })
      .refine((b) => b.ownerPersonId !== undefined || b.ownerUnitId !== undefined, { path: ['ownerPersonId'] }),
    reply: caseView,
  }),
  supervise: endpoint({
    name: 'cases.supervise',
    method: 'POST',
    path: '/api/cases/:id/supervision',
    permission: 'cases.assign',
    summary: { zh: '督办', en: 'Press for a case' },
    params: z.object({ id }),
    body: z.object({ version, reason: text(500), dueOn: day.optional() }),
    reply: caseView,
  }),
  comment: endpoint({
    name: 'cases.comment',
    method: 'POST',
    path: '/api/cases/:id/comments',
    permission: 'session',
    summary: { zh: '留言', en: 'Comment on a case' },
    params: z.object({ id }),
    body: z.object({ text: text(2000) }),
    reply: timelineEntry,
  }),
} as const;
