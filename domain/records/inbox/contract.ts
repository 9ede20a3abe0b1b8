import { z } from 'zod';
import { endpoint, pageQuery } from '../../contract.ts';
import { caseItem } from '../cases/contract.ts';

/**
 * 待办: waits for me · 已办: I took a step · 督办: pressed for by me or from me · 超期: past its day and mine to see to ·
 * 上报: past its day and carried up to a unit where I assign.
 */
export const inboxTabs = ['todo', 'done', 'supervised', 'overdue', 'escalated'] as const;
export type InboxTab = (typeof inboxTabs)[number];

/** Of a case under which many units are asked at once: how many there are, how many have answered and how many are late. */
const below = z.object({ of: z.int(), answered: z.int(), late: z.int() });

export const inboxItem = caseItem.extend({ below: below.nullable() });
export type InboxItem = z.infer<typeof inboxItem>;

/** Nobody works through more than this; counting stops here so that the page of a whole city is as quick as a village's. */
export const inboxCap = 1000;

const count = z.int().describe(`At most ${inboxCap}, which then means that many or more`);

export const inbox = {
  list: endpoint({
    name: 'inbox.list',
    method: 'GET',
    path: '/api/inbox',
    permission: 'session',
    summary: {
      zh: '我的待办、已办、督办、超期',
      en: 'What waits for me, what I did, what is pressed for, what is late',
    },
    query: pageQuery.extend({ tab: z.enum(inboxTabs).default('todo') }),
    reply: z.object({ items: z.array(inboxItem), total: count, capped: z.boolean() }),
  }),
  counts: endpoint({
    name: 'inbox.counts',
    method: 'GET',
    path: '/api/inbox/counts',
    permission: 'session',
    summary: { zh: '各栏数量与未读消息', en: 'How many there are in each tab, and unread notices' },
    reply: z.object({ todo: count, done: count, supervised: count, overdue: count, escalated: count, unread: z.int() }),
  }),
} as const;
