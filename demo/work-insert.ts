import { workflowOf } from '../domain/records/cases/all.ts';
import { waitsFor } from '../domain/records/cases/index.ts';
import { sql } from '../server/platform/db/sql.ts';
import type { Rq } from '../server/platform/rq.ts';
import { insertAssignments } from '../server/records/assignments/index.ts';
import { role } from '../domain/records/assignments/roles.ts';
import type { DemoCounty } from './county.ts';
import { type Ground, insertMany, send } from './ground.ts';
import { idOf, lastDay, plusDays, type Work, wayOf } from './work-kit.ts';
import { insertSteps, stepTimes } from './work-steps.ts';

/** Writes the records of the work into an empty county: as their actions would have written them, many at a time. */

const morning = (day: string) => `${day}T09:30:00+08:00`;

export interface Laying {
  readonly rq: Rq;
  readonly county: DemoCounty;
  readonly ground: Ground;
  readonly unit: (key: string) => number;
  readonly path: (key: string) => string;
  readonly person: (key: string | undefined) => string | null;
  readonly names: ReadonlyMap<string, string>;
}

export function layingOf(rq: Rq, county: DemoCounty, ground: Ground): Laying {
  const known = <T>(from: ReadonlyMap<string, T>, key: string): T => {
    const found = from.get(key);
    if (found === undefined) throw new Error(`The demo names ${key}, which is not laid.`);
    return found;
  };
  return {
    rq,
    county,
    ground,
    unit: (key) => known(ground.unitId, key),
    path: (key) => known(ground.unitPath, key),
    person: (key) => (key === undefined ? null : known(ground.personId, key)),
    names: new Map(county.people.map((p) => [p.key, p.name])),
  };
}

/** What is named by another row comes before it: statements hold a part of the rows each. */
function parentsFirst<T extends { readonly id: string; readonly parent?: string }>(rows: readonly T[]): T[] {
  const byId = new Map(rows.map((r) => [r.id, r]));
  const depth = (r: T): number => {
    const parent = r.parent === undefined ? undefined : byId.get(r.parent);
    return parent === undefined ? 0 : 1 + depth(parent);
  };
  return rows
    .map((r) => [depth(r), r] as const)
    .toSorted((a, b) => a[0] - b[0])
    .map(([, r]) => r);
}

const of = (l: Laying, at: string) => ({ unit_id: l.unit(at), unit_path: l.path(at) });

export async function insertSubjects(l: Laying, { subjects }: Work): Promise<void> {
  const columns = {
    id: 'uuid',
    kind: 'text',
    unit_id: 'int',
    unit_path: 'text',
    name: 'text',
    code: 'text',
    place: 'text',
    parent_id: 'uuid',
    lead_unit_id: 'int',
    state: 'text',
    star: 'text',
    from_day: 'date',
    to_day: 'date',
    created_at: 'timestamptz',
    changed_at: 'timestamptz',
    data: 'jsonb',
  };
  const rows = parentsFirst(subjects).map((s) => ({
    ...of(l, s.at),
    id: s.id,
    kind: s.kind,
    name: s.name,
    code: s.code ?? null,
    place: s.place ?? null,
    parent_id: s.parent ?? null,
    lead_unit_id: s.lead === undefined ? null : l.unit(s.lead),
    state: s.state,
    star: s.star ?? null,
    from_day: s.from,
    to_day: s.to ?? null,
    created_at: morning(s.from),
    changed_at: morning(s.to ?? s.from),
    data: s.data,
  }));
  await insertMany(l.rq.db, 'subjects', columns, rows);
}

/** All parties have signed, so each is in force from its first day, and has ended where its last day is over. */
export async function insertAgreements(l: Laying, { agreements }: Work): Promise<void> {
  const { db } = l.rq;
  const columns = {
    id: 'uuid',
    kind: 'text',
    unit_id: 'int',
    unit_path: 'text',
    title: 'text',
    state: 'text',
    from_day: 'date',
    to_day: 'date',
    created_at: 'timestamptz',
    changed_at: 'timestamptz',
    in_force_on: 'date',
    ended_on: 'date',
    ended_reason: 'text',
    terms: 'jsonb',
  };
  const rows = agreements.map((a) => {
    const over = a.to !== undefined && a.to < lastDay;
    return {
      ...of(l, a.at),
      id: a.id,
      kind: a.kind,
      title: a.title,
      state: over ? 'ended' : 'in-force',
      from_day: a.from,
      to_day: a.to ?? null,
      created_at: morning(plusDays(a.from, -10)),
      changed_at: morning(a.from),
      in_force_on: a.from,
      ended_on: over ? plusDays(a.to, 1) : null,
      ended_reason: over ? '到期' : null,
      terms: a.terms,
    };
  });
  await insertMany(db, 'agreements', columns, rows);
  const parties = agreements.flatMap((a) =>
    a.parties.map((p, i) => ({
      id: idOf(`${a.id}/party/${i}`),
      agreement_id: a.id,
      unit_path: l.path(a.at),
      role: p.role,
      unit_id: p.unit === undefined ? null : l.unit(p.unit),
      subject_id: p.subject ?? null,
      outside_name: p.outside ?? null,
      signed_on: a.from,
      signed_by: '签约代表',
    })),
  );
  const partyColumns = {
    id: 'uuid',
    agreement_id: 'uuid',
    unit_path: 'text',
    role: 'text',
    unit_id: 'int',
    subject_id: 'uuid',
    outside_name: 'text',
    signed_on: 'date',
    signed_by: 'text',
  };
  await insertMany(db, 'agreement_parties', partyColumns, parties);
}

export async function insertEvents(l: Laying, { events }: Work): Promise<void> {
  const { db } = l.rq;
  const columns = {
    id: 'uuid',
    kind: 'text',
    unit_id: 'int',
    unit_path: 'text',
    title: 'text',
    state: 'text',
    on_day: 'date',
    starts_at: 'timestamptz',
    place: 'text',
    venue_id: 'uuid',
    star: 'text',
    minutes: 'text',
    held_recorded_at: 'timestamptz',
    others: 'int',
    created_at: 'timestamptz',
    changed_at: 'timestamptz',
    data: 'jsonb',
  };
  const rows = events.map((e) => ({
    ...of(l, e.at),
    id: e.id,
    kind: e.kind,
    title: e.title,
    state: 'held',
    on_day: e.on,
    starts_at: morning(e.on),
    place: e.place ?? null,
    venue_id: e.venue ?? null,
    star: e.star ?? null,
    minutes: e.minutes ?? null,
    held_recorded_at: `${e.on}T17:30:00+08:00`,
    others: e.others ?? 0,
    created_at: morning(plusDays(e.on, -5)),
    changed_at: `${e.on}T17:30:00+08:00`,
    data: e.data ?? {},
  }));
  await insertMany(db, 'events', columns, rows);
  await insertAgenda(l, events);
  await insertRosters(l, events);
}

async function insertAgenda(l: Laying, events: Work['events']): Promise<void> {
  const columns = {
    id: 'uuid',
    event_id: 'uuid',
    unit_path: 'text',
    position: 'int',
    title: 'text',
    standing: 'text',
    state: 'text',
    minute: 'text',
    decision: 'text',
  };
  const rows = events.flatMap((e) =>
    (e.items ?? []).map((item, i) => ({
      id: idOf(`${e.id}/item/${i}`),
      event_id: e.id,
      unit_path: l.path(e.at),
      position: i + 1,
      title: item.title,
      standing: item.standing ?? null,
      state: 'minuted',
      minute: item.minute,
      decision: item.decision ?? null,
    })),
  );
  await insertMany(l.rq.db, 'event_items', columns, rows);
}

async function insertRosters(l: Laying, events: Work['events']): Promise<void> {
  const columns = {
    id: 'uuid',
    event_id: 'uuid',
    unit_path: 'text',
    role: 'text',
    person_id: 'uuid',
    unit_id: 'int',
    subject_id: 'uuid',
    attended: 'boolean',
    data: 'jsonb',
  };
  const rows = events.flatMap((e) =>
    (e.roster ?? []).map((guest, i) => ({
      id: idOf(`${e.id}/roster/${i}`),
      event_id: e.id,
      unit_path: l.path(e.at),
      role: guest.role ?? 'attendee',
      person_id: l.person(guest.person),
      unit_id: guest.unit === undefined ? null : l.unit(guest.unit),
      subject_id: guest.subject ?? null,
      attended: guest.attended,
      data: guest.data ?? {},
    })),
  );
  await insertMany(l.rq.db, 'event_roster', columns, rows);
}

export async function insertCases(l: Laying, { cases }: Work): Promise<void> {
  const columns = {
    id: 'uuid',
    type: 'text',
    state: 'text',
    title: 'text',
    unit_id: 'int',
    unit_path: 'text',
    star: 'text',
    owner_person_id: 'uuid',
    owner_unit_id: 'int',
    raised_by: 'uuid',
    due_on: 'date',
    parent_id: 'uuid',
    subject_id: 'uuid',
    opened_at: 'timestamptz',
    changed_at: 'timestamptz',
    closed_at: 'timestamptz',
    open_below: 'boolean',
    waits_for: 'text',
    version: 'int',
    data: 'jsonb',
  };
  const rows = parentsFirst(cases).map((c) => {
    const workflow = workflowOf(c.type);
    return {
      ...of(l, c.at),
      id: c.id,
      type: c.type,
      state: c.state,
      title: c.title,
      star: c.star ?? null,
      owner_person_id: l.person(c.owner),
      owner_unit_id: c.ownerUnit === undefined ? null : l.unit(c.ownerUnit),
      raised_by: l.person(c.raiser),
      due_on: c.due ?? null,
      parent_id: c.parent ?? null,
      subject_id: c.subject ?? null,
      opened_at: morning(c.opened),
      changed_at: stepTimes(c).at(-1),
      closed_at: c.closed === undefined ? null : `${c.closed}T16:00:00+08:00`,
      open_below: workflow.openBelow ?? false,
      waits_for: waitsFor(workflow, c.state),
      version: wayOf(c).length + 1,
      data: c.data,
    };
  });
  await insertMany(l.rq.db, 'cases', columns, rows);
  // The counts by state that a trigger would have kept: these are the first cases of the county.
  await send(
    l.rq.db,
    sql`INSERT INTO case_count_deltas SELECT unit_path, type, state, count(*) FROM cases GROUP BY unit_path, type, state`,
  );
  await insertSteps(l, cases);
}

export async function insertDesignations(l: Laying, { designations }: Work): Promise<void> {
  const columns = {
    id: 'uuid',
    kind: 'text',
    unit_id: 'int',
    unit_path: 'text',
    number: 'text',
    granted_by_unit_id: 'int',
    grantor: 'text',
    granted_on: 'date',
    valid_to: 'date',
    basis: 'text',
    subject_id: 'uuid',
    data: 'jsonb',
  };
  const rows = designations.map((d) => ({
    ...of(l, d.at),
    id: d.id,
    kind: d.kind,
    number: d.number ?? null,
    granted_by_unit_id: l.unit(d.by),
    grantor: d.grantor,
    granted_on: d.on,
    valid_to: d.to ?? null,
    basis: d.basis,
    subject_id: d.subject ?? null,
    data: d.data ?? {},
  }));
  await insertMany(l.rq.db, 'designations', columns, rows);
}

export async function insertDuties(l: Laying, { duties }: Work): Promise<void> {
  const rows = duties.map((d) => ({
    id: d.id,
    role: d.role,
    personId: l.person(d.person),
    holderUnitId: d.unit === undefined ? null : l.unit(d.unit),
    unitId: l.unit(d.at),
    star: d.star ?? null,
    objectKind: d.address === undefined ? null : 'address',
    objectId: d.address ?? null,
    from: d.from,
    to: null,
    document: '演示数据',
    data: d.data ?? {},
    single: role(d.role).cardinality === 'one',
  }));
  for (let i = 0; i < rows.length; i += 2_000) await insertAssignments(l.rq, rows.slice(i, i + 2_000));
}
