import { z } from 'zod';
import { standardRef } from '../records/standards/ref.ts';
import type { Workflow } from '../records/cases/workflow.ts';
import { hearing, origin, storedDocument } from './contract-shared.ts';

// The cases of a cycle up to its naming. None of them is generic: the stars module itself takes their steps once its own
// rules hold (a stage closes, a period ends), so nobody walks around those rules from the general case page.

const day = z.string();

export const cycleData = z.object({
  year: z.int(),
  standards: z.object({ rural: standardRef.nullable(), urban: standardRef.nullable() }),
  sample: z.boolean(),
  publicityDays: z.int(),
  approversNeeded: z.int(),
  deadlines: z.record(z.string(), day).default({}),
  proposalId: z.string().nullable().default(null),
  publicationId: z.string().nullable().default(null),
  publicityEnds: day.nullable().default(null),
});
export type CycleData = z.infer<typeof cycleData>;

const stage = (zh: string, en: string) => ({ words: { zh, en } });
/** Nobody has anything to do with the case itself here: the cycle moves it on, or it simply holds. */
const resting = (zh: string, en: string) => ({ words: { zh, en }, waitsFor: null });
const forward = (zh: string, en: string, from: string, to: string) =>
  ({ words: { zh, en }, from: [from], to, verb: 'stars.cycle' }) as const;

export const cycleWorkflow: Workflow = {
  type: 'cycle',
  words: { zh: '创建周期', en: 'Cycle' },
  initial: 'open',
  openVerb: 'stars.cycle',
  openBelow: true,
  data: cycleData,
  states: {
    open: stage('启动', 'Open'),
    planning: stage('规划', 'Planning'),
    creating: stage('研判申报', 'Diagnosis and declaration'),
    'self-assessment': stage('村级自评', 'Self-assessment'),
    'township-review': stage('乡镇初审', 'Township review'),
    verification: stage('专班核验', 'Verification by task forces'),
    'joint-review': stage('县级联审', 'County joint review'),
    proposed: stage('拟定名单', 'Proposed list'),
    publicity: stage('公示', 'Publicity'),
    named: stage('命名', 'Named'),
    watching: stage('动态管理', 'Watching'),
    closed: { words: { zh: '归档', en: 'Closed' }, final: true },
  },
  steps: {
    plan: forward('转入规划', 'Start planning', 'open', 'planning'),
    create: forward('转入研判申报', 'Start diagnosis and declaration', 'planning', 'creating'),
    'assess-self': forward('转入自评', 'Start self-assessment', 'creating', 'self-assessment'),
    review: forward('转入乡镇初审', 'Start township review', 'self-assessment', 'township-review'),
    verify: forward('转入专班核验', 'Start verification', 'township-review', 'verification'),
    join: forward('转入县级联审', 'Start joint review', 'verification', 'joint-review'),
    propose: forward('拟定名单', 'Propose the list', 'joint-review', 'proposed'),
    publicise: forward('公示', 'Publicise', 'proposed', 'publicity'),
    name: forward('命名', 'Name', 'publicity', 'named'),
    watch: forward('转入动态管理', 'Start watching', 'named', 'watching'),
    close: forward('归档', 'Close', 'watching', 'closed'),
  },
};

export const candidacyData = z.object({
  targetLevel: z.int(),
  targetStars: z.array(z.string()),
  stretchLevel: z.int().nullable(),
  origin,
  commitments: z.string(),
  isNew: z.boolean(),
  approvedBy: z.string().nullable().default(null),
  history: z
    .array(
      z.object({
        at: z.string(),
        by: z.string(),
        approvedBy: z.string().nullable(),
        reason: z.string().nullable(),
        before: z.record(z.string(), z.unknown()),
        after: z.record(z.string(), z.unknown()),
      }),
    )
    .default([]),
  submittedAt: z.string().nullable().default(null),
  submittedBy: z.string().nullable().default(null),
  prefilled: z.number().nullable().default(null),
  reviewedAt: z.string().nullable().default(null),
  result: z
    .object({ level: z.int(), targetMet: z.boolean(), stretchMet: z.boolean().nullable() })
    .nullable()
    .default(null),
});
export type CandidacyData = z.infer<typeof candidacyData>;

const only = (
  zh: string,
  en: string,
  from: readonly string[],
  to: string,
  verb: 'stars.plan' | 'stars.cycle' | 'stars.joint' | 'stars.declare' | 'stars.decide' | 'stars.name',
) => ({ words: { zh, en }, from, to, verb }) as const;
const running = ['declared', 'approved', 'monitored', 'assessed'] as const;

export const candidacyWorkflow: Workflow = {
  type: 'candidacy',
  words: { zh: '创建申报', en: 'Candidacy' },
  initial: 'declared',
  openVerb: 'stars.declare',
  data: candidacyData,
  states: {
    declared: stage('已申报', 'Declared'),
    approved: resting('已审定', 'Approved'),
    monitored: resting('创建中', 'Monitored'),
    assessed: stage('已评审', 'Assessed'),
    recommended: resting('已推荐', 'Recommended'),
    named: { words: { zh: '已命名', en: 'Named' }, final: true },
    'not-named': { words: { zh: '未命名', en: 'Not named' }, final: true },
    withdrawn: { words: { zh: '已退出', en: 'Withdrawn' }, final: true },
  },
  steps: {
    approve: only('审定', 'Approve', ['declared'], 'approved', 'stars.plan'),
    monitor: only('纳入动态监测', 'Monitor', ['approved'], 'monitored', 'stars.cycle'),
    assess: only('评审完成', 'Assessment finished', ['approved', 'monitored'], 'assessed', 'stars.cycle'),
    recommend: only('推荐', 'Recommend', ['assessed'], 'recommended', 'stars.joint'),
    reconsider: only('撤回推荐', 'Take the recommendation back', ['recommended'], 'assessed', 'stars.joint'),
    name: only('命名', 'Name', ['recommended'], 'named', 'stars.name'),
    pass: only('未命名', 'Do not name', [...running, 'recommended'], 'not-named', 'stars.name'),
    withdraw: only('退出', 'Withdraw', [...running, 'recommended'], 'withdrawn', 'stars.declare'),
  },
};

export const adjustmentData = z.object({
  change: z.object({
    targetLevel: z.int().optional(),
    targetStars: z.array(z.string()).optional(),
    stretchLevel: z.int().nullable().optional(),
    origin: origin.optional(),
    withdraw: z.boolean().optional(),
  }),
  reason: z.string(),
  document: storedDocument.nullable(),
  objectUntil: day,
  sure: z.boolean(),
  objection: z.string().nullable().default(null),
  decisionReason: z.string().nullable().default(null),
});
export type AdjustmentData = z.infer<typeof adjustmentData>;

export const adjustmentWorkflow: Workflow = {
  type: 'adjustment',
  words: { zh: '动态调整', en: 'Adjustment of a candidacy' },
  initial: 'proposed',
  openVerb: 'stars.plan',
  data: adjustmentData,
  states: {
    proposed: stage('已提出，告知支部', 'Proposed, branch notified'),
    objected: stage('支部有异议', 'Branch objects'),
    approved: { words: { zh: '同意调整', en: 'Approved' }, final: true },
    rejected: { words: { zh: '不予调整', en: 'Rejected' }, final: true },
  },
  steps: {
    object: only('提出异议', 'Object', ['proposed'], 'objected', 'stars.declare'),
    approve: only('同意', 'Approve', ['proposed', 'objected'], 'approved', 'stars.cycle'),
    reject: only('不同意', 'Reject', ['proposed', 'objected'], 'rejected', 'stars.cycle'),
  },
};

const planYearData = z.object({
  year: z.int(),
  counts: z.object({
    rural: z.record(z.string(), z.int()),
    urban: z.record(z.string(), z.int()),
    stars: z.record(z.string(), z.int()),
  }),
  branches: z.array(z.object({ unitId: z.int(), level: z.int(), origin })),
});

export const planData = z.object({
  years: z.array(planYearData),
  focus: z.array(z.object({ criterion: z.string(), reason: z.string() })).default([]),
  allStars: z.array(z.string()),
  document: storedDocument.nullable(),
});
export type PlanData = z.infer<typeof planData>;

export const planWorkflow: Workflow = {
  type: 'plan',
  words: { zh: '创建规划', en: 'Creation plan' },
  initial: 'drafted',
  openVerb: 'stars.plan',
  openBelow: true,
  data: planData,
  states: {
    drafted: stage('已编制', 'Drafted'),
    reviewed: stage('已审核', 'Reviewed'),
    'in-force': resting('已生效', 'In force'),
    superseded: { words: { zh: '已被替代', en: 'Superseded' }, final: true },
  },
  steps: {
    review: only('审核', 'Review', ['drafted'], 'reviewed', 'stars.plan'),
    return: only('退回', 'Return', ['reviewed'], 'drafted', 'stars.plan'),
    adopt: only('生效', 'Put in force', ['reviewed'], 'in-force', 'stars.plan'),
    supersede: only('替代', 'Supersede', ['in-force'], 'superseded', 'stars.plan'),
  },
};

export const diagnosisWorkflow: Workflow = {
  type: 'diagnosis',
  words: { zh: '分析研判', en: 'Diagnosis' },
  initial: 'open',
  openVerb: 'stars.read',
  data: z.object({ finishedBy: z.string().nullable().default(null) }),
  states: { open: stage('研判中', 'Open'), done: { words: { zh: '已完成', en: 'Done' }, final: true } },
  steps: { finish: { words: { zh: '完成研判', en: 'Finish' }, from: ['open'], to: 'done', verb: 'stars.read' } },
};

export const vetoData = z.object({
  veto: z.string(),
  facts: z.string(),
  document: storedDocument,
  hearing: hearing.nullable().default(null),
  decision: z.object({ reason: z.string(), by: z.string(), at: z.string() }).nullable().default(null),
});
export type VetoData = z.infer<typeof vetoData>;

export const vetoWorkflow: Workflow = {
  type: 'veto',
  words: { zh: '否决事项', en: 'Veto' },
  initial: 'proposed',
  openVerb: 'stars.read',
  data: vetoData,
  states: {
    proposed: stage('已提出', 'Proposed'),
    heard: stage('已听取陈述', 'Heard'),
    'in-force': resting('生效', 'In force'),
    dropped: { words: { zh: '不予否决', en: 'Dropped' }, final: true },
    lifted: { words: { zh: '已解除', en: 'Lifted' }, final: true },
  },
  steps: {
    hear: only('听取陈述', 'Hear', ['proposed'], 'heard', 'stars.declare'),
    force: only('决定生效', 'Put in force', ['heard'], 'in-force', 'stars.decide'),
    drop: only('不予否决', 'Drop', ['proposed', 'heard'], 'dropped', 'stars.decide'),
    lift: only('解除', 'Lift', ['in-force'], 'lifted', 'stars.decide'),
  },
};

export const proposalData = z.object({
  basis: storedDocument,
  audience: z.string(),
  items: z.array(
    z.object({
      unitId: z.int(),
      candidacyId: z.string().nullable(),
      level: z.int(),
      total: z.int(),
      rank: z.int(),
      scheme: z.string(),
      recommended: z.boolean(),
      jointReason: z.string().nullable(),
    }),
  ),
});
export type ProposalData = z.infer<typeof proposalData>;

export const proposalWorkflow: Workflow = {
  type: 'proposal',
  words: { zh: '拟定名单', en: 'Proposed list' },
  initial: 'drafted',
  openVerb: 'stars.cycle',
  confidential: true,
  data: proposalData,
  states: {
    drafted: stage('待表决', 'To be decided'),
    approved: stage('已通过', 'Approved'),
    publicised: stage('公示中', 'Publicised'),
    effective: { words: { zh: '已生效', en: 'Effective' }, final: true },
    withdrawn: { words: { zh: '已撤回', en: 'Withdrawn' }, final: true },
  },
  steps: {
    approve: only('通过', 'Approve', ['drafted'], 'approved', 'stars.joint'),
    publicise: only('公示', 'Publicise', ['approved'], 'publicised', 'stars.joint'),
    effect: only('生效', 'Take effect', ['publicised'], 'effective', 'stars.name'),
    withdraw: only('撤回', 'Withdraw', ['drafted', 'approved', 'publicised'], 'withdrawn', 'stars.cycle'),
  },
};

export const objectionData = z.object({
  receipt: z.string(),
  noticeId: z.string(),
  text: z.string(),
  via: z.enum(['page', 'clerk', 'signed-in']),
  contact: z.string().nullable(),
  answer: z.string().nullable().default(null),
  upheld: z.boolean().nullable().default(null),
  answeredBy: z.string().nullable().default(null),
  answeredAt: z.string().nullable().default(null),
});
export type ObjectionData = z.infer<typeof objectionData>;

export const objectionWorkflow: Workflow = {
  type: 'objection',
  words: { zh: '异议', en: 'Objection' },
  initial: 'received',
  openVerb: 'stars.read',
  confidential: true,
  data: objectionData,
  states: {
    received: stage('已收到', 'Received'),
    examined: stage('核查中', 'Examined'),
    answered: { words: { zh: '已答复', en: 'Answered' }, final: true },
  },
  steps: {
    examine: only('核查', 'Examine', ['received'], 'examined', 'stars.joint'),
    answer: only('答复', 'Answer', ['received', 'examined'], 'answered', 'stars.joint'),
  },
};
