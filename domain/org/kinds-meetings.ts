import { z } from 'zod';
import { day, id, text } from '../contract.ts';
import type { Verb } from '../grants.ts';
import type { Workflow } from '../records/cases/workflow.ts';
import type { Words } from '../words.ts';

/** A meeting is called, then held with what was decided; only held ones count. */
function meeting(type: string, words: Words, verb: Verb, openBelow = false): Workflow {
  return {
    type,
    words,
    initial: 'called',
    openVerb: verb,
    generic: true,
    openBelow,
    states: {
      called: { words: { zh: '已通知', en: 'Called' } },
      held: { words: { zh: '已召开', en: 'Held' }, final: true },
      cancelled: { words: { zh: '未召开', en: 'Not held' }, final: true },
    },
    steps: {
      hold: {
        words: { zh: '登记召开情况', en: 'Record as held' },
        from: ['called'],
        to: 'held',
        verb,
        needs: ['reason'],
      },
      cancel: { words: { zh: '取消', en: 'Cancel' }, from: ['called'], to: 'cancelled', verb, needs: ['reason'] },
    },
    data: z.strictObject({
      on: day,
      agenda: z.array(text(200)).min(1).max(30),
      /** Who chairs, a person; counted as work of that person once it was held. */
      chair: id.optional(),
      decisions: z.array(text(500)).max(50).default([]),
    }),
  };
}

/** The work plan of a task force: drafted by it, approved by the overall owner (M012, M014). */
const forcePlan: Workflow = {
  type: 'force-plan',
  words: { zh: '专班工作方案', en: 'Work plan of a task force' },
  initial: 'drafted',
  openVerb: 'stars.guide',
  generic: true,
  states: {
    drafted: { words: { zh: '起草', en: 'Drafted' } },
    reviewed: { words: { zh: '待批准', en: 'Waiting for approval' } },
    'in-force': { words: { zh: '执行中', en: 'In force' }, waitsFor: null },
    superseded: { words: { zh: '已更替', en: 'Superseded' }, final: true },
  },
  steps: {
    submit: {
      words: { zh: '提交审定', en: 'Submit' },
      from: ['drafted'],
      to: 'reviewed',
      verb: 'stars.verify',
      perStar: true,
    },
    approve: {
      words: { zh: '批准', en: 'Approve' },
      from: ['reviewed'],
      to: 'in-force',
      verb: 'stars.decide',
      needs: ['document'],
    },
    return: {
      words: { zh: '退回修改', en: 'Return' },
      from: ['reviewed'],
      to: 'drafted',
      verb: 'stars.decide',
      needs: ['reason'],
    },
    supersede: {
      words: { zh: '更替', en: 'Supersede' },
      from: ['in-force'],
      to: 'superseded',
      verb: 'stars.decide',
    },
  },
  data: z.strictObject({ goals: z.array(text(200)).min(1).max(20), measures: text(2000) }),
};

/** The overall owner looks at a star's one main line; its county leader answers (M372). */
const lineReview: Workflow = {
  type: 'line-review',
  words: { zh: '主线评议', en: 'Review of a main line' },
  initial: 'reviewed',
  openVerb: 'stars.decide',
  generic: true,
  states: {
    reviewed: { words: { zh: '待答复', en: 'Waiting for an answer' } },
    answered: { words: { zh: '已答复', en: 'Answered' }, final: true },
  },
  steps: {
    answer: {
      words: { zh: '答复', en: 'Answer' },
      from: ['reviewed'],
      to: 'answered',
      verb: 'stars.joint',
      perStar: true,
      notBy: ['raiser'],
      needs: ['reason'],
    },
  },
  data: z.strictObject({
    on: day,
    finding: text(1000),
    goals: z.array(z.strictObject({ goal: text(200), state: z.enum(['reached', 'on-course', 'behind']) })).max(10),
  }),
};

export const meetingKinds = {
  'group-meeting': meeting('group-meeting', { zh: '领导小组会议', en: 'Meeting of a leading group' }, 'stars.plan'),
  'joint-meeting': meeting('joint-meeting', { zh: '联席会议', en: 'Joint meeting' }, 'stars.joint', true),
  consultation: meeting('consultation', { zh: '每周会商', en: 'Weekly consultation' }, 'stars.assess'),
  'force-plan': forcePlan,
  'line-review': lineReview,
} as const satisfies Record<string, Workflow>;
