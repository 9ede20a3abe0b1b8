import { randomUUID } from 'node:crypto';
import {
  assignmentReason,
  type AssignmentData,
  canAssign,
  canEnd,
  canGive,
  type HolderFacts,
  isSingle,
  leadsStill,
  namedStars,
  type NewEdge,
  role,
  type RoleName,
  voluntary,
} from '../../../domain/records/assignments/index.ts';
import { check, notFound, refuse } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { may, mustHold, type Rq, system } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { announceActorsChanged, listRolesOf } from '../accounts/index.ts';
import { getPerson } from '../people/index.ts';
import { getUnit } from '../units/index.ts';
import * as store from './store.ts';

export interface Assign {
  readonly role: RoleName;
  readonly unitId: number;
  readonly star?: string | null;
  readonly personId?: string | undefined;
  readonly holderUnitId?: number | undefined;
  readonly from: string;
  readonly to?: string | null;
  readonly document: string;
  readonly address?: string | undefined;
  readonly criterion?: string | undefined;
  readonly data?: AssignmentData;
}

const noAssignment = notFound({ zh: '该责任分工', en: 'assignment' });

export async function getAssignment(rq: Rq, id: string): Promise<store.AssignmentRow> {
  const row = await store.findAssignment(rq, id);
  if (!row) throw noAssignment;
  return row;
}

/** What the actor holds today; the rules of giving look at roles and not at single grants. */
export async function heldBy(rq: Rq) {
  return rq.actor.personId === null ? [] : listRolesOf(rq.db, rq.actor.personId, dayOf(rq.now));
}

/** Refuses unless the actor's own level appoints this role there; the platform itself (demo, set-up) may load any. */
async function mustGive(
  rq: Rq,
  given: { role: RoleName; path: string; star: string | null; to: string | null },
): Promise<void> {
  mustHold(rq, 'assignments.write', given.path);
  if (rq.actor === system) return;
  check(canGive({ personId: rq.actor.personId, held: await heldBy(rq) }, given));
}

/** Whoever is to hold it, with the posts that the duty may rest on. */
async function holderFacts(rq: Rq, input: Assign): Promise<HolderFacts> {
  if (input.personId === undefined) {
    const unit = await getUnit(rq, input.holderUnitId!);
    return { kind: 'unit', id: String(unit.id), name: unit.name, until: unit.validTo, partyMember: false, posts: [] };
  }
  const person = await getPerson(rq, input.personId);
  const posts = await store.listEdges(rq, person.id, input.from);
  return {
    kind: 'person',
    id: person.id,
    name: person.name,
    until: person.leftOn,
    partyMember: person.partyMember,
    posts,
  };
}

function edgeOf(input: Assign): NewEdge {
  return {
    role: input.role,
    star: input.star ?? null,
    objectId: input.address ?? input.criterion ?? null,
    from: input.from,
    to: input.to ?? null,
    data: input.data ?? {},
  };
}

async function mustKnowStar(rq: Rq, star: string | null): Promise<void> {
  if (star === null || namedStars.includes(star) || (await store.starPublished(rq, star))) return;
  throw refuse(assignmentReason('assignment-star-unknown', { star }));
}

/** Checks and writes one edge; the callers journal it and have checked the right to give it. */
async function begin(rq: Rq, input: Assign): Promise<string> {
  const unit = await getUnit(rq, input.unitId);
  const edge = edgeOf(input);
  await mustKnowStar(rq, edge.star);
  const holder = await holderFacts(rq, input);
  const occupants = await store.listOccupants(rq, unit.id, edge.role, edge.star, edge.from);
  check(canAssign(unit, edge, holder, occupants));
  const id = randomUUID();
  await store.insertAssignments(rq, [
    {
      ...edge,
      id,
      personId: input.personId ?? null,
      holderUnitId: input.holderUnitId ?? null,
      unitId: unit.id,
      objectKind: input.address ? 'address' : input.criterion ? 'criterion' : null,
      document: input.document,
      single: isSingle(edge),
    },
  ]);
  return id;
}

/** What the journal keeps for ever: never the address of a household, never a way to reach somebody. */
function forJournal(row: store.AssignmentRow) {
  const { role, star, unitId, personId, holderUnitId, from, to, document } = row;
  const criterion = row.objectKind === 'criterion' ? row.objectId : undefined;
  return { role, star, unitId, personId, holderUnitId, from, to, document, criterion, consent: row.data.consent };
}

export async function assign(rq: Rq, input: Assign): Promise<store.AssignmentRow> {
  const unit = await getUnit(rq, input.unitId);
  await mustGive(rq, {
    role: input.role,
    path: unit.path,
    star: input.star ?? null,
    to: input.personId ?? null,
  });
  await store.lockUnit(rq, unit.id);
  const row = await getAssignment(rq, await begin(rq, input));
  await record(rq, {
    verb: 'assignment.begin',
    subject: { kind: 'assignment', id: row.id },
    path: row.path,
    after: forJournal(row),
  });
  await announceActorsChanged(rq.db);
  return row;
}

/** A duty that rests on this one stays led by somebody entitled to it. */
async function mustNotStrand(rq: Rq, row: store.AssignmentRow, day: string): Promise<void> {
  if (row.personId === null) return;
  const edges = await store.listEdges(rq, row.personId, day);
  const others = edges.filter((e) => e.id !== row.id);
  check(
    leadsStill(row.holder, { role: row.role, path: row.path, star: row.star, from: row.from, to: row.to }, day, others),
  );
  if (row.role === 'admin' && (await store.otherAdmins(rq, row, day)) === 0)
    throw refuse(assignmentReason('assignment-last-admin'));
}

async function close(rq: Rq, row: store.AssignmentRow, day: string, reason: string): Promise<store.AssignmentRow> {
  await store.closeAssignments(rq, [row.id], day, reason);
  await record(rq, {
    verb: 'assignment.end',
    subject: { kind: 'assignment', id: row.id },
    path: row.path,
    before: { to: row.to },
    after: { ...forJournal(row), to: day, reason },
  });
  await announceActorsChanged(rq.db);
  return getAssignment(rq, row.id);
}

/** Locks the unit and the row, and reads what it is now. */
async function getLocked(rq: Rq, id: string): Promise<store.AssignmentRow> {
  const { unitId } = await getAssignment(rq, id);
  await store.lockUnit(rq, unitId);
  await store.lockAssignment(rq, id);
  return getAssignment(rq, id);
}

/** Ends a duty. What somebody took on voluntarily they may also give back themselves. */
export async function endAssignment(
  rq: Rq,
  id: string,
  input: { day: string; reason: string },
): Promise<store.AssignmentRow> {
  const row = await getLocked(rq, id);
  const ownWill = row.personId !== null && row.personId === rq.actor.personId && voluntary.includes(row.role);
  if (!ownWill) await mustGive(rq, { role: row.role, path: row.path, star: row.star, to: null });
  check(canEnd(row, input.day));
  await mustNotStrand(rq, row, input.day);
  return close(rq, row, input.day, input.reason);
}

export interface Handover {
  readonly personId?: string | undefined;
  readonly holderUnitId?: number | undefined;
  readonly day: string;
  readonly document: string;
  readonly data?: AssignmentData | undefined;
}

/** One ends and the next starts on the same day in one transaction: at no moment does nobody or do two answer for it. */
export async function handover(
  rq: Rq,
  id: string,
  input: Handover,
): Promise<{ ended: store.AssignmentRow; begun: store.AssignmentRow }> {
  const old = await getLocked(rq, id);
  await mustGive(rq, { role: old.role, path: old.path, star: old.star, to: input.personId ?? null });
  check(canEnd(old, input.day));
  const same = input.personId !== undefined ? input.personId === old.personId : input.holderUnitId === old.holderUnitId;
  if (same) throw refuse(assignmentReason('assignment-same-holder'));
  const ended = await close(rq, old, input.day, 'handover');
  const object =
    old.objectId === null ? {} : { [old.objectKind === 'address' ? 'address' : 'criterion']: old.objectId };
  const begun = await getAssignment(
    rq,
    await begin(rq, {
      role: old.role,
      unitId: old.unitId,
      star: old.star,
      personId: input.personId,
      holderUnitId: input.holderUnitId,
      from: input.day,
      // A term that was set stays the end of the term, also for whoever takes over.
      to: old.to,
      document: input.document,
      ...object,
      data: { ...handedOn(old), ...input.data },
    }),
  );
  // Only now is it known whether somebody who leads by this post would be left without it.
  await mustNotStrand(rq, old, input.day);
  await record(rq, {
    verb: 'assignment.begin',
    subject: { kind: 'assignment', id: begun.id },
    path: begun.path,
    after: { ...forJournal(begun), takesOverFrom: old.id },
  });
  return { ended, begun };
}

/** What belongs to the duty goes over to the next holder; consent and what was agreed to be shown do not. */
function handedOn(old: store.AssignmentRow): AssignmentData {
  const { line, plot, informedOn } = old.data;
  return { ...(line && { line }), ...(plot && { plot }), ...(informedOn && { informedOn }) };
}

/** The refusal, when a role of somebody who leaves has to be taken back at a higher level first. */
export function leaveBlocked(name: string, given: RoleName) {
  return refuse(assignmentReason('assignment-too-many-leave', { name, ...role(given).words }));
}

/** Whether the actor sees addresses there. */
export function seesAddress(rq: Rq, row: store.AssignmentRow): boolean {
  return may(rq, 'people.read', row.path) || (row.personId !== null && row.personId === rq.actor.personId);
}
