import { byKind, column, field, form, optional, say } from '../fields.ts';
import { event, townships } from '../records/events/declare.ts';

export const disclosureEvents = byKind([
  // Broadcasting is another house's work: the record is the date, the talk's topics and where the recording stands.
  event(
    'tv-episode',
    say('“五星创建书记谈”专栏', 'Episode of the secretaries’ TV column'),
    ['city', 'county', ...townships],
    {
      roles: { guest: say('受访书记（单位）', 'Secretary interviewed') },
      openBelow: true,
      form: form({
        number: column(field.text('期次', 'Episode', 20)),
        topics: field.list('话题', 'Topics'),
        link: optional(field.text('回看链接', 'Link to the recording', 300)),
      }),
    },
  ),
]);
