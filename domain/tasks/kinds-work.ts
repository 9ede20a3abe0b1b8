import { column, field, form, optional, say, unit } from '../fields.ts';
import { byOwner, byType, decided, end, given, state, step, workflow } from '../records/cases/declare.ts';

const on = column(field.day('日期', 'Day'));
const basis = optional(field.text('依据文件', 'Document it rests on', 200));
const week = column(field.period('报送周', 'Week'));

/** What comes from above and goes down the levels, and what goes back up (M004, M094, M217). */
const fromAbove = [
  workflow(
    'directive',
    say('上级部署', 'Directive'),
    {
      issued: state('已下发', 'Issued', null),
      cascaded: state('已逐级传达', 'Cascaded'),
      reported: state('已报告完成', 'Completion reported'),
      closed: end('已办结', 'Closed'),
    },
    {
      cascade: step('传达到下级', 'Cascade', 'issued', 'cascaded'),
      report: step('报告完成情况', 'Report completion', 'cascaded', 'reported', { needs: ['reason'] }),
      return: step('要求不实，退回', 'Return', 'reported', 'cascaded', { ...decided, needs: ['reason'] }),
      close: step('办结', 'Close', 'reported', 'closed', { ...decided, notBy: ['owner'] }),
    },
    {
      openBelow: true,
      form: form({
        issuer: column(field.text('发文（讲话）单位', 'Issued by', 100)),
        on,
        number: optional(field.text('文号', 'Document number', 100)),
        text: field.long('主要内容', 'Text', 5000),
        source: field.choice('来源', 'Source', {
          document: say('文件', 'Document'),
          speech: say('讲话', 'Speech'),
          meeting: say('会议', 'Meeting'),
        }),
      }),
    },
  ),
  workflow(
    'requirement',
    say('部署要求', 'Requirement'),
    {
      received: state('已收到', 'Received'),
      acknowledged: state('已签收', 'Acknowledged'),
      mapped: state('已对应任务', 'Mapped to a task'),
      answered: end('已反馈', 'Answered'),
    },
    {
      acknowledge: step('签收', 'Acknowledge', 'received', 'acknowledged', { dueWorkdays: 5 }),
      map: step('对应到任务', 'Map to a task', 'acknowledged', 'mapped', { ...given, dueWorkdays: 20 }),
      answer: step('反馈完成情况', 'Answer', 'mapped', 'answered', { needs: ['reason', 'evidence'] }),
      remap: step('调整任务', 'Map again', 'mapped', 'acknowledged', { needs: ['reason'] }),
    },
    {
      dueWorkdays: 3,
      form: form({
        number: column(field.whole('序号', 'Number', unit.count, { min: 1 })),
        text: field.long('要求', 'Requirement', 1000),
        taskId: optional(field.ref('对应任务', 'Task that answers it', { record: 'case', kinds: ['task'] })),
      }),
    },
  ),
  workflow(
    'support-request',
    say('保障请求', 'Support request'),
    {
      asked: state('待答复', 'Asked'),
      granted: state('已同意', 'Granted'),
      provided: end('已落实', 'Provided'),
      refused: end('未同意', 'Refused'),
    },
    {
      grant: step('同意', 'Grant', 'asked', 'granted', { ...decided, notBy: ['raiser'], needs: ['reason'] }),
      refuse: step('不同意', 'Refuse', 'asked', 'refused', { ...decided, notBy: ['raiser'], needs: ['reason'] }),
      provide: step('确认落实', 'Confirm it was provided', 'granted', 'provided', { needs: ['reason'] }),
    },
    {
      dueWorkdays: 5,
      form: form({
        kind: column(
          field.choice('类别', 'Kind', {
            staff: say('人员', 'Staff'),
            money: say('经费', 'Money'),
            venue: say('场地', 'Venue'),
            other: say('其他', 'Other'),
          }),
        ),
        need: field.long('需要', 'Need', 1000),
        amountFen: optional(field.money('金额', 'Amount')),
      }),
    },
  ),
  workflow(
    'cross-request',
    say('跨级（跨部门）协同', 'Request across levels or departments'),
    {
      sent: state('已发出', 'Sent', 'owner'),
      received: state('已接收', 'Received'),
      replied: state('已回复', 'Replied'),
      closed: end('已办结', 'Closed'),
    },
    {
      receive: step('接收', 'Receive', 'sent', 'received', { ...byOwner, dueWorkdays: 5 }),
      reply: step('回复', 'Reply', 'received', 'replied', { ...byOwner, needs: ['reason'] }),
      close: step('认可并办结', 'Accept and close', 'replied', 'closed', { onlyBy: 'raiser' }),
      return: step('未解决，退回', 'Return', 'replied', 'received', {
        onlyBy: 'raiser',
        needs: ['reason'],
        dueWorkdays: 5,
      }),
    },
    { dueWorkdays: 2, form: form({ need: field.long('需要协同的事项', 'What is needed', 1000) }) },
  ),
] as const;

/** Reports at short intervals, looked at by others (M144, M145, M150). */
const reports = [
  workflow(
    'weekly-progress',
    say('每周进展', 'Weekly progress'),
    { posted: state('已报送', 'Posted'), read: end('已阅', 'Read') },
    { read: step('已阅', 'Read', 'posted', 'read', { verb: 'cases.assign', notBy: ['raiser'] }) },
    {
      form: form({
        week,
        done: field.long('本周完成', 'Done', 1000),
        next: field.long('下周计划', 'Next', 1000),
        help: optional(field.text('需要帮助', 'Help needed', 300)),
      }),
    },
  ),
  workflow(
    'monthly-account',
    say('每月对表交账', 'Monthly account'),
    {
      drafted: state('待签报', 'To be signed'),
      signed: state('已签报', 'Signed'),
      verified: end('已抽查核实', 'Verified'),
    },
    {
      sign: step('签报', 'Sign', 'drafted', 'signed'),
      verify: step('抽查核实', 'Verify', 'signed', 'verified', {
        ...decided,
        notBy: ['raiser', 'owner'],
        needs: ['reason'],
      }),
      return: step('退回', 'Return', 'signed', 'drafted', {
        ...decided,
        notBy: ['raiser', 'owner'],
        needs: ['reason'],
      }),
    },
    {
      form: form({
        month: column(field.period('月份', 'Month')),
        done: column(field.whole('已完成', 'Done', unit.count)),
        due: column(field.whole('应完成', 'Due', unit.count)),
        overdue: column(field.whole('超期', 'Overdue', unit.count)),
        note: optional(field.long('说明', 'Note', 1000)),
      }),
    },
  ),
  workflow(
    'monthly-review',
    say('每月点评', 'Monthly review'),
    {
      published: state('待签收', 'Published'),
      acknowledged: state('已签收，待答复', 'Acknowledged'),
      answered: end('已答复', 'Answered'),
    },
    {
      acknowledge: step('签收', 'Acknowledge', 'published', 'acknowledged', { notBy: ['raiser'] }),
      answer: step('答复', 'Answer', 'acknowledged', 'answered', { notBy: ['raiser'], needs: ['reason'] }),
    },
    {
      openVerb: 'cases.assign',
      dueWorkdays: 5,
      form: form({
        month: column(field.period('月份', 'Month')),
        comment: field.long('点评', 'Comment', 2000),
        strengths: optional(field.text('亮点', 'Strengths', 300)),
        shortcomings: optional(field.text('不足', 'Shortcomings', 300)),
      }),
    },
  ),
  workflow(
    'self-review',
    say('年度自查（总结）', 'Yearly self-review'),
    {
      drafted: state('自查中', 'Being drafted'),
      submitted: state('已提交', 'Submitted'),
      followed: state('整改中', 'Being followed up'),
      closed: end('已办结', 'Closed'),
    },
    {
      submit: step('提交', 'Submit', 'drafted', 'submitted'),
      follow: step('转入整改', 'Follow up', 'submitted', 'followed'),
      close: step('办结', 'Close', 'followed', 'closed', { ...decided, notBy: ['raiser'], needs: ['reason'] }),
    },
    {
      form: form({
        year: column(field.year('年度', 'Year')),
        lessons: field.list('经验', 'Lessons', 30),
        integration: optional(field.text('融合方面不足', 'Shortcomings of integration', 500)),
        joining: optional(field.text('合力方面不足', 'Shortcomings of joining forces', 500)),
        effort: optional(field.text('攻坚方面不足', 'Shortcomings of effort', 500)),
        measures: field.list('改进举措', 'Measures', 30),
      }),
    },
  ),
  workflow(
    'question',
    say('答疑（求助）', 'Question or call for help'),
    {
      asked: state('待答复', 'Asked'),
      answered: state('已答复', 'Answered', 'raiser'),
      faq: end('已收入常见问答', 'Kept as an answer for all'),
      closed: end('已办结', 'Closed'),
    },
    {
      answer: step('答复', 'Answer', 'asked', 'answered', { notBy: ['raiser'], needs: ['reason'] }),
      'ask-again': step('追问', 'Ask again', 'answered', 'asked', {
        onlyBy: 'raiser',
        needs: ['reason'],
        dueWorkdays: 5,
      }),
      keep: step('收入常见问答', 'Keep for all', 'answered', 'faq', decided),
      close: step('办结', 'Close', 'answered', 'closed'),
    },
    {
      dueWorkdays: 5,
      openBelow: true,
      form: form({
        question: field.long('问题', 'Question', 1000),
        criterion: column(optional(field.text('涉及指标', 'Criterion', 100))),
        answer: optional(field.long('答复要点', 'Answer', 2000)),
      }),
    },
  ),
  workflow(
    'special-report',
    say('专班专题汇报', 'Special report of a task force'),
    {
      submitted: state('待听取', 'Submitted'),
      heard: state('已听取', 'Heard'),
      decided: end('已决定', 'Decided'),
    },
    {
      hear: step('听取汇报', 'Hear', 'submitted', 'heard', { ...decided, notBy: ['raiser'] }),
      decide: step('作出决定', 'Decide', 'heard', 'decided', { ...decided, notBy: ['raiser'], needs: ['reason'] }),
    },
    {
      openVerb: 'stars.guide',
      form: form({
        on,
        paper: field.long('汇报材料', 'Paper', 5000),
        asks: optional(field.text('提请决定', 'Asks', 500)),
        basis,
      }),
    },
  ),
] as const;

export const workKinds = byType([...fromAbove, ...reports]);
