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
  event('waste-collection', say('垃圾清运', 'Waste collection'), [...villages, 'estate'], {
    form: form({
      facility: field.ref('投放点（设施）', 'Sorting point', { record: 'subject', kinds: ['waste-facility'] }),
      kg: column(field.decimal('清运量', 'Collected', unit.kg)),
      sortedKg: column(optional(field.decimal('其中分类收运', 'Of it sorted', unit.kg))),
      hazardousKg: optional(field.decimal('其中有害垃圾', 'Of it hazardous', unit.kg)),
    }),
  }),
  // Places are looked at, and never who threw away what (M304).
  event('sorting-check', say('垃圾分类检查', 'Check of waste sorting'), villages, {
    form: form({
      points: column(field.whole('检查的投放点', 'Points checked', unit.count, { min: 1 })),
      right: column(field.whole('分类正确点位', 'Points sorted right', unit.count)),
      findings: optional(field.list('问题（点位）', 'Findings, of places')),
    }),
  }),
  event('hall-visit', say('村史馆参观', 'Visit of the history hall'), villages, {
    countsOthers: true,
    form: form({ hall: field.ref('村史馆', 'Hall', { record: 'subject', kinds: ['history-hall'] }) }),
  }),
]);
