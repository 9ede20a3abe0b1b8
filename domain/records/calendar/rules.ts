import { type Reason, reasons } from '../../words.ts';

export const calendarReason = reasons({
  'calendar-other-year': {
    zh: '{day} 不在 {year} 年内。',
    en: '{day} does not lie in {year}.',
  },
  'calendar-day-twice': { zh: '{day} 列了两次。', en: '{day} is listed twice.' },
});

/** What is known about workdays: the days that differ from Monday-to-Friday, and the years whose holidays are published. */
export interface Calendar {
  readonly exceptions: ReadonlyMap<string, boolean>;
  readonly published: ReadonlySet<number>;
}

const msPerDay = 86_400_000;
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);

export function nextDay(day: string, days = 1): string {
  return new Date(at(day) + days * msPerDay).toISOString().slice(0, 10);
}

export function isWorkday(calendar: Calendar, day: string): boolean {
  const said = calendar.exceptions.get(day);
  if (said !== undefined) return said;
  const weekday = new Date(at(day)).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

function sureBetween(calendar: Calendar, from: string, to: string): boolean {
  const [first, last] = from < to ? [from, to] : [to, from];
  for (let year = Number(first.slice(0, 4)); year <= Number(last.slice(0, 4)); year++)
    if (!calendar.published.has(year)) return false;
  return true;
}

/** The longest term anyone may ask for: about forty years of workdays. */
export const maxWorkdays = 10_000;

/**
 * The n-th workday after a day (the day itself for 0). `sure` is false when a year in between has no published holidays:
 * the day may still move.
 */
export function addWorkdays(calendar: Calendar, day: string, n: number): { day: string; sure: boolean } {
  if (!Number.isInteger(n) || n < 0 || n > maxWorkdays) throw new RangeError(`Not a number of workdays: ${n}`);
  let current = day;
  for (let left = n; left > 0;) {
    current = nextDay(current);
    if (isWorkday(calendar, current)) left--;
  }
  return { day: current, sure: sureBetween(calendar, day, current) };
}

/** The latest day that lies `n` workdays or more before another: so many workdays lie after it, up to and including that one. */
export function workdaysBack(calendar: Calendar, day: string, n: number): { day: string; sure: boolean } {
  if (!Number.isInteger(n) || n < 0 || n > maxWorkdays) throw new RangeError(`Not a number of workdays: ${n}`);
  let current = day;
  for (let left = n; left > 0;) {
    if (isWorkday(calendar, current)) left--;
    current = nextDay(current, -1);
  }
  return { day: current, sure: sureBetween(calendar, current, day) };
}

/** Mondays to Fridays up to and including a day, counted from a Monday long ago. */
function weekdaysUntil(day: string): number {
  const days = Math.round((at(day) - at('0001-01-01')) / msPerDay);
  return 5 * Math.floor(days / 7) + Math.min((((days % 7) + 7) % 7) + 1, 5);
}

/** Workdays after `from` up to and including `to`; negative when `to` lies before `from`. */
export function workdaysBetween(calendar: Calendar, from: string, to: string): { count: number; sure: boolean } {
  const [first, last] = from < to ? [from, to] : [to, from];
  let count = weekdaysUntil(last) - weekdaysUntil(first);
  const plain: Calendar = { exceptions: new Map(), published: calendar.published };
  for (const [day, workday] of calendar.exceptions)
    if (day > first && day <= last && workday !== isWorkday(plain, day)) count += workday ? 1 : -1;
  // A plain 0 also when `to` lies before `from` on a weekend: -0 would be another value to a strict comparison.
  return { count: from <= to || count === 0 ? count : -count, sure: sureBetween(calendar, from, to) };
}

/** The days of a published year must lie in it, each once. */
export function yearReason(year: number, days: readonly { readonly day: string }[]): Reason | null {
  const seen = new Set<string>();
  for (const { day } of days) {
    if (Number(day.slice(0, 4)) !== year) return calendarReason('calendar-other-year', { day, year });
    if (seen.has(day)) return calendarReason('calendar-day-twice', { day });
    seen.add(day);
  }
  return null;
}
