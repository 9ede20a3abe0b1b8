import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import {
  canChangePlan,
  type EventKind,
  eventReason,
  type newRosterLine,
  type RosterLine,
} from '../../../domain/records/events/index.ts';
import { all, json, sql, visible } from '../../platform/db/sql.ts';
import { check, notFound, refuse } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { listOn } from '../assignments/index.ts';
import { fieldsOf } from './fields.ts';
import { type EventRow, getEvent, kindOf } from './rows.ts';

export type NewRosterLine = z.output<typeof newRosterLine>;
export interface Attendance {
  readonly id: string;
  readonly attended: boolean;
  readonly data: Record<string, unknown>;
}

export async function listRoster(
  rq: Rq,
  event: EventRow,
  q: { role?: string | undefined; limit: number; offset: number },
): Promise<{ items: RosterLine[]; total: number }> {
  const where = all([sql`r.event_id = ${event.id}`, q.role !== undefined && sql`r.role = ${q.role}`]);
  const { total } = await rq.db.one<{ total: number }>(
    sql`SELECT count(*)::int AS total FROM event_roster r WHERE ${where}`,
  );
  const items = await rq.db.many<RosterLine>(sql`
    SELECT r.id, r.role, r.person_id AS "personId", r.unit_id AS "unitId", r.subject_id AS "subjectId",
      coalesce(p.name, u.name, s.name, '') AS name, r.expected, r.attended, r.data
    FROM event_roster r LEFT JOIN people p ON p.id = r.person_id LEFT JOIN units u ON u.id = r.unit_id
    LEFT JOIN subjects s ON s.id = r.subject_id WHERE ${where}
    ORDER BY r.role, name, r.id LIMIT ${q.limit} OFFSET ${q.offset}`);
  return { items, total };
}

interface Known {
  readonly id: string;
  readonly name: string;
}

/** Everybody named exists for the actor: below their units, or known by name in the units above, as the database has it. */
async function checkNamed(rq: Rq, lines: readonly NewRosterLine[]): Promise<Map<string, string>> {
  const people = lines.flatMap((l) => l.personId ?? []);
  const units = lines.flatMap((l) => l.unitId ?? []);
  const subjects = lines.flatMap((l) => l.subjectId ?? []);
  const found = await rq.db.many<Known>(sql`
    SELECT p.id::text AS id, p.name FROM people p WHERE p.id = ANY (${people}::uuid[])
    UNION ALL SELECT u.id::text, u.name FROM units u WHERE u.id = ANY (${units}::int[])
    UNION ALL SELECT s.id::text, s.name FROM subjects s WHERE s.id = ANY (${subjects}::uuid[]) AND ${visible(rq, 's.unit_path')}`);
  const names = new Map(found.map((k) => [k.id, k.name]));
  for (const l of lines)
    if (!names.has(keyOf(l))) throw notFound({ zh: '名单中的人员（单位）', en: 'person or unit of the roster' });
  return names;
}

const keyOf = (l: NewRosterLine) => String(l.personId ?? l.unitId ?? l.subjectId).toLowerCase();

export async function addToRoster(
  rq: Rq,
  event: { readonly id: string; readonly unitPath: string },
  kind: EventKind,
  lines: readonly NewRosterLine[],
): Promise<void> {
  if (lines.length === 0) return;
  for (const l of lines)
    if (l.role !== 'attendee' && !Object.hasOwn(kind.roles ?? {}, l.role))
      throw refuse(eventReason('event-no-role', { kind: kind.words.zh, kindEn: kind.words.en, role: l.role }));
  const names = await checkNamed(rq, lines);
  const there = await rq.db.many<{ key: string }>(sql`
    SELECT coalesce(r.person_id::text, r.unit_id::text, r.subject_id::text) AS key FROM event_roster r WHERE r.event_id = ${event.id}`);
  const taken = new Set(there.map((r) => r.key));
  for (const l of lines) {
    if (taken.has(keyOf(l))) throw refuse(eventReason('event-on-roster', { name: names.get(keyOf(l))! }));
    taken.add(keyOf(l));
  }
  await rq.db.run(sql`
    INSERT INTO event_roster (id, event_id, unit_path, role, person_id, unit_id, subject_id, expected)
    SELECT x.id, ${event.id}, ${event.unitPath}, x.role, x.person, x.unit, x.subject, x.expected
    FROM unnest(${lines.map(() => randomUUID())}::uuid[], ${lines.map((l) => l.role)}::text[],
      ${lines.map((l) => l.personId ?? null)}::uuid[], ${lines.map((l) => l.unitId ?? null)}::int[],
      ${lines.map((l) => l.subjectId ?? null)}::uuid[], ${lines.map((l) => l.expected)}::boolean[])
      AS x (id, role, person, unit, subject, expected)`);
}

/** People whom the kind expects because of what they hold on the host that day, without those who are named anyhow. */
export async function expectedOf(
  rq: Rq,
  kind: EventKind,
  event: { readonly unitId: number; readonly onDay: string },
  named: readonly NewRosterLine[],
): Promise<NewRosterLine[]> {
  if (!kind.expects) return [];
  const holders = await listOn(rq, [event.unitId], event.onDay, [...kind.expects]);
  const ids = new Set(holders.flatMap((a) => a.personId ?? []));
  for (const line of named) ids.delete(keyOf(line));
  const known = await rq.db.many<{ id: string }>(
    sql`SELECT p.id::text AS id FROM people p WHERE p.id = ANY (${[...ids]}::uuid[]) ORDER BY p.name, p.id`,
  );
  return known.map((p) => ({ role: 'attendee', personId: p.id, expected: true }));
}

/** Puts people and units on the roster or takes them off, while the event is planned. */
export async function enrol(
  rq: Rq,
  id: string,
  input: { readonly add: readonly NewRosterLine[]; readonly remove: readonly string[] },
): Promise<{ added: number; removed: number }> {
  const event = await getEvent(rq, id);
  const kind = kindOf(event);
  mustHold(rq, kind.verb, event.unitPath, event.star ?? undefined);
  check(canChangePlan(event));
  const removed = await rq.db.run(
    sql`DELETE FROM event_roster WHERE event_id = ${id} AND id = ANY (${[...input.remove]}::uuid[])`,
  );
  if (removed !== new Set(input.remove).size) throw refuse(eventReason('event-not-on-roster'));
  await addToRoster(rq, event, kind, input.add);
  await record(rq, { verb: 'event.enrol', subject: { kind: 'event', id }, path: event.unitPath, after: input });
  return { added: input.add.length, removed };
}

/** Writes who came. Whoever did not has no hours and no certificate. */
export async function saveAttendance(
  rq: Rq,
  event: EventRow,
  kind: EventKind,
  list: readonly Attendance[],
): Promise<void> {
  if (list.length === 0) return;
  const of = { data: kind.rosterData, fields: kind.rosterFields };
  const data: Record<string, unknown>[] = [];
  for (const a of list) data.push(a.attended ? await fieldsOf(rq, of, a.data, 'body.attendance') : {});
  const changed = await rq.db.run(sql`
    UPDATE event_roster r SET attended = x.attended, data = x.data
    FROM unnest(${list.map((a) => a.id)}::uuid[], ${list.map((a) => a.attended)}::boolean[], ${data.map(json)}::jsonb[])
      AS x (id, attended, data)
    WHERE r.id = x.id AND r.event_id = ${event.id}`);
  if (changed !== list.length) throw refuse(eventReason('event-not-on-roster'));
}

/** Signing in on the day, before the event is recorded as held. */
export async function attend(rq: Rq, id: string, list: readonly Attendance[]): Promise<{ recorded: number }> {
  const event = await getEvent(rq, id);
  const kind = kindOf(event);
  mustHold(rq, kind.verb, event.unitPath, event.star ?? undefined);
  check(canChangePlan(event));
  if (event.onDay > dayOf(rq.now)) throw refuse(eventReason('event-not-begun'));
  await saveAttendance(rq, event, kind, list);
  await record(rq, { verb: 'event.attend', subject: { kind: 'event', id }, path: event.unitPath, after: { list } });
  return { recorded: list.length };
}
