import { randomUUID } from 'node:crypto';
import { findEventKind } from '../../../domain/records/events/all.ts';
import {
  canBelong,
  canChangePlan,
  canHold,
  canHost,
  canStandAsHeld,
  type EventKind,
  eventReason,
} from '../../../domain/records/events/index.ts';
import type { JournalVerb } from '../../../domain/records/journal/index.ts';
import { check, invalid, refuse } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { getUnit } from '../units/index.ts';
import { arranged, concluded, firstAgenda, type ItemOutcome, type NewAgendaItem, refilled } from './agenda.ts';
import { fieldsOf } from './fields.ts';
import { addToRoster, type Attendance, expectedOf, type NewRosterLine, saveAttendance } from './roster.ts';
import { type EventRow, getEvent, kindOf } from './rows.ts';
import { getSeries } from './series.ts';
import * as store from './store.ts';

function kindNamed(name: string): EventKind {
  const kind = findEventKind(name);
  if (kind) return kind;
  throw invalid([{ path: 'body.kind', message: { zh: '没有这类活动', en: 'There is no such kind of event' } }]);
}

export interface PlanEvent {
  readonly kind: string;
  readonly unitId: number;
  readonly title?: string | undefined;
  readonly seriesId?: string | undefined;
  readonly parentId?: string | undefined;
  readonly onDay: string;
  readonly startsAt?: string | undefined;
  readonly endsAt?: string | undefined;
  readonly place?: string | undefined;
  readonly venueId?: string | undefined;
  readonly caseId?: string | undefined;
  readonly star?: string | undefined;
  readonly data?: Record<string, unknown>;
  readonly agenda?: readonly NewAgendaItem[];
  readonly roster?: readonly NewRosterLine[];
}

const moment = (text: string | null | undefined) => (text ? new Date(text) : null);

function checkTimes(e: { readonly startsAt: Date | null; readonly endsAt: Date | null }): void {
  if (e.startsAt && e.endsAt && e.endsAt < e.startsAt) throw refuse(eventReason('event-times'));
}

/** Plans an event. The kind's verb must be held at its host; standing items put themselves on the agenda. */
export async function planEvent(rq: Rq, input: PlanEvent): Promise<EventRow> {
  const kind = kindNamed(input.kind);
  const unit = await getUnit(rq, input.unitId);
  mustHold(rq, kind.verb, unit.path, input.star);
  check(canHost(kind, unit));
  const parent = input.parentId ? await getEvent(rq, input.parentId) : null;
  check(canBelong(kind, unit.path, parent));
  const series = input.seriesId ? await getSeries(rq, input.seriesId) : null;
  if (series && (series.kind !== kind.kind || series.unitId !== unit.id))
    throw refuse(eventReason('event-series-other'));
  if (series?.toDay && series.toDay < input.onDay)
    throw refuse(eventReason('event-series-ended', { day: series.toDay }));
  const event: EventRow = {
    id: randomUUID(),
    kind: kind.kind,
    seriesId: input.seriesId ?? null,
    parentId: input.parentId ?? null,
    unitId: unit.id,
    unitPath: unit.path,
    unitName: unit.name,
    title: input.title ?? series?.title ?? kind.words[rq.lang],
    state: 'planned',
    onDay: input.onDay,
    startsAt: moment(input.startsAt),
    endsAt: moment(input.endsAt),
    place: input.place ?? null,
    venueId: input.venueId ?? null,
    caseId: input.caseId ?? null,
    star: input.star ?? series?.star ?? null,
    minutes: null,
    heldRecordedAt: null,
    cancelledReason: null,
    corrections: 0,
    others: 0,
    openBelow: kind.openBelow === true,
    version: 1,
    data: await fieldsOf(rq, kind, input.data ?? {}, 'body.data', { planned: true }),
    expected: 0,
    attended: 0,
    skipped: 0,
  };
  checkTimes(event);
  await store.insertEvent(rq, event);
  await store.saveItems(rq, event, await firstAgenda(rq, kind, event, input.agenda ?? []));
  const named = input.roster ?? [];
  await addToRoster(rq, event, kind, [...named, ...(await expectedOf(rq, kind, event, named))]);
  await record(rq, {
    verb: 'event.plan',
    subject: { kind: 'event', id: event.id },
    path: unit.path,
    after: journalOf(event),
  });
  return getEvent(rq, event.id);
}

function journalOf(e: EventRow) {
  const { kind, title, state, onDay, startsAt, endsAt, place, minutes, others, data, seriesId, parentId } = e;
  return { kind, title, state, onDay, startsAt, endsAt, place, minutes, others, data, seriesId, parentId };
}

/** The event, when the actor may record it. */
async function recordable(
  rq: Rq,
  id: string,
  version: number | undefined,
): Promise<{ event: EventRow; kind: EventKind }> {
  const event = await getEvent(rq, id);
  const kind = kindOf(event);
  mustHold(rq, kind.verb, event.unitPath, event.star ?? undefined);
  if (version !== undefined && version !== event.version) throw refuse(eventReason('event-changed-meanwhile'));
  return { event, kind };
}

interface Change {
  readonly verb: JournalVerb;
  readonly more?: Record<string, unknown>;
}

async function write(rq: Rq, before: EventRow, after: EventRow, c: Change): Promise<EventRow> {
  if ((await store.updateEvent(rq, before, after)) === 0) throw refuse(eventReason('event-changed-meanwhile'));
  await record(rq, {
    verb: c.verb,
    subject: { kind: 'event', id: before.id },
    path: before.unitPath,
    before: journalOf(before),
    after: { ...journalOf(after), ...c.more },
  });
  return getEvent(rq, before.id);
}

export interface ChangeEvent {
  readonly version?: number | undefined;
  readonly title?: string | undefined;
  readonly onDay?: string | undefined;
  readonly startsAt?: string | null | undefined;
  readonly endsAt?: string | null | undefined;
  readonly place?: string | null | undefined;
  readonly venueId?: string | null | undefined;
  readonly data?: Record<string, unknown> | undefined;
}

/** What was given, or what stands there: null is given and empties. */
const given = <T>(value: T | undefined, there: T): T => (value === undefined ? there : value);

export async function changeEvent(rq: Rq, id: string, input: ChangeEvent): Promise<EventRow> {
  const { event, kind } = await recordable(rq, id, input.version);
  check(canChangePlan(event));
  const after: EventRow = {
    ...event,
    title: given(input.title, event.title),
    onDay: given(input.onDay, event.onDay),
    startsAt: input.startsAt === undefined ? event.startsAt : moment(input.startsAt),
    endsAt: input.endsAt === undefined ? event.endsAt : moment(input.endsAt),
    place: given(input.place, event.place),
    venueId: given(input.venueId, event.venueId),
    data: input.data
      ? await fieldsOf(rq, kind, { ...event.data, ...input.data }, 'body.data', { planned: true, before: event.data })
      : event.data,
  };
  checkTimes(after);
  return write(rq, event, after, { verb: 'event.change' });
}

export async function setAgenda(
  rq: Rq,
  id: string,
  input: { readonly version?: number | undefined; readonly items: readonly NewAgendaItem[] },
): Promise<EventRow> {
  const { event, kind } = await recordable(rq, id, input.version);
  check(canChangePlan(event));
  const items = await arranged(rq, kind, await store.listItems(rq, id), input.items);
  await store.saveItems(rq, event, items);
  return write(rq, event, event, { verb: 'event.agenda', more: { items: items.map((i) => i.title) } });
}

/** Puts onto the agenda what has come up since it was planned. */
export async function prefillAgenda(rq: Rq, id: string): Promise<EventRow> {
  const { event, kind } = await recordable(rq, id, undefined);
  check(canChangePlan(event));
  const there = await store.listItems(rq, id);
  const items = await refilled(rq, event, kind, there);
  if (items.length === there.length) return event;
  await store.saveItems(rq, event, items);
  return write(rq, event, event, { verb: 'event.agenda', more: { items: items.map((i) => i.title) } });
}

export interface Held {
  readonly version?: number | undefined;
  readonly onDay?: string | undefined;
  readonly minutes?: string | undefined;
  readonly others?: number | undefined;
  readonly place?: string | undefined;
  readonly data?: Record<string, unknown> | undefined;
  readonly items: readonly ItemOutcome[];
  readonly attendance: readonly Attendance[];
}

/** The event as it was held, from what was planned (or recorded before) and what is told now. */
async function heldAs(rq: Rq, kind: EventKind, event: EventRow, input: Held): Promise<EventRow> {
  return {
    ...event,
    onDay: given(input.onDay, event.onDay),
    minutes: given<string | null>(input.minutes, event.minutes),
    others: given(input.others, event.others),
    place: given<string | null>(input.place, event.place),
    data: await fieldsOf(rq, kind, { ...event.data, ...input.data }, 'body.data', { before: event.data }),
  };
}

/** Records an event as held: not ahead of today, minuted, every standing item minuted or explained, decisions as tasks. */
export async function holdEvent(rq: Rq, id: string, input: Held): Promise<EventRow> {
  const { event, kind } = await recordable(rq, id, input.version);
  check(canChangePlan(event));
  const items = await concluded(rq, event, await store.listItems(rq, id), input.items);
  const after: EventRow = { ...(await heldAs(rq, kind, event, input)), state: 'held', heldRecordedAt: rq.now };
  check(canHold(kind, { ...after, state: event.state }, items, dayOf(rq.now)));
  await store.saveItems(rq, event, items);
  await saveAttendance(rq, event, kind, input.attendance);
  return write(rq, event, after, {
    verb: 'event.hold',
    more: { items: outcomesOf(items), came: input.attendance.length },
  });
}

const outcomesOf = (items: readonly store.ItemRow[]) =>
  items.map(({ title, standing, state, minute, decision, skippedReason, taskId }) => ({
    title,
    standing,
    state,
    minute,
    decision,
    skippedReason,
    taskId,
  }));

export async function cancelEvent(
  rq: Rq,
  id: string,
  input: { readonly version?: number | undefined; readonly reason: string },
): Promise<EventRow> {
  const { event } = await recordable(rq, id, input.version);
  check(canChangePlan(event));
  const after: EventRow = { ...event, state: 'cancelled', cancelledReason: input.reason };
  return write(rq, event, after, { verb: 'event.cancel', more: { reason: input.reason } });
}

/** What was recorded of a held event is changed by a correction with its reason; before and after stay in the journal. */
export async function correctEvent(rq: Rq, id: string, input: Held & { readonly reason: string }): Promise<EventRow> {
  const { event, kind } = await recordable(rq, id, input.version);
  if (event.state !== 'held') throw refuse(eventReason('event-not-held'));
  const there = await store.listItems(rq, id);
  const items = await concluded(rq, event, there, input.items);
  const after = { ...(await heldAs(rq, kind, event, input)), corrections: event.corrections + 1 };
  check(canStandAsHeld(kind, after, items, dayOf(rq.now)));
  await store.saveItems(rq, event, items);
  await saveAttendance(rq, event, kind, input.attendance);
  return write(rq, event, after, {
    verb: 'event.correct',
    more: { reason: input.reason, items: outcomesOf(items), were: outcomesOf(there), came: input.attendance },
  });
}
