import { byKind, column, field, form, optional, say, unit } from '../fields.ts';
import { event, townships, villages } from '../records/events/declare.ts';

export const economyEvents = byKind([
  event('technical-visit', say('技术指导', 'Technical visit'), villages, {
    countsOthers: true,
    form: form({
      agreement: optional(field.ref('所属协议', 'Agreement', { record: 'agreement', kinds: ['technical-guidance'] })),
      topic: column(field.text('指导内容', 'Topic')),
    }),
  }),
  event('members-assembly', say('合作社成员大会', 'Assembly of a cooperative'), [...townships, ...villages], {
    minuted: true,
    form: form({
      cooperative: field.ref('合作社', 'Cooperative', { record: 'subject', kinds: ['cooperative'] }),
      households: column(optional(field.whole('到会户数', 'Households present', unit.households))),
    }),
  }),
]);
