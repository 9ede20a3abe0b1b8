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
  // Who was let look, by which law and for what: never what was seen (M301).
  event('footage-access', say('调阅监控登记', 'Access to camera footage'), [...villages, 'estate', 'grid'], {
    noFiles: true,
    form: form({
      camera: field.ref('摄像头', 'Camera', { record: 'subject', kinds: ['camera'] }),
      asker: column(
        field.choice('调阅单位', 'Asked by', {
          police: say('公安机关', 'Police'),
          court: say('检察院、法院', 'Procuratorate or court'),
          emergency: say('应急、消防', 'Emergency or fire service'),
          affected: say('本人（监护人）', 'The person shown or their guardian'),
          keeper: say('管理单位', 'The keeper'),
        }),
      ),
      purpose: column(field.text('事由', 'Purpose', 200)),
      basis: field.text('依据文书', 'Paper it rests on', 200),
      copied: column(field.flag('已复制带走', 'A copy was taken')),
    }),
  }),
  event('fire-drill', say('消防演练', 'Fire drill'), [...villages, 'estate'], {
    countsOthers: true,
    form: form({ station: field.ref('微型消防站', 'Fire station', { record: 'subject', kinds: ['fire-station'] }) }),
  }),
]);
