import type { Dictionary } from './use.ts';

export const journalWords = {
  title: { zh: '操作台账', en: 'Journal' },
  lead: {
    zh: '每一次修改和每一次查看个人信息都在这里，只能追加，不能改动或删除。',
    en: 'Every change and every read of personal fields stands here; it only grows.',
  },
  at: { zh: '时间', en: 'When' },
  who: { zh: '操作人', en: 'Who' },
  what: { zh: '操作', en: 'What' },
  subject: { zh: '对象', en: 'Record' },
  unit: { zh: '单位', en: 'Unit' },
  sealed: { zh: '已封存', en: 'sealed' },
  unsealed: { zh: '待封存', en: 'not sealed yet' },
  platform: { zh: '系统', en: 'The platform' },
  seal: { zh: '封存', en: 'Seal' },
  details: { zh: '变化', en: 'Change' },
  before: { zh: '原', en: 'Before' },
  after: { zh: '现', en: 'After' },
  field: { zh: '字段', en: 'Field' },
  actor: { zh: '操作人姓名', en: 'Name of who did it' },
  kind: { zh: '对象类型', en: 'Kind of record' },
  from: { zh: '起', en: 'From' },
  to: { zh: '止', en: 'To' },
  older: { zh: '更早', en: 'Older' },
  newest: { zh: '回到最新', en: 'Back to the newest' },
  none: { zh: '没有符合条件的记录', en: 'No entries match' },
} as const satisfies Dictionary;
