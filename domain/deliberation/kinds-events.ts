import { byKind, column, field, form, optional, say, unit } from '../fields.ts';
import { event, local, openMattersItem, townships, villages } from '../records/events/declare.ts';

export const deliberationEvents = byKind([
  event('council-session', say('“红色议事厅”议事', 'Council session'), local, {
    roles: { host: say('主持', 'Chair'), council: say('议事会', 'Council') },
    countsOthers: true,
    minuted: true,
    standing: [openMattersItem],
    form: form({ topic: column(field.text('议题', 'Topic')) }),
  }),
  event('chat', say('“社区拉呱会”', 'Chat with residents'), local, {
    countsOthers: true,
    form: form({ topics: optional(field.list('话题', 'Topics')) }),
  }),
  event('participation', say('群众参与活动', 'Activity that residents joined'), local, {
    countsOthers: true,
    roster: form({ hours: optional(field.decimal('参与时长', 'Hours', unit.hours)) }),
    form: form({ achieved: optional(field.text('成效', 'What it achieved', 300)) }),
  }),
  event('customs-activity', say('移风易俗（乡风文明）活动', 'Customs activity'), [...townships, ...villages], {
    countsOthers: true,
    form: form({ topic: column(field.text('主题', 'Topic')) }),
  }),
]);
