import { z } from 'zod';
import { day, endpoint, id, moment, pageOf, pageQuery, queryFlag, text, unitId } from '../../contract.ts';
import { rhythms } from './periods.ts';

const words = z.object({ zh: z.string(), en: z.string() });
const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

export const seriesItem = z.object({
  id: z.string(),
  kind: z.string(),
  kindWords: words,
  unitId: z.int(),
  unitName: z.string(),
  title: z.string(),
  every: z.enum(rhythms),
  times: z.int(),
  fromDay: z.string(),
  toDay: z.string().nullable(),
  star: z.string().nullable(),
  version: z.int(),
});
export type SeriesItem = z.infer<typeof seriesItem>;

export const periodStatus = z.object({
  key: z.string().describe('2026-W09, 2026-03, 2026Q1 or 2026'),
  first: z.string(),
  last: z.string(),
  due: z.int(),
  held: z.int(),
  planned: z.int(),
  cancelled: z.int(),
  state: z.enum(['met', 'running', 'skipped', 'ahead', 'not-due']),
});

export const seriesView = seriesItem.extend({
  periods: z.array(periodStatus),
  due: z.int().describe('Held events owed in the periods shown that are over'),
  held: z.int().describe('Of those periods'),
  skipped: z.array(z.string()).describe('Keys of periods that were not met'),
});

const byId = z.object({ id });
const rhythm = {
  title: text(200),
  every: z.enum(rhythms),
  times: z.int().min(1).max(31),
};

export const eventSeries = {
  list: endpoint({
    name: 'eventSeries.list',
    method: 'GET',
    path: '/api/event-series',
    permission: 'records.read',
    summary: { zh: '周期性活动（会议）', en: 'Series of events' },
    query: pageQuery.extend({
      under: unitId.optional(),
      kind: name.optional(),
      running: queryFlag.optional().describe('Only those that have not ended'),
    }),
    reply: pageOf(seriesItem),
  }),
  get: endpoint({
    name: 'eventSeries.get',
    method: 'GET',
    path: '/api/event-series/:id',
    permission: 'records.read',
    summary: {
      zh: '周期完成情况（哪些周、月未召开）',
      en: 'A series with the weeks or months that were met or skipped',
    },
    params: byId,
    query: z.object({ from: day.optional(), to: day.optional() }),
    reply: seriesView,
  }),
  start: endpoint({
    name: 'eventSeries.start',
    method: 'POST',
    path: '/api/event-series',
    permission: 'session',
    summary: { zh: '建立周期性活动', en: 'Start a series' },
    body: z.object({
      kind: name,
      unitId,
      title: text(200).optional(),
      every: z.enum(rhythms).optional(),
      times: z.int().min(1).max(31).optional(),
      fromDay: day,
      toDay: day.optional(),
      star: text(64).optional(),
    }),
    reply: seriesItem,
  }),
  change: endpoint({
    name: 'eventSeries.change',
    method: 'PATCH',
    path: '/api/event-series/:id',
    permission: 'session',
    summary: { zh: '修改或结束周期性活动', en: 'Change or end a series' },
    params: byId,
    body: z.object({
      title: rhythm.title.optional(),
      times: rhythm.times.optional(),
      toDay: day.nullable().optional(),
      version: z.int().positive().optional(),
    }),
    reply: seriesItem,
  }),
} as const;

export const eventFeeds = {
  list: endpoint({
    name: 'eventFeeds.list',
    method: 'GET',
    path: '/api/event-feeds',
    permission: 'session',
    summary: { zh: '我的日历订阅地址', en: 'My calendar addresses' },
    reply: z.object({
      items: z.array(z.object({ id: z.string(), title: z.string(), createdAt: moment, lastReadAt: moment.nullable() })),
    }),
  }),
  create: endpoint({
    name: 'eventFeeds.create',
    method: 'POST',
    path: '/api/event-feeds',
    permission: 'session',
    summary: { zh: '生成日历订阅地址（只显示一次）', en: 'Make a calendar address; it is shown once' },
    body: z.object({ title: text(60) }),
    reply: z.object({ id: z.string(), path: z.string() }),
  }),
  revoke: endpoint({
    name: 'eventFeeds.revoke',
    method: 'DELETE',
    path: '/api/event-feeds/:id',
    permission: 'session',
    summary: { zh: '作废日历订阅地址', en: 'Revoke a calendar address' },
    params: byId,
    reply: z.object({}),
  }),
  read: endpoint({
    name: 'eventFeeds.read',
    method: 'GET',
    path: '/api/event-feeds/:token/calendar.ics',
    permission: 'public',
    summary: { zh: '日历（iCalendar）', en: 'The calendar behind a secret address, for calendar programs' },
    params: z.object({ token: z.string().regex(/^[\w-]{43}$/) }),
    reply: z.unknown(),
    raw: true,
  }),
} as const;
