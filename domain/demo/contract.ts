import { z } from 'zod';
import { endpoint, id, moment } from '../contract.ts';

/**
 * What exists only in the demo: accounts to try, a clock that can be moved on (nobody waits five workdays to see a naming),
 * and the other branches doing their part. A production instance has none of these addresses.
 */
export const demo = {
  show: endpoint({
    name: 'demo.show',
    method: 'GET',
    path: '/api/demo',
    permission: 'public',
    summary: { zh: '演示：可用账号与演示时钟', en: 'Demo: accounts to try and the demo clock' },
    reply: z.object({
      now: moment,
      password: z.string(),
      accounts: z.array(
        z.object({
          login: z.string(),
          role: z.object({ zh: z.string(), en: z.string() }),
        }),
      ),
    }),
  }),
  clock: endpoint({
    name: 'demo.clock',
    method: 'POST',
    path: '/api/demo/clock',
    permission: 'session',
    summary: { zh: '演示：时钟前移若干天', en: 'Demo: move the clock on by some days' },
    body: z.object({ days: z.int().min(1).max(60) }),
    reply: z.object({ now: moment }),
  }),
  others: endpoint({
    name: 'demo.others',
    method: 'POST',
    path: '/api/demo/others',
    permission: 'session',
    summary: { zh: '演示：其他单位完成本阶段工作', en: 'Demo: all other units do their part of this stage' },
    body: z.object({ cycleId: id, everyone: z.boolean().default(false).describe('The visitor’s own villages too') }),
    reply: z.object({ done: z.int().describe('Units that did something') }),
  }),
} as const;
