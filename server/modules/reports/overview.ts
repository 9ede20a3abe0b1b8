import { type MattersShown, overview, type TrendPoint } from '../../../domain/reports/index.ts';
import { all, sql, type Sql, under, visible } from '../../platform/db/sql.ts';
import { type Route, route } from '../../platform/http/routes.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { getUnit } from '../../records/units/index.ts';

interface LevelRow {
  readonly kind: TrendPoint['kind'];
  readonly label: string;
  readonly year: number;
  readonly level: number;
  readonly n: number;
}

/** So many months up to the one of a day, oldest first, as `2026-03`. */
function monthsUntil(today: string, count: number): string[] {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  return Array.from({ length: count }, (_, i) => {
    const at = year * 12 + (month - 1) - (count - 1 - i);
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
  });
}

/** Counts by level of what was kept: results of years, ends of the last twelve months, and the running cycle as it stands. */
function listLevels(rq: Rq, path: string, since: string): Promise<LevelRow[]> {
  return rq.db.many<LevelRow>(sql`
    WITH kept AS (
      SELECT s.kind, (c.data ->> 'year')::int AS year, s.level,
        CASE WHEN s.kind = 'month' THEN s.label ELSE c.data ->> 'year' END AS label
      FROM standings s JOIN cases c ON c.id = s.cycle_id
      WHERE ${all([visible(rq, 's.unit_path'), under('s.unit_path', path)])} AND (s.kind = 'live'
        OR (s.kind = 'month' AND s.label >= ${since}) OR (s.kind = 'result' AND s.label = c.data ->> 'proposalId')))
    SELECT kind, label, year, level, count(*)::int AS n FROM kept GROUP BY kind, label, year, level
    ORDER BY label, year DESC, level DESC LIMIT 1000`);
}

/** Months of two cycles overlap while the old one is watched: of a month, and of today, the newest cycle speaks. */
function pointsOf(rows: readonly LevelRow[], kind: TrendPoint['kind']): TrendPoint[] {
  const of = rows.filter((r) => r.kind === kind);
  const newest = Math.max(...of.map((r) => r.year));
  const labels = [...new Set(kind === 'live' ? [String(newest)] : of.map((r) => r.label))];
  return labels.flatMap((label) => {
    const year = Math.max(...of.filter((r) => r.label === label).map((r) => r.year));
    const levels = of.filter((r) => r.label === label && r.year === year).map((r) => ({ level: r.level, count: r.n }));
    return levels.length === 0 ? [] : [{ kind, label, measured: levels.reduce((sum, l) => sum + l.count, 0), levels }];
  });
}

/** Stars by level over time: years of results, months as they ended, and today. */
export async function showTrend(rq: Rq, unitId: number): Promise<{ points: TrendPoint[] }> {
  const unit = await getUnit(rq, unitId);
  mustHold(rq, 'stars.read', unit.path);
  const rows = await listLevels(rq, unit.path, monthsUntil(dayOf(rq.now), 12)[0]!);
  const points = [...pointsOf(rows, 'result').slice(-5), ...pointsOf(rows, 'month'), ...pointsOf(rows, 'live')];
  return { points };
}

interface MatterRow {
  readonly open: number;
  readonly late: number;
  readonly raised: number;
  readonly closed: number;
  readonly byWord: number;
  readonly unheard: number;
  readonly sentBack: number;
  readonly seconds: number | null;
}

const at = { opened: sql`c.opened_at`, closed: sql`c.closed_at`, answered: sql`w.answered_at` } as const;
type When = keyof typeof at;
const monthOf = (when: When) => sql`to_char(${at[when]} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM')`;
const inYear = (when: When, year: number) => sql`left(${monthOf(when)}, 4) = ${String(year)}`;

function countMonths(rq: Rq, here: Sql, when: 'opened' | 'closed', since: string) {
  return rq.db.many<{ month: string; n: number }>(sql`
    SELECT ${monthOf(when)} AS month, count(*)::int AS n FROM cases c
    WHERE ${all([here, when === 'closed' && sql`c.state = 'closed'`])} AND ${monthOf(when)} >= ${since} GROUP BY 1 LIMIT 1000`);
}

/** Matters of residents: what is open, what was solved by their own word, and how long it took. No person is named. */
export async function showMatters(rq: Rq, unitId: number, year: number): Promise<MattersShown> {
  const unit = await getUnit(rq, unitId);
  mustHold(rq, 'cases.read', unit.path);
  const here = all([visible(rq, 'c.unit_path'), under('c.unit_path', unit.path), sql`c.type = 'matter'`]);
  const solved = sql`c.state = 'closed' AND ${inYear('closed', year)}`;
  const { seconds, ...counts } = await rq.db.one<MatterRow>(sql`
    SELECT count(*) FILTER (WHERE c.closed_at IS NULL)::int AS open,
      count(*) FILTER (WHERE c.closed_at IS NULL AND c.due_on < ${dayOf(rq.now)}::date)::int AS late,
      count(*) FILTER (WHERE ${inYear('opened', year)})::int AS raised, count(*) FILTER (WHERE ${solved})::int AS closed,
      count(*) FILTER (WHERE ${solved} AND w.confirmed)::int AS "byWord",
      count(*) FILTER (WHERE c.state = 'answered' AND ${inYear('answered', year)})::int AS unheard,
      count(*) FILTER (WHERE ${solved} AND w.sent_back)::int AS "sentBack",
      percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM c.closed_at - c.opened_at))
        FILTER (WHERE ${solved})::float AS seconds
    FROM cases c LEFT JOIN LATERAL (
      SELECT bool_or(s.step = 'confirm' AND s.person_id = c.raised_by) AS confirmed, bool_or(s.step = 'reopen') AS sent_back,
        max(s.at) FILTER (WHERE s.step = 'answer') AS answered_at
      FROM case_steps s WHERE s.case_id = c.id AND s.step IN ('confirm', 'reopen', 'answer')
        AND (${solved} OR c.state = 'answered')) w ON TRUE
    WHERE ${here}`);
  const months = monthsUntil(dayOf(rq.now), 12);
  const [raised, closed] = [
    await countMonths(rq, here, 'opened', months[0]!),
    await countMonths(rq, here, 'closed', months[0]!),
  ];
  const of = (rows: readonly { month: string; n: number }[], month: string) =>
    rows.find((r) => r.month === month)?.n ?? 0;
  return {
    year,
    ...counts,
    medianDays: seconds === null ? null : Math.round(seconds / 8640) / 10,
    months: months.map((month) => ({ month, raised: of(raised, month), closed: of(closed, month) })),
  };
}

export const overviewRoutes: Route[] = [
  route(overview.trend, (rq, { params }) => showTrend(rq, params.id)),
  route(overview.matters, (rq, { params, query }) => showMatters(rq, params.id, query.year)),
];
