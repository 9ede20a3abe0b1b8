import { z } from 'zod';
import { endpoint, id, moment, pageOf, pageQuery } from '../../contract.ts';

export const jobStates = ['waiting', 'running', 'done', 'failed'] as const;

export const job = z.object({
  id,
  kind: z.string(),
  state: z.enum(jobStates),
  phase: z.string().nullable().describe('What it is doing now, a word of its kind'),
  done: z.int(),
  total: z.int().describe('0 while it is not known'),
  result: z.unknown().nullable(),
  error: z.string().nullable().describe('Why it failed, in the language of whoever started it'),
  createdAt: moment,
  startedAt: moment.nullable(),
  finishedAt: moment.nullable(),
});
export type Job = z.infer<typeof job>;

export const jobs = {
  list: endpoint({
    name: 'jobs.list',
    method: 'GET',
    path: '/api/jobs',
    permission: 'session',
    summary: { zh: '我发起的后台任务', en: 'Background jobs that I started' },
    query: pageQuery.extend({ kind: z.string().max(60).optional() }),
    reply: pageOf(job),
  }),
  get: endpoint({
    name: 'jobs.get',
    method: 'GET',
    path: '/api/jobs/:id',
    permission: 'session',
    summary: { zh: '后台任务的进度和结果', en: 'Progress and result of a background job' },
    params: z.object({ id }),
    reply: job,
  }),
} as const;

export const news = {
  stream: endpoint({
    name: 'news.stream',
    method: 'GET',
    path: '/api/news',
    permission: 'session',
    summary: { zh: '实时消息（服务器推送）', en: 'Live news, as server-sent events' },
    reply: z.unknown(),
    raw: true,
  }),
} as const;
