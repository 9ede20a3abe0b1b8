import { eventKinds } from '../../../domain/records/events/all.ts';
import type { EventState } from '../../../domain/records/events/index.ts';
import { all, json, likeText, sql, under } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { eventColumns, type EventRow, readable } from './rows.ts';

export interface EventSearch {
  readonly underPath?: string | undefined;
  readonly kind?: string | undefined;
  readonly state?: EventState | undefined;
  readonly seriesId?: string | undefined;
  readonly parentId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly star?: string | undefined;
  readonly skipped?: boolean | undefined;
  readonly q?: string | undefined;
  readonly sort?: 'newest' | 'soonest' | undefined;
  readonly limit: number;
  readonly offset: number;
}

const skippedOne = sql`EXISTS (SELECT 1 FROM event_items i
  WHERE i.event_id = e.id AND i.standing IS NOT NULL AND i.state = 'skipped')`;

export async function listEvents(rq: Rq, s: EventSearch): Promise<{ items: EventRow[]; total: number }> {
  const where = all([
    readable(rq),
    s.underPath !== undefined && under('e.unit_path', s.underPath),
    s.kind !== undefined && sql`e.kind = ${s.kind}`,
    s.state !== undefined && sql`e.state = ${s.state}`,
    s.seriesId !== undefined && sql`e.series_id = ${s.seriesId}`,
    s.parentId !== undefined && sql`e.parent_id = ${s.parentId}`,
    s.from !== undefined && sql`e.on_day >= ${s.from}::date`,
    s.to !== undefined && sql`e.on_day <= ${s.to}::date`,
    s.star !== undefined && sql`e.star = ${s.star}`,
    s.skipped === true && skippedOne,
    s.skipped === false && sql`NOT ${skippedOne}`,
    s.q ? sql`e.title ILIKE ${`%${likeText(s.q)}%`}` : null,
  ]);
  const order = s.sort === 'soonest' ? sql`e.on_day, e.starts_at NULLS FIRST, e.id` : sql`e.on_day DESC, e.id`;
  const { total } = await rq.db.one<{ total: number }>(sql`SELECT count(*)::int AS total FROM events e WHERE ${where}`);
  if (total <= s.offset) return { items: [], total };
  const items = await rq.db.many<EventRow>(sql`
    SELECT ${eventColumns} FROM (SELECT * FROM events e WHERE ${where} ORDER BY ${order} LIMIT ${s.limit} OFFSET ${s.offset}) e
    JOIN units u ON u.id = e.unit_id ORDER BY ${order}`);
  return { items, total };
}

/** Fields in which an event names an entry of the register: the station of an activity. */
const naming = Object.values(eventKinds).flatMap((k) =>
  Object.entries(k.fields ?? {}).flatMap(([field, said]) => (said.ref?.record === 'subject' ? [[k.kind, field]] : [])),
);

/** Events held at a place of the register, at which one of its entries was expected, or which name it. */
export function listOfSubject(rq: Rq, subjectId: string, limit: number): Promise<EventRow[]> {
  return rq.db.many<EventRow>(sql`
    SELECT ${eventColumns} FROM events e JOIN units u ON u.id = e.unit_id
    WHERE e.id IN (SELECT v.id FROM events v WHERE v.venue_id = ${subjectId}
        UNION ALL SELECT r.event_id FROM event_roster r WHERE r.subject_id = ${subjectId}
        UNION ALL SELECT n.id FROM events n JOIN unnest(${naming.map(([kind]) => kind!)}::text[],
          ${naming.map(([, field]) => field!)}::text[]) AS f (kind, field) ON f.kind = n.kind
          WHERE n.data ->> f.field = ${subjectId})
      AND ${readable(rq)} ORDER BY e.on_day DESC, e.id LIMIT ${limit}`);
}

interface At {
  readonly kind: string;
  readonly unitId: number;
  readonly onDay: string;
}

/** The last day before this one on which the same was held at the same unit. */
export async function lastHeld(rq: Rq, at: At): Promise<string | null> {
  const row = await rq.db.find<{ day: string }>(sql`
    SELECT e.on_day AS day FROM events e WHERE e.unit_id = ${at.unitId} AND e.kind = ${at.kind} AND e.state = 'held'
      AND e.on_day <= ${at.onDay}::date AND ${readable(rq)} ORDER BY e.on_day DESC LIMIT 1`);
  return row?.day ?? null;
}

/** Tasks that earlier ones of the same kind decided here, done or not; the most recent first. */
export async function listDecided(rq: Rq, at: At): Promise<string[]> {
  const rows = await rq.db.many<{ id: string }>(sql`
    SELECT i.task_id AS id FROM event_items i JOIN events e ON e.id = i.event_id JOIN cases c ON c.id = i.task_id
    WHERE e.unit_id = ${at.unitId} AND e.kind = ${at.kind} AND e.state = 'held' AND c.closed_at IS NULL AND ${readable(rq)}
    ORDER BY e.on_day DESC, i.position LIMIT 200`);
  return rows.map((r) => r.id);
}

export async function insertEvent(rq: Rq, e: EventRow): Promise<void> {
  await rq.db.run(sql`
    INSERT INTO events (id, kind, series_id, parent_id, unit_id, unit_path, title, state, on_day, starts_at, ends_at, place,
      venue_id, case_id, star, open_below, created_at, changed_at, data)
    VALUES (${e.id}, ${e.kind}, ${e.seriesId}, ${e.parentId}, ${e.unitId}, ${e.unitPath}, ${e.title}, ${e.state}, ${e.onDay},
      ${e.startsAt}, ${e.endsAt}, ${e.place}, ${e.venueId}, ${e.caseId}, ${e.star}, ${e.openBelow}, ${rq.now}, ${rq.now},
      ${json(e.data)}::jsonb)`);
}

/** Writes the event as it is now, unless somebody was faster: of two writers the slower one changes nothing. */
export function updateEvent(rq: Rq, before: EventRow, after: EventRow): Promise<number> {
  return rq.db.run(sql`
    UPDATE events SET title = ${after.title}, state = ${after.state}, on_day = ${after.onDay}, starts_at = ${after.startsAt},
      ends_at = ${after.endsAt}, place = ${after.place}, venue_id = ${after.venueId}, minutes = ${after.minutes},
      others = ${after.others}, held_recorded_at = ${after.heldRecordedAt}, cancelled_reason = ${after.cancelledReason},
      corrections = ${after.corrections}, data = ${json(after.data)}::jsonb, changed_at = ${rq.now}, version = version + 1
    WHERE id = ${before.id} AND version = ${before.version}`);
}

export interface ItemRow {
  readonly id: string;
  readonly position: number;
  readonly title: string;
  readonly standing: string | null;
  readonly unitId: number | null;
  readonly personId: string | null;
  readonly star: string | null;
  readonly state: 'open' | 'minuted' | 'skipped';
  readonly minute: string | null;
  readonly decision: string | null;
  readonly skippedReason: string | null;
  readonly aboutCaseId: string | null;
  readonly taskId: string | null;
  readonly data: { readonly paper?: string | undefined };
}

export const itemColumns = sql`i.id, i.position, i.title, i.standing, i.unit_id AS "unitId", i.person_id AS "personId", i.star,
  i.state, i.minute, i.decision, i.skipped_reason AS "skippedReason", i.about_case_id AS "aboutCaseId", i.task_id AS "taskId",
  i.data`;

export function listItems(rq: Rq, eventId: string): Promise<ItemRow[]> {
  return rq.db.many<ItemRow>(sql`
    SELECT ${itemColumns} FROM event_items i JOIN events e ON e.id = i.event_id
    WHERE i.event_id = ${eventId} AND ${readable(rq)} ORDER BY i.position`);
}

/** Writes an agenda: what is new is inserted, what is there is changed, what is not named is taken off. */
export async function saveItems(
  rq: Rq,
  event: { readonly id: string; readonly unitPath: string },
  items: readonly ItemRow[],
): Promise<void> {
  const of = <K extends keyof ItemRow>(key: K) => items.map((i) => i[key]);
  await rq.db.run(sql`DELETE FROM event_items WHERE event_id = ${event.id} AND id <> ALL (${of('id')}::uuid[])`);
  await rq.db.run(sql`
    INSERT INTO event_items (id, event_id, unit_path, position, title, standing, unit_id, person_id, star, state, minute, decision,
      skipped_reason, about_case_id, task_id, data)
    SELECT x.id, ${event.id}, ${event.unitPath}, x.position, x.title, x.standing, x.unit_id, x.person_id, x.star, x.state, x.minute,
      x.decision, x.skipped_reason, x.about, x.task, x.data
    FROM unnest(${of('id')}::uuid[], ${of('position')}::int[], ${of('title')}::text[], ${of('standing')}::text[],
      ${of('unitId')}::int[], ${of('personId')}::uuid[], ${of('star')}::text[], ${of('state')}::text[], ${of('minute')}::text[],
      ${of('decision')}::text[], ${of('skippedReason')}::text[], ${of('aboutCaseId')}::uuid[], ${of('taskId')}::uuid[],
      ${items.map((i) => json(i.data))}::jsonb[])
      AS x (id, position, title, standing, unit_id, person_id, star, state, minute, decision, skipped_reason, about, task, data)
    ON CONFLICT (id) DO UPDATE SET position = excluded.position, title = excluded.title, unit_id = excluded.unit_id,
      person_id = excluded.person_id, star = excluded.star, state = excluded.state, minute = excluded.minute,
      decision = excluded.decision, skipped_reason = excluded.skipped_reason, about_case_id = excluded.about_case_id,
      task_id = excluded.task_id, data = excluded.data`);
}

/** How many parts (visits of a round, batches of a programme) there are, and how many were held. */
export function countParts(rq: Rq, id: string): Promise<{ total: number; held: number }> {
  return rq.db.one(sql`SELECT count(*) FILTER (WHERE e.state <> 'cancelled')::int AS total,
    count(*) FILTER (WHERE e.state = 'held')::int AS held FROM events e WHERE e.parent_id = ${id} AND ${readable(rq)}`);
}
