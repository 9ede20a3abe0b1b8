import { z } from 'zod';
import { endpoint, id, moment, pageQuery, queryFlag } from '../../contract.ts';

export const notice = z.object({
  id: z.string(),
  kind: z.string(),
  words: z.object({ zh: z.string(), en: z.string() }),
  subjectKind: z.string(),
  subjectId: z.string(),
  at: moment,
  readAt: moment.nullable(),
});
export type Notice = z.infer<typeof notice>;

export const notices = {
  list: endpoint({
    name: 'notices.list',
    method: 'GET',
    path: '/api/notices',
    permission: 'session',
    summary: { zh: '我的消息', en: 'My notices, newest first' },
    query: pageQuery.extend({ unread: queryFlag.optional() }),
    reply: z.object({ items: z.array(notice), total: z.int(), unread: z.int() }),
  }),
  read: endpoint({
    name: 'notices.read',
    method: 'POST',
    path: '/api/notices/read',
    permission: 'session',
    summary: { zh: '标为已读', en: 'Mark notices as read; all of mine when none is named' },
    body: z.object({ ids: z.array(id).max(200).optional() }),
    reply: z.object({ read: z.int() }),
  }),
} as const;
