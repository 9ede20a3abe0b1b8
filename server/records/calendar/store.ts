import type { CalendarDay } from '../../../domain/records/calendar/index.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';

export function listDays(rq: Rq, from: string, to: string): Promise<CalendarDay[]> {
  return rq.db.many<CalendarDay>(
    sql`SELECT day, workday, note FROM calendar_days WHERE day BETWEEN ${from}::date AND ${to}::date ORDER BY day`,
  );
}

export function listYears(rq: Rq): Promise<{ year: number; source: string }[]> {
  return rq.db.many(sql`SELECT year, source FROM calendar_years ORDER BY year`);
}

/** Both in one answer: the exceptions of a span of days and the years that are published. */
export async function loadSpan(rq: Rq, from: string, to: string) {
  return rq.db.many<{ day: string | null; workday: boolean; year: number | null }>(sql`
    SELECT day, workday, NULL::int AS year FROM calendar_days WHERE day BETWEEN ${from}::date AND ${to}::date
    UNION ALL SELECT NULL, false, year FROM calendar_years`);
}

export async function upsertDay(rq: Rq, d: CalendarDay): Promise<void> {
  await rq.db.run(sql`INSERT INTO calendar_days (day, workday, note) VALUES (${d.day}, ${d.workday}, ${d.note})
    ON CONFLICT (day) DO UPDATE SET workday = excluded.workday, note = excluded.note`);
}

export async function replaceYear(rq: Rq, year: number, source: string, days: readonly CalendarDay[]): Promise<void> {
  await rq.db.run(
    sql`DELETE FROM calendar_days WHERE day BETWEEN ${`${year}-01-01`}::date AND ${`${year}-12-31`}::date`,
  );
  await rq.db.run(sql`INSERT INTO calendar_days (day, workday, note)
    SELECT * FROM unnest(${days.map((d) => d.day)}::date[], ${days.map((d) => d.workday)}::boolean[],
      ${days.map((d) => d.note)}::text[])`);
  await rq.db.run(sql`INSERT INTO calendar_years (year, source) VALUES (${year}, ${source})
    ON CONFLICT (year) DO UPDATE SET source = excluded.source`);
}
