import { randomUUID } from 'node:crypto';
import {
  canBelongTo,
  canBeLed,
  canChange,
  canDescribe,
  canEnd,
  canStandIn,
  canStart,
  canTurn,
  endState,
  nameIs,
  type SubjectKind,
  subjectReason,
} from '../../../domain/records/subjects/index.ts';
import type { JournalVerb } from '../../../domain/records/journal/index.ts';
import { check, refuse } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { getUnit } from '../units/index.ts';
import { fieldsOf, merged } from './fields.ts';
import { endingReason } from './hooks.ts';
import { withdrawAll } from './personal.ts';
import { getSubject, kindNamed, kindOf, type SubjectRow } from './rows.ts';
import * as store from './store.ts';

export interface NewSubject {
  readonly kind: string;
  readonly unitId: number;
  readonly name?: string | undefined;
  readonly code?: string | undefined;
  readonly place?: string | undefined;
  readonly parentId?: string | undefined;
  readonly leadUnitId?: number | undefined;
  readonly state?: string | undefined;
  readonly star?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly fromDay: string;
  readonly data?: Record<string, unknown> | undefined;
}

function codeTaken(kind: SubjectKind, value: string) {
  const words = kind.code ?? { zh: '编号', en: 'number' };
  return refuse(subjectReason('subject-code-taken', { code: words.zh, codeEn: words.en, value }));
}

/** The name as the kind has it: typed, or the place or number it follows from. */
function nameFor(kind: SubjectKind, s: { name: string | null; code: string | null; place: string | null }): string {
  const from = nameIs(kind);
  return (from === 'place' ? s.place : from === 'code' ? s.code : s.name) ?? '';
}

function journalOf(s: SubjectRow) {
  const { kind, name, code, place, parentId, leadUnitId, state, star, tags, fromDay, toDay, data, unitId } = s;
  return { kind, name, code, place, parentId, leadUnitId, state, star, tags, fromDay, toDay, data, unitId };
}

/** Registers a subject. `records.write` is needed at the unit where it stands. */
export async function createSubject(rq: Rq, input: NewSubject): Promise<SubjectRow> {
  const kind = kindNamed(input.kind);
  const unit = await getUnit(rq, input.unitId);
  mustHold(rq, 'records.write', unit.path, input.star);
  check(canStandIn(kind, unit));
  const tags = input.tags ?? [];
  check(canDescribe(kind, { ...input, tags }));
  const state = input.state ?? kind.initial;
  check(canStart(kind, state));
  const parent = input.parentId ? await getSubject(rq, input.parentId) : null;
  check(canBelongTo(kind, parent) ?? canBeLed(kind, input.leadUnitId !== undefined));
  const lead = input.leadUnitId === undefined ? null : await getUnit(rq, input.leadUnitId);
  const described = { name: input.name ?? null, code: input.code ?? null, place: input.place ?? null };
  const row: SubjectRow = {
    ...described,
    id: randomUUID(),
    kind: kind.kind,
    unitId: unit.id,
    unitPath: unit.path,
    unitName: unit.name,
    name: nameFor(kind, described),
    parentId: parent?.id ?? null,
    parentName: parent?.name ?? null,
    leadUnitId: lead?.id ?? null,
    leadUnitName: lead?.name ?? null,
    state,
    star: input.star ?? null,
    tags,
    fromDay: input.fromDay,
    toDay: null,
    changedAt: rq.now,
    version: 1,
    data: await fieldsOf(rq, kind, input.data ?? {}),
  };
  if (!(await store.insertSubject(rq, row))) throw codeTaken(kind, row.code!);
  await record(rq, {
    verb: 'subject.create',
    subject: { kind: 'subject', id: row.id },
    path: row.unitPath,
    after: journalOf(row),
  });
  return getSubject(rq, row.id);
}

export interface ChangeSubject {
  readonly version?: number | undefined;
  readonly unitId?: number | undefined;
  readonly name?: string | undefined;
  readonly code?: string | null | undefined;
  readonly place?: string | null | undefined;
  readonly parentId?: string | null | undefined;
  readonly leadUnitId?: number | null | undefined;
  readonly star?: string | null | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly fromDay?: string | undefined;
  readonly data?: Record<string, unknown> | undefined;
}

/** The entry, when the actor may change it. */
async function changeable(rq: Rq, id: string, version: number | undefined) {
  const subject = await getSubject(rq, id);
  mustHold(rq, 'records.write', subject.unitPath, subject.star ?? undefined);
  if (version !== undefined && version !== subject.version) throw refuse(subjectReason('subject-changed-meanwhile'));
  return { subject, kind: kindOf(subject) };
}

async function write(
  rq: Rq,
  verb: JournalVerb,
  before: SubjectRow,
  after: SubjectRow,
  more: Record<string, unknown> = {},
): Promise<SubjectRow> {
  if ((await store.updateSubject(rq, before, after)) === 0) throw refuse(subjectReason('subject-changed-meanwhile'));
  if (after.unitPath !== before.unitPath) await store.movePersonal(rq, before.id, after.unitPath);
  await record(rq, {
    verb,
    subject: { kind: 'subject', id: before.id },
    path: after.unitPath,
    before: journalOf(before),
    after: { ...journalOf(after), ...more },
  });
  return getSubject(rq, before.id);
}

/** What was given, or what stands there: null is given and empties. */
const given = <T>(value: T | undefined, there: T): T => (value === undefined ? there : value);

export async function changeSubject(rq: Rq, id: string, input: ChangeSubject): Promise<SubjectRow> {
  const { subject, kind } = await changeable(rq, id, input.version);
  check(canChange(subject));
  const unit = input.unitId === undefined ? null : await getUnit(rq, input.unitId);
  if (unit) mustHold(rq, 'records.write', unit.path, subject.star ?? undefined);
  check(unit && canStandIn(kind, unit));
  const parent = input.parentId ? await getSubject(rq, input.parentId) : null;
  check(canBelongTo(kind, parent) ?? canBeLed(kind, input.leadUnitId !== undefined && input.leadUnitId !== null));
  if (parent && (await store.isAbove(rq, id, parent.id))) throw refuse(subjectReason('subject-parent-circle'));
  const lead = input.leadUnitId ? await getUnit(rq, input.leadUnitId) : null;
  const described = {
    // A name that follows from the place or the number is not carried over from before.
    name: given<string | null>(input.name, nameIs(kind) === null ? subject.name : null),
    code: given(input.code, subject.code),
    place: given(input.place, subject.place),
    star: given(input.star, subject.star),
    tags: given(input.tags, subject.tags),
  };
  check(canDescribe(kind, described));
  const after: SubjectRow = {
    ...subject,
    ...described,
    unitId: unit?.id ?? subject.unitId,
    unitPath: unit?.path ?? subject.unitPath,
    name: nameFor(kind, described),
    parentId: input.parentId === undefined ? subject.parentId : (parent?.id ?? null),
    leadUnitId: input.leadUnitId === undefined ? subject.leadUnitId : (lead?.id ?? null),
    fromDay: given(input.fromDay, subject.fromDay),
    data: input.data
      ? await fieldsOf(rq, kind, merged(subject.data, input.data), 'body.data', subject.data)
      : subject.data,
  };
  if (after.star !== null) mustHold(rq, 'records.write', after.unitPath, after.star);
  if (after.code !== null && (await store.codeIsTaken(rq, kind.kind, after.code, id)))
    throw codeTaken(kind, after.code);
  return write(rq, 'subject.change', subject, after);
}

export async function turnSubject(
  rq: Rq,
  id: string,
  input: { readonly version?: number | undefined; readonly state: string; readonly reason?: string | undefined },
): Promise<SubjectRow> {
  const { subject, kind } = await changeable(rq, id, input.version);
  check(canTurn(kind, subject, input.state));
  return write(rq, 'subject.state', subject, { ...subject, state: input.state }, { reason: input.reason ?? null });
}

export interface EndSubject {
  readonly version?: number | undefined;
  readonly onDay: string;
  readonly reason: string;
  readonly state?: string | undefined;
}

/** Ends the entry. What was kept about people lived from what it was for, so it is erased with it. */
export async function endSubject(rq: Rq, id: string, input: EndSubject): Promise<SubjectRow> {
  const { subject, kind } = await changeable(rq, id, input.version);
  check(canEnd(subject, input.onDay, dayOf(rq.now), await store.countParts(rq, id)));
  check(await endingReason(rq, id));
  const state = endState(kind, input.state);
  if (state === null) throw refuse(subjectReason('subject-no-state', { kind: kind.words.zh, kindEn: kind.words.en }));
  await withdrawAll(rq, subject);
  const after = { ...subject, state, toDay: input.onDay };
  return write(rq, 'subject.end', subject, after, { reason: input.reason });
}
