import * as rules from '../../../domain/records/calendar/index.ts';
import type { CalendarDay, CalendarYear } from '../../../domain/records/calendar/index.ts';
import { check, forbidden } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { type Rq, system } from '../../platform/rq.ts';
import * as store from './store.ts';

/** What is known about workdays from one day to another. */
async function calendarOf(rq: Rq, from: string, to: string): Promise<rules.Calendar> {
  const exceptions = new Map<string, boolean>();
  const published = new Set<number>();
  for (const row of await store.loadSpan(rq, from < to ? from : to, from < to ? to : from)) {
    if (row.day !== null) exceptions.set(row.day, row.workday);
    if (row.year !== null) published.add(row.year);
  }
  return { exceptions, published };
}

/** The n-th workday after a day; `sure` is false when a year in between has no published holidays. */
export async function addWorkdays(rq: Rq, day: string, n: number): Promise<{ day: string; sure: boolean }> {
  // Even a fortnight of holidays around every week would not make n workdays last longer than this.
  return rules.addWorkdays(await calendarOf(rq, day, rules.nextDay(day, n * 3 + 30)), day, n);
}

/** The latest day with so many workdays after it, up to and including this one. */
export async function workdaysBack(rq: Rq, day: string, n: number): Promise<{ day: string; sure: boolean }> {
  return rules.workdaysBack(await calendarOf(rq, rules.nextDay(day, -(n * 3 + 30)), day), day, n);
}

/** Workdays after `from` up to and including `to`; negative when `to` lies before. */
export async function workdaysBetween(rq: Rq, from: string, to: string): Promise<{ count: number; sure: boolean }> {
  return rules.workdaysBetween(await calendarOf(rq, from, to), from, to);
}

export async function showYear(rq: Rq, year: number): Promise<CalendarYear> {
  const first = `${year}-01-01`;
  const last = `${year}-12-31`;
  const [days, years] = [await store.listDays(rq, first, last), await store.listYears(rq)];
  const known = years.find((y) => y.year === year);
  const exceptions = new Map(days.map((d) => [d.day, d.workday]));
  const { count } = rules.workdaysBetween({ exceptions, published: new Set() }, `${year - 1}-12-31`, last);
  return { year, published: known !== undefined, source: known?.source ?? null, workdays: count, days };
}

/** The calendar is one for the whole instance; its changes are journaled where the actor's right to make them stands. */
function pathOfRight(rq: Rq): string {
  if (rq.actor === system) return '';
  const grant = rq.actor.grants.find((g) => g.verb === 'calendar.write');
  if (!grant) throw forbidden('calendar.write');
  return grant.path;
}

export async function setDay(rq: Rq, day: CalendarDay): Promise<CalendarDay> {
  const path = pathOfRight(rq);
  const [before] = await store.listDays(rq, day.day, day.day);
  await store.upsertDay(rq, day);
  await record(rq, { verb: 'calendar.day', subject: { kind: 'calendar', id: day.day }, path, before, after: day });
  return day;
}

export async function publishYear(
  rq: Rq,
  year: number,
  input: { source: string; days: readonly CalendarDay[] },
): Promise<CalendarYear> {
  const path = pathOfRight(rq);
  check(rules.yearReason(year, input.days));
  const before = await showYear(rq, year);
  await store.replaceYear(rq, year, input.source, input.days);
  await record(rq, { verb: 'calendar.year', subject: { kind: 'calendar', id: year }, path, before, after: input });
  return showYear(rq, year);
}
