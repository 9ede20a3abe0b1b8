import { column, field, form, optional, say, unit } from '../fields.ts';
import { byOwner, decided, end, given, state, step, workflow } from '../records/cases/declare.ts';
import { channels } from './words.ts';

const place = column(optional(field.text('地点', 'Place', 100)));
const description = field.long('内容', 'What it is', 2000);

const errand = workflow(
  'errand',
  say('帮办代办（上门帮忙）', 'Errand'),
  {
    requested: state('已登记', 'Requested'),
    accepted: state('已接单', 'Accepted', 'owner'),
    done: state('已办好，待确认', 'Done, to be confirmed'),
    confirmed: end('住户已确认', 'Confirmed'),
    cancelled: end('已取消', 'Cancelled'),
  },
  {
    accept: step('派单', 'Dispatch', 'requested', 'accepted', { ...given, dueWorkdays: 3 }),
    finish: step('办好', 'Done', 'accepted', 'done', { ...byOwner, needs: ['reason'] }),
    confirm: step('登记住户确认', 'Confirm', 'done', 'confirmed', { notBy: ['owner'] }),
    cancel: step('取消', 'Cancel', ['requested', 'accepted'], 'cancelled', { needs: ['reason'] }),
  },
  {
    dueWorkdays: 1,
    confidential: true,
    subjects: ['household'],
    form: form({
      type: column(
        field.choice('类别', 'Type', {
          certificate: say('开证明', 'Certificate'),
          purchase: say('代购（种子农资）', 'Purchase'),
          policy: say('找政策', 'Policy'),
          payment: say('代缴费用', 'Payment'),
          repair: say('维修', 'Repair'),
          transport: say('接送', 'Transport'),
          other: say('其他', 'Other'),
        }),
      ),
      channel: field.choice('渠道', 'Channel', channels),
      authorised: field.flag('住户已授权', 'The household authorised it'),
      what: field.text('事项', 'What', 300),
    }),
  },
);

const opinion = workflow(
  'opinion',
  say('社情民意', 'Opinion'),
  {
    registered: state('已登记', 'Registered'),
    valid: state('有效，待答复', 'Valid, to be answered'),
    answered: end('已答复', 'Answered'),
    'not-valid': end('不属实（无法受理）', 'Not valid'),
  },
  {
    check: step('认定有效', 'Valid', 'registered', 'valid', { notBy: ['raiser'], dueWorkdays: 10 }),
    dismiss: step('认定无效', 'Not valid', 'registered', 'not-valid', { notBy: ['raiser'], needs: ['reason'] }),
    answer: step('答复', 'Answer', 'valid', 'answered', { needs: ['reason'] }),
  },
  {
    dueWorkdays: 5,
    form: form({
      topic: column(field.text('主题', 'Topic', 100)),
      description,
      channel: field.choice('渠道', 'Channel', channels),
    }),
  },
);

const help = workflow(
  'help-deed',
  say('办好事解难事', 'Deed or difficulty'),
  {
    registered: state('已登记', 'Registered', 'owner'),
    done: state('已办好，待确认', 'Done, to be confirmed'),
    confirmed: end('群众已确认', 'Confirmed'),
  },
  {
    finish: step('办好', 'Done', 'registered', 'done', { ...byOwner, needs: ['reason'] }),
    confirm: step('登记群众确认', 'Confirm', 'done', 'confirmed', { notBy: ['owner'], needs: ['reason'] }),
    return: step('未办好', 'Not done yet', 'done', 'registered', { notBy: ['owner'], needs: ['reason'] }),
  },
  {
    dueWorkdays: 20,
    form: form({
      kind: column(field.choice('类型', 'Kind', { deed: say('好事', 'Deed'), difficulty: say('难事', 'Difficulty') })),
      category: column(optional(field.item('民生类别', 'Category', 'livelihood-category'))),
      contactMatter: optional(field.item('联系事项', 'Contact matter', 'contact-matter')),
      description,
    }),
  },
);

/** A party member takes something on of their own will (M352). */
const claim = workflow(
  'claim',
  say('党员领办', 'Claim'),
  {
    claimed: state('已领办', 'Claimed', 'owner'),
    done: state('已完成，待确认', 'Done, to be confirmed'),
    confirmed: end('已确认', 'Confirmed'),
    released: end('已退回', 'Given back'),
  },
  {
    finish: step('完成', 'Finish', 'claimed', 'done', { ...byOwner, needs: ['reason'] }),
    confirm: step('确认', 'Confirm', 'done', 'confirmed', { notBy: ['owner'] }),
    release: step('退回', 'Give back', 'claimed', 'released', byOwner),
  },
  {
    form: form({
      contactMatter: column(field.item('联系事项', 'Contact matter', 'contact-matter')),
      what: field.text('领办内容', 'What', 300),
      // A pledge of a post or a duty counts as well as a single matter (M057).
      kind: field.choice('领办类型', 'Kind', {
        matter: say('事项', 'Matter'),
        post: say('岗位', 'Post'),
        pledge: say('承诺', 'Pledge'),
      }),
    }),
  },
);

const bottleneck = workflow(
  'bottleneck',
  say('治理堵点', 'Bottleneck'),
  {
    found: state('已收集', 'Found'),
    ranked: state('已研判排序', 'Ranked'),
    assigned: state('攻坚中', 'Assigned', 'owner'),
    solved: state('已疏通，待核验', 'Solved, to be verified'),
    closed: end('已销号', 'Closed'),
  },
  {
    rank: step('研判排序', 'Rank', 'found', 'ranked', { ...decided, needs: ['reason'] }),
    assign: step('明确责任', 'Assign', 'ranked', 'assigned', { ...decided, ...given, dueWorkdays: 40 }),
    solve: step('疏通', 'Solve', 'assigned', 'solved', { ...byOwner, needs: ['reason'] }),
    return: step('退回', 'Return', 'solved', 'assigned', { ...decided, notBy: ['owner'], needs: ['reason'] }),
    close: step('核验销号', 'Verify and close', 'solved', 'closed', { ...decided, notBy: ['owner'] }),
  },
  {
    form: form({
      description,
      place,
      timesRaised: column(field.whole('反映次数', 'Times raised', unit.times)),
      since: optional(field.day('存在时间', 'Since')),
    }),
  },
);

export const helpWorkflows = [errand, opinion, help, claim, bottleneck] as const;
