import type { Dictionary } from './use.ts';

export const overviewWords = {
  title: { zh: '总览', en: 'Overview' },
  lead: {
    zh: '星级、收入、项目和任务，一页看全；主要数据和任务数可点开看由哪些记录得来。',
    en: 'Stars, income, works and tasks on one page; main figures and counts of tasks open to what was counted.',
  },
  wall: { zh: '大屏', en: 'Wall screen' },
  back: { zh: '返回总览', en: 'Back to the overview' },
  figures: { zh: '主要数据', en: 'Main figures' },
  figure: { zh: '指标', en: 'Figure' },
  waits: { zh: '有新变动，正在重新计算', en: 'Something has changed; it is being counted again' },
  counted: { zh: '统计于 {at}', en: 'Counted {at}' },
  lights: { zh: '任务与问题', en: 'Tasks and problems' },
  tasks: { zh: '任务', en: 'Tasks' },
  problems: { zh: '问题', en: 'Problems' },
  red: { zh: '已逾期', en: 'Overdue' },
  yellow: { zh: '临期', en: 'Due soon' },
  green: { zh: '正常', en: 'On time' },
  open: { zh: '未办结', en: 'Open' },
  kind: { zh: '清单', en: 'List' },
  'no-cycle': { zh: '还没有创建周期', en: 'No cycle has been opened yet' },
} as const satisfies Dictionary;
