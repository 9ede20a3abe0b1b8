import type { Dictionary } from './use.ts';

export const pointWords = {
  title: { zh: '我的积分', en: 'My points' },
  lead: {
    zh: '只显示本人和本户的积分，别人看不到；积分只凭自愿参与获得，只能兑换课程和物品，与任何权利和公共服务无关。',
    en: 'Your own and your household’s alone; nobody else sees them. Points come from taking part and buy courses and goods; no right or public service depends on them.',
  },
  none: { zh: '您和您的住户还没有积分账户', en: 'You and your household have no points account yet' },
  'none-hint': {
    zh: '住户积分须由住户书面同意关联您的账号，请到村（社区）办理；随时可以撤回。',
    en: 'For the points of a household it has to agree that they are shown to you; the village records that, and it can be withdrawn at any time.',
  },
  person: { zh: '本人', en: 'My own' },
  household: { zh: '本户', en: 'My household' },
  balance: { zh: '现有积分', en: 'Points now' },
  granted: { zh: '累计获得', en: 'Earned in all' },
  spent: { zh: '累计使用', en: 'Used in all' },
  movements: { zh: '积分变动', en: 'Movements' },
  day: { zh: '日期', en: 'Day' },
  text: { zh: '事由', en: 'What for' },
  purpose: { zh: '类别', en: 'Kind' },
  amount: { zh: '变动', en: 'Change' },
  after: { zh: '变动后', en: 'Afterwards' },
  correction: { zh: '更正', en: 'correction' },
  incomes: { zh: '本户从村里得到的收入', en: 'What my household received from the village' },
  'incomes-note': {
    zh: '由村集体、合作社和工程账簿汇总，应本户要求显示，也不用于任何评价。这里只有您能看到；本户另行书面同意公开的实例除外。',
    en: 'Added up from the books of the collective, the cooperatives and the works, because your household asked for it; nothing of it is judged. Only you see it here; published is only what your household agreed to in writing as an example.',
  },
  year: { zh: '年份', en: 'Year' },
  total: { zh: '合计（元）', en: 'Total (CNY)' },
  payments: { zh: '最近到账', en: 'Last payments' },
  book: { zh: '账簿', en: 'Book' },
  yuan: { zh: '金额（元）', en: 'Amount (CNY)' },
  together: { zh: '与他人一同登记', en: 'recorded together with others' },
} as const satisfies Dictionary;
