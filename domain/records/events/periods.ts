/** How often a series is due: `times` in each week, month, quarter or year. Weeks are those of ISO 8601, from Monday. */
export const rhythms = ['week', 'month', 'quarter', 'year'] as const;
export type Rhythm = (typeof rhythms)[number];

const msPerDay = 86_400_000;
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const two = (n: number) => String(n).padStart(2, '0');

export interface Period {
  /** `2026-W09`, `2026-03`, `2026Q1`, `2026`. */
  readonly key: string;
  readonly first: string;
  readonly last: string;
}

/** The ISO week of a day: it belongs to the year in which its Thursday lies. */
function weekOf(day: string): Period {
  const weekday = (new Date(at(day)).getUTCDay() + 6) % 7;
  const monday = at(day) - weekday * msPerDay;
  const thursday = new Date(monday + 3 * msPerDay);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * msPerDay)) + 1;
  return { key: `${year}-W${two(week)}`, first: dayAt(monday), last: dayAt(monday + 6 * msPerDay) };
}

function monthsFrom(year: number, month: number, count: number, key: string): Period {
  return { key, first: dayAt(Date.UTC(year, month, 1)), last: dayAt(Date.UTC(year, month + count, 0)) };
}

/** The period of a rhythm in which a day lies. */
export function periodOf(every: Rhythm, day: string): Period {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1];
  if (every === 'week') return weekOf(day);
  if (every === 'month') return monthsFrom(year, month, 1, day.slice(0, 7));
  if (every === 'year') return monthsFrom(year, 0, 12, String(year));
  const quarter = Math.floor(month / 3);
  return monthsFrom(year, quarter * 3, 3, `${year}Q${quarter + 1}`);
}

/** All periods of a rhythm that touch a span of days, in order; at most `limit` of them, the latest. */
export function periodsBetween(every: Rhythm, from: string, to: string, limit = 400): Period[] {
  const found: Period[] = [];
  for (let p = periodOf(every, to); p.last >= from && found.length < limit;) {
    found.push(p);
    p = periodOf(every, dayAt(at(p.first) - msPerDay));
  }
  return found.reverse();
}

export interface SeriesFacts {
  readonly every: Rhythm;
  readonly times: number;
  readonly fromDay: string;
  readonly toDay: string | null;
}

export type PeriodState = 'met' | 'running' | 'skipped' | 'ahead' | 'not-due';

/** What happened in one period of a series. Only what was held counts; what is planned is not held. */
export interface PeriodStatus extends Period {
  readonly due: number;
  readonly held: number;
  readonly planned: number;
  readonly cancelled: number;
  readonly state: PeriodState;
}

interface Counted {
  readonly onDay: string;
  readonly state: 'planned' | 'held' | 'cancelled';
}

/**
 * Whether each period was met. A series that begins or ends within a period owes nothing for it, though what was held in
 * it counts; a period that is not over yet is not skipped.
 */
export function statusesOf(
  series: SeriesFacts,
  events: readonly Counted[],
  span: { readonly from: string; readonly to: string },
  today: string,
): PeriodStatus[] {
  const from = span.from > series.fromDay ? span.from : series.fromDay;
  const to = series.toDay !== null && series.toDay < span.to ? series.toDay : span.to;
  if (to < from) return [];
  return periodsBetween(series.every, from, to).map((p) => {
    const here = events.filter((e) => e.onDay >= p.first && e.onDay <= p.last);
    const of = (state: Counted['state']) => here.filter((e) => e.state === state).length;
    const whole = p.first >= series.fromDay && (series.toDay === null || p.last <= series.toDay);
    const due = whole ? series.times : 0;
    const held = of('held');
    const counts = { due, held, planned: of('planned'), cancelled: of('cancelled') };
    return { ...p, ...counts, state: stateOf(p, due, held, today) };
  });
}

function stateOf(p: Period, due: number, held: number, today: string): PeriodState {
  if (due === 0) return held > 0 ? 'met' : 'not-due';
  if (held >= due) return 'met';
  if (p.first > today) return 'ahead';
  return p.last >= today ? 'running' : 'skipped';
}
