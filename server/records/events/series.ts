import { randomUUID } from 'node:crypto';
import {
  canHost,
  type EventKind,
  eventReason,
  type EventState,
  type Rhythm,
  statusesOf,
} from '../../../domain/records/events/index.ts';
import { nextDay } from '../../../domain/records/calendar/rules.ts';
import { findEventKind } from '../../../domain/records/events/all.ts';
import { all, sql, under } from '../../platform/db/sql.ts';
import { check, invalid, refuse } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { permitted } from '../facts/index.ts';
import { getUnit } from '../units/index.ts';
import { noSeries, readable } from './rows.ts';

export interface SeriesRow {
  readonly id: string;
  readonly kind: string;
  readonly unitId: number;
  readonly unitPath: string;
  readonly unitName: string;
  readonly title: string;
  readonly every: Rhythm;
  readonly times: number;
  readonly fromDay: string;
  readonly toDay: string | null;
  readonly star: string | null;
  readonly version: number;
}

const columns = sql`s.id, s.kind, s.unit_id AS "unitId", s.unit_path AS "unitPath", u.name AS "unitName", s.title, s.every, s.times,
  s.from_day AS "fromDay", s.to_day AS "toDay", s.star, s.version`;
const seen = (rq: Rq) => permitted(rq, 'records.read', ['s.unit_path']);

export async function getSeries(rq: Rq, id: string): Promise<SeriesRow> {
  const row = await rq.db.find<SeriesRow>(sql`
    SELECT ${columns} FROM event_series s JOIN units u ON u.id = s.unit_id WHERE s.id = ${id} AND ${seen(rq)}`);
  if (!row) throw noSeries;
  return row;
}

export async function listSeries(
  rq: Rq,
  q: {
    underPath?: string | undefined;
    kind?: string | undefined;
    running?: boolean | undefined;
    limit: number;
    offset: number;
  },
): Promise<{ items: SeriesRow[]; total: number }> {
  const ended = sql`coalesce(s.to_day < ${dayOf(rq.now)}::date, false)`;
  const where = all([
    seen(rq),
    q.underPath !== undefined && under('s.unit_path', q.underPath),
    q.kind !== undefined && sql`s.kind = ${q.kind}`,
    q.running === true && sql`NOT ${ended}`,
    q.running === false && ended,
  ]);
  const { total } = await rq.db.one<{ total: number }>(
    sql`SELECT count(*)::int AS total FROM event_series s WHERE ${where}`,
  );
  const items = await rq.db.many<SeriesRow>(sql`
    SELECT ${columns} FROM event_series s JOIN units u ON u.id = s.unit_id WHERE ${where}
    ORDER BY s.unit_path, s.kind, s.from_day, s.id LIMIT ${q.limit} OFFSET ${q.offset}`);
  return { items, total };
}

/** A series with what became of its periods: a year back unless another span is asked for. Only what was held counts. */
export async function seriesStatus(rq: Rq, id: string, q: { from?: string | undefined; to?: string | undefined }) {
  const series = await getSeries(rq, id);
  const today = dayOf(rq.now);
  const span = { from: q.from ?? nextDay(today, -364), to: q.to ?? today };
  // A week at the edge of the span is looked at as a whole.
  const [first, last] = [nextDay(span.from, -366), nextDay(span.to, 366)];
  const events = await rq.db.many<{ onDay: string; state: EventState }>(sql`
    SELECT e.on_day AS "onDay", e.state FROM events e WHERE e.series_id = ${id} AND ${readable(rq)}
      AND e.on_day >= ${first}::date AND e.on_day <= ${last}::date`);
  const periods = statusesOf(series, events, span, today);
  const over = periods.filter((p) => p.last < today);
  return {
    ...series,
    periods,
    due: over.reduce((sum, p) => sum + p.due, 0),
    held: over.reduce((sum, p) => sum + p.held, 0),
    skipped: periods.filter((p) => p.state === 'skipped').map((p) => p.key),
  };
}

export interface StartSeries {
  readonly kind: string;
  readonly unitId: number;
  readonly title?: string | undefined;
  readonly every?: Rhythm | undefined;
  readonly times?: number | undefined;
  readonly fromDay: string;
  readonly toDay?: string | undefined;
  readonly star?: string | undefined;
}

const kindNamed = (name: string): EventKind => {
  const kind = findEventKind(name);
  if (kind) return kind;
  throw invalid([{ path: 'body.kind', message: { zh: '没有这类活动', en: 'There is no such kind of event' } }]);
};

export async function startSeries(rq: Rq, input: StartSeries): Promise<SeriesRow> {
  const kind = kindNamed(input.kind);
  const unit = await getUnit(rq, input.unitId);
  mustHold(rq, kind.verb, unit.path, input.star);
  check(canHost(kind, unit));
  if (!kind.series) throw refuse(eventReason('event-no-series', { kind: kind.words.zh, kindEn: kind.words.en }));
  if (input.toDay !== undefined && input.toDay < input.fromDay) throw refuse(eventReason('event-series-dates'));
  const row = {
    id: randomUUID(),
    title: input.title ?? kind.words[rq.lang],
    every: input.every ?? kind.series.every,
    times: input.times ?? kind.series.times,
  };
  await rq.db.run(sql`
    INSERT INTO event_series (id, kind, unit_id, unit_path, title, every, times, from_day, to_day, star)
    VALUES (${row.id}, ${kind.kind}, ${unit.id}, ${unit.path}, ${row.title}, ${row.every}, ${row.times}, ${input.fromDay},
      ${input.toDay ?? null}, ${input.star ?? null})`);
  const series = await getSeries(rq, row.id);
  await record(rq, { verb: 'series.start', subject: { kind: 'series', id: row.id }, path: unit.path, after: series });
  return series;
}

export async function changeSeries(
  rq: Rq,
  id: string,
  input: {
    title?: string | undefined;
    times?: number | undefined;
    toDay?: string | null | undefined;
    version?: number | undefined;
  },
): Promise<SeriesRow> {
  const before = await getSeries(rq, id);
  const kind = findEventKind(before.kind);
  mustHold(rq, kind?.verb ?? 'records.write', before.unitPath, before.star ?? undefined);
  const toDay = input.toDay === undefined ? before.toDay : input.toDay;
  if (toDay !== null && toDay < before.fromDay) throw refuse(eventReason('event-series-dates'));
  const changed = await rq.db.run(sql`
    UPDATE event_series SET title = ${input.title ?? before.title}, times = ${input.times ?? before.times}, to_day = ${toDay},
      version = version + 1 WHERE id = ${id} AND version = ${input.version ?? before.version}`);
  if (changed === 0) throw refuse(eventReason('event-changed-meanwhile'));
  const after = await getSeries(rq, id);
  await record(rq, { verb: 'series.change', subject: { kind: 'series', id }, path: before.unitPath, before, after });
  return after;
}
