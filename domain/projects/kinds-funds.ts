import { column, field, form, optional, say, unit } from '../fields.ts';
import { decided, end, state, step, workflow } from '../records/cases/declare.ts';
import { fundSources } from '../records/ledgers/declare.ts';
import { fundPurposes } from './kinds-books.ts';
import { priorityCriteria } from './priority.ts';

/** What a unit may give out of its creation fund in a year, by source. Several in force for one source add up (M033). */
const fundBudget = workflow(
  'fund-budget',
  say('创建资金年度预算', 'Budget of the creation fund'),
  {
    proposed: state('已编报', 'Proposed'),
    'in-force': state('执行中', 'In force', null),
    refused: end('未批准', 'Refused'),
    ended: end('已停止执行', 'Ended'),
  },
  {
    adopt: step('批准执行', 'Adopt', 'proposed', 'in-force', { ...decided, needs: ['document'] }),
    refuse: step('不批准', 'Refuse', 'proposed', 'refused', { ...decided, needs: ['reason'] }),
    end: step('停止执行', 'End', 'in-force', 'ended', { ...decided, needs: ['reason'] }),
  },
  {
    openBelow: true,
    form: form({
      year: column(field.year('年度', 'Year')),
      fundSource: column(field.choice('资金来源', 'Source', fundSources)),
      amountFen: column(field.money('预算金额', 'Amount')),
    }),
  },
);

/** The order in which requests are served: published, in versions, never changed (M034). What it says stands in priority.ts. */
const priorityRule = workflow(
  'priority-rule',
  say('资金排序规则', 'Priority rule'),
  {
    drafted: state('起草', 'Drafted'),
    'in-force': state('执行中', 'In force', null),
    superseded: end('已更替', 'Superseded'),
  },
  {
    adopt: step('发布', 'Publish', 'drafted', 'in-force', { verb: 'standards.write', needs: ['document'] }),
    supersede: step('更替', 'Supersede', 'in-force', 'superseded', { verb: 'standards.write', needs: ['reason'] }),
  },
  {
    openVerb: 'standards.write',
    generic: false,
    openBelow: true,
    form: form({
      version: column(field.whole('版本', 'Version', unit.count, { min: 1 })),
      from: column(field.day('执行日期', 'In force from')),
      criteria: { schema: priorityCriteria, words: { words: say('排序条件', 'Criteria') } },
    }),
  },
);

/** A request for money of the creation fund. Rank, approval and payment are taken on the page of funds, which knows the rule. */
const fundRequest = workflow(
  'fund-request',
  say('资金申请', 'Fund request'),
  {
    requested: state('已申请', 'Requested'),
    ranked: state('已排序', 'Ranked'),
    approved: state('已批准', 'Approved'),
    paid: state('已拨付', 'Paid'),
    accounted: end('已核销', 'Accounted for'),
    refused: end('未批准', 'Refused'),
  },
  {
    rank: step('按规则排序', 'Rank', 'requested', 'ranked', {
      ...decided,
      notBy: ['raiser'],
      byModule: true,
    }),
    // Whoever departs from the order says why (M034).
    approve: step('批准', 'Approve', 'ranked', 'approved', {
      ...decided,
      notBy: ['raiser'],
      needs: ['reason', 'document'],
      byModule: true,
    }),
    refuse: step('不批准', 'Refuse', ['requested', 'ranked'], 'refused', {
      ...decided,
      notBy: ['raiser'],
      needs: ['reason'],
    }),
    pay: step('拨付', 'Pay', 'approved', 'paid', { ...decided, needs: ['evidence'], byModule: true }),
    account: step('核销', 'Account', 'paid', 'accounted', { notBy: ['owner'], needs: ['evidence'] }),
  },
  {
    dueWorkdays: 20,
    form: form({
      amountFen: column(field.money('申请金额', 'Amount')),
      approvedFen: optional(field.money('批准金额', 'Approved')),
      purpose: column(field.choice('用途', 'Purpose', fundPurposes)),
      projectId: optional(
        field.ref('项目', 'Project', { record: 'case', kinds: ['project', 'micro-renewal', 'deed', 'programme'] }),
      ),
      targetLevel: column(optional(field.whole('创建目标', 'Target level', say('星', 'stars'), { max: 5 }))),
      belt: optional(field.flag('示范带内', 'Inside the belt')),
      rank: optional(field.whole('排序', 'Rank', unit.count, { min: 1 })),
      rankReasons: optional(field.text('排序理由', 'Reasons of the rank', 500)),
      rankingId: optional(field.ref('适用规则', 'Under the rule', { record: 'case', kinds: ['priority-rule'] })),
      rankedOn: optional(field.day('排序日期', 'Ranked on')),
      outOfOrder: optional(field.flag('未按排序', 'Out of order')),
      departure: optional(field.text('未按排序的理由', 'Why out of order', 500)),
    }),
  },
);

/** Labour and machines that residents gave to a work, at a value agreed with them (M337, M338). */
const contribution = workflow(
  'contribution',
  say('投工投设备登记', 'Contribution to a work'),
  {
    logged: state('已登记', 'Logged'),
    agreed: state('折价已认可', 'Value agreed'),
    posted: end('已入账', 'Posted'),
    void: end('已作废', 'Void'),
  },
  {
    agree: step('认可折价', 'Agree on the value', 'logged', 'agreed', {
      notBy: ['raiser'],
      needs: ['document'],
      byModule: true,
    }),
    post: step('入账', 'Post', 'agreed', 'posted', { byModule: true }),
    void: step('作废', 'Void', ['logged', 'agreed'], 'void', { needs: ['reason'] }),
  },
  {
    form: form({
      projectId: field.ref('项目', 'Project', { record: 'case', kinds: ['project', 'micro-renewal', 'deed'] }),
      on: column(field.day('日期', 'Day')),
      labourDays: column(field.decimal('投工', 'Labour', unit.days)),
      machineHours: column(field.decimal('机械', 'Machines', unit.hours)),
      materials: optional(field.text('投料', 'Materials', 100)),
      agreementId: optional(field.ref('自愿投工协议', 'Agreement', { record: 'agreement', kinds: ['labour-gift'] })),
      // What a day and an hour are worth is agreed by somebody else than who logged them; the value follows.
      labourDayFen: optional(field.money('折价标准（每工日）', 'Agreed rate of a day')),
      machineHourFen: optional(field.money('折价标准（机械每小时）', 'Agreed rate of a machine hour')),
      agreedValueFen: column(optional(field.money('折算价值', 'Agreed value'))),
      savedFen: optional(field.money('节省预算', 'Saved against the budget')),
    }),
  },
);

export const fundWorkflows = [fundBudget, priorityRule, fundRequest, contribution] as const;
