import { findEventKind } from '../../../domain/records/events/all.ts';
import type { EventKind, EventState } from '../../../domain/records/events/index.ts';
import { sql, type Sql } from '../../platform/db/sql.ts';
import { notFound } from '../../platform/errors.ts';
import type { Rq } from '../../platform/rq.ts';
import { chainsOf, pathsOf, underAny } from '../cases/index.ts';

export interface EventRow {
  readonly id: string;
  readonly kind: string;
  readonly seriesId: string | null;
  readonly parentId: string | null;
  readonly unitId: number;
  readonly unitPath: string;
  readonly unitName: string;
  readonly title: string;
  readonly state: EventState;
  readonly onDay: string;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly place: string | null;
  readonly venueId: string | null;
  readonly caseId: string | null;
  readonly star: string | null;
  readonly minutes: string | null;
  readonly heldRecordedAt: Date | null;
  readonly cancelledReason: string | null;
  readonly corrections: number;
  readonly others: number;
  readonly openBelow: boolean;
  readonly version: number;
  readonly data: Record<string, unknown>;
  readonly expected: number;
  readonly attended: number;
  readonly skipped: number;
}

export const eventColumns = sql`e.id, e.kind, e.series_id AS "seriesId", e.parent_id AS "parentId", e.unit_id AS "unitId",
  e.unit_path AS "unitPath", u.name AS "unitName", e.title, e.state, e.on_day AS "onDay", e.starts_at AS "startsAt",
  e.ends_at AS "endsAt", e.place, e.venue_id AS "venueId", e.case_id AS "caseId", e.star, e.minutes,
  e.held_recorded_at AS "heldRecordedAt", e.cancelled_reason AS "cancelledReason", e.corrections, e.others,
  e.open_below AS "openBelow", e.version, e.data,
  (SELECT count(*) FROM event_roster r WHERE r.event_id = e.id AND r.expected)::int AS expected,
  (SELECT count(*) FROM event_roster r WHERE r.event_id = e.id AND r.attended)::int AS attended,
  (SELECT count(*) FROM event_items i WHERE i.event_id = e.id AND i.standing IS NOT NULL AND i.state = 'skipped')::int AS skipped`;

/** The events that the actor may read: those below their grants, and those that units above have opened to theirs. */
export function readable(rq: Rq): Sql {
  const paths = pathsOf(rq, 'records.read');
  return sql`(${underAny('e.unit_path', paths)} OR (e.open_below AND e.unit_path = ANY (${chainsOf(paths)}::text[])))`;
}

export const noEvent = notFound({ zh: '该活动', en: 'event' });
export const noSeries = notFound({ zh: '该系列', en: 'series' });

export async function getEvent(rq: Rq, id: string): Promise<EventRow> {
  const row = await rq.db.find<EventRow>(sql`
    SELECT ${eventColumns} FROM events e JOIN units u ON u.id = e.unit_id WHERE e.id = ${id} AND ${readable(rq)}`);
  if (!row) throw noEvent;
  return row;
}

/** The kind of an event that exists; one that is no longer declared is a defect of the installation. */
export function kindOf(e: { readonly kind: string }): EventKind {
  const kind = findEventKind(e.kind);
  if (!kind) throw new Error(`No kind of event is declared as ${e.kind}.`);
  return kind;
}
