import { z } from 'zod';
import { day, endpoint, id, moment, pageOf, pageQuery, text, unitId } from '../contract.ts';
import { standardRef } from '../records/standards/ref.ts';
import * as s from './contract-shared.ts';

const year = z.coerce.number().int().min(2000).max(2100);

export const cycleItem = z.object({
  id: z.string(),
  year: z.int(),
  title: z.string(),
  state: s.cycleState,
  unitId: z.int(),
  unitName: z.string(),
  unitPath: z.string(),
  standards: z.object({ rural: standardRef.nullable(), urban: standardRef.nullable() }),
  sample: z.boolean().describe('A sample standard decides here: every page says so'),
  publicityDays: z.int(),
  approversNeeded: z.int(),
  deadlines: z.record(z.string(), z.string()),
  openedAt: moment,
  version: z.int(),
});
export type CycleItem = z.infer<typeof cycleItem>;

export const cycleStage = z.object({
  state: s.cycleState,
  words: z.object({ zh: z.string(), en: z.string() }),
  dueOn: z.string().nullable(),
  position: z.enum(['done', 'current', 'ahead']),
});

export const cycleView = cycleItem.extend({
  stages: z.array(cycleStage),
  next: z.object({ state: s.cycleState, step: z.string(), why: s.why }).nullable(),
  /** Units that still have to do their part before the stage can close. */
  pending: z.array(
    z.object({
      unitId: z.int(),
      unitName: z.string(),
      parentName: z.string(),
      what: z.object({ zh: z.string(), en: z.string() }),
    }),
  ),
  pendingTotal: z.int(),
  candidacies: z.array(z.object({ state: z.string(), origin: z.string(), count: z.int() })),
  proposalId: z.string().nullable(),
  publicationId: z.string().nullable(),
  publicityEnds: z.string().nullable(),
  namingWhy: s.why.describe('Why nothing can be named today; null when it can, or is done'),
});
export type CycleView = z.infer<typeof cycleView>;

export const candidacyItem = s.unitMini.extend({
  id: z.string(),
  cycleId: z.string(),
  state: s.candidacyState,
  origin: s.origin,
  targetLevel: s.level,
  targetStars: z.array(z.string()),
  stretchLevel: s.level.nullable().describe('Aimed at above the target; missing it costs nothing'),
  commitments: z.string(),
  isNew: z.boolean().describe('Did not contend in the cycle before'),
  level: z.int().nullable().describe('Level of the live standing, null before the first'),
  total: z.int().nullable(),
  overdueTasks: z.int(),
  openedAt: moment,
  version: z.int(),
});
export type CandidacyItem = z.infer<typeof candidacyItem>;

export const targetChange = z.object({
  at: moment,
  by: z.string(),
  approvedBy: z.string().nullable(),
  reason: z.string().nullable(),
  before: z.record(z.string(), z.unknown()),
  after: z.record(z.string(), z.unknown()),
});

export const candidacyView = candidacyItem.extend({
  history: z.array(targetChange),
  steps: z.array(
    z.object({ step: z.string(), to: z.string(), by: z.string(), at: moment, reason: z.string().nullable() }),
  ),
  openSteps: z.array(z.object({ step: z.string(), words: z.object({ zh: z.string(), en: z.string() }), why: s.why })),
  outcome: z
    .object({ level: z.int(), targetMet: z.boolean(), stretchMet: z.boolean().nullable(), final: z.boolean() })
    .nullable()
    .describe('Target against result; the stretch is told apart and never counts against the branch'),
});
export type CandidacyView = z.infer<typeof candidacyView>;

const declaration = z.object({
  targetLevel: s.level.min(1),
  targetStars: z.array(s.starId).max(20).default([]),
  stretchLevel: s.level.nullable().default(null),
  commitments: text(2000, 0).default(''),
});

export const adjustment = z.object({
  id: z.string(),
  candidacyId: z.string(),
  state: z.enum(['proposed', 'objected', 'approved', 'rejected']),
  unitId: z.int(),
  unitName: z.string(),
  change: z.object({
    targetLevel: z.int().optional(),
    targetStars: z.array(z.string()).optional(),
    stretchLevel: z.int().nullable().optional(),
    origin: s.origin.optional(),
    withdraw: z.boolean().optional(),
  }),
  reason: z.string(),
  document: s.storedDocument.nullable(),
  objectUntil: z.string().describe('The branch may object up to and including this day'),
  sure: z.boolean().describe('False when the holidays of a year in between are not published yet'),
  objection: z.string().nullable(),
  decisionReason: z.string().nullable(),
  decideWhy: s.why,
  version: z.int(),
});

export const cycles = {
  list: endpoint({
    name: 'stars.cycles',
    method: 'GET',
    path: '/api/stars/cycles',
    permission: 'stars.read',
    summary: { zh: '创建周期列表', en: 'Cycles, latest first' },
    query: pageQuery.extend({ state: s.cycleState.optional(), year: year.optional() }),
    reply: pageOf(cycleItem),
  }),
  open: endpoint({
    name: 'stars.cycles.open',
    method: 'POST',
    path: '/api/stars/cycles',
    permission: 'stars.cycle',
    summary: { zh: '启动年度创建周期', en: 'Open a cycle' },
    body: z.object({
      unitId,
      year,
      title: text(100),
      rural: standardRef.nullable().default(null),
      urban: standardRef.nullable().default(null),
      publicityDays: z.int().min(1).max(60).default(5).describe('Workdays'),
      approversNeeded: z.int().min(1).max(20).default(2),
      deadlines: z.record(z.enum(s.cycleStates), day).default({} as never),
    }),
    reply: cycleView,
  }),
  get: endpoint({
    name: 'stars.cycles.get',
    method: 'GET',
    path: '/api/stars/cycles/:id',
    permission: 'stars.read',
    summary: { zh: '周期详情：阶段、下一步、尚缺什么', en: 'A cycle: stages, next step, what is still missing' },
    params: s.byId,
    reply: cycleView,
  }),
  advance: endpoint({
    name: 'stars.cycles.advance',
    method: 'POST',
    path: '/api/stars/cycles/:id/stages',
    permission: 'stars.cycle',
    summary: { zh: '进入下一阶段（规则满足时）', en: 'Close the stage and go on, when its rule holds' },
    params: s.byId,
    body: z.object({ to: s.cycleState, reason: text(500).optional(), version: z.int().optional() }),
    reply: cycleView,
  }),
  deadlines: endpoint({
    name: 'stars.cycles.deadlines',
    method: 'POST',
    path: '/api/stars/cycles/:id/deadlines',
    permission: 'stars.cycle',
    summary: { zh: '调整阶段时限（计划、备选一致）', en: 'Change stage deadlines; the same for planned and reserve' },
    params: s.byId,
    body: z.object({ deadlines: z.record(z.enum(s.cycleStates), day), reason: text(500) }),
    reply: cycleView,
  }),
  fairness: endpoint({
    name: 'stars.cycles.fairness',
    method: 'GET',
    path: '/api/stars/cycles/:id/fairness',
    permission: 'stars.read',
    summary: {
      zh: '平等竞争核对（标准、时限、评审规则）',
      en: 'Fairness checks between planned, reserve and open candidates',
    },
    params: s.byId,
    reply: z.object({
      checks: z.array(
        z.object({
          check: z.string(),
          words: z.object({ zh: z.string(), en: z.string() }),
          fair: z.boolean(),
          byOrigin: z.array(z.object({ origin: s.origin, candidates: z.int(), value: z.string() })),
        }),
      ),
    }),
  }),
} as const;

export const candidacies = {
  list: endpoint({
    name: 'stars.candidacies',
    method: 'GET',
    path: '/api/stars/candidacies',
    permission: 'stars.read',
    summary: { zh: '创建对象（计划、备选、争创同列）', en: 'Candidates: planned, reserve and open ones alike' },
    query: pageQuery.extend({
      cycleId: id.optional(),
      under: unitId.optional(),
      state: s.candidacyState.optional(),
      origin: s.origin.optional(),
      targetLevel: z.coerce.number().int().optional(),
      isNew: z.enum(['true', 'false']).optional(),
    }),
    reply: pageOf(candidacyItem),
  }),
  declare: endpoint({
    name: 'stars.candidacies.declare',
    method: 'POST',
    path: '/api/stars/candidacies',
    permission: 'stars.declare',
    summary: { zh: '申报创建目标（每个支部均可申报）', en: 'Declare a target; open to every branch' },
    body: declaration.extend({ cycleId: id, unitId }),
    reply: candidacyView,
  }),
  get: endpoint({
    name: 'stars.candidacies.get',
    method: 'GET',
    path: '/api/stars/candidacies/:id',
    permission: 'stars.read',
    summary: { zh: '创建对象详情与目标变更历史', en: 'A candidacy with its targets over time' },
    params: s.byId,
    reply: candidacyView,
  }),
  revise: endpoint({
    name: 'stars.candidacies.revise',
    method: 'POST',
    path: '/api/stars/candidacies/:id/targets',
    permission: 'stars.declare',
    summary: { zh: '批准前修改申报', en: 'Change the declaration before it is approved' },
    params: s.byId,
    body: declaration.extend({ reason: text(500), version: z.int().optional() }),
    reply: candidacyView,
  }),
  approve: endpoint({
    name: 'stars.candidacies.approve',
    method: 'POST',
    path: '/api/stars/candidacies/:id/approval',
    permission: 'stars.plan',
    summary: { zh: '审定（计划、备选、争创）', en: 'Approve as planned, reserve or open contender' },
    params: s.byId,
    body: z.object({ origin: s.origin, reason: text(500).optional(), version: z.int().optional() }),
    reply: candidacyView,
  }),
  withdraw: endpoint({
    name: 'stars.candidacies.withdraw',
    method: 'POST',
    path: '/api/stars/candidacies/:id/withdrawal',
    permission: 'stars.declare',
    summary: { zh: '支部自行撤回申报', en: 'The branch withdraws' },
    params: s.byId,
    body: z.object({ reason: text(500) }),
    reply: candidacyView,
  }),
  adjustments: endpoint({
    name: 'stars.adjustments',
    method: 'GET',
    path: '/api/stars/adjustments',
    permission: 'stars.read',
    summary: { zh: '动态调整事项', en: 'Changes of list or target during the year' },
    query: pageQuery.extend({ cycleId: id.optional(), candidacyId: id.optional() }),
    reply: pageOf(adjustment),
  }),
  adjust: endpoint({
    name: 'stars.adjustments.propose',
    method: 'POST',
    path: '/api/stars/candidacies/:id/adjustments',
    permission: 'stars.plan',
    summary: { zh: '提出调整（告知支部，可提异议）', en: 'Propose a change; the branch is told and may object' },
    params: s.byId,
    body: z.object({
      change: z
        .object({
          targetLevel: s.level.optional(),
          targetStars: z.array(s.starId).max(20).optional(),
          stretchLevel: s.level.nullable().optional(),
          origin: s.origin.optional(),
          withdraw: z.boolean().optional(),
        })
        .refine((c) => Object.keys(c).length > 0),
      reason: text(1000),
      document: s.document.nullable().default(null),
    }),
    reply: adjustment,
  }),
  object: endpoint({
    name: 'stars.adjustments.object',
    method: 'POST',
    path: '/api/stars/adjustments/:id/objection',
    permission: 'stars.declare',
    summary: { zh: '支部对调整提出异议', en: 'The branch objects' },
    params: s.byId,
    body: z.object({ reason: text(2000) }),
    reply: adjustment,
  }),
  decide: endpoint({
    name: 'stars.adjustments.decide',
    method: 'POST',
    path: '/api/stars/adjustments/:id/decision',
    permission: 'stars.cycle',
    summary: { zh: '对调整作出决定', en: 'Decide on the change' },
    params: s.byId,
    body: z.object({ approve: z.boolean(), reason: text(2000) }),
    reply: adjustment,
  }),
} as const;
