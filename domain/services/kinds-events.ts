import { byKind, column, field, form, optional, say, unit } from '../fields.ts';
import { event, local, serviceRoster, townships, villages } from '../records/events/declare.ts';

const served = column(field.whole('服务人次', 'Person-times served', unit.times));
const theme = column(optional(field.text('主题', 'Theme')));
const county = ['county', ...local] as const;
const organiser = optional(field.text('组织单位', 'Organiser', 100));
const group = optional(field.item('服务群体', 'Group', 'service-group'));

/** Residents come as heads, never as names; who serves is on the roster with hours. */
export const serviceEvents = byKind([
  event('joint-activity', say('共建活动', 'Joint activity'), local, {
    roles: { partner: say('共建单位', 'Partner') },
    countsOthers: true,
    form: form({ theme }),
  }),
  event('volunteer-service', say('志愿服务活动', 'Volunteer service'), local, {
    countsOthers: true,
    roster: serviceRoster,
    form: form({
      type: column(
        field.choice('类别', 'Type', {
          haircut: say('理发', 'Haircuts'),
          shoes: say('修鞋', 'Shoe repair'),
          sewing: say('缝纫', 'Sewing'),
          appliance: say('家电维修', 'Repairs'),
          environment: say('环境整治', 'Environment'),
          school: say('护学', 'School crossing'),
          visiting: say('走访陪伴', 'Visiting'),
          policy: say('政策宣讲', 'Policy'),
          other: say('其他', 'Other'),
        }),
      ),
      served,
      group,
    }),
  }),
  event('neighbours-day', say('社区“亲邻日”', 'Neighbours’ day'), local, {
    countsOthers: true,
    series: { every: 'month', times: 1 },
    form: form({ theme, topics: optional(field.list('居民提出的话题', 'Topics raised')) }),
  }),
  event('station-theme', say('实践站月度主题', 'Theme of a station’s month'), ['county', ...townships, ...villages], {
    series: { every: 'month', times: 1 },
    form: form({
      station: field.ref('实践站', 'Station', { record: 'subject', kinds: ['practice-station'] }),
      month: field.period('月份', 'Month'),
    }),
  }),
  event('station-activity', say('实践站活动', 'Activity of a station'), ['county', ...townships, ...villages], {
    countsOthers: true,
    roster: serviceRoster,
    series: { every: 'week', times: 1 },
    form: form({ station: field.ref('实践站', 'Station', { record: 'subject', kinds: ['practice-station'] }), theme }),
  }),
  event('opera-show', say('“送戏下乡”', 'Touring opera'), ['county', ...townships, ...villages], {
    countsOthers: true,
    form: form({ troupe: column(field.text('演出团体', 'Troupe', 100)) }),
  }),
  event('show', say('文艺汇演', 'Show'), county, { countsOthers: true, form: form({ organiser }) }),
  event('sports', say('趣味运动会', 'Fun sports'), county, { countsOthers: true, form: form({ organiser }) }),
  event('festival', say('传统节日活动', 'Festival'), county, {
    countsOthers: true,
    form: form({ festival: column(field.text('节日', 'Festival', 40)), organiser }),
  }),
  event('children-session', say('亲子（儿童）活动', 'Children’s session'), local, {
    countsOthers: true,
    form: form({
      type: column(
        field.choice('类别', 'Type', {
          parenting: say('亲子教育', 'Parenting'),
          reading: say('阅读', 'Reading'),
          science: say('科普', 'Science'),
          care: say('课后托管', 'After-school care'),
        }),
      ),
    }),
  }),
  event('shift', say('志愿岗班次', 'Shift of a volunteer post'), local, {
    roster: serviceRoster,
    form: form({
      project: field.ref('志愿项目', 'Project', { record: 'subject', kinds: ['volunteer-project'] }),
      post: field.text('岗位', 'Post', 60),
    }),
  }),
  event('venue-session', say('场地使用', 'Use of a venue'), local, {
    countsOthers: true,
    form: form({
      group: optional(field.text('使用团体', 'Group', 100)),
      minutes: column(field.whole('使用时长', 'Used for', say('分钟', 'minutes'))),
    }),
  }),
  event('facility-inspection', say('设施检查', 'Inspection of a facility'), [...townships, ...villages, 'estate'], {
    form: form({
      facility: field.ref('设施', 'Facility', { record: 'subject' }),
      passed: column(field.flag('合格', 'Passed')),
      findings: optional(field.list('问题', 'Findings')),
    }),
  }),
]);
