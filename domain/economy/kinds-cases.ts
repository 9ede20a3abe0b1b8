import { column, field, form, optional, say, unit } from '../fields.ts';
import { byType, decided, end, state, step, workflow } from '../records/cases/declare.ts';

const season = column(field.year('生产年度', 'Season'));

const direction = workflow(
  'product-direction',
  say('“一村一品”发展思路', 'Product direction of a village'),
  {
    proposed: state('已提出', 'Proposed'),
    approved: state('已审定', 'Approved', null),
    replaced: end('已更替', 'Replaced'),
  },
  {
    approve: step('审定', 'Approve', 'proposed', 'approved', { ...decided, notBy: ['raiser'], needs: ['reason'] }),
    return: step('退回', 'Return', 'proposed', 'proposed', { ...decided, needs: ['reason'] }),
    replace: step('更替', 'Replace', 'approved', 'replaced', { ...decided, needs: ['reason'] }),
  },
  {
    openBelow: true,
    form: form({
      product: column(field.text('主导产品', 'Leading product', 60)),
      productId: optional(field.ref('产品登记', 'Product', { record: 'subject', kinds: ['product', 'industry'] })),
      targets: field.list('目标', 'Targets'),
      steps: field.list('步骤', 'Steps'),
    }),
  },
);

const strategy = workflow(
  'strategy',
  say('发展战略（布局）', 'Strategy'),
  {
    drafted: state('起草', 'Drafted'),
    'in-force': state('实施中', 'In force', null),
    superseded: end('已更替', 'Superseded'),
  },
  {
    adopt: step('发布实施', 'Adopt', 'drafted', 'in-force', { ...decided, needs: ['document'] }),
    supersede: step('更替', 'Supersede', 'in-force', 'superseded', { ...decided, needs: ['reason'] }),
  },
  {
    openBelow: true,
    form: form({
      components: field.items('组成部分', 'Components', 'strategy-component'),
      text: field.long('主要内容', 'Text', 3000),
    }),
  },
);

/** What the cooperative did for its growers in a season, one entry for each of the unified services (M318). */
const seasonService = workflow(
  'season-service',
  say('统一服务记录', 'Unified service of a season'),
  { planned: state('已安排', 'Planned'), provided: end('已提供', 'Provided'), missed: end('未提供', 'Not provided') },
  {
    provide: step('登记提供', 'Provide', 'planned', 'provided'),
    miss: step('未提供', 'Not provided', 'planned', 'missed', { needs: ['reason'] }),
  },
  {
    subjects: ['cooperative'],
    form: form({
      season,
      service: column(field.item('服务', 'Service', 'unified-service')),
      growers: column(optional(field.whole('服务农户', 'Growers served', unit.households))),
      quantity: optional(field.text('数量', 'Quantity', 60)),
    }),
  },
);

/** A delivery with the price that was paid beside the floor price of the contract (M319). */
const delivery = workflow(
  'crop-delivery',
  say('交售结算', 'Delivery of a crop'),
  {
    recorded: state('已过磅', 'Recorded'),
    settled: end('已结算', 'Settled'),
    void: end('已作废', 'Void'),
  },
  {
    settle: step('结算', 'Settle', 'recorded', 'settled', { notBy: ['raiser'] }),
    void: step('作废', 'Void', 'recorded', 'void', { needs: ['reason'] }),
  },
  {
    subjects: ['household'],
    form: form({
      contractId: field.ref('订单合同', 'Contract', { record: 'agreement', kinds: ['grower-contract'] }),
      season,
      on: column(field.day('日期', 'Day')),
      kg: column(field.decimal('重量', 'Weight', unit.kg)),
      grade: optional(field.text('等级', 'Grade', 40)),
      paidPriceFen: column(field.money('结算价（每公斤）', 'Price paid per kg')),
      floorPriceFen: column(field.money('保护价（每公斤）', 'Floor price per kg')),
    }),
  },
);

/** A dividend is decided by the members before anything is posted (M327, M421). */
const dividend = workflow(
  'dividend',
  say('分红方案', 'Dividend'),
  {
    proposed: state('已提出', 'Proposed'),
    decided: state('成员大会已决议', 'Decided by the members'),
    posted: state('已入账发放', 'Posted'),
    published: end('总额已公布', 'Published'),
    rejected: end('未通过', 'Rejected'),
  },
  {
    decide: step('成员大会决议', 'Decide', 'proposed', 'decided', { needs: ['document'] }),
    reject: step('未通过', 'Reject', 'proposed', 'rejected', { needs: ['reason'] }),
    post: step('入账发放', 'Post', 'decided', 'posted', { notBy: ['raiser'], needs: ['evidence'] }),
    publish: step('公布总额', 'Publish', 'posted', 'published'),
  },
  {
    subjects: ['cooperative'],
    form: form({
      year: column(field.year('年度', 'Year')),
      totalFen: column(field.money('分红总额', 'Total')),
      basis: field.choice('分配依据', 'By', {
        shares: say('按股份', 'Shares'),
        households: say('按户', 'Households'),
        deliveries: say('按交售量', 'Deliveries'),
      }),
      households: column(field.whole('受益户数', 'Households', unit.households)),
    }),
  },
);

const rollout = workflow(
  'coop-rollout',
  say('领办合作社推进', 'Roll-out of a branch-led cooperative'),
  {
    'not-started': state('未启动', 'Not started'),
    preparing: state('筹备中', 'Being prepared'),
    registered: state('已注册', 'Registered'),
    running: end('已运营', 'Running'),
  },
  {
    prepare: step('启动筹备', 'Prepare', 'not-started', 'preparing'),
    register: step('注册登记', 'Register', 'preparing', 'registered', { needs: ['document'] }),
    run: step('开始运营', 'Run', 'registered', 'running', { needs: ['evidence'] }),
  },
  {
    subjects: ['cooperative'],
    form: form({
      model: column(optional(field.item('领办模式', 'Model', 'coop-model'))),
      help: optional(field.list('帮扶措施', 'Help given')),
    }),
  },
);

export const economyKinds = byType([direction, strategy, seasonService, delivery, dividend, rollout]);
