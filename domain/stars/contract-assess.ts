import { z } from 'zod';
import { day, endpoint, id, moment, pageOf, pageQuery, text, unitId } from '../contract.ts';
import * as s from './contract-shared.ts';

const value = z
  .string()
  .trim()
  .max(64)
  .describe('A decimal for numbers, 1 or 0 for yes and no, a label where the rule has levels');

export const diagnosisAnswer = z.enum(['met', 'partly', 'not-met']);
const answer = z.object({
  criterion: s.criterionId,
  answer: diagnosisAnswer,
  reason: text(1000),
});

export const evidenceMini = z.object({
  id: z.string(),
  title: z.string(),
  takenOn: z.string().nullable(),
  sameAs: z.int().describe('How many other files show a very similar picture; a hint for people, never a verdict'),
});

export const changeSince = z.object({
  criterion: z.string(),
  at: moment.nullable().describe('null: a number moved with the records it is counted from'),
  by: z.string(),
  what: z.enum(['value', 'self', 'review', 'verify']),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

const criterionHead = z.object({
  id: z.string(),
  star: z.string(),
  text: s.bilingual,
  full: z.int(),
  points: z.int(),
  rule: s.bilingual.describe('The rule of points in words'),
  valueKind: z.enum(['figure', 'fact', 'check', 'review']),
  key: z.string(),
  share: s.share,
});

export const formItem = criterionHead.extend({
  known: z.boolean().describe('The platform holds a value: it is shown with its date, not asked for'),
  asks: z.boolean().describe('The branch is asked for this one'),
  value: z.string().nullable(),
  source: z.string().nullable(),
  asOf: z.string().nullable(),
  /** Numbers behind the criterion that only the branch can give; those already held are shown with their day. */
  fields: z.array(
    z.object({
      metric: z.string(),
      asks: s.bilingual,
      unit: s.bilingual,
      known: z.boolean(),
      value: z.string().nullable(),
      asOf: z.string().nullable(),
      source: z.string().nullable(),
    }),
  ),
  selfReason: z.string().nullable(),
  returned: z.object({ by: z.string(), at: moment, reason: z.string() }).nullable(),
  evidence: z.array(evidenceMini),
  evidenceAsked: z.string().nullable().describe('Why a file is asked for; null: none is'),
});

export const deskItem = criterionHead.extend({
  missing: z.boolean(),
  value: z.string().nullable(),
  source: z.string().nullable(),
  asOf: z.string().nullable(),
  self: z
    .object({ value: z.string().nullable(), reason: z.string().nullable(), by: z.string(), at: moment })
    .nullable(),
  review: z
    .object({ decision: z.enum(['accept', 'return']), reason: z.string().nullable(), by: z.string(), at: moment })
    .nullable(),
  verify: z
    .object({ decision: z.enum(['accept', 'return']), reason: z.string().nullable(), by: z.string(), at: moment })
    .nullable(),
  evidence: z.array(evidenceMini),
  evidenceAsked: z.string().nullable(),
  changedSince: z.boolean(),
});

const decision = z
  .object({
    criterion: s.criterionId,
    decision: z.enum(['accept', 'return']),
    /** A reviewer may set a checked value on the spot; a number from records is corrected at its source instead. */
    value: value.optional(),
    reason: text(1000).optional(),
  })
  .refine((d) => d.decision === 'accept' || d.reason !== undefined, { path: ['reason'] });

const deskReply = z.object({
  unit: s.unitMini,
  cycleId: z.string(),
  candidacyId: z.string().nullable(),
  sample: z.boolean(),
  stage: s.cycleState,
  open: s.why.describe('Why nothing can be decided here now; null when it can'),
  joint: z
    .object({ recommended: z.boolean(), reason: z.string() })
    .nullable()
    .describe('The conclusion of the joint review, once there is one'),
  finished: z.boolean().describe('The township has finished its review of this branch'),
  stars: z.array(s.starMini.extend({ open: s.why, decided: z.int(), of: z.int() })),
  items: z.array(deskItem),
  changes: z.array(changeSince),
});

export const diagnosis = z.object({
  unit: s.unitMini,
  cycleId: z.string(),
  caseId: z.string().nullable(),
  sample: z.boolean(),
  answered: z.int(),
  of: z.int(),
  items: z.array(
    criterionHead.extend({
      value: z.string().nullable(),
      source: z.string().nullable(),
      suggested: diagnosisAnswer.describe('What the points say; people decide'),
      answer: diagnosisAnswer.nullable(),
      reason: z.string().nullable(),
      by: z.string().nullable(),
      at: moment.nullable(),
      evidence: z.array(evidenceMini),
      problem: s.caseMini.nullable(),
    }),
  ),
  gaps: z.array(
    z.object({
      criterion: z.string(),
      star: z.string(),
      text: s.bilingual,
      answer: diagnosisAnswer,
      reason: z.string(),
      lost: z.int(),
    }),
  ),
});

export const assessing = {
  diagnosis: endpoint({
    name: 'stars.diagnoses.get',
    method: 'GET',
    path: '/api/stars/diagnoses/:unitId',
    permission: 'stars.read',
    summary: { zh: '逐村分析研判：逐条现状与差距', en: 'Diagnosis of every criterion of a branch' },
    params: s.byUnit,
    query: s.ofCycle,
    reply: diagnosis,
  }),
  diagnose: endpoint({
    name: 'stars.diagnoses.answer',
    method: 'POST',
    path: '/api/stars/diagnoses/:unitId',
    permission: 'stars.read',
    summary: { zh: '填写研判结论', en: 'Say of criteria whether they are met, with the reason' },
    params: s.byUnit,
    body: s.inCycle.extend({ answers: z.array(answer).min(1).max(200), finish: z.boolean().default(false) }),
    reply: diagnosis,
  }),
  problems: endpoint({
    name: 'stars.diagnoses.problems',
    method: 'POST',
    path: '/api/stars/diagnoses/:unitId/problems',
    permission: 'cases.write',
    summary: { zh: '差距转入问题台账', en: 'Turn gaps into problems with an owner and a day' },
    params: s.byUnit,
    body: s.inCycle.extend({
      criteria: z.array(s.criterionId).min(1).max(100),
      ownerPersonId: id.optional(),
      dueOn: day.optional(),
    }),
    reply: z.object({ items: z.array(s.caseMini) }),
  }),
  shortcomings: endpoint({
    name: 'stars.shortcomings',
    method: 'GET',
    path: '/api/stars/shortcomings',
    permission: 'stars.read',
    summary: { zh: '短板弱项清单', en: 'Weakest criteria of a unit and of those below it' },
    query: s.ofCycle.extend({ unitId, limit: z.coerce.number().int().min(1).max(100).default(20) }),
    reply: z.object({
      cycleId: z.string(),
      sample: z.boolean(),
      items: z.array(
        z.object({
          criterion: z.string(),
          star: z.string(),
          scheme: z.string(),
          text: s.bilingual,
          branches: z.int().describe('Branches measured'),
          short: z.int().describe('Of those, branches below full points'),
          lost: z.int().describe('Points lost altogether, in hundredths'),
          share: z.number().describe('Lost share of all points, 0 to 1'),
        }),
      ),
    }),
  }),
  carryShortcomings: endpoint({
    name: 'stars.shortcomings.carry',
    method: 'POST',
    path: '/api/stars/shortcomings',
    permission: 'stars.plan',
    summary: { zh: '把短板带入下一规划', en: 'Carry shortcomings into a drafted plan' },
    body: z.object({ planId: id, cycleId: id, criteria: z.array(s.criterionId).min(1).max(50) }),
    reply: z.object({ planId: z.string(), focus: z.array(z.object({ criterion: z.string(), reason: z.string() })) }),
  }),
  form: endpoint({
    name: 'stars.selfAssessments.get',
    method: 'GET',
    path: '/api/stars/self-assessments/:unitId',
    permission: 'stars.read',
    summary: {
      zh: '自评表：已知的直接带出，只问未知',
      en: 'Self-assessment: what is known is filled in, only the rest is asked',
    },
    params: s.byUnit,
    query: s.ofCycle,
    reply: z.object({
      unit: s.unitMini,
      cycleId: z.string(),
      candidacyId: z.string().nullable(),
      state: z.string().nullable(),
      sample: z.boolean(),
      open: s.why,
      prefilled: z.int(),
      of: z.int(),
      share: z.number().describe('Share of criteria filled in beforehand, 0 to 1'),
      burden: z.object({ fields: z.int(), minutes: z.int() }).describe('What the form costs the village'),
      submittedAt: moment.nullable(),
      items: z.array(formItem),
    }),
  }),
  answer: endpoint({
    name: 'stars.selfAssessments.answer',
    method: 'POST',
    path: '/api/stars/self-assessments/:unitId',
    permission: 'stars.assess',
    summary: { zh: '填写、提交自评', en: 'Answer the open criteria; submitting locks them' },
    params: s.byUnit,
    body: s.inCycle.extend({
      answers: z
        .array(
          z.object({
            criterion: s.criterionId,
            metric: z.string().max(80).optional().describe('Which number behind the criterion; left out for a check'),
            value,
            asOf: day.optional(),
            reason: text(1000).optional(),
            document: text(200).optional(),
          }),
        )
        .max(200)
        .default([]),
      submit: z.boolean().default(false),
    }),
    reply: z.object({
      answered: z.int(),
      submitted: z.boolean(),
      open: z.int().describe('Criteria still without a value'),
    }),
  }),
  queue: endpoint({
    name: 'stars.reviews',
    method: 'GET',
    path: '/api/stars/reviews',
    permission: 'stars.read',
    summary: { zh: '审核工作台：待审单位', en: 'Units waiting for review, with how much is decided' },
    query: pageQuery.extend({
      cycleId: id.optional(),
      under: unitId.optional(),
      stage: z.enum(['township-review', 'verification', 'joint-review']).default('township-review'),
      star: s.starId.optional(),
    }),
    reply: pageOf(
      s.unitMini.extend({
        candidacyId: z.string(),
        state: s.candidacyState,
        origin: s.origin,
        targetLevel: z.int(),
        level: z.int().nullable(),
        submittedAt: moment.nullable(),
        decided: z.int(),
        of: z.int(),
        returned: z.int(),
        finished: z.boolean(),
      }),
    ).extend({ sample: z.boolean() }),
  }),
  desk: endpoint({
    name: 'stars.reviews.get',
    method: 'GET',
    path: '/api/stars/reviews/:unitId',
    permission: 'stars.read',
    summary: { zh: '审核台：变化、佐证、同图提示', en: 'Review desk: what changed, evidence, same-picture hints' },
    params: s.byUnit,
    query: s.ofCycle.extend({ stage: z.enum(['township-review', 'verification']).default('township-review') }),
    reply: deskReply,
  }),
  review: endpoint({
    name: 'stars.reviews.decide',
    method: 'POST',
    path: '/api/stars/reviews/:unitId',
    permission: 'stars.review',
    summary: { zh: '乡镇初审：通过或退回（写明理由）', en: 'Township review: accept or return with a reason' },
    params: s.byUnit,
    body: s.inCycle.extend({
      decisions: z.array(decision).max(200).default([]),
      acceptRest: z.boolean().default(false),
      finish: z.boolean().default(false),
    }),
    reply: deskReply,
  }),
  verify: endpoint({
    name: 'stars.verifications.decide',
    method: 'POST',
    path: '/api/stars/verifications/:unitId',
    permission: 'stars.verify',
    summary: { zh: '专班核验（只核本星）', en: 'A task force verifies its own star' },
    params: s.byUnit,
    body: s.inCycle.extend({
      star: s.starId,
      decisions: z.array(decision).max(200).default([]),
      acceptRest: z.boolean().default(false),
    }),
    reply: deskReply,
  }),
  recommend: endpoint({
    name: 'stars.jointReviews.decide',
    method: 'POST',
    path: '/api/stars/joint-reviews/:unitId',
    permission: 'stars.joint',
    summary: { zh: '县级联审：是否推荐', en: 'County joint review: recommend or not, with the reason' },
    params: s.byUnit,
    body: s.inCycle.extend({ recommend: z.boolean(), reason: text(1000) }),
    reply: z.object({ candidacyId: z.string(), recommended: z.boolean(), reason: z.string() }),
  }),
  readiness: endpoint({
    name: 'stars.readiness',
    method: 'GET',
    path: '/api/stars/readiness/:unitId',
    permission: 'stars.read',
    summary: { zh: '综合评估：是否具备申报条件', en: 'Overall evaluation: is the branch ready for its target?' },
    params: s.byUnit,
    query: s.ofCycle,
    reply: z.object({
      cycleId: z.string(),
      sample: z.boolean(),
      target: z.int(),
      level: z.int(),
      ready: z.boolean(),
      lacking: z.array(
        z.object({ star: z.string(), name: s.bilingual, short: z.int(), blockers: z.array(s.bilingual) }),
      ),
      openProblems: z.int(),
      missing: z.int(),
      recommendation: s.bilingual,
      judged: z.object({ ready: z.boolean(), reason: z.string(), by: z.string(), at: moment }).nullable(),
    }),
  }),
  judgeReadiness: endpoint({
    name: 'stars.readiness.judge',
    method: 'POST',
    path: '/api/stars/readiness/:unitId',
    permission: 'stars.guide',
    summary: { zh: '评估组作出结论', en: 'The assessment group decides readiness' },
    params: s.byUnit,
    body: s.inCycle.extend({ ready: z.boolean(), reason: text(2000) }),
    reply: z.object({ ready: z.boolean(), reason: z.string() }),
  }),
} as const;
