import type { OutgoingHttpHeaders } from 'node:http';
import { jobs, news } from '../../../domain/records/jobs/index.ts';
import { notFound } from '../errors.ts';
import { type Route, route } from '../http/routes.ts';
import { streamNews } from '../news.ts';
import type { Services } from '../services.ts';
import { findJob, listJobs } from './store.ts';

const noJob = notFound({ zh: '该任务', en: 'job' });

export function jobRoutes(services: () => Pick<Services, 'news'>): Route[] {
  return [
    route(jobs.list, (rq, { query }) => listJobs(rq, query)),
    route(jobs.get, async (rq, { params }) => {
      const job = await findJob(rq, params.id);
      if (!job) throw noJob;
      return job;
    }),
    route(
      news.stream,
      async (rq, _input, { reply }) => {
        // From here on the answer is ours: it stays open.
        reply.hijack();
        streamNews(services().news, rq.actor.scopes, reply.raw, reply.getHeaders() as OutgoingHttpHeaders);
      },
      { loose: true },
    ),
  ];
}
