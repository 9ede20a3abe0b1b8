import { byKind, column, field, form, optional, say, unit } from '../fields.ts';
import { subject } from '../records/subjects/declare.ts';

export const deliberationSubjects = byKind([
  subject(
    'council',
    say('议事会', 'Council'),
    ['village', 'community', 'estate', 'grid', 'branch'],
    form({
      level: column(
        field.choice('层级', 'Level', {
          community: say('社区（村）', 'Community'),
          grid: say('网格', 'Grid'),
          branch: say('支部（小区）', 'Branch'),
        }),
      ),
      members: column(field.whole('成员', 'Members', unit.people)),
      rules: optional(field.long('议事规则', 'Rules', 500)),
    }),
    { parents: ['council'] },
  ),
  // Named by a number; the name stays under the resident's own consent.
  subject(
    'active-resident',
    say('热心居民', 'Active resident'),
    ['village', 'community', 'estate', 'grid'],
    form({ interests: field.list('愿意参与', 'Interests') }),
    {
      code: say('编号', 'Number'),
      personal: { name: say('姓名', 'Name'), phone: say('联系电话', 'Phone') },
    },
  ),
]);
