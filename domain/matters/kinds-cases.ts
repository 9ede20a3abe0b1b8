import { column, field, form, optional, say, unit } from '../fields.ts';
import { byOwner, byType, decided, end, given, state, step, workflow } from '../records/cases/declare.ts';
import { helpWorkflows } from './kinds-help.ts';
import { channels } from './words.ts';

const place = column(optional(field.text('地点', 'Place', 100)));
const description = field.long('内容', 'What it is', 2000);

// Raised, handled where it arose, passed up when it cannot be, and closed only when whoever raised it has said that it is
// done (M190, M404). Nothing here says who a person is: it records the issue and the place (M233).
const matter = workflow(
  'matter',
  say('群众诉求', 'Matter'),
  {
    raised: state('已提出', 'Raised'),
    accepted: state('已受理', 'Accepted'),
    assigned: state('已交办', 'Assigned', 'owner'),
    handling: state('办理中', 'Being handled'),
    escalated: state('已上报', 'Escalated'),
    answered: state('已反馈，待确认', 'Answered, to be confirmed', 'raiser'),
    confirmed: state('提出人已确认', 'Confirmed'),
    closed: end('已办结', 'Closed'),
    'not-accepted': end('不予受理（已说明）', 'Not accepted, with the reason given'),
  },
  {
    accept: step('受理', 'Accept', 'raised', 'accepted', { dueWorkdays: 2 }),
    refuse: step('不予受理', 'Do not accept', 'raised', 'not-accepted', { needs: ['reason'] }),
    assign: step('交办', 'Assign', ['accepted', 'escalated'], 'assigned', { ...given, dueWorkdays: 10 }),
    handle: step('开始办理', 'Start', 'assigned', 'handling', byOwner),
    escalate: step('上报上级办理', 'Escalate', ['accepted', 'assigned', 'handling'], 'escalated', {
      needs: ['reason'],
      dueWorkdays: 5,
    }),
    answer: step('反馈结果', 'Answer', ['handling', 'escalated'], 'answered', { needs: ['reason'], dueWorkdays: 5 }),
    confirm: step('确认已解决', 'Confirm', 'answered', 'confirmed', { onlyBy: 'raiser', notBy: ['owner'] }),
    reopen: step('未解决，重新办理', 'Reopen', ['answered', 'confirmed'], 'handling', {
      onlyBy: 'raiser',
      needs: ['reason'],
      dueWorkdays: 5,
    }),
    close: step('办结', 'Close', 'confirmed', 'closed', { notBy: ['owner'] }),
  },
  {
    dueWorkdays: 3,
    form: form({
      description,
      channel: column(field.choice('渠道', 'Channel', channels)),
      size: column(field.choice('类型', 'Size', { small: say('小情', 'Small'), big: say('大事', 'Large') })),
      category: column(optional(field.item('民生类别', 'Category', 'livelihood-category'))),
      contactMatter: optional(field.item('联系事项', 'Contact matter', 'contact-matter')),
      place,
      level: optional(
        field.choice('当前办理层级', 'Level that handles it', {
          village: say('村（社区）', 'Village'),
          township: say('乡镇（街道）', 'Township'),
          county: say('县（区）', 'County'),
        }),
      ),
      // Known here already, so that the project that follows can be found from the matter (M358).
      projectId: optional(field.ref('形成的项目', 'Project that came of it', { record: 'case' })),
    }),
  },
);

/** Only the mediator, whoever registered it and those who assign see it; small numbers are not told (M189, M235). */
const dispute = workflow(
  'dispute',
  say('矛盾纠纷调解', 'Dispute'),
  {
    registered: state('已登记', 'Registered'),
    consented: state('双方同意调解', 'Both sides agree to mediation'),
    mediating: state('调解中', 'Being mediated', 'owner'),
    agreed: state('已达成一致', 'Agreed'),
    failed: state('未达成一致', 'Not agreed'),
    confirmed: state('当事人已确认', 'Confirmed by the parties'),
    closed: end('已化解', 'Settled'),
    referred: end('已引导至法定途径', 'Referred to the lawful way'),
  },
  {
    consent: step('登记双方同意', 'Record the consent', 'registered', 'consented', { needs: ['reason'] }),
    decline: step('当事人不愿调解', 'A party declines', 'registered', 'referred', { needs: ['reason'] }),
    mediate: step('确定调解员', 'Name the mediator', 'consented', 'mediating', { ...given, dueWorkdays: 20 }),
    agree: step('达成一致', 'Agreement reached', 'mediating', 'agreed', { needs: ['reason'] }),
    fail: step('未达成一致', 'No agreement', 'mediating', 'failed', { needs: ['reason'] }),
    retry: step('再次调解', 'Try again', 'failed', 'mediating', { needs: ['reason'], dueWorkdays: 20 }),
    refer: step('引导至法定途径', 'Refer', 'failed', 'referred', { needs: ['reason'] }),
    confirm: step('当事人确认', 'The parties confirm', 'agreed', 'confirmed', { notBy: ['owner'], needs: ['reason'] }),
    close: step('办结', 'Close', 'confirmed', 'closed', { notBy: ['owner'] }),
  },
  {
    dueWorkdays: 5,
    confidential: true,
    form: form({
      kind: column(
        field.choice('类型', 'Kind', {
          land: say('土地山林', 'Land'),
          neighbours: say('邻里', 'Neighbours'),
          family: say('婚姻家庭', 'Family'),
          property: say('物业', 'Property service'),
          labour: say('劳务', 'Labour'),
          contract: say('合同债务', 'Contract'),
          works: say('工程建设', 'Works'),
          other: say('其他', 'Other'),
        }),
      ),
      channel: column(field.choice('渠道', 'Channel', channels)),
      summary: field.long('争议事项（不写姓名）', 'What it is about, without names', 1000),
      agreement: optional(field.long('协议要点', 'Points agreed', 2000)),
      sessions: optional(field.whole('调解次数', 'Sessions', unit.times)),
    }),
  },
);

const deed = workflow(
  'deed',
  say('民生实事', 'Practical deed'),
  {
    proposed: state('已提出', 'Proposed'),
    chosen: state('已票选（确定）', 'Chosen'),
    committed: state('已公开承诺', 'Committed'),
    delivered: state('已完成，待群众确认', 'Delivered'),
    confirmed: end('群众已确认', 'Confirmed by residents'),
    dropped: end('未入选', 'Not chosen'),
  },
  {
    choose: step('确定', 'Choose', 'proposed', 'chosen', { ...decided, needs: ['reason'] }),
    drop: step('不纳入', 'Do not choose', 'proposed', 'dropped', { ...decided, needs: ['reason'] }),
    commit: step('公开承诺', 'Commit', 'chosen', 'committed', {
      ...given,
      needs: ['owner', 'document'],
      dueWorkdays: 120,
    }),
    deliver: step('完成', 'Deliver', 'committed', 'delivered', { ...byOwner, needs: ['evidence', 'reason'] }),
    confirm: step('登记群众确认', 'Residents confirm', 'delivered', 'confirmed', {
      notBy: ['owner'],
      needs: ['reason'],
    }),
    return: step('群众不认可，继续办理', 'Residents do not agree', 'delivered', 'committed', {
      notBy: ['owner'],
      needs: ['reason'],
      dueWorkdays: 20,
    }),
  },
  {
    openBelow: true,
    form: form({
      content: field.long('内容', 'Content', 1000),
      place,
      type: column(
        field.choice('类别', 'Type', {
          facility: say('设施', 'Facility'),
          lift: say('电梯安全', 'Lifts'),
          fitness: say('健身器材', 'Fitness'),
          light: say('照明', 'Light'),
          road: say('道路', 'Road'),
          service: say('服务', 'Service'),
          other: say('其他', 'Other'),
        }),
      ),
      budgetFen: optional(field.money('预算', 'Budget')),
      households: optional(field.whole('受益户数', 'Households served', unit.households)),
      proposedBy: optional(
        field.choice('提出', 'Proposed by', {
          residents: say('群众', 'Residents'),
          branch: say('支部', 'Branch'),
          above: say('上级', 'Above'),
        }),
      ),
    }),
  },
);

const ailment = workflow(
  'estate-ailment',
  say('“小区病”', 'Estate ailment'),
  {
    registered: state('已登记', 'Registered'),
    assigned: state('已交办', 'Assigned', 'owner'),
    fixed: state('已整改，待核验', 'Fixed, to be verified'),
    closed: end('已销号', 'Closed'),
  },
  {
    assign: step('交办', 'Assign', 'registered', 'assigned', { ...given, dueWorkdays: 20 }),
    fix: step('完成整改', 'Fix', 'assigned', 'fixed', { ...byOwner, needs: ['evidence'] }),
    return: step('退回', 'Return', 'fixed', 'assigned', { notBy: ['owner'], needs: ['reason'], dueWorkdays: 5 }),
    close: step('核验销号', 'Verify and close', 'fixed', 'closed', { notBy: ['owner'], needs: ['evidence'] }),
  },
  {
    dueWorkdays: 5,
    form: form({
      kind: column(
        field.choice('类别', 'Kind', {
          road: say('道路破损', 'Roads'),
          clutter: say('乱堆乱放', 'Clutter'),
          cables: say('飞线', 'Flying cables'),
          drains: say('管网堵塞', 'Drains'),
          parking: say('停车', 'Parking'),
          green: say('绿化', 'Greening'),
          'blind-spot': say('盲区死角', 'Blind spot'),
          other: say('其他', 'Other'),
        }),
      ),
      description,
      place,
    }),
  },
);

const programme = workflow(
  'estate-programme',
  say('无物业小区三步走', 'Programme for an estate without property service'),
  {
    'no-service': state('无物业', 'No property service'),
    'route-chosen': state('已定路径', 'Route chosen'),
    agreement: state('已签协议', 'Agreement signed'),
    served: state('已开始服务', 'Served'),
    'party-body': state('物业已建党组织', 'Party organisation founded'),
    'cross-appointment': end('已交叉任职', 'Cross-appointed'),
  },
  {
    choose: step('确定路径', 'Choose the route', 'no-service', 'route-chosen', { needs: ['reason'] }),
    agree: step('签订协议', 'Sign the agreement', 'route-chosen', 'agreement', { needs: ['document'] }),
    serve: step('开始服务', 'Service begins', 'agreement', 'served', { needs: ['evidence'] }),
    lapse: step('服务中断', 'Service lapsed', ['served', 'party-body'], 'no-service', { needs: ['reason'] }),
    organise: step('组建党组织', 'Found the party organisation', 'served', 'party-body', { needs: ['document'] }),
    appoint: step('交叉任职', 'Cross-appoint', 'party-body', 'cross-appointment', { needs: ['document'] }),
  },
  {
    form: form({
      old: column(field.flag('老旧小区', 'Old estate')),
      route: column(
        optional(
          field.choice('路径', 'Route', {
            contract: say('物业企业包干一批', 'Contracted to a firm'),
            'co-building': say('驻地单位协建一批', 'Co-built by a local unit'),
            fallback: say('社区党委兜底一批', 'Run by the community'),
          }),
        ),
      ),
      agreementId: optional(
        field.ref('协议', 'Agreement', {
          record: 'agreement',
          kinds: ['property-service', 'property-package', 'co-building', 'self-management'],
        }),
      ),
    }),
  },
);

export const matterKinds = byType([matter, dispute, deed, ailment, programme, ...helpWorkflows]);
