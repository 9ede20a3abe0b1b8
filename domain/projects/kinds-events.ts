import { byKind, column, field, form, optional, say, unit } from '../fields.ts';
import { event, villages } from '../records/events/declare.ts';

export const projectEvents = byKind([
  event('site-inspection', say('工程质量安全检查', 'Inspection of a work'), [...villages, 'estate'], {
    roles: { supervisor: say('群众监督员', 'Resident supervisor') },
    form: form({
      project: field.ref('项目', 'Project', { record: 'case' }),
      defects: optional(field.list('问题', 'Defects')),
      // Zero counts only where somebody looked and signed (M344).
      accidents: column(field.whole('安全事故', 'Accidents', unit.count)),
      disputes: column(field.whole('未化解矛盾', 'Disputes open', unit.count)),
    }),
  }),
  event('hall-visit', say('村史馆参观', 'Visit of the history hall'), villages, {
    countsOthers: true,
    form: form({ hall: field.ref('村史馆', 'Hall', { record: 'subject', kinds: ['history-hall'] }) }),
  }),
]);
