import { z } from 'zod';
import type { Workflow } from '../records/cases/workflow.ts';
import type { Verb } from '../grants.ts';
import { hearing, storedDocument } from './contract-shared.ts';
import { zeroShape } from './three-zero.ts';

// The cases after naming: early warning, downgrade, rewards, honours, cultivation, and the duties of a level.

const stage = (zh: string, en: string) => ({ words: { zh, en } });
const end = (zh: string, en: string) => ({ words: { zh, en }, final: true });
const only = (zh: string, en: string, from: readonly string[], to: string, verb: Verb) =>
  ({ words: { zh, en }, from, to, verb }) as const;
const decision = z.object({ reason: z.string(), by: z.string(), at: z.string() });

export const warningData = z.object({
  cycleId: z.string(),
  star: z.string(),
  criteria: z.array(z.object({ criterion: z.string(), valueNow: z.string().nullable(), valueNeeded: z.string() })),
  reasons: z.array(z.object({ zh: z.string(), en: z.string().optional() })),
});
export type WarningData = z.infer<typeof warningData>;

export const warningWorkflow: Workflow = {
  type: 'warning',
  words: { zh: '星级预警', en: 'Early warning' },
  initial: 'raised',
  openVerb: 'stars.cycle',
  data: warningData,
  states: { raised: stage('预警中', 'Raised'), cleared: end('已解除', 'Cleared') },
  steps: { clear: only('解除', 'Clear', ['raised'], 'cleared', 'stars.cycle') },
};

export const downgradeData = z.object({
  kind: z.enum(['star', 'candidate']),
  designationId: z.string().nullable(),
  candidacyId: z.string().nullable(),
  facts: z.string(),
  document: storedDocument,
  noticeOn: z.string(),
  hearing: hearing.nullable().default(null),
  decision: decision
    .extend({ effectiveOn: z.string(), personId: z.string().nullable().default(null) })
    .nullable()
    .default(null),
  appealUntil: z.string().nullable().default(null),
  /** False while the holidays of a year within the time for appeal are not published. */
  sure: z.boolean().default(true),
  sample: z.boolean().default(false),
  appeal: z
    .object({
      text: z.string(),
      by: z.string(),
      at: z.string(),
      answer: z.string().nullable(),
      upheld: z.boolean().nullable(),
      answeredBy: z.string().nullable(),
    })
    .nullable()
    .default(null),
});
export type DowngradeData = z.infer<typeof downgradeData>;

export const downgradeWorkflow: Workflow = {
  type: 'downgrade',
  words: { zh: '淘汰降星', en: 'Downgrade' },
  initial: 'proposed',
  openVerb: 'stars.joint',
  data: downgradeData,
  states: {
    proposed: stage('已提出并告知', 'Proposed, branch notified'),
    heard: stage('已听取陈述', 'Branch heard'),
    decided: stage('已决定', 'Decided'),
    effective: end('已生效', 'Effective'),
    dropped: end('不予降星', 'Dropped'),
  },
  steps: {
    hear: only('听取陈述', 'Hear the branch', ['proposed'], 'heard', 'stars.declare'),
    decide: only('决定降星', 'Decide', ['heard'], 'decided', 'stars.decide'),
    drop: only('不予降星', 'Drop', ['proposed', 'heard', 'decided'], 'dropped', 'stars.decide'),
    effect: only('执行', 'Take effect', ['decided'], 'effective', 'stars.joint'),
  },
};

export const rewardRuleData = z.object({
  document: storedDocument,
  beneficiary: z.enum(['branch', 'township']),
  kind: z.enum(['reward', 'corrective']),
  scheme: z.string().nullable(),
  levels: z.array(z.object({ level: z.int(), amountFen: z.int(), benefit: z.string() })),
  minShareHeld: z.number().nullable(),
  top: z.int().nullable(),
  capFen: z.int().nullable(),
});
export type RewardRuleData = z.infer<typeof rewardRuleData>;

export const rewardRuleWorkflow: Workflow = {
  type: 'reward-rule',
  words: { zh: '奖惩规则', en: 'Reward rule' },
  initial: 'published',
  openVerb: 'stars.plan',
  openBelow: true,
  data: rewardRuleData,
  states: { published: { ...stage('已发布', 'Published'), waitsFor: null }, withdrawn: end('已撤回', 'Withdrawn') },
  steps: { withdraw: only('撤回', 'Withdraw', ['published'], 'withdrawn', 'stars.plan') },
};

export const rewardData = z.object({
  cycleId: z.string(),
  ruleId: z.string(),
  ruleTitle: z.string(),
  document: storedDocument,
  kind: z.enum(['reward', 'corrective']),
  level: z.int().nullable(),
  amountFen: z.int(),
  capped: z.boolean(),
  benefit: z.string(),
  why: z.string(),
  reply: z.string().nullable().default(null),
  decision: decision.nullable().default(null),
  paidOn: z.string().nullable().default(null),
  voucher: z.string().nullable().default(null),
});
export type RewardData = z.infer<typeof rewardData>;

export const rewardWorkflow: Workflow = {
  type: 'reward',
  words: { zh: '奖惩事项', en: 'Reward or corrective measure' },
  initial: 'proposed',
  openVerb: 'stars.plan',
  data: rewardData,
  states: {
    proposed: stage('已建议', 'Proposed'),
    answered: stage('当事单位已陈述', 'Unit has replied'),
    approved: stage('已批准', 'Approved'),
    paid: end('已兑现', 'Paid'),
    refused: end('未批准', 'Refused'),
  },
  steps: {
    reply: only('陈述意见', 'Reply', ['proposed'], 'answered', 'stars.read'),
    approve: only('批准', 'Approve', ['proposed', 'answered'], 'approved', 'stars.decide'),
    refuse: only('不批准', 'Refuse', ['proposed', 'answered'], 'refused', 'stars.decide'),
    pay: only('兑现', 'Pay', ['approved'], 'paid', 'stars.plan'),
  },
};

export const recommendationData = z.object({
  kind: z.enum(['honour', 'recruitment']),
  honour: z.string(),
  personId: z.string().nullable(),
  personName: z.string().nullable(),
  basis: storedDocument,
  consent: z.object({ document: z.string(), on: z.string() }).nullable().default(null),
  decision: decision.extend({ recommend: z.boolean() }).nullable().default(null),
  outcome: z.object({ text: z.string(), by: z.string(), document: z.string() }).nullable().default(null),
});
export type RecommendationData = z.infer<typeof recommendationData>;

export const recommendationWorkflow: Workflow = {
  type: 'recommendation',
  words: { zh: '推荐', en: 'Recommendation' },
  initial: 'drafted',
  openVerb: 'stars.joint',
  confidential: true,
  data: recommendationData,
  states: {
    drafted: stage('已提出', 'Drafted'),
    consented: stage('本人已同意', 'Consented'),
    recommended: stage('已推荐', 'Recommended'),
    'decided-elsewhere': end('有关机关已决定', 'Decided elsewhere'),
    refused: end('不予推荐', 'Not recommended'),
  },
  steps: {
    consent: only('本人同意', 'Consent', ['drafted'], 'consented', 'stars.read'),
    recommend: only('推荐', 'Recommend', ['drafted', 'consented'], 'recommended', 'stars.decide'),
    refuse: only('不予推荐', 'Refuse', ['drafted', 'consented'], 'refused', 'stars.decide'),
    outcome: only('登记外部决定', 'Record the outcome', ['recommended'], 'decided-elsewhere', 'stars.joint'),
  },
};

export const cultivationData = z.object({
  kind: z.enum(['benchmark', 'model-village', 'governance-site']),
  criteria: z.string(),
  document: storedDocument,
  support: z.array(z.object({ at: z.string(), text: z.string() })).default([]),
  lessons: z.array(z.object({ id: z.string(), title: z.string() })).default([]),
  designationId: z.string().nullable().default(null),
});
export type CultivationData = z.infer<typeof cultivationData>;

export const cultivationWorkflow: Workflow = {
  type: 'cultivation',
  words: { zh: '示范培育', en: 'Cultivation of a model' },
  initial: 'nominated',
  openVerb: 'stars.plan',
  data: cultivationData,
  states: {
    nominated: stage('已提名', 'Nominated'),
    cultivated: stage('培育中', 'Cultivated'),
    recognised: stage('已认定', 'Recognised'),
    exited: end('已退出', 'Exited'),
    refused: end('未入选', 'Refused'),
  },
  steps: {
    cultivate: only('纳入培育', 'Cultivate', ['nominated'], 'cultivated', 'stars.plan'),
    recognise: only('认定', 'Recognise', ['cultivated'], 'recognised', 'stars.plan'),
    exit: only('退出', 'Exit', ['cultivated', 'recognised'], 'exited', 'stars.plan'),
    refuse: only('不予入选', 'Refuse', ['nominated'], 'refused', 'stars.plan'),
  },
};

export const withdrawalData = z.object({ designationId: z.string() });

/** Ends a plaque or an honour: what was granted ends by a decided case, never by an edit. */
export const withdrawalWorkflow: Workflow = {
  type: 'designation-withdrawal',
  words: { zh: '称号（牌匾）收回', en: 'Withdrawal of a designation' },
  initial: 'proposed',
  openVerb: 'designations.write',
  data: withdrawalData,
  states: { proposed: stage('已提出', 'Proposed'), decided: end('已决定', 'Decided') },
  steps: {
    decide: {
      words: { zh: '决定收回', en: 'Decide' },
      from: ['proposed'],
      to: 'decided',
      verb: 'designations.write',
      needs: ['reason'],
    },
  },
};

export const basicsWorkflow: Workflow = {
  type: 'basics',
  words: { zh: '支部规范化核对', en: 'Basic-norms check' },
  initial: 'open',
  openVerb: 'stars.read',
  data: z.object({}),
  states: { open: stage('核对中', 'Open'), complete: stage('已齐备', 'Complete') },
  steps: {
    complete: only('齐备', 'Complete', ['open'], 'complete', 'stars.read'),
    reopen: only('重新核对', 'Reopen', ['complete'], 'open', 'stars.read'),
  },
};

export const benchmarkingData = z.object({ benchmarkUnitId: z.int(), measures: z.string() });

export const benchmarkingWorkflow: Workflow = {
  type: 'benchmarking',
  words: { zh: '对标先进', en: 'Learning from a benchmark' },
  initial: 'chosen',
  openVerb: 'stars.declare',
  data: benchmarkingData,
  states: { chosen: stage('对标中', 'Chosen'), ended: end('已结束', 'Ended') },
  steps: { end: only('结束', 'End', ['chosen'], 'ended', 'stars.declare') },
};

export const threeZeroData = z.object({ zero: z.string(), happenedOn: z.string(), summary: z.string() });

export const threeZeroWorkflow: Workflow = {
  type: 'three-zero-event',
  generic: true,
  words: { zh: '“三零”事件', en: 'Three-zero event' },
  initial: 'logged',
  openVerb: 'cases.write',
  data: threeZeroData,
  states: { logged: stage('已登记', 'Logged'), solved: end('已解决', 'Solved') },
  steps: {
    solve: {
      words: { zh: '解决', en: 'Solve' },
      from: ['logged'],
      to: 'solved',
      verb: 'cases.write',
      needs: ['reason'],
    },
  },
};

export const threeZeroSetData = z.object({ zeroes: z.array(zeroShape).length(3), document: storedDocument });

/** Which three zeroes a county means: named in the policy, defined only locally, and open to the units below. */
export const threeZeroSetWorkflow: Workflow = {
  type: 'three-zero-set',
  words: { zh: '“三零”设定', en: 'The three zeroes' },
  initial: 'in-force',
  openVerb: 'stars.plan',
  openBelow: true,
  data: threeZeroSetData,
  states: {
    'in-force': { words: { zh: '有效', en: 'In force' }, waitsFor: null },
    superseded: end('已被替代', 'Superseded'),
  },
  steps: { supersede: only('替代', 'Supersede', ['in-force'], 'superseded', 'stars.plan') },
};

export const dutyData = z.object({
  cycleId: z.string(),
  duty: z.string(),
  level: z.int(),
  note: z.string().default(''),
  partnerUnitId: z.int().nullable().default(null),
  helper: z.string().nullable().default(null),
  reviewOn: z.array(z.string()).default([]),
  criteria: z.array(z.string()).default([]),
  /** The partner's name, because a branch cannot look up one that lies outside its own units. */
  partnerName: z.string().nullable().default(null),
  checklist: z.array(z.object({ zh: z.string(), en: z.string() })).default([]),
});
export type DutyData = z.infer<typeof dutyData>;

/** What the level of a branch asks of it, guidance delivered to its class, and support for its band. */
export const dutyWorkflow: Workflow = {
  type: 'star-duty',
  generic: true,
  words: { zh: '分级职责', en: 'Duty of the level' },
  initial: 'assigned',
  openVerb: 'stars.plan',
  data: dutyData,
  states: { assigned: stage('已布置', 'Assigned'), doing: stage('办理中', 'Doing'), done: end('已完成', 'Done') },
  steps: {
    start: { words: { zh: '开始办理', en: 'Start' }, from: ['assigned'], to: 'doing', verb: 'cases.write' },
    finish: {
      words: { zh: '完成', en: 'Finish' },
      from: ['assigned', 'doing'],
      to: 'done',
      verb: 'cases.write',
      needs: ['reason'],
    },
  },
};
