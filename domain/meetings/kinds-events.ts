import { byKind, column, field, form, optional, say, unit } from '../fields.ts';
import {
  creationItem,
  event,
  forceReportItem,
  offices,
  newProblemsItem,
  openDecisionsItem,
  openMattersItem,
  openProblemsItem,
  overdueItem,
  redItem,
  townships,
  villages,
} from '../records/events/declare.ts';

const speaker = { speaker: say('发言单位（人）', 'Speaker'), host: say('主持', 'Chair') };
const chair = { host: say('主持', 'Chair') };
const committees = ['city', 'county', ...townships] as const;

export const meetingEvents = byKind([
  event('symposium', say('座谈会', 'Symposium'), ['city', 'county', ...townships], {
    roles: speaker,
    minuted: true,
    openBelow: true,
    form: form({
      theme: column(field.text('主题', 'Theme')),
      slots: optional(field.list('发言次序', 'Order of speakers')),
    }),
  }),
  event('leadership-meeting', say('班子会议', 'Leadership meeting'), committees, {
    roles: { ...chair, reporter: say('汇报专班', 'Reporting task force') },
    standing: [creationItem, forceReportItem, overdueItem],
    minuted: true,
    series: { every: 'month', times: 2 },
  }),
  event('standing-committee', say('常委会会议', 'Standing-committee meeting'), ['city', 'county'], {
    roles: { ...chair, reporter: say('汇报单位', 'Reporting unit') },
    standing: [creationItem],
    minuted: true,
    series: { every: 'month', times: 1 },
  }),
  event('progress-report', say('创建工作汇报会', 'Progress report to the committee'), committees, {
    roles: { ...chair, reporter: say('汇报单位', 'Reporting unit') },
    standing: [creationItem],
    minuted: true,
    series: { every: 'quarter', times: 1 },
    form: form({ guidance: optional(field.list('指导意见', 'Guidance given')) }),
  }),
  event('weekly-consultation', say('每周联合会商', 'Weekly joint consultation'), villages, {
    roles: chair,
    // All levels that contract a village sit together (M028).
    expects: ['county-leader', 'village-leader', 'contact-cadre', 'branch-secretary', 'village-cadre'],
    standing: [openDecisionsItem, redItem, newProblemsItem, openProblemsItem, openMattersItem],
    minuted: true,
    series: { every: 'week', times: 1 },
  }),
  event('periodic-consultation', say('定期会商', 'Recurring consultation'), offices, {
    roles: chair,
    standing: [openProblemsItem, overdueItem],
    minuted: true,
    series: { every: 'month', times: 1 },
  }),
  event(
    'joint-consultation',
    say('专班联席会商', 'Joint consultation of task forces'),
    ['county', ...townships, 'task-force'],
    {
      roles: { ...chair, 'task-force': say('专班', 'Task force') },
      standing: [openProblemsItem],
      minuted: true,
      // How often is a parameter of each series; twice a month is only where it begins.
      series: { every: 'month', times: 2 },
    },
  ),
  event('monthly-meeting', say('基层党建例会', 'Monthly on-site meeting'), [...committees, ...villages], {
    roles: { ...chair, host: say('承办单位', 'Hosting unit') },
    standing: [{ key: 'tour', words: say('实地观摩', 'On-site tour') }, creationItem],
    minuted: true,
    series: { every: 'month', times: 1 },
    openBelow: true,
    // Whoever comes finds at least one gap of the own unit against the host (M142).
    roster: form({ gap: optional(field.text('本单位差距', 'Gap of the own unit', 300)) }),
  }),
  event('dispatch-meeting', say('调度会', 'Dispatch meeting'), offices, {
    roles: chair,
    standing: [overdueItem],
    minuted: true,
    series: { every: 'month', times: 1 },
  }),
  event('review-meeting', say('点评总结会', 'Review meeting'), offices, {
    roles: chair,
    minuted: true,
    series: { every: 'month', times: 1 },
    openBelow: true,
  }),
  event('commendation-meeting', say('表彰大会', 'Commendation meeting'), ['city', 'county', ...townships], {
    roles: { ...speaker, honoured: say('受表彰单位', 'Honoured unit') },
    openBelow: true,
  }),
  event('observation-round', say('观摩轮次', 'Observation round'), ['city', 'county', ...townships, 'task-force'], {
    verb: 'cases.assign',
    roles: { observer: say('观摩人员', 'Observer') },
    series: { every: 'quarter', times: 1 },
    openBelow: true,
    form: form({ route: optional(field.list('路线', 'Route', 200)) }),
  }),
  event('observation-visit', say('观摩点位', 'Visit of an observation round'), villages, {
    parents: ['observation-round'],
    roles: { observer: say('观摩人员', 'Observer') },
    form: form({
      findings: optional(field.list('发现问题', 'Findings')),
      strengths: optional(field.list('可借鉴做法', 'What can be copied')),
    }),
  }),
  event('supervision-round', say('督导轮次', 'Supervision round'), ['city', 'county', ...townships], {
    verb: 'cases.assign',
    roles: { supervisor: say('督导人员', 'Supervisor') },
    form: form({ items: field.list('督导内容', 'Items checked') }),
  }),
  event('supervision-visit', say('督导检查', 'Supervision visit'), [...townships, ...villages], {
    parents: ['supervision-round'],
    roles: { supervisor: say('督导人员', 'Supervisor') },
    form: form({ findings: optional(field.list('发现问题', 'Findings')) }),
  }),
  event('unannounced-check', say('一线随访', 'Unannounced check'), [...townships, ...villages, 'estate', 'grid'], {
    roles: { supervisor: say('走访人员', 'Visitor') },
    form: form({ findings: optional(field.list('发现问题', 'Findings')) }),
  }),
  event('committee-session', say('村（居）“两委”会议', 'Session of the two committees'), villages, {
    roles: { ...chair, proposer: say('提出人', 'Proposer') },
    standing: [openMattersItem],
    minuted: true,
  }),
  event('members-meeting', say('党员大会（支委会）', 'Meeting of members'), [...villages, 'branch', 'estate'], {
    roles: chair,
    minuted: true,
    series: { every: 'month', times: 1 },
  }),
  event('contest-round', say('评比轮次', 'Round of a contest'), ['county', ...townships], {
    verb: 'cases.assign',
    roles: { judge: say('评委', 'Judge') },
    openBelow: true,
    form: form({
      aspects: field.items('评比内容', 'Compared', 'contest-aspect'),
      entrants: optional(field.whole('参评村', 'Entrants', unit.count)),
    }),
  }),
]);
