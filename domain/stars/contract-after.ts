import { z } from 'zod';
import { day, endpoint, id, moment, pageOf, pageQuery, text, unitId } from '../contract.ts';
import * as s from './contract-shared.ts';
import { threeZeroes } from './contract-three-zero.ts';

// After naming: watching, early warning, downgrade; duties by level; and the work of a unit grouped by star.

export const warning = s.caseMini.extend({
  cycleId: z.string().nullable(),
  raisedAt: moment,
  held: z.string().describe('Star that is named and would be lost if it were assessed today'),
  starName: s.bilingual,
  reasons: z.array(s.bilingual),
  way: z.array(s.raise),
  remedies: z.array(s.caseMini),
  clearedAt: moment.nullable(),
  sample: z.boolean(),
});

export const downgrade = z.object({
  id: z.string(),
  state: z.enum(['proposed', 'heard', 'decided', 'effective', 'dropped']),
  stateWords: z.object({ zh: z.string(), en: z.string() }),
  unitId: z.int(),
  unitName: z.string(),
  kind: z.enum(['star', 'candidate']).describe('A named star, or a place on the list of candidates'),
  star: z.string().nullable(),
  designationId: z.string().nullable(),
  candidacyId: z.string().nullable(),
  facts: z.string(),
  document: s.storedDocument,
  noticeOn: z.string(),
  hearing: s.hearing.nullable(),
  decision: z.object({ reason: z.string(), by: z.string(), at: moment, effectiveOn: z.string() }).nullable(),
  appeal: z
    .object({
      text: z.string(),
      by: z.string(),
      at: moment,
      answer: z.string().nullable(),
      upheld: z.boolean().nullable(),
      answeredBy: z.string().nullable(),
    })
    .nullable(),
  appealUntil: z.string().nullable(),
  sure: z.boolean().describe('False while holidays of a year within the time for appeal are not published'),
  openSteps: z.array(z.object({ step: z.string(), words: z.object({ zh: z.string(), en: z.string() }), why: s.why })),
  sample: z.boolean(),
  version: z.int(),
});

export const duty = z.object({
  id: z.string(),
  words: z.object({ zh: z.string(), en: z.string() }),
  why: z.object({ zh: z.string(), en: z.string() }),
  needs: z.enum(['publication', 'observation', 'mentoring', 'criteria', 'plan', 'checklist']),
  criteria: z.array(z.object({ id: z.string(), text: s.bilingual, met: z.boolean() })),
  task: s.caseMini.nullable(),
  plan: z
    .object({ helper: z.string(), reviewOn: z.array(z.string()) })
    .nullable()
    .describe('Helper and days of review of an upgrade plan; its steps are the criteria'),
  done: z.boolean(),
});

export const dutyView = z.object({
  unit: s.unitMini,
  cycleId: z.string(),
  sample: z.boolean(),
  level: z.int(),
  class: z.object({
    level: z.int(),
    name: z.object({ zh: z.string(), en: z.string() }),
    guidance: z.object({ zh: z.string(), en: z.string() }),
  }),
  before: z.array(z.object({ zh: z.string(), en: z.string() })).describe('What is expected before moving up a level'),
  duties: z.array(duty),
  mentor: z.object({ unitId: z.int(), unitName: z.string() }).nullable(),
  mentees: z.array(z.object({ unitId: z.int(), unitName: z.string() })),
  retention: z.array(
    z.object({
      star: z.string(),
      name: s.bilingual,
      points: z.int(),
      pass: z.int(),
      margin: z.int(),
      held: z.boolean(),
    }),
  ),
});

const workLine = z.object({
  type: z.string(),
  words: z.object({ zh: z.string(), en: z.string() }),
  open: z.int(),
  done: z.int(),
  overdue: z.int(),
  evidence: z.int().describe('Pieces of evidence attached to them'),
});

export const after = {
  warnings: endpoint({
    name: 'stars.warnings',
    method: 'GET',
    path: '/api/stars/warnings',
    permission: 'stars.read',
    summary: { zh: '预警：如果今天评定', en: 'Early warnings: if it were assessed today' },
    query: pageQuery.extend({
      cycleId: id.optional(),
      under: unitId.optional(),
      open: z.enum(['true', 'false']).optional(),
    }),
    reply: pageOf(warning),
  }),
  downgrades: endpoint({
    name: 'stars.downgrades',
    method: 'GET',
    path: '/api/stars/downgrades',
    permission: 'stars.read',
    summary: { zh: '淘汰降星事项', en: 'Downgrades' },
    query: pageQuery.extend({ unitId: unitId.optional() }),
    reply: pageOf(downgrade),
  }),
  getDowngrade: endpoint({
    name: 'stars.downgrades.get',
    method: 'GET',
    path: '/api/stars/downgrades/:id',
    permission: 'stars.read',
    summary: { zh: '降星事项详情', en: 'A downgrade with hearing, decision and appeal' },
    params: s.byId,
    reply: downgrade,
  }),
  proposeDowngrade: endpoint({
    name: 'stars.downgrades.propose',
    method: 'POST',
    path: '/api/stars/downgrades',
    permission: 'stars.joint',
    summary: { zh: '提出降星（事实、依据、事先告知）', en: 'Propose a downgrade: facts, basis, notice to the branch' },
    body: z.object({
      unitId,
      star: s.starId.nullable().default(null),
      candidacyId: id.nullable().default(null),
      facts: text(4000),
      document: s.document,
    }),
    reply: downgrade,
  }),
  hearDowngrade: endpoint({
    name: 'stars.downgrades.hear',
    method: 'POST',
    path: '/api/stars/downgrades/:id/hearing',
    permission: 'stars.declare',
    summary: { zh: '支部陈述意见', en: 'The branch is heard' },
    params: s.byId,
    body: z.object({ on: day, words: text(4000) }),
    reply: downgrade,
  }),
  missDowngrade: endpoint({
    name: 'stars.downgrades.absent',
    method: 'POST',
    path: '/api/stars/downgrades/:id/absence',
    permission: 'stars.joint',
    summary: { zh: '记录支部经书面通知未到场陈述', en: 'The branch was invited in writing and did not come' },
    params: s.byId,
    body: z.object({ on: day, document: s.document }),
    reply: downgrade,
  }),
  decideDowngrade: endpoint({
    name: 'stars.downgrades.decide',
    method: 'POST',
    path: '/api/stars/downgrades/:id/decision',
    permission: 'stars.decide',
    summary: { zh: '作出决定', en: 'Decide: downgrade with an effective day, or drop' },
    params: s.byId,
    body: z.object({ downgrade: z.boolean(), reason: text(4000), effectiveOn: day.optional() }),
    reply: downgrade,
  }),
  appeal: endpoint({
    name: 'stars.downgrades.appeal',
    method: 'POST',
    path: '/api/stars/downgrades/:id/appeal',
    permission: 'stars.declare',
    summary: { zh: '申诉', en: 'Appeal' },
    params: s.byId,
    body: z.object({ text: text(4000) }),
    reply: downgrade,
  }),
  answerAppeal: endpoint({
    name: 'stars.downgrades.answerAppeal',
    method: 'POST',
    path: '/api/stars/downgrades/:id/appeal/answer',
    permission: 'stars.decide',
    summary: { zh: '答复申诉', en: 'Answer the appeal; upheld drops the downgrade' },
    params: s.byId,
    body: z.object({ answer: text(4000), upheld: z.boolean() }),
    reply: downgrade,
  }),
  effectDowngrade: endpoint({
    name: 'stars.downgrades.effect',
    method: 'POST',
    path: '/api/stars/downgrades/:id/effect',
    permission: 'stars.joint',
    summary: { zh: '执行降星（生效日到、申诉期满）', en: 'Take effect, after the day and the time for appeal' },
    params: s.byId,
    reply: downgrade,
  }),
  duties: endpoint({
    name: 'stars.duties',
    method: 'GET',
    path: '/api/stars/duties/:unitId',
    permission: 'stars.read',
    summary: {
      zh: '分级职责：五星示范、四星强核心、三星提升、二星规范',
      en: 'Graded duties by the level of the branch',
    },
    params: s.byUnit,
    query: s.ofCycle,
    reply: dutyView,
  }),
  assignDuties: endpoint({
    name: 'stars.duties.assign',
    method: 'POST',
    path: '/api/stars/duties/:unitId',
    permission: 'stars.plan',
    summary: { zh: '将分级职责列为任务', en: 'Open the duties of the level as tasks; name the branch to mentor' },
    params: s.byUnit,
    body: s.inCycle.extend({
      dueOn: day,
      menteeUnitId: unitId.optional(),
      helper: text(200).optional(),
      reviewOn: z.array(day).max(12).default([]),
    }),
    reply: dutyView,
  }),
  basics: endpoint({
    name: 'stars.basics',
    method: 'GET',
    path: '/api/stars/basics/:unitId',
    permission: 'stars.read',
    summary: { zh: '支部规范化清单', en: 'Basic-norms checklist of a branch' },
    params: s.byUnit,
    query: s.ofCycle,
    reply: z.object({
      unit: s.unitMini,
      cycleId: z.string(),
      sample: z.boolean(),
      caseId: z.string().nullable(),
      complete: z.boolean(),
      done: z.int(),
      of: z.int(),
      items: z.array(
        z.object({
          id: z.string(),
          group: z.string(),
          words: z.object({ zh: z.string(), en: z.string() }),
          met: z.boolean().nullable(),
          reason: z.string().nullable(),
          by: z.string().nullable(),
          at: moment.nullable(),
          evidence: z.array(z.object({ id: z.string(), title: z.string() })),
        }),
      ),
    }),
  }),
  checkBasics: endpoint({
    name: 'stars.basics.check',
    method: 'POST',
    path: '/api/stars/basics/:unitId',
    permission: 'stars.read',
    summary: { zh: '逐项核对', en: 'Check the basics' },
    params: s.byUnit,
    body: s.inCycle.extend({
      answers: z
        .array(z.object({ id: z.string().max(60), met: z.boolean(), reason: text(500, 0).default('') }))
        .min(1)
        .max(50),
    }),
    reply: z.object({ done: z.int(), of: z.int(), complete: z.boolean() }),
  }),
  classes: endpoint({
    name: 'stars.classes',
    method: 'GET',
    path: '/api/stars/classes',
    permission: 'stars.read',
    summary: {
      zh: '分类指导：按目标和现级分类',
      en: 'Branches classed by target and level, with guidance for each class',
    },
    query: s.ofCycle.extend({ under: unitId }),
    reply: z.object({
      cycleId: z.string(),
      sample: z.boolean(),
      classes: z.array(
        z.object({
          key: z.string(),
          words: z.object({ zh: z.string(), en: z.string() }),
          guidance: z.object({ zh: z.string(), en: z.string() }),
          checklist: z.array(z.object({ zh: z.string(), en: z.string() })),
          count: z.int(),
          units: z.array(s.unitMini.extend({ level: z.int(), target: z.int().nullable() })).describe('At most 500'),
          delivered: z.int(),
        }),
      ),
    }),
  }),
  deliverGuidance: endpoint({
    name: 'stars.classes.deliver',
    method: 'POST',
    path: '/api/stars/classes/guidance',
    permission: 'stars.plan',
    summary: { zh: '下发分类指导', en: 'Deliver guidance to the branches of a class' },
    body: s.inCycle.extend({ under: unitId, class: z.string().max(40), note: text(4000), dueOn: day.optional() }),
    reply: z.object({ delivered: z.int() }),
  }),
  bands: endpoint({
    name: 'stars.bands',
    method: 'GET',
    path: '/api/stars/bands',
    permission: 'stars.read',
    summary: { zh: '抓两头带中间（参数随结果印出）', en: 'Top, middle and bottom, with the parameters printed' },
    query: s.ofCycle.extend({
      under: unitId,
      top: z.coerce.number().int().min(5).max(45).default(20),
      bottom: z.coerce.number().int().min(5).max(45).default(20),
    }),
    reply: z.object({
      cycleId: z.string(),
      sample: z.boolean(),
      parameters: z.object({ top: z.int(), bottom: z.int(), order: s.bilingual, measured: z.int(), kind: z.string() }),
      bands: z.array(
        z.object({
          band: z.enum(['top', 'middle', 'bottom']),
          words: z.object({ zh: z.string(), en: z.string() }),
          count: z.int(),
          units: z.array(s.unitMini.extend({ level: z.int() })).describe('At most 500, in the order of the tree'),
          measures: z.array(s.caseMini),
        }),
      ),
    }),
  }),
  supportBand: endpoint({
    name: 'stars.bands.support',
    method: 'POST',
    path: '/api/stars/bands/measures',
    permission: 'stars.plan',
    summary: { zh: '按档安排帮扶措施', en: 'Open a support measure for a unit of a band' },
    body: s.inCycle.extend({ unitId, band: z.enum(['top', 'middle', 'bottom']), measure: text(500), dueOn: day }),
    reply: s.caseMini,
  }),
  work: endpoint({
    name: 'stars.work',
    method: 'GET',
    path: '/api/stars/work/:unitId',
    permission: 'stars.read',
    summary: { zh: '以星统揽：一个单位的全部工作按星归类', en: 'The whole work of a unit, grouped by star' },
    params: s.byUnit,
    query: s.ofCycle,
    reply: z.object({
      unit: s.unitMini,
      cycleId: z.string(),
      sample: z.boolean(),
      stars: z.array(
        z.object({
          id: z.string().nullable().describe('Null: work that carries no star yet'),
          name: s.bilingual,
          points: z.int().nullable(),
          held: z.boolean().nullable(),
          gaps: z
            .array(z.object({ criterion: s.criterionId, text: s.bilingual, points: z.int(), full: z.int() }))
            .describe('Criteria that have not all of their points, as the branch stands now'),
          cases: z.array(workLine),
          facts: z.int(),
          items: z.array(s.caseMini),
        }),
      ),
    }),
  }),
  ...threeZeroes,
} as const;
