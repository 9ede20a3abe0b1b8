import { z } from 'zod';
import { endOf, period, startOf, yearBefore } from './periods.ts';

// Periods in which numbers are read: besides years, quarters and months also ISO weeks, the running year to date, and a
// planned year. Numbers are entered only for years, quarters and months.

const isoWeek = /^(19|20)\d\d-W(0[1-9]|[1-4]\d|5[0-3])$/;

/** `2026`, `2026Q3`, `2026-11`, `2026-W47`, `to-date`, `to-date:2026`, `planned:2027`. */
export const readPeriod = z.union([
  period,
  z.string().regex(isoWeek),
  z.string().regex(/^to-date(:(19|20)\d\d)?$/),
  z.string().regex(/^planned:(19|20)\d\d$/),
]);

/** What a period asks for: `toDate` takes what there is of the running year, a plain period all of its months. */
export interface Span {
  readonly period: string;
  readonly toDate: boolean;
  /** Of an earlier year that a running one is compared with: only what had come by the same day. */
  readonly until?: string;
}

/** The span of a period that was asked for; `today` is a day in China. */
export function spanOn(today: string, asked: string): Span {
  if (asked === 'to-date') return { period: today.slice(0, 4), toDate: true };
  if (asked.startsWith('to-date:')) return { period: asked.slice(8), toDate: true };
  if (asked.startsWith('planned:')) return { period: asked.slice(8), toDate: true };
  return { period: asked, toDate: false };
}

/** Monday of the ISO week: the week with the year's first Thursday is its first. */
function mondayOf(week: string): Date {
  const fourth = new Date(Date.UTC(Number(week.slice(0, 4)), 0, 4));
  const monday = fourth.getUTCDate() - ((fourth.getUTCDay() + 6) % 7);
  return new Date(Date.UTC(fourth.getUTCFullYear(), 0, monday + (Number(week.slice(6)) - 1) * 7));
}

const iso = (date: Date) => date.toISOString().slice(0, 10);

/** First day of a period that is read. */
export function firstDay(p: string): string {
  return isoWeek.test(p) ? iso(mondayOf(p)) : startOf(p);
}

/** Last day of a period that is read. */
export function lastDay(p: string): string {
  if (!isoWeek.test(p)) return endOf(p);
  const monday = mondayOf(p);
  return iso(new Date(monday.getTime() + 6 * 86_400_000));
}

export const isWeek = (p: string) => isoWeek.test(p);

/** The same span a year before; beside a year that still runs, up to the same day of the year. */
export function spanBefore(today: string, { period, toDate, until }: Span): Span {
  const earlier = { period: yearBefore(period), toDate };
  const at = until ?? (lastDay(period) > today && firstDay(period) <= today ? today : undefined);
  if (!toDate || at === undefined) return earlier;
  const day = `${Number(at.slice(0, 4)) - 1}${at.slice(4)}`;
  return { ...earlier, until: day.endsWith('02-29') ? day.replace('02-29', '02-28') : day };
}

/** The month that still runs on the day, of a period that began before it; null where the period has no such month. */
export function runningMonth({ period, until }: Span, today: string): Span | null {
  const day = until ?? today;
  const month = day.slice(0, 7);
  if (firstDay(period) >= firstDay(month) || day > lastDay(period)) return null;
  return { period: month, toDate: false, ...(until === undefined ? {} : { until }) };
}

/** How many weeks, months or quarters of the period have begun by the day. */
export function stretchesOf(p: string, every: 'week' | 'month' | 'quarter', day: string): number {
  const from = firstDay(p);
  const to = day < lastDay(p) ? day : lastDay(p);
  if (to < from) return 1;
  if (every === 'week') return Math.ceil((Date.parse(to) - Date.parse(from) + 86_400_000) / (7 * 86_400_000));
  const month = (d: string) => Number(d.slice(0, 4)) * 12 + Number(d.slice(5, 7)) - 1;
  const months = month(to) - month(from) + 1;
  return every === 'month' ? months : Math.ceil(months / 3);
}
