import type { Said } from '../../words/use.ts';

/** What a journal entry is about. */
const kinds: Readonly<Record<string, Said>> = {
  user: { zh: '账号', en: 'Account' },
  unit: { zh: '单位', en: 'Unit' },
  person: { zh: '人员', en: 'Person' },
  assignment: { zh: '责任分工', en: 'Assignment' },
  standard: { zh: '评价标准', en: 'Standard' },
  fact: { zh: '数据', en: 'Fact' },
  case: { zh: '事项', en: 'Case' },
  judgement: { zh: '评分与意见', en: 'Judgement' },
  designation: { zh: '荣誉', en: 'Designation' },
  publication: { zh: '公开', en: 'Publication' },
  evidence: { zh: '佐证材料', en: 'Evidence' },
  calendar: { zh: '工作日历', en: 'Calendar' },
  job: { zh: '后台任务', en: 'Job' },
  instance: { zh: '系统', en: 'Instance' },
  book: { zh: '账本', en: 'Book' },
  entry: { zh: '账目', en: 'Ledger entry' },
  event: { zh: '活动与会议', en: 'Event' },
  agreement: { zh: '协议', en: 'Agreement' },
  subject: { zh: '名录', en: 'Registry entry' },
  'asked-field': { zh: '征询字段', en: 'Field to ask for' },
  series: { zh: '例会', en: 'Series' },
  feed: { zh: '日历订阅', en: 'Calendar address' },
  catalogue: { zh: '目录', en: 'Catalogue' },
  consent: { zh: '同意书', en: 'Consent' },
};

export const kindWords = (kind: string): Said => kinds[kind] ?? { zh: kind };

export const knownKinds = Object.keys(kinds);
