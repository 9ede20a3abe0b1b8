import { column, field, form, optional, say, unit } from '../fields.ts';
import { byOwner, byType, end, given, state, step, workflow } from '../records/cases/declare.ts';

const group = column(field.item('服务群体', 'Group', 'service-group'));
const rating = optional(field.whole('评价（1—5）', 'Rating (1–5)', unit.score, { min: 1, max: 5 }));

const need = workflow(
  'need',
  say('居民需求', 'Need'),
  {
    listed: state('已列入需求清单', 'Listed'),
    matched: state('对接中', 'Being matched'),
    met: end('已满足', 'Met'),
    lapsed: end('已过期', 'Lapsed'),
  },
  {
    match: step('开始对接', 'Start matching', 'listed', 'matched'),
    unmatch: step('对接未成', 'No match', 'matched', 'listed', { needs: ['reason'] }),
    meet: step('已满足', 'Met', 'matched', 'met', { needs: ['reason'] }),
    lapse: step('过期', 'Lapse', ['listed', 'matched'], 'lapsed', { needs: ['reason'] }),
  },
  {
    form: form({
      group,
      category: column(field.item('服务类别', 'Service', 'care-service')),
      volume: field.whole('需求量', 'Volume', unit.times, { min: 1 }),
      description: field.text('说明', 'Description', 300),
      period: optional(field.period('期间', 'Period')),
    }),
  },
);

/** A need meets a resource; both sides say yes, it is delivered, and those served rate it (M266). */
const match = workflow(
  'match',
  say('供需对接', 'Match'),
  {
    open: state('待对接', 'Open'),
    proposed: state('已提出对接', 'Proposed'),
    accepted: state('双方已接受', 'Accepted', 'owner'),
    delivered: state('已服务，待评价', 'Delivered'),
    rated: end('已评价', 'Rated'),
    declined: end('未达成', 'Declined'),
  },
  {
    propose: step('提出对接', 'Propose', 'open', 'proposed', given),
    accept: step('双方接受', 'Accept', 'proposed', 'accepted', { needs: ['reason'], dueWorkdays: 20 }),
    decline: step('未达成', 'Decline', ['open', 'proposed'], 'declined', { needs: ['reason'] }),
    deliver: step('完成服务', 'Deliver', 'accepted', 'delivered', byOwner),
    rate: step('服务对象评价', 'Rate', 'delivered', 'rated', { notBy: ['owner'] }),
  },
  {
    dueWorkdays: 10,
    subjects: ['service-resource', 'partner', 'merchant', 'volunteer-team'],
    form: form({
      needId: field.ref('需求', 'Need', { record: 'case', kinds: ['need'] }),
      resourceId: field.ref('资源', 'Resource', { record: 'subject', kinds: ['service-resource'] }),
      rating,
      feedback: optional(field.text('反馈', 'Feedback', 300)),
    }),
  },
);

const request = workflow(
  'service-request',
  say('业务申请', 'Service request'),
  {
    applied: state('已申请', 'Applied'),
    accepted: state('已受理', 'Accepted'),
    handled: state('已办理', 'Handled'),
    done: state('已办结，待评价', 'Done'),
    rated: end('已评价', 'Rated'),
    refused: end('不予受理（已告知）', 'Refused, with the reason'),
  },
  {
    accept: step('受理', 'Accept', 'applied', 'accepted', { dueWorkdays: 10 }),
    refuse: step('不予受理', 'Refuse', 'applied', 'refused', { needs: ['reason'] }),
    handle: step('办理', 'Handle', 'accepted', 'handled', given),
    finish: step('办结', 'Finish', 'handled', 'done', { ...byOwner, needs: ['reason'] }),
    rate: step('申请人评价', 'Rate', 'done', 'rated', { onlyBy: 'raiser' }),
  },
  {
    dueWorkdays: 2,
    confidential: true,
    form: form({
      businessId: field.ref('业务', 'Business', { record: 'subject', kinds: ['platform-business'] }),
      menu: column(optional(field.flag('居民点单', 'Ordered from the menu'))),
      group: optional(group),
      rating,
    }),
  },
);

/** The card says which services a household asked for; nobody else sets it, it expires, and it leaves no trace (M086). */
const card = workflow(
  'service-card',
  say('服务卡（“六色户卡”）', 'Service card'),
  {
    requested: state('住户申请', 'Requested'),
    consented: state('已签同意书', 'Consented'),
    active: state('有效', 'Active', null),
    expired: end('已到期', 'Expired'),
    withdrawn: end('住户已撤回', 'Withdrawn'),
  },
  {
    consent: step('登记同意', 'Record the consent', 'requested', 'consented', { needs: ['document'] }),
    activate: step('启用', 'Activate', 'consented', 'active'),
    expire: step('到期', 'Expire', 'active', 'expired'),
    withdraw: step('撤回', 'Withdraw', ['requested', 'consented', 'active'], 'withdrawn'),
  },
  {
    confidential: true,
    subjects: ['household'],
    form: form({
      services: column(field.items('申请的服务（可多选）', 'Services asked for', 'service-card-category')),
      until: field.day('有效期至', 'Valid until'),
    }),
  },
);

const carePlan = workflow(
  'care-plan',
  say('住户服务计划', 'Service plan of a household'),
  {
    planned: state('已制定', 'Planned'),
    serving: state('服务中', 'Being served', 'owner'),
    done: state('待反馈', 'To be rated'),
    rated: end('已反馈', 'Rated'),
    stopped: end('住户已停止', 'Stopped by the household'),
  },
  {
    serve: step('开始服务', 'Start', 'planned', 'serving', given),
    finish: step('完成', 'Finish', 'serving', 'done', byOwner),
    rate: step('登记反馈', 'Rate', 'done', 'rated', { notBy: ['owner'] }),
    stop: step('停止', 'Stop', ['planned', 'serving'], 'stopped'),
  },
  {
    confidential: true,
    subjects: ['household'],
    form: form({
      category: column(field.item('服务类别', 'Service', 'service-card-category')),
      visits: field.whole('计划次数', 'Visits planned', unit.times, { min: 1 }),
      delivered: optional(field.whole('已服务次数', 'Delivered', unit.times)),
      rating,
    }),
  },
);

const care = workflow(
  'care-service',
  say('照料服务', 'Care service'),
  {
    booked: state('已预约', 'Booked'),
    delivered: state('已服务', 'Delivered'),
    rated: end('已评价', 'Rated'),
    cancelled: end('已取消', 'Cancelled'),
  },
  {
    deliver: step('登记服务', 'Deliver', 'booked', 'delivered'),
    rate: step('登记评价', 'Rate', 'delivered', 'rated'),
    cancel: step('取消', 'Cancel', 'booked', 'cancelled'),
  },
  {
    confidential: true,
    subjects: ['service-enrolment'],
    // What was given and when; nothing about anybody's health stands anywhere (limits).
    form: form({
      service: column(field.item('服务', 'Service', 'care-service')),
      on: column(field.day('日期', 'Day')),
      facilityId: optional(field.ref('地点', 'Facility', { record: 'subject', kinds: ['day-care-centre', 'canteen'] })),
      times: optional(field.whole('次数', 'Times', unit.times, { min: 1 })),
      rating,
    }),
  },
);

const placement = workflow(
  'placement',
  say('就业推介', 'Placement'),
  {
    offered: state('岗位已推介', 'Offered'),
    applied: state('已应聘', 'Applied'),
    placed: state('已上岗', 'Placed'),
    confirmed: end('已回访确认', 'Confirmed'),
    ended: end('未成', 'Not placed'),
  },
  {
    apply: step('应聘', 'Apply', 'offered', 'applied'),
    place: step('上岗', 'Place', 'applied', 'placed', { needs: ['reason'] }),
    confirm: step('回访确认', 'Confirm', 'placed', 'confirmed', { notBy: ['owner'] }),
    end: step('未成', 'End', ['offered', 'applied', 'placed'], 'ended', { needs: ['reason'] }),
  },
  {
    confidential: true,
    subjects: ['job-seeker'],
    form: form({
      openingId: field.ref('岗位', 'Opening', { record: 'subject', kinds: ['job-opening'] }),
      local: column(field.flag('在本村（社区）', 'Here in the village')),
      returnee: optional(field.flag('返乡', 'Returned home')),
      on: optional(field.day('上岗日期', 'Started on')),
    }),
  },
);

const booking = workflow(
  'venue-booking',
  say('阵地预约', 'Venue booking'),
  {
    requested: state('已预约', 'Requested'),
    approved: state('已同意', 'Approved', null),
    used: end('已使用', 'Used'),
    cancelled: end('已取消', 'Cancelled'),
  },
  {
    approve: step('同意', 'Approve', 'requested', 'approved', { notBy: ['raiser'] }),
    use: step('登记使用', 'Used', 'approved', 'used', { needs: ['reason'] }),
    cancel: step('取消', 'Cancel', ['requested', 'approved'], 'cancelled', { needs: ['reason'] }),
  },
  {
    dueWorkdays: 2,
    subjects: ['venue', 'service-centre', 'children-room', 'culture-square'],
    form: form({
      on: column(field.day('日期', 'Day')),
      from: field.text('时段', 'Time', 40),
      group: column(field.text('使用团体', 'Group', 100)),
      people: optional(field.whole('人数', 'People', unit.people)),
    }),
  },
);

const project = workflow(
  'volunteer-match',
  say('志愿项目对接', 'Volunteer project for a need'),
  {
    proposed: state('已对接', 'Proposed'),
    running: state('实施中', 'Running', 'owner'),
    evaluated: end('已评估', 'Evaluated'),
    dropped: end('未实施', 'Dropped'),
  },
  {
    run: step('实施', 'Run', 'proposed', 'running', given),
    evaluate: step('评估', 'Evaluate', 'running', 'evaluated', { notBy: ['owner'], needs: ['reason'] }),
    drop: step('不实施', 'Drop', 'proposed', 'dropped', { needs: ['reason'] }),
  },
  {
    subjects: ['volunteer-project', 'volunteer-team'],
    form: form({ needId: field.ref('需求', 'Need', { record: 'case', kinds: ['need'] }), group, rating }),
  },
);

export const serviceKinds = byType([need, match, request, card, carePlan, care, placement, booking, project]);
