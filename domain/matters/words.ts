import { say } from '../fields.ts';

/** How it came in (M190, M244, M290). */
export const channels = {
  window: say('窗口', 'Window'),
  page: say('网上', 'Page'),
  phone: say('电话', 'Phone'),
  grid: say('网格', 'Grid'),
  council: say('议事会', 'Council'),
  chat: say('拉呱会', 'Chat'),
  visit: say('走访', 'Visit'),
  early: say('主动发现', 'Found early'),
} as const;
