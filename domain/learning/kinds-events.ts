import { byKind, column, field, form, optional, say, unit } from '../fields.ts';
import { event, learningRoster, offices, townships, villages } from '../records/events/declare.ts';

const parts = { lecturer: say('授课人（单位）', 'Lecturer') };
const topic = column(field.text('专题', 'Topic'));
const hours = column(optional(field.decimal('学时', 'Hours', unit.hours)));
const costFen = optional(field.money('费用', 'Cost'));
const places = optional(field.list('地点', 'Places'));

export const learningEvents = byKind([
  event('training-programme', say('培训计划', 'Training programme'), ['city', 'county', ...townships, 'department'], {
    openBelow: true,
    form: form({
      audience: column(
        field.choice('培训对象', 'For', {
          'village-leaders': say('村主要干部', 'Village leaders'),
          'star-secretaries': say('五星、四星村支部书记', 'Secretaries of five- and four-star villages'),
          secretaries: say('支部书记', 'Branch secretaries'),
          'key-persons': say('创建关键人', 'Key persons'),
          cadres: say('机关干部', 'Cadres'),
          members: say('党员群众', 'Members and residents'),
        }),
      ),
      fullCoverage: column(field.flag('全覆盖计划', 'Meant to reach everybody on the roster')),
      standard: optional(field.text('要求', 'Standard')),
    }),
  }),
  event('training-batch', say('培训班次', 'Training batch'), ['city', 'county', ...townships, 'department'], {
    parents: ['training-programme'],
    roles: parts,
    roster: learningRoster,
    form: form({
      topic,
      hours,
      external: column(field.flag('外出培训', 'Held elsewhere')),
      host: optional(field.text('承办机构', 'Host', 100)),
      costFen,
    }),
  }),
  event('training-session', say('专题培训', 'Training session'), offices, {
    parents: ['training-programme'],
    roles: parts,
    roster: learningRoster,
    form: form({ topic, hours, feedback: optional(field.long('反馈', 'Feedback', 500)) }),
  }),
  event('study-tour', say('外出交流学习', 'Study tour'), ['city', 'county', ...townships, ...villages, 'task-force'], {
    roster: learningRoster,
    form: form({ destination: column(field.text('目的地', 'Destination', 100)), theme: topic, sites: places, costFen }),
  }),
  event('secretaries-forum', say('支部书记论坛', 'Forum of secretaries'), ['county', ...townships], {
    roles: { speaker: say('发言书记', 'Speaker') },
    openBelow: true,
    minuted: true,
    form: form({ theme: topic }),
  }),
  event(
    'star-lecture',
    say('专班分星授课', 'Lecture of a task force on its star'),
    ['county', ...townships, 'task-force'],
    {
      roles: { ...parts, 'task-force': say('授课专班', 'Lecturing task force') },
      roster: learningRoster,
      openBelow: true,
      form: form({ topic, hours, failures: optional(field.list('常见问题', 'Common failures')) }),
    },
  ),
  event('invited-lecture', say('“请进来”授课', 'Invited lecture'), ['county', ...townships, ...villages], {
    roles: parts,
    roster: learningRoster,
    form: form({ topic, hours, rating: optional(field.decimal('听课评分（0—100）', 'Rating (0–100)', unit.score)) }),
  }),
  event('touring-lecture', say('“先锋讲堂”送教下乡', 'Touring lecture'), [...townships, ...villages], {
    roles: parts,
    countsOthers: true,
    roster: learningRoster,
    form: form({ topic, requested: optional(field.list('点单课题', 'Topics asked for')) }),
  }),
  event('skills-course', say('党群技能培训', 'Skills course'), [...townships, ...villages], {
    roles: parts,
    countsOthers: true,
    roster: learningRoster,
    form: form({ topic, hours, employed: optional(field.whole('训后就业', 'Employed afterwards', unit.people)) }),
  }),
  event('job-training', say('就业培训', 'Job training'), ['county', ...townships, ...villages], {
    roles: parts,
    countsOthers: true,
    form: form({ topic, hours, trainer: optional(field.text('培训机构', 'Trainer', 100)) }),
  }),
  event('mutual-visit', say('结对互访', 'Mutual visit of paired units'), [...townships, ...villages], {
    roles: { visitor: say('来访单位', 'Visiting unit') },
    form: form({ lessons: optional(field.list('互鉴做法', 'Lessons')) }),
  }),
]);
