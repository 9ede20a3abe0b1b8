import { z } from 'zod';
import { day, text } from '../contract.ts';
import type { Workflow } from '../records/cases/workflow.ts';

/** What of a secretary's own work the records show in a period: lists of things done, never a figure of merit. */
export const engagement = z.strictObject({
  chaired: z.int().describe('Meetings held that the secretary chaired'),
  visited: z.int().describe('Visits and deployments made'),
  solved: z.int().describe('Problems owned and closed'),
  open: z.int().describe('Items owned and not finished'),
  overdue: z.int().describe('Of those, past their due day'),
});
export type Engagement = z.infer<typeof engagement>;

/** Star creation as the secretary's own project: goals pledged, worked on, stated at the year's end, heard above (M110). */
const secretaryProject: Workflow = {
  type: 'secretary-project',
  words: { zh: '书记工程', en: 'Secretary project' },
  initial: 'pledged',
  openVerb: 'cases.write',
  openBelow: true,
  states: {
    pledged: { words: { zh: '已承诺', en: 'Pledged' }, waitsFor: 'owner' },
    stated: { words: { zh: '已述职', en: 'Stated' } },
    heard: { words: { zh: '上级已听取', en: 'Heard above' }, final: true },
  },
  steps: {
    state: {
      words: { zh: '年度述职', en: 'Give the yearly statement' },
      from: ['pledged'],
      to: 'stated',
      verb: 'cases.write',
      onlyBy: 'owner',
      needs: ['reason'],
      byModule: true,
    },
    hear: {
      words: { zh: '听取并评议', en: 'Hear and comment' },
      from: ['stated'],
      to: 'heard',
      verb: 'stars.plan',
      notBy: ['owner'],
      needs: ['reason'],
      byModule: true,
    },
  },
  data: z.strictObject({
    year: z.int().min(2000).max(2100),
    goals: z.array(text(200)).min(1).max(10),
    kept: z.array(z.strictObject({ goal: text(200), kept: z.boolean(), why: text(300).optional() })).optional(),
    facts: engagement.optional(),
  }),
};

/** The level above goes through what a secretary owns, with the secretary's answer (M009). */
const secretarySheet: Workflow = {
  type: 'secretary-sheet',
  words: { zh: '书记履责单', en: 'Secretary sheet' },
  initial: 'compiled',
  openVerb: 'stars.plan',
  states: {
    compiled: { words: { zh: '待上级评议', en: 'To be reviewed above' } },
    reviewed: { words: { zh: '待本人答复', en: 'Waiting for the secretary' } },
    answered: { words: { zh: '已答复', en: 'Answered' }, final: true },
  },
  steps: {
    review: {
      words: { zh: '评议', en: 'Review' },
      from: ['compiled'],
      to: 'reviewed',
      verb: 'stars.plan',
      notBy: ['owner'],
      needs: ['reason'],
      byModule: true,
    },
    answer: {
      words: { zh: '答复', en: 'Answer' },
      from: ['reviewed'],
      to: 'answered',
      verb: 'cases.write',
      onlyBy: 'owner',
      needs: ['reason'],
      byModule: true,
    },
  },
  data: z.strictObject({
    from: day,
    to: day,
    facts: engagement,
    overdue: z.array(z.strictObject({ id: z.string(), title: z.string(), dueOn: z.string() })).max(200),
  }),
};

/** A branch secretary reports how the branch's tasks stand (M017). */
const progress: Workflow = {
  type: 'progress',
  words: { zh: '创建进展', en: 'Progress report' },
  initial: 'reported',
  openVerb: 'stars.declare',
  generic: true,
  states: {
    reported: { words: { zh: '已报告', en: 'Reported' } },
    read: { words: { zh: '乡镇已阅', en: 'Read by the township' }, final: true },
  },
  steps: {
    read: {
      words: { zh: '已阅', en: 'Read' },
      from: ['reported'],
      to: 'read',
      verb: 'stars.review',
      notBy: ['raiser'],
    },
  },
  data: z.strictObject({
    period: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
    done: text(1000),
    next: text(1000),
  }),
};

export const secretaryKinds = {
  'secretary-project': secretaryProject,
  'secretary-sheet': secretarySheet,
  progress,
} as const satisfies Record<string, Workflow>;
