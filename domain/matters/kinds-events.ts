import { byKind, column, field, form, optional, say, unit } from '../fields.ts';
import { event, local, townships, villages } from '../records/events/declare.ts';

const reach = optional(field.whole('覆盖人数', 'Reached', unit.people));
const material = optional(field.text('宣传材料', 'Material', 200));

export const matterEvents = byKind([
  event('legal-education', say('法治宣传教育', 'Legal education'), ['county', ...local], {
    countsOthers: true,
    form: form({ topic: column(field.text('主题', 'Topic')), material }),
  }),
  event('fraud-campaign', say('反诈宣传', 'Anti-fraud campaign'), ['county', ...local], {
    countsOthers: true,
    form: form({ material, reach }),
  }),
  event('sweep', say('“盲区死角”专项行动', 'Sweep of blind spots'), [...townships, ...villages, 'estate', 'grid'], {
    form: form({
      areas: field.list('清单区域', 'Areas'),
      spots: column(optional(field.whole('发现点位', 'Spots found', unit.count))),
      cleared: column(optional(field.whole('已清理点位', 'Spots cleared', unit.count))),
    }),
  }),
  event('fire-drill', say('消防演练', 'Fire drill'), [...villages, 'estate'], {
    countsOthers: true,
    form: form({ station: field.ref('微型消防站', 'Fire station', { record: 'subject', kinds: ['fire-station'] }) }),
  }),
]);
