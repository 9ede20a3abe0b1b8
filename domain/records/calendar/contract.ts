import { z } from 'zod';
import { day as anyDay, endpoint, text } from '../../contract.ts';
import { maxWorkdays } from './rules.ts';

/** Days that a calendar of work can be about; it also bounds how much a question can make the server count. */
const day = anyDay.refine((d) => d >= '1990-01-01' && d <= '2100-12-31');
const year = z.coerce.number().int().min(1990).max(2100);

export const calendarDay = z.object({
  day,
  workday: z.boolean(),
  note: text(50, 0).default(''),
});
export type CalendarDay = z.infer<typeof calendarDay>;

export const calendarYear = z.object({
  year: z.int(),
  published: z.boolean().describe('False: the holidays of this year are not published yet, weekdays are assumed'),
  source: z.string().nullable(),
  workdays: z.int().describe('Workdays of the whole year as far as is known'),
  days: z.array(calendarDay).describe('Days that are not as Monday-to-Friday would have them, or have a note'),
});
export type CalendarYear = z.infer<typeof calendarYear>;

export const calendar = {
  year: endpoint({
    name: 'calendar.year',
    method: 'GET',
    path: '/api/calendar/years/:year',
    permission: 'session',
    summary: { zh: '年度工作日历（节假日与调休）', en: 'Holidays and make-up workdays of a year' },
    params: z.object({ year }),
    reply: calendarYear,
  }),
  count: endpoint({
    name: 'calendar.count',
    method: 'GET',
    path: '/api/calendar/workdays',
    permission: 'session',
    summary: { zh: '按工作日推算日期', en: 'The day some workdays after a day, or the workdays between two days' },
    query: z
      .object({ from: day, to: day.optional(), add: z.coerce.number().int().min(0).max(maxWorkdays).optional() })
      .refine((q) => (q.to === undefined) !== (q.add === undefined), { path: ['add'] }),
    reply: z.object({ from: z.string(), to: z.string(), workdays: z.int(), sure: z.boolean() }),
  }),
  setDay: endpoint({
    name: 'calendar.setDay',
    method: 'PUT',
    path: '/api/calendar/days/:day',
    permission: 'calendar.write',
    summary: { zh: '调整某日是否为工作日', en: 'Say whether a day is a workday' },
    params: z.object({ day }),
    body: calendarDay.omit({ day: true }),
    reply: calendarDay,
  }),
  publishYear: endpoint({
    name: 'calendar.publishYear',
    method: 'PUT',
    path: '/api/calendar/years/:year',
    permission: 'calendar.write',
    summary: { zh: '发布年度节假日安排', en: 'Publish the holidays of a year; they replace what was known' },
    params: z.object({ year }),
    body: z.object({
      source: text(200).describe('The notice the holidays come from'),
      days: z.array(calendarDay).max(120),
    }),
    reply: calendarYear,
  }),
} as const;
