import { z } from 'zod';
import { day, text } from '../contract.ts';
import type { Workflow } from '../records/cases/workflow.ts';

/** Mobile, identity and bank numbers; a note of a visit to a household has no place for them. */
const privateNumber = /1[3-9]\d{9}|\d{15,19}|\d{17}[\dXx]/;
const openText = (max: number) => text(max).refine((t) => !privateNumber.test(t.replace(/[\s-]/g, '')));

/** A guide visited a village and left advice; the branch answers each (M016, M025, M124). */
const guidance: Workflow = {
  type: 'guidance',
  words: { zh: '指导走访', en: 'Guidance visit' },
  initial: 'logged',
  openVerb: 'stars.guide',
  generic: true,
  states: {
    logged: { words: { zh: '待村级答复', en: 'Waiting for the branch' } },
    answered: { words: { zh: '已答复', en: 'Answered' }, final: true },
  },
  steps: {
    answer: {
      words: { zh: '答复', en: 'Answer' },
      from: ['logged'],
      to: 'answered',
      verb: 'stars.declare',
      notBy: ['raiser'],
      needs: ['reason'],
    },
  },
  data: z.strictObject({
    on: day,
    topics: text(500),
    advice: text(1000),
    /** What was settled on the spot. */
    solved: z.array(text(200)).max(20).default([]),
  }),
};

/** A leader settles a difficulty where it is: problem, solution, owner and time (M368). */
const onSite: Workflow = {
  type: 'on-site',
  words: { zh: '一线解决难题', en: 'Problem solved on site' },
  initial: 'found',
  openVerb: 'cases.write',
  dueWorkdays: 15,
  generic: true,
  states: {
    found: { words: { zh: '办理中', en: 'In hand' } },
    solved: { words: { zh: '待村级确认', en: 'Solved, to be confirmed' } },
    confirmed: { words: { zh: '已解决', en: 'Confirmed' }, final: true },
    dropped: { words: { zh: '不再办理', en: 'Dropped' }, final: true },
  },
  steps: {
    solve: {
      words: { zh: '说明解决办法', en: 'Say how it was solved' },
      from: ['found'],
      to: 'solved',
      verb: 'cases.write',
      onlyBy: 'owner',
      needs: ['reason', 'owner'],
    },
    confirm: {
      words: { zh: '确认已解决', en: 'Confirm' },
      from: ['solved'],
      to: 'confirmed',
      verb: 'stars.declare',
      notBy: ['owner'],
    },
    reopen: {
      words: { zh: '尚未解决', en: 'Not solved yet' },
      from: ['solved'],
      to: 'found',
      verb: 'stars.declare',
      notBy: ['owner'],
      needs: ['reason'],
      dueWorkdays: 10,
    },
    drop: {
      words: { zh: '不再办理', en: 'Drop' },
      from: ['found'],
      to: 'dropped',
      verb: 'cases.assign',
      needs: ['reason'],
    },
  },
  data: z.strictObject({ on: day, problem: text(1000), project: text(200).optional() }),
};

/** A secretary's visit or deployment; its instructions become tasks and it ends when they have (M367). */
const researchVisit: Workflow = {
  type: 'research-visit',
  words: { zh: '调研指导', en: 'Research visit' },
  initial: 'logged',
  openVerb: 'stars.plan',
  generic: true,
  states: {
    logged: { words: { zh: '已登记', en: 'Logged' } },
    instructed: { words: { zh: '要求已转为任务', en: 'Instructions are tasks' } },
    finished: { words: { zh: '已落实', en: 'Followed through' }, final: true },
  },
  steps: {
    instruct: {
      words: { zh: '将要求转为任务', en: 'Turn instructions into tasks' },
      from: ['logged', 'instructed'],
      to: 'instructed',
      verb: 'stars.plan',
      byModule: true,
    },
    finish: {
      words: { zh: '落实完毕', en: 'Finish' },
      from: ['logged', 'instructed'],
      to: 'finished',
      verb: 'stars.plan',
      byModule: true,
    },
  },
  data: z.strictObject({ on: day, kind: z.enum(['research', 'deployment']).default('research'), topics: text(1000) }),
};

/**
 * A visit of a party member to households: the day and what a household itself raised. No person is named, and that
 * somebody did not open the door is not a record (M027).
 */
const householdVisit: Workflow = {
  type: 'household-visit',
  words: { zh: '联户走访', en: 'Household visit' },
  initial: 'logged',
  openVerb: 'cases.write',
  generic: true,
  confidential: true,
  states: {
    logged: { words: { zh: '已登记', en: 'Logged' } },
    passed: { words: { zh: '已转办', en: 'Passed on' } },
    answered: { words: { zh: '已答复住户', en: 'Household answered' }, final: true },
    filed: { words: { zh: '无诉求，已归档', en: 'Nothing raised, filed' }, final: true },
  },
  steps: {
    pass: {
      words: { zh: '转交办理', en: 'Pass on' },
      from: ['logged'],
      to: 'passed',
      verb: 'cases.write',
      needs: ['owner'],
      dueWorkdays: 10,
    },
    answer: {
      words: { zh: '答复住户', en: 'Answer the household' },
      from: ['logged', 'passed'],
      to: 'answered',
      verb: 'cases.write',
      needs: ['reason'],
    },
    file: { words: { zh: '归档', en: 'File' }, from: ['logged'], to: 'filed', verb: 'cases.write' },
  },
  data: z.strictObject({ on: day, request: openText(300).optional() }),
};

/** What a greening group did on its plots (M090). */
const greeningWork: Workflow = {
  type: 'greening-work',
  words: { zh: '绿化管护记录', en: 'Greening work' },
  initial: 'logged',
  openVerb: 'cases.write',
  generic: true,
  states: {
    logged: { words: { zh: '待验看', en: 'To be looked at' } },
    accepted: { words: { zh: '已验看', en: 'Looked at' }, final: true },
  },
  steps: {
    accept: {
      words: { zh: '验看', en: 'Look at the result' },
      from: ['logged'],
      to: 'accepted',
      verb: 'cases.write',
      notBy: ['raiser'],
      needs: ['reason'],
    },
  },
  data: z.strictObject({ on: day, plot: text(100), work: text(500) }),
};

export const visitKinds = {
  guidance,
  'on-site': onSite,
  'research-visit': researchVisit,
  'household-visit': householdVisit,
  'greening-work': greeningWork,
} as const satisfies Record<string, Workflow>;

/** Kinds with a day on which they happened: held is not planned, so the day cannot lie ahead. */
export const heldKinds: readonly string[] = Object.keys(visitKinds);
