import { z } from 'zod';
import { column, field, form, optional, say, unit } from '../fields.ts';
import { byType, decided, end, state, step, workflow } from '../records/cases/declare.ts';

/** Nominated by themselves or their branch, reviewed by others, notified, then awarded; nobody who fails is listed (M073, M074, M195). */
const selection = workflow(
  'selection',
  say('评选', 'Selection'),
  {
    nominated: state('已申报（推荐）', 'Nominated'),
    reviewed: state('已评审', 'Reviewed'),
    notified: state('公示中', 'Notified', null),
    awarded: end('已授予', 'Awarded'),
    withdrawn: end('已撤回（未入选）', 'Withdrawn'),
  },
  {
    review: step('评审', 'Review', 'nominated', 'reviewed', { notBy: ['raiser'], needs: ['reason'] }),
    notify: step('公示', 'Notify', 'reviewed', 'notified', { ...decided, needs: ['document'], dueWorkdays: 5 }),
    object: step('有异议，重新评审', 'Objection: review again', 'notified', 'nominated', { needs: ['reason'] }),
    award: step('授予', 'Award', 'notified', 'awarded', { ...decided, needs: ['document'] }),
    withdraw: step('撤回', 'Withdraw', ['nominated', 'reviewed', 'notified'], 'withdrawn', { needs: ['reason'] }),
  },
  {
    subjects: ['household', 'volunteer', 'volunteer-team'],
    form: form({
      award: column(
        field.choice('评选项目', 'Award', {
          'five-beauty-courtyard': say('“五美”庭院', 'Five-beauty courtyard'),
          'star-household': say('文明诚信家庭', 'Civil and honest household'),
          'advanced-member': say('先进党员', 'Advanced member'),
          other: say('其他', 'Other'),
        }),
      ),
      period: column(field.period('评选期间', 'Period')),
      criteria: optional(field.items('达到的标准', 'Criteria met', 'five-beauty')),
      scores: optional(field.text('评审意见', 'What the reviewers say', 500)),
    }),
  },
);

/** Nothing that was granted is taken away unheard (limits, rule 7). */
const withdrawal = workflow(
  'status-withdrawal',
  say('称号撤销', 'Withdrawal of a status'),
  {
    proposed: state('已提出并告知', 'Proposed, holder notified'),
    heard: state('已听取意见', 'Heard'),
    decided: end('已决定撤销', 'Decided'),
    dropped: end('不予撤销', 'Dropped'),
  },
  {
    hear: step('听取意见', 'Hear the holder', 'proposed', 'heard', { notBy: ['raiser'], needs: ['reason'] }),
    decide: step('决定撤销', 'Decide', 'heard', 'decided', { ...decided, needs: ['reason', 'document'] }),
    drop: step('不予撤销', 'Drop', ['proposed', 'heard'], 'dropped', { ...decided, needs: ['reason'] }),
  },
  {
    openVerb: 'cases.assign',
    dueWorkdays: 20,
    form: form({
      designationId: { schema: z.uuid(), words: { words: say('称号', 'Designation') } },
      facts: field.long('事实', 'Facts', 1000),
    }),
  },
);

const action = workflow(
  'environment-action',
  say('环境行动（积分）', 'Environment action'),
  {
    reported: state('已报告', 'Reported'),
    verified: end('已核实计分', 'Verified'),
    'not-verified': end('未核实', 'Not verified'),
  },
  {
    verify: step('核实', 'Verify', 'reported', 'verified', { notBy: ['raiser'] }),
    refuse: step('未核实', 'Not verified', 'reported', 'not-verified', { notBy: ['raiser'], needs: ['reason'] }),
  },
  {
    dueWorkdays: 10,
    form: form({
      on: column(field.day('日期', 'Day')),
      action: column(field.text('行动', 'Action')),
      points: field.whole('积分', 'Points', unit.score, { max: 1000 }),
    }),
  },
);

const appeal = workflow(
  'points-appeal',
  say('积分申诉', 'Appeal about points'),
  { raised: state('已提出', 'Raised'), decided: end('已答复', 'Decided') },
  { decide: step('答复', 'Decide', 'raised', 'decided', { ...decided, notBy: ['raiser'], needs: ['reason'] }) },
  { dueWorkdays: 10, confidential: true, form: form({ what: field.long('申诉内容', 'What', 500) }) },
);

const courtyard = workflow(
  'courtyard',
  say('庭院整治（自愿）', 'Tidied courtyard'),
  {
    reported: state('住户报告完成', 'Reported by the household'),
    looked: state('已看现场', 'Looked at'),
    entered: end('已报名评选', 'Entered for the award'),
    closed: end('已登记', 'Noted'),
  },
  {
    look: step('看现场', 'Look', 'reported', 'looked', { notBy: ['raiser'] }),
    enter: step('报名“五美”庭院', 'Enter for the award', 'looked', 'entered'),
    note: step('登记', 'Note', 'looked', 'closed'),
  },
  {
    subjects: ['household'],
    form: form({ on: column(field.day('日期', 'Day')), work: field.text('整治内容', 'Work', 300) }),
  },
);

export const pointKinds = byType([selection, withdrawal, action, appeal, courtyard]);
