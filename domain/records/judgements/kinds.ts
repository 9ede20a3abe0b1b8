import { z } from 'zod';
import { fieldWords } from '../../fields.ts';
import type { Words } from '../../words.ts';
import type { Workflow } from '../cases/workflow.ts';

/** What one observer scores of each unit: a criterion of the standard that a panel decides. */
export const panelItem = z.object({
  item: z.string(),
  text: z.object({ zh: z.string(), en: z.string() }),
  max: z.number(),
  combine: z.enum(['mean', 'trimmed', 'median']),
});
export type PanelItem = z.infer<typeof panelItem>;

export const panelData = z.strictObject({
  standard: z.object({ id: z.string(), version: z.string() }),
  sample: z.boolean(),
  items: z.array(panelItem).min(1),
  unitIds: z.array(z.int()).min(1),
  observers: z.array(z.object({ personId: z.string(), name: z.string() })).min(1),
  /** Who stands aside for which unit, as known when the round was opened or said since. */
  excluded: z.array(
    z.object({
      personId: z.string(),
      unitId: z.int(),
      why: z.enum(['own', 'township', 'duty', 'said']),
      reason: z.string(),
    }),
  ),
  lockedReason: z.string().optional(),
});
export type PanelData = z.infer<typeof panelData>;

/** A round of scoring on site (M045) is a case: it has an owner, a timeline and an end after which nothing changes. */
export const panelRound: Workflow = {
  type: 'panel-round',
  words: { zh: '观摩打分', en: 'Round of panel scores' },
  initial: 'scoring',
  openVerb: 'cases.assign',
  openBelow: true,
  data: panelData,
  fields: fieldWords({
    standard: ['评价标准', 'Standard'],
    sample: ['样例标准', 'Sample standard'],
    items: ['打分项目', 'Items'],
    unitIds: ['观摩单位', 'Units'],
    observers: ['评委', 'Observers'],
    excluded: ['回避', 'Who stands aside'],
    lockedReason: ['锁定说明', 'Reason of the lock'],
  }),
  states: {
    scoring: { words: { zh: '打分中', en: 'Scoring' } },
    locked: { words: { zh: '已锁定', en: 'Locked' }, final: true },
    cancelled: { words: { zh: '已取消', en: 'Cancelled' }, final: true },
  },
  steps: {
    lock: { words: { zh: '锁定', en: 'Lock' }, from: ['scoring'], to: 'locked', verb: 'cases.assign' },
    cancel: {
      words: { zh: '取消', en: 'Cancel' },
      from: ['scoring'],
      to: 'cancelled',
      verb: 'cases.assign',
      needs: ['reason'],
    },
  },
};

export const judgementKinds = { 'panel-round': panelRound } as const;

/** What a judgement is: somebody's word on an item of a case. */
export const judgementWords = {
  observation: { zh: '观摩打分', en: 'panel score' },
  diagnosis: { zh: '分析研判', en: 'diagnosis' },
  self: { zh: '自评', en: 'self-assessment' },
  review: { zh: '乡镇审核', en: 'township review' },
  verify: { zh: '专班核验', en: 'verification' },
  joint: { zh: '县级联审', en: 'joint review' },
  veto: { zh: '否决情形', en: 'veto' },
  basics: { zh: '支部规范化核对', en: 'basic-norms check' },
  readiness: { zh: '创建准备', en: 'readiness' },
  decision: { zh: '审定', en: 'decision' },
  'sign-off': { zh: '目标完成签认', en: 'sign-off of the target' },
} as const satisfies Readonly<Record<string, Words>>;
export type JudgementKind = keyof typeof judgementWords;

/** Kinds of judgement that nobody else may see before their round is locked. */
export const sealedKinds: readonly string[] = ['observation'];
