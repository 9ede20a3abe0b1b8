import { fieldWords, say, unit } from '../fields.ts';
import type { Workflow } from '../records/cases/workflow.ts';

// Words of the fields of the cases of stars, by type: the pages of the module show them in their own way, a list, a
// sheet or a print reads them from here.

const document = ['依据文件', 'Document it rests on'] as const;
const decision = ['决定', 'Decision'] as const;
const cycle = ['创建周期', 'Cycle'] as const;
const column = { column: true } as const;
const origins = {
  planned: say('计划', 'Planned'),
  reserve: say('备选', 'Reserve'),
  contender: say('同争共创', 'Open contender'),
} as const;

const ofCycle = {
  cycle: fieldWords({
    year: ['年度', 'Year', { unit: unit.year, ...column }],
    standards: ['评价标准', 'Standards'],
    sample: ['样例标准', 'Sample standard'],
    publicityDays: ['公示天数', 'Days of publicity', { unit: unit.days }],
    approversNeeded: ['审定人数', 'Approvers needed', { unit: unit.people }],
    deadlines: ['各阶段时限', 'Deadlines'],
    proposalId: ['拟定名单', 'Proposed list'],
    publicationId: ['公示', 'Publication'],
    publicityEnds: ['公示截止', 'Publicity ends'],
  }),
  candidacy: fieldWords({
    targetLevel: ['目标星级', 'Target level', { unit: say('星', 'stars'), ...column }],
    targetStars: ['目标星', 'Target stars'],
    stretchLevel: ['争取星级', 'Stretch level', { unit: say('星', 'stars') }],
    origin: ['来源', 'Origin', { choices: origins, ...column }],
    commitments: ['承诺', 'Commitments', { long: true }],
    isNew: ['新确定争创', 'New this year', column],
    approvedBy: ['审定人', 'Approved by'],
    history: ['调整记录', 'Changes'],
    submittedAt: ['自评提交时间', 'Self-assessment submitted at'],
    submittedBy: ['提交人', 'Submitted by'],
    prefilled: ['自动填报比例', 'Share filled by the platform'],
    reviewedAt: ['初审时间', 'Reviewed at'],
    result: ['结果', 'Result'],
  }),
  adjustment: fieldWords({
    change: ['调整内容', 'Change'],
    reason: ['理由', 'Reason'],
    document,
    objectUntil: ['异议截止', 'Objections until', column],
    sure: ['节假日已公布', 'Holidays are published'],
    objection: ['异议', 'Objection'],
    decisionReason: ['决定理由', 'Reason of the decision'],
  }),
  plan: fieldWords({
    years: ['分年度目标', 'Targets by year'],
    focus: ['重点指标', 'Criteria in focus'],
    allStars: ['全部星', 'All stars'],
    document,
  }),
  diagnosis: fieldWords({ finishedBy: ['完成人', 'Finished by'] }),
  veto: fieldWords({
    veto: ['否决情形', 'Veto', column],
    facts: ['事实', 'Facts', { long: true }],
    document,
    hearing: ['陈述', 'Hearing'],
    decision,
  }),
  proposal: fieldWords({ basis: document, audience: ['公布范围', 'Audience'], items: ['名单', 'List'] }),
  objection: fieldWords({
    receipt: ['回执号', 'Receipt', column],
    noticeId: ['对应公示', 'Notice'],
    text: ['异议内容', 'Objection', { long: true }],
    via: [
      '渠道',
      'Channel',
      {
        choices: {
          page: say('网页', 'Page'),
          clerk: say('代录', 'By a clerk'),
          'signed-in': say('登录用户', 'Signed in'),
        },
      },
    ],
    contact: ['联系方式', 'Contact'],
    answer: ['答复', 'Answer'],
    upheld: ['异议成立', 'Upheld'],
    answeredBy: ['答复人', 'Answered by'],
    answeredAt: ['答复时间', 'Answered at'],
  }),
};

const ofLater = {
  warning: fieldWords({
    cycleId: cycle,
    star: ['星', 'Star', column],
    criteria: ['预警指标', 'Criteria'],
    reasons: ['原因', 'Reasons'],
  }),
  downgrade: fieldWords({
    kind: [
      '对象',
      'Of',
      { choices: { star: say('已命名的星', 'A named star'), candidate: say('创建对象', 'A candidate') } },
    ],
    designationId: ['称号', 'Designation'],
    candidacyId: ['申报', 'Candidacy'],
    facts: ['事实', 'Facts', { long: true }],
    document,
    noticeOn: ['告知日期', 'Notified on', column],
    hearing: ['陈述', 'Hearing'],
    decision,
    appealUntil: ['申诉截止', 'Appeal until', column],
    sure: ['节假日已公布', 'Holidays are published'],
    sample: ['样例标准', 'Sample standard'],
    appeal: ['申诉', 'Appeal'],
  }),
  'reward-rule': fieldWords({
    document,
    beneficiary: [
      '对象',
      'For',
      { choices: { branch: say('支部', 'Branches'), township: say('乡镇（街道）', 'Townships') }, ...column },
    ],
    kind: [
      '类型',
      'Kind',
      { choices: { reward: say('奖励', 'Reward'), corrective: say('约束措施', 'Corrective measure') }, ...column },
    ],
    scheme: ['评价类别', 'Scheme'],
    levels: ['分星级标准', 'By level'],
    minShareHeld: ['达标比例', 'Share that must hold it'],
    top: ['名额', 'Places'],
    capFen: ['上限', 'Cap', { unit: unit.yuan, scale: 100 }],
  }),
  reward: fieldWords({
    cycleId: cycle,
    ruleId: ['规则', 'Rule'],
    ruleTitle: ['规则名称', 'Rule'],
    document,
    kind: [
      '类型',
      'Kind',
      { choices: { reward: say('奖励', 'Reward'), corrective: say('约束措施', 'Corrective measure') } },
    ],
    level: ['星级', 'Level', column],
    amountFen: ['金额', 'Amount', { unit: unit.yuan, scale: 100, ...column }],
    capped: ['已按上限', 'Capped'],
    benefit: ['措施', 'Benefit'],
    why: ['计算说明', 'Why'],
    reply: ['陈述', 'Reply'],
    decision,
    paidOn: ['兑现日期', 'Paid on', column],
    voucher: ['凭证', 'Voucher'],
  }),
  recommendation: fieldWords({
    kind: [
      '类型',
      'Kind',
      { choices: { honour: say('评优评先', 'Honour'), recruitment: say('考试录用', 'Recruitment') } },
    ],
    honour: ['项目', 'Honour', column],
    personId: ['人选', 'Person'],
    personName: ['人选姓名', 'Person'],
    basis: document,
    consent: ['本人同意', 'Consent'],
    decision,
    outcome: ['外部决定', 'Outcome'],
  }),
  cultivation: fieldWords({
    kind: [
      '类型',
      'Kind',
      {
        choices: {
          benchmark: say('省级标杆', 'Benchmark'),
          'model-village': say('党建示范村', 'Model village'),
          'governance-site': say('治理示范点', 'Governance site'),
        },
        ...column,
      },
    ],
    criteria: ['培育标准', 'Criteria', { long: true }],
    document,
    support: ['支持记录', 'Support'],
    lessons: ['经验', 'Lessons'],
    designationId: ['称号', 'Designation'],
  }),
  'designation-withdrawal': fieldWords({ designationId: ['称号', 'Designation'] }),
  basics: fieldWords({}),
  benchmarking: fieldWords({
    benchmarkUnitId: ['对标单位', 'Benchmark unit', { ref: { record: 'unit' } }],
    measures: ['借鉴举措', 'Measures', { long: true }],
  }),
  'three-zero-event': fieldWords({
    zero: ['项目', 'Zero', column],
    happenedOn: ['发生日期', 'Happened on', column],
    summary: ['情况', 'Summary', { long: true }],
  }),
  'three-zero-set': fieldWords({ zeroes: ['三项', 'The three'], document }),
  'star-duty': fieldWords({
    cycleId: cycle,
    duty: ['职责', 'Duty'],
    level: ['星级', 'Level', column],
    note: ['说明', 'Note'],
    partnerUnitId: ['结对单位', 'Partner', { ref: { record: 'unit' } }],
    helper: ['帮扶力量', 'Helper'],
    reviewOn: ['复核日期', 'Reviews on'],
    criteria: ['涉及指标', 'Criteria'],
    partnerName: ['结对单位名称', 'Partner’s name', column],
    checklist: ['核对清单', 'Checklist'],
  }),
};

const fields: Readonly<Record<string, Workflow['fields']>> = { ...ofCycle, ...ofLater };

/** The workflow with the words of its fields. */
export function worded(workflow: Workflow): Workflow {
  const words = fields[workflow.type];
  return words ? { ...workflow, fields: words } : workflow;
}
