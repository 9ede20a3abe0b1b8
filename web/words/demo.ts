import type { Dictionary } from './use.ts';

export const demoWords = {
  bar: { zh: '演示', en: 'Demo' },
  now: { zh: '演示时钟：{day}', en: 'Demo clock: {day}' },
  others: { zh: '其他单位完成本阶段工作', en: 'The others do their part' },
  everyone: { zh: '连同本人的村一起完成', en: 'Everyone, my villages too' },
  day: { zh: '时钟前移 1 天', en: 'One day on' },
  week: { zh: '前移 8 天', en: 'Eight days on' },
  done: { zh: '已有 {count} 个单位（人次）完成', en: '{count} units or people have done their part' },
  playing: { zh: '正在办理，请稍候…', en: 'At work, please wait …' },
  'try-title': { zh: '演示账号', en: 'Accounts to try' },
  'try-hint': { zh: '点选即可登录，密码均为 {password}', en: 'Choose one to sign in; the password is {password}' },
  as: { zh: '换个角色', en: 'Change role' },
} as const satisfies Dictionary;
