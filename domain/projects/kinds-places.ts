import { column, field, form, optional, say, unit } from '../fields.ts';
import { byOwner, checked, decided, end, given, state, step, workflow } from '../records/cases/declare.ts';

const villagePlan = workflow(
  'village-plan',
  say('村庄实用性规划', 'Village plan'),
  {
    'not-started': state('未启动', 'Not started'),
    drafting: state('编制中', 'Being drafted'),
    drafted: state('初步完成', 'Draft complete'),
    reviewed: state('已征求村民意见', 'Reviewed by villagers'),
    approved: state('已批复', 'Approved'),
    published: end('已公布', 'Published'),
  },
  {
    start: step('启动', 'Start', 'not-started', 'drafting'),
    draft: step('初稿完成', 'Draft complete', 'drafting', 'drafted', { needs: ['evidence'] }),
    review: step('村民审议', 'Review by villagers', 'drafted', 'reviewed', { needs: ['reason'] }),
    redraft: step('修改', 'Redraft', ['drafted', 'reviewed'], 'drafting', { needs: ['reason'] }),
    approve: step('批复', 'Approve', 'reviewed', 'approved', { ...checked, needs: ['document'] }),
    publish: step('公布', 'Publish', 'approved', 'published'),
  },
  {
    openBelow: true,
    form: form({
      designer: optional(field.text('编制单位', 'Drafted by', 100)),
      target: column(field.day('计划完成', 'Due')),
      character: optional(field.text('特色定位', 'Character', 200)),
      items: optional(field.list('规划项目', 'Items of the plan', 60)),
    }),
  },
);

const toilet = workflow(
  'toilet-renovation',
  say('户厕改造', 'Renovation of a household toilet'),
  {
    planned: state('已列入计划', 'Planned'),
    consented: state('住户已同意', 'Consented'),
    built: state('已改造', 'Built'),
    accepted: state('已验收', 'Accepted'),
    checked: end('回访正常', 'Found working'),
    declined: end('住户不参加', 'Declined'),
  },
  {
    consent: step('住户同意', 'Consent', 'planned', 'consented', { needs: ['document'] }),
    decline: step('住户不参加', 'Decline', 'planned', 'declined'),
    build: step('改造完成', 'Built', 'consented', 'built'),
    accept: step('验收', 'Accept', 'built', 'accepted', { notBy: ['raiser'], needs: ['evidence'] }),
    check: step('功能回访', 'Check the function', 'accepted', 'checked'),
    repair: step('返修', 'Repair', ['built', 'accepted'], 'consented', { needs: ['reason'] }),
  },
  {
    subjects: ['household'],
    form: form({ type: column(field.text('改造模式', 'Type', 40)), costFen: optional(field.money('补助', 'Subsidy')) }),
  },
);

/** A place before and after: dated scores and evidence, no pictures of persons (M092, M185). */
const placeAssessment = workflow(
  'place-assessment',
  say('环境（场所）评估', 'Assessment of a place'),
  { taken: state('待复核', 'Taken'), confirmed: end('已复核', 'Confirmed') },
  {
    confirm: step('复核', 'Confirm', 'taken', 'confirmed', { notBy: ['raiser'], needs: ['evidence'] }),
  },
  {
    form: form({
      on: column(field.day('日期', 'Day')),
      place: column(field.text('地点', 'Place', 100)),
      stage: column(
        field.choice('阶段', 'Stage', {
          before: say('整治前', 'Before'),
          after: say('整治后', 'After'),
          later: say('回看', 'Later'),
        }),
      ),
      score: column(field.decimal('得分（0—100）', 'Score (0–100)', unit.score)),
    }),
  },
);

const entrance = workflow(
  'entrance-check',
  say('村口“五有”核验', 'Check of the village entrance'),
  {
    open: state('建设中', 'Open'),
    submitted: state('待核验', 'Submitted'),
    accepted: end('已核验', 'Accepted'),
  },
  {
    submit: step('提交核验', 'Submit', 'open', 'submitted', { needs: ['evidence'] }),
    return: step('退回', 'Return', 'submitted', 'open', { ...decided, notBy: ['raiser'], needs: ['reason'] }),
    accept: step('核验通过', 'Accept', 'submitted', 'accepted', { ...decided, notBy: ['raiser'] }),
  },
  { form: form({ items: column(field.items('已具备', 'Items present', 'entrance-item')) }) },
);

const site = workflow(
  'model-site',
  say('人居环境示范点培育', 'Cultivation of an environment model site'),
  {
    selected: state('已选点', 'Selected'),
    cultivated: state('培育中', 'Cultivated'),
    accepted: state('已验收', 'Accepted', null),
    exited: end('已退出', 'Exited'),
  },
  {
    cultivate: step('开始培育', 'Cultivate', 'selected', 'cultivated', { ...decided, ...given }),
    accept: step('验收', 'Accept', 'cultivated', 'accepted', { ...checked, needs: ['evidence', 'reason'] }),
    exit: step('退出', 'Exit', ['selected', 'cultivated', 'accepted'], 'exited', { ...decided, needs: ['reason'] }),
  },
  {
    openVerb: 'cases.assign',
    form: form({
      criteria: field.long('培育标准', 'Criteria', 1000),
      visits: optional(field.whole('接待观摩', 'Visits received', unit.times)),
    }),
  },
);

const allocation = workflow(
  'resource-allocation',
  say('资源统筹调配', 'Allocation of a resource'),
  {
    proposed: state('已提出', 'Proposed'),
    allocated: state('已调配', 'Allocated', 'owner'),
    used: end('已落实', 'Used'),
    refused: end('未调配', 'Not allocated'),
  },
  {
    allocate: step('调配', 'Allocate', 'proposed', 'allocated', { ...decided, ...given }),
    refuse: step('不调配', 'Refuse', 'proposed', 'refused', { ...decided, needs: ['reason'] }),
    use: step('落实', 'Use', 'allocated', 'used', { ...byOwner, needs: ['reason'] }),
  },
  {
    subjects: ['service-resource', 'partner'],
    form: form({ what: field.text('资源', 'Resource', 200), quantity: optional(field.text('数量', 'Quantity', 60)) }),
  },
);

/** Something that is out of order at a place; whoever mended it does not say so alone (M305). */
const fault = workflow(
  'facility-fault',
  say('设施故障报修', 'Fault of a facility'),
  {
    reported: state('已报修', 'Reported'),
    repairing: state('维修中', 'Being repaired', 'owner'),
    repaired: state('已修复', 'Repaired'),
    confirmed: end('已确认', 'Confirmed'),
    unfounded: end('未发现故障', 'No fault found'),
  },
  {
    assign: step('派修', 'Assign', 'reported', 'repairing', given),
    repair: step('修复', 'Repair', 'repairing', 'repaired', { ...byOwner, needs: ['reason'] }),
    confirm: step('确认修复', 'Confirm', 'repaired', 'confirmed', { notBy: ['owner'] }),
    again: step('未修好', 'Not repaired', 'repaired', 'repairing', { notBy: ['owner'], needs: ['reason'] }),
    dismiss: step('未发现故障', 'No fault', 'reported', 'unfounded', { notBy: ['raiser'], needs: ['reason'] }),
  },
  {
    dueWorkdays: 5,
    subjects: [
      'public-toilet',
      'waste-facility',
      'sewage-system',
      'fire-station',
      'facility',
      'culture-square',
      'canteen',
      'service-centre',
      'venue',
    ],
    form: form({
      what: field.text('故障情况', 'What is out of order', 300),
      closed: column(field.flag('已停用', 'Out of use')),
      costFen: optional(field.money('维修费', 'Cost')),
    }),
  },
);

export const placeWorkflows = [villagePlan, toilet, placeAssessment, entrance, site, allocation, fault] as const;
