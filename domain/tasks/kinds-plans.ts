import { column, field, form, optional, say } from '../fields.ts';
import { byType, checked, decided, end, given, state, step, workflow } from '../records/cases/declare.ts';

/** Plans and lists that stand for a year (M020, M147, M148, M032). */
export const planKinds = byType([
  workflow(
    'work-scheme',
    say('创建方案（一村一方案、一乡一方案）', 'Creation scheme of a village or township'),
    {
      drafted: state('起草', 'Drafted'),
      reviewed: state('待审定', 'Waiting for approval'),
      'in-force': state('执行中', 'In force', null),
      superseded: end('已更替', 'Superseded'),
    },
    {
      submit: step('提交审定', 'Submit', 'drafted', 'reviewed'),
      approve: step('审定', 'Approve', 'reviewed', 'in-force', { ...decided, notBy: ['raiser'] }),
      return: step('退回修改', 'Return', 'reviewed', 'drafted', { ...decided, needs: ['reason'] }),
      supersede: step('更替', 'Supersede', 'in-force', 'superseded', { ...decided, needs: ['reason'] }),
    },
    {
      openBelow: true,
      form: form({
        year: column(field.year('年度', 'Year')),
        targetLevel: column(field.whole('目标星级', 'Target level', say('星', 'stars'), { max: 5 })),
        gaps: field.list('各星差距', 'Gaps by star', 30),
        measures: field.long('举措', 'Measures', 5000),
        owners: field.list('责任人（岗位）', 'Owners, by post', 30),
        deadline: field.day('完成时限', 'Deadline'),
        budgetFen: optional(field.money('预算', 'Budget')),
        benefit: field.text('群众受益', 'Benefit for residents', 300),
        lines: optional(field.items('服务主线', 'Lines of work', 'work-line')),
      }),
    },
  ),
  workflow(
    'star-list',
    say('一星一清单', 'List of a star'),
    {
      drafted: state('起草', 'Drafted'),
      'in-force': state('已发布', 'Published', null),
      superseded: end('已更替', 'Superseded'),
    },
    {
      publish: step('发布', 'Publish', 'drafted', 'in-force', { verb: 'stars.verify', perStar: true }),
      supersede: step('更替', 'Supersede', 'in-force', 'superseded', { verb: 'stars.verify', perStar: true }),
    },
    {
      openVerb: 'stars.guide',
      openBelow: true,
      form: form({
        year: column(field.year('年度', 'Year')),
        criteria: field.list('指标', 'Criteria', 60),
        tasks: field.list('任务', 'Tasks', 60),
      }),
    },
  ),
  workflow(
    'lever',
    say('一星一抓手', 'Lever of a star'),
    {
      registered: state('已登记', 'Registered'),
      reviewed: state('已评估', 'Reviewed'),
      ended: end('已结束', 'Ended'),
    },
    {
      review: step('评估成效', 'Review', ['registered', 'reviewed'], 'reviewed', {
        verb: 'cases.assign',
        needs: ['reason'],
      }),
      end: step('结束', 'End', ['registered', 'reviewed'], 'ended', { verb: 'stars.guide', needs: ['reason'] }),
    },
    {
      openVerb: 'stars.guide',
      openBelow: true,
      form: form({
        measure: field.long('抓手', 'Measure', 1000),
        resources: optional(field.text('资源保障', 'Resources', 300)),
        target: column(field.text('目标', 'Target')),
        criteria: field.list('作用指标', 'Criteria it moves'),
        result: optional(field.text('成效', 'Result', 500)),
      }),
    },
  ),
  workflow(
    'roadmap',
    say('创建“路线图”', 'Roadmap'),
    {
      benchmark: state('对标找差', 'Benchmark'),
      'fill-gaps': state('查漏补缺', 'Fill gaps'),
      concentrated: state('集中攻坚', 'Concentrated effort'),
      evaluation: state('综合评估', 'Overall evaluation'),
      finished: end('已完成', 'Finished'),
    },
    {
      // The next phase may begin while items of the former are still open; they are named in `carried` (M441).
      'start-filling': step('转入查漏补缺', 'Start filling gaps', 'benchmark', 'fill-gaps'),
      concentrate: step('转入集中攻坚', 'Start the concentrated effort', 'fill-gaps', 'concentrated'),
      evaluate: step('转入综合评估', 'Start the evaluation', 'concentrated', 'evaluation', { needs: ['evidence'] }),
      'go-back': step('退回集中攻坚', 'Back to the effort', 'evaluation', 'concentrated', {
        ...checked,
        needs: ['reason'],
      }),
      finish: step('评估完成', 'Finish', 'evaluation', 'finished', { ...checked, needs: ['reason'] }),
    },
    {
      form: form({
        year: column(field.year('年度', 'Year')),
        entry: field.text('进入条件', 'Entry condition', 300),
        exit: field.text('退出条件', 'Exit condition', 300),
        carried: optional(field.list('压茬推进：上一阶段未完成项', 'Still open from the former phase', 50)),
        dailyState: optional(field.text('每日进展', 'State of the day', 300)),
        strengths: optional(field.list('优势', 'Strengths')),
        weaknesses: optional(field.list('弱项', 'Weaknesses')),
        readiness: optional(field.text('评估结论', 'Readiness', 300)),
      }),
    },
  ),
  workflow(
    'weak-branch',
    say('软弱涣散村党支部整顿', 'Help for a weak branch'),
    {
      identified: state('已排查', 'Identified'),
      'causes-agreed': state('原因已研判一致', 'Causes agreed'),
      helping: state('整顿帮扶中', 'Being helped'),
      'mid-review': state('中期评估', 'Mid-review'),
      accepted: state('已验收', 'Accepted'),
      'follow-up': state('巩固期', 'Follow-up'),
      closed: end('已办结', 'Closed'),
    },
    {
      // The branch itself agrees on the causes: nobody is labelled without having been heard.
      agree: step('支部认可原因', 'Agree on the causes', 'identified', 'causes-agreed', {
        verb: 'stars.declare',
        notBy: ['raiser'],
        needs: ['reason'],
      }),
      help: step('确定帮扶人员和举措', 'Start helping', 'causes-agreed', 'helping', {
        ...decided,
        ...given,
        dueWorkdays: 120,
      }),
      review: step('中期评估', 'Mid-review', 'helping', 'mid-review', { ...decided, needs: ['reason'] }),
      resume: step('继续整顿', 'Go on helping', 'mid-review', 'helping', { ...decided, needs: ['reason'] }),
      accept: step('验收', 'Accept', 'mid-review', 'accepted', { ...checked, needs: ['evidence', 'reason'] }),
      follow: step('转入巩固', 'Follow up', 'accepted', 'follow-up', decided),
      close: step('办结', 'Close', 'follow-up', 'closed', { ...checked, needs: ['reason'] }),
      relapse: step('出现反弹', 'Help again', 'follow-up', 'helping', { ...decided, needs: ['reason'] }),
    },
    {
      openVerb: 'cases.assign',
      form: form({
        causes: field.list('主要问题和原因', 'Causes'),
        measures: optional(field.long('整顿措施', 'Measures', 3000)),
        helpers: optional(field.list('帮扶力量（岗位、单位）', 'Helpers, by post or unit')),
        until: optional(field.day('整顿期限', 'Until')),
      }),
    },
  ),
]);
