import { z } from 'zod';
import { text } from '../contract.ts';
import { fieldWords, say } from '../fields.ts';
import type { Workflow } from '../records/cases/workflow.ts';

/** Who has to know of a key problem besides the unit itself (M105). */
export const reportingLevels = ['township', 'county'] as const;

/** Where a problem was found (M023). */
export const problemSources = ['self', 'visit', 'observation', 'review', 'resident', 'warning', 'supervision'] as const;

/** Classes of creation problems (M406); the county may narrow them in its own documents. */
export const problemClasses = ['organisation', 'industry', 'governance', 'environment', 'culture', 'other'] as const;

/** What a problem or a task can be about: places, works, bodies and resources, never a household or a person. */
const things = [
  'work',
  'small-garden',
  'leftover-plot',
  'heritage',
  'history-hall',
  'waste-facility',
  'sewage-system',
  'public-toilet',
  'fire-station',
  'facility',
  'service-centre',
  'venue',
  'canteen',
  'practice-station',
  'mediation-platform',
  'children-room',
  'service-resource',
  'training-base',
  'cooperative',
  'enterprise',
  'industry',
  'production-base',
  'collective-asset',
  'characteristic-site',
  'property-firm',
  'partner',
] as const;

const task: Workflow = {
  type: 'task',
  subjects: things,
  escalates: true,
  words: { zh: '任务', en: 'Task' },
  initial: 'assigned',
  openVerb: 'cases.write',
  dueWorkdays: 20,
  generic: true,
  states: {
    assigned: { words: { zh: '已交办', en: 'Assigned' } },
    accepted: { words: { zh: '已接收', en: 'Accepted' } },
    doing: { words: { zh: '办理中', en: 'Under way' } },
    paused: { words: { zh: '已暂停', en: 'Paused' }, paused: true, waitsFor: null },
    submitted: { words: { zh: '已提交', en: 'Submitted' } },
    verified: { words: { zh: '已核验', en: 'Verified' } },
    closed: { words: { zh: '已办结', en: 'Closed' }, final: true },
    cancelled: { words: { zh: '已取消', en: 'Cancelled' }, final: true },
  },
  steps: {
    accept: {
      words: { zh: '接收', en: 'Accept' },
      from: ['assigned'],
      to: 'accepted',
      verb: 'cases.write',
      onlyBy: 'owner',
    },
    start: {
      words: { zh: '开始办理', en: 'Start' },
      from: ['accepted'],
      to: 'doing',
      verb: 'cases.write',
      onlyBy: 'owner',
    },
    submit: {
      words: { zh: '提交完成情况', en: 'Submit' },
      from: ['doing'],
      to: 'submitted',
      verb: 'cases.write',
      onlyBy: 'owner',
      needs: ['reason'],
    },
    verify: {
      words: { zh: '核验通过', en: 'Verify' },
      from: ['submitted'],
      to: 'verified',
      verb: 'cases.assign',
      notBy: ['owner'],
      // Done is what anybody can check: nothing is accepted on a word alone (M311).
      needs: ['evidence'],
    },
    return: {
      words: { zh: '退回重办', en: 'Return' },
      from: ['submitted', 'verified'],
      to: 'doing',
      verb: 'cases.assign',
      notBy: ['owner'],
      needs: ['reason'],
      dueWorkdays: 5,
    },
    close: {
      words: { zh: '办结', en: 'Close' },
      from: ['verified'],
      to: 'closed',
      verb: 'cases.assign',
      notBy: ['owner'],
    },
    pause: {
      words: { zh: '暂停', en: 'Pause' },
      from: ['doing'],
      to: 'paused',
      verb: 'cases.assign',
      notBy: ['owner'],
      needs: ['reason'],
    },
    resume: {
      words: { zh: '恢复办理', en: 'Go on' },
      from: ['paused'],
      to: 'doing',
      verb: 'cases.assign',
    },
    cancel: {
      words: { zh: '取消', en: 'Cancel' },
      from: ['assigned', 'accepted', 'doing', 'paused'],
      to: 'cancelled',
      verb: 'cases.assign',
      needs: ['reason'],
    },
  },
  data: z.strictObject({
    /** When the task counts as done, so that anyone can check it (M103). */
    condition: text(500),
    period: z
      .string()
      .regex(/^\d{4}(-\d{2}|Q[1-4])?$/)
      .optional(),
    criterion: text(100).optional(),
    /** The key task of the year that this one was broken down from (M031). */
    plan: text(200).optional(),
    benefit: text(300).optional(),
    /** The lines of work that the task serves besides the star (M431). */
    lines: z
      .array(z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/))
      .max(10)
      .optional(),
  }),
  fields: fieldWords({
    condition: ['完成条件', 'Done when', { long: true }],
    period: ['期间', 'Period', { column: true }],
    criterion: ['涉及指标', 'Criterion', { column: true }],
    plan: ['所属重点任务', 'Key task it comes from'],
    benefit: ['群众受益', 'Benefit for residents'],
    lines: ['服务主线', 'Lines of work', { catalogue: 'work-line' }],
  }),
};

const problem: Workflow = {
  type: 'problem',
  subjects: things,
  escalates: true,
  words: { zh: '问题', en: 'Problem' },
  initial: 'found',
  openVerb: 'cases.write',
  dueWorkdays: 10,
  generic: true,
  states: {
    found: { words: { zh: '已发现', en: 'Found' } },
    assigned: { words: { zh: '已交办', en: 'Assigned' }, waitsFor: 'owner' },
    rectifying: { words: { zh: '整改中', en: 'Being put right' } },
    paused: { words: { zh: '已暂停', en: 'Paused' }, paused: true, waitsFor: null },
    submitted: { words: { zh: '待核验', en: 'Submitted' } },
    verified: { words: { zh: '已核验', en: 'Verified' } },
    closed: { words: { zh: '已销号', en: 'Closed' }, final: true },
    dropped: { words: { zh: '不属实', en: 'Not confirmed' }, final: true },
  },
  steps: {
    assign: {
      words: { zh: '交办', en: 'Assign' },
      from: ['found'],
      to: 'assigned',
      verb: 'cases.assign',
      needs: ['owner'],
      dueWorkdays: 10,
    },
    drop: {
      words: { zh: '核实不属实', en: 'Drop' },
      from: ['found', 'assigned'],
      to: 'dropped',
      verb: 'cases.assign',
      needs: ['reason'],
    },
    rectify: {
      words: { zh: '开始整改', en: 'Start putting right' },
      from: ['assigned'],
      to: 'rectifying',
      verb: 'cases.write',
      onlyBy: 'owner',
      needs: ['reason'],
    },
    submit: {
      words: { zh: '提交整改结果', en: 'Submit' },
      from: ['rectifying'],
      to: 'submitted',
      verb: 'cases.write',
      onlyBy: 'owner',
      needs: ['reason', 'evidence'],
    },
    verify: {
      words: { zh: '核验通过', en: 'Verify' },
      from: ['submitted'],
      to: 'verified',
      verb: 'cases.assign',
      notBy: ['owner'],
    },
    return: {
      words: { zh: '退回整改', en: 'Return' },
      from: ['submitted', 'verified'],
      to: 'rectifying',
      verb: 'cases.assign',
      notBy: ['owner'],
      needs: ['reason'],
      dueWorkdays: 5,
    },
    pause: {
      words: { zh: '暂停', en: 'Pause' },
      from: ['rectifying'],
      to: 'paused',
      verb: 'cases.assign',
      notBy: ['owner'],
      needs: ['reason'],
    },
    resume: {
      words: { zh: '恢复办理', en: 'Go on' },
      from: ['paused'],
      to: 'rectifying',
      verb: 'cases.assign',
    },
    close: {
      words: { zh: '销号', en: 'Close' },
      from: ['verified'],
      to: 'closed',
      verb: 'cases.assign',
      notBy: ['owner'],
      needs: ['evidence'],
    },
  },
  data: z.strictObject({
    description: text(2000),
    criterion: text(100).optional(),
    source: z.enum(problemSources),
    class: z.enum(problemClasses).default('other'),
    severity: z.enum(['ordinary', 'key']).default('ordinary'),
    reportTo: z.enum(reportingLevels).optional(),
    measures: text(2000, 0).optional(),
  }),
  fields: fieldWords({
    description: ['问题描述', 'Description', { long: true }],
    criterion: ['涉及指标', 'Criterion', { column: true }],
    source: [
      '发现方式',
      'Found by',
      {
        choices: {
          self: say('自查', 'Own review'),
          visit: say('走访', 'Visit'),
          observation: say('观摩', 'Observation'),
          review: say('评审', 'Review'),
          resident: say('群众反映', 'Residents'),
          warning: say('预警', 'Early warning'),
          supervision: say('督查', 'Supervision'),
        },
        column: true,
      },
    ],
    class: [
      '类别',
      'Class',
      {
        choices: {
          organisation: say('组织建设', 'Organisation'),
          industry: say('产业', 'Industry'),
          governance: say('治理', 'Governance'),
          environment: say('环境', 'Environment'),
          culture: say('文明', 'Culture'),
          other: say('其他', 'Other'),
        },
        column: true,
      },
    ],
    severity: [
      '程度',
      'Severity',
      { choices: { ordinary: say('一般', 'Ordinary'), key: say('重点', 'Key') }, column: true },
    ],
    reportTo: [
      '报告层级',
      'Reported to',
      { choices: { township: say('乡镇（街道）', 'Township'), county: say('县（区）', 'County') } },
    ],
    measures: ['整改措施', 'Measures', { long: true }],
  }),
};

export const taskKinds = { task, problem } as const;
