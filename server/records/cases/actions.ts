import { randomUUID } from 'node:crypto';
import { findWorkflow, workflowOf } from '../../../domain/records/cases/all.ts';
import {
  caseReason,
  holdsStep,
  isFinal,
  isPaused,
  type Step,
  stepReason,
  waitsFor,
  type Workflow,
} from '../../../domain/records/cases/index.ts';
import { caseVerb } from '../../../domain/records/journal/index.ts';
import { check, forbidden, invalid, notFound, refuse } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { may, mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import type { Verb } from '../../../domain/grants.ts';
import { addWorkdays, workdaysBetween } from '../calendar/index.ts';
import { checkCatalogues } from '../catalogues/index.ts';
import { notify } from '../notices/index.ts';
import { aboutOf } from './about.ts';
import { actorOf, factsOf, getCase, ownsCase } from './access.ts';
import type { CaseRow } from './rows.ts';
import * as store from './store.ts';

/** What other modules do when a case has changed, in the same transaction; wired in app.ts. */
export type CaseWatcher = (rq: Rq, change: { before: CaseRow | null; after: CaseRow; step: string }) => Promise<void>;
const watchers = new Set<CaseWatcher>();

export function watchCases(watcher: CaseWatcher): void {
  watchers.add(watcher);
}

async function tellWatchers(rq: Rq, before: CaseRow | null, after: CaseRow, step: string): Promise<void> {
  for (const watcher of watchers) await watcher(rq, { before, after, step });
}

/** The fields of a case as its kind wants them; the error names the field. */
function dataOf(workflow: Workflow, data: unknown): Record<string, unknown> {
  if (!workflow.data) {
    if (Object.keys((data ?? {}) as object).length === 0) return {};
    throw invalid([{ path: 'body.data', message: { zh: '该类事项没有自有字段', en: 'This kind has no fields' } }]);
  }
  const parsed = workflow.data.safeParse(data ?? {});
  if (parsed.success) return parsed.data as Record<string, unknown>;
  throw invalid(
    parsed.error.issues
      .slice(0, 50)
      .map((issue) => ({ path: ['body.data', ...issue.path.map(String)].join('.'), message: issue.message })),
  );
}

export interface OpenCase {
  readonly type: string;
  readonly title: string;
  readonly unitId: number;
  readonly star?: string | null | undefined;
  readonly parentId?: string | null | undefined;
  /** What it is about, of a kind that the workflow allows; the actor must be able to read it. */
  readonly subjectId?: string | null | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly ownerUnitId?: number | null | undefined;
  readonly ownerPersonId?: string | null | undefined;
  readonly origin?: { readonly kind: string; readonly id: string } | undefined;
  readonly dueOn?: string | null | undefined;
  readonly data?: Record<string, unknown> | undefined;
  /** False keeps one case of an open kind closed to those below. */
  readonly openBelow?: boolean | undefined;
}

async function openingOf(rq: Rq, unitId: number, owner: Owner): Promise<store.Opening> {
  const opening = await store.findOpening(rq, unitId, { unitId: owner.ownerUnitId, personId: owner.ownerPersonId });
  if (!opening) throw notFound({ zh: '该单位', en: 'unit' });
  if (owner.ownerUnitId && opening.ownerUnitPath === null) throw notFound({ zh: '承办单位', en: 'owning unit' });
  if (owner.ownerPersonId && opening.ownerPath === null) throw notFound({ zh: '承办人', en: 'owner' });
  if (opening.ownerLeft) throw refuse(caseReason('case-owner-left', { name: opening.ownerName ?? '' }));
  return opening;
}

interface Found {
  readonly opening: store.Opening;
  readonly dueOn: string | null;
  readonly subject: CaseRow['subject'];
}

/** A case as it begins: what was asked for, where it stands, and what its kind says. */
function newCase(rq: Rq, workflow: Workflow, input: OpenCase, found: Found): CaseRow {
  const { opening, dueOn, subject } = found;
  return {
    id: randomUUID(),
    type: input.type,
    state: workflow.initial,
    title: input.title,
    unitId: input.unitId,
    unitPath: opening.unitPath,
    unitName: opening.unitName,
    star: input.star ?? null,
    subject,
    tags: [...new Set(input.tags ?? [])],
    ownerUnitId: input.ownerUnitId ?? null,
    ownerUnitName: opening.ownerUnitName,
    ownerPersonId: input.ownerPersonId ?? null,
    ownerName: opening.ownerName,
    raisedBy: rq.actor.personId,
    raisedByName: rq.actor.personId === null ? null : rq.actor.name,
    dueOn,
    workdaysLeft: null,
    sure: true,
    supervisedBy: null,
    escalatedTo: null,
    escalatedName: null,
    escalatedAt: null,
    parentId: input.parentId ?? null,
    originKind: input.origin?.kind ?? null,
    originId: input.origin?.id ?? null,
    openedAt: rq.now,
    changedAt: rq.now,
    closedAt: isFinal(workflow, workflow.initial) ? rq.now : null,
    openBelow: (workflow.openBelow ?? false) && (input.openBelow ?? true),
    version: 1,
    data: dataOf(workflow, input.data),
    evidence: 0,
  };
}

/** Opens a case of a declared kind on a unit. The kind's verb must be held there; its own fields must fit its schema. */
export async function openCase(rq: Rq, input: OpenCase): Promise<CaseRow> {
  const workflow = findWorkflow(input.type);
  if (!workflow)
    throw invalid([{ path: 'body.type', message: { zh: '没有这类事项', en: 'There is no such kind of case' } }]);
  const opening = await openingOf(rq, input.unitId, input);
  mustHold(rq, workflow.openVerb, opening.unitPath);
  if (opening.unitEnded) throw refuse(caseReason('case-unit-ended', { name: opening.unitName }));
  if (input.parentId) await getCase(rq, input.parentId);
  const today = dayOf(rq.now);
  const dueOn = input.dueOn ?? (workflow.dueWorkdays ? (await addWorkdays(rq, today, workflow.dueWorkdays)).day : null);
  const subject = await aboutOf(rq, workflow, input);
  const draft = newCase(rq, workflow, input, { opening, dueOn, subject });
  await checkCatalogues(rq, workflow.fields, draft.data);
  const entry = { id: randomUUID(), step: 'open', from: '', to: draft.state, reason: null, data: {} };
  const c = { ...draft, ...(await store.insertCase(rq, draft, waitsFor(workflow, draft.state), entry)) };
  await record(rq, {
    verb: caseVerb(c.type, 'open'),
    subject: { kind: 'case', id: c.id },
    path: c.unitPath,
    after: journalOf(workflow, c),
  });
  await notify(rq, [c.ownerPersonId], 'case-assigned', caseSubject(c), { by: rq.actor.name, title: c.title });
  await tellWatchers(rq, null, c, 'open');
  return c;
}

export const caseSubject = (c: CaseRow) => ({ kind: 'case', id: c.id });

/** What the journal keeps of a case. Of a confidential one it keeps the act and not the words. */
function journalOf(workflow: Workflow, c: CaseRow): Record<string, unknown> {
  const act = { type: c.type, state: c.state, version: c.version, ownerPersonId: c.ownerPersonId, dueOn: c.dueOn };
  if (workflow.confidential) return act;
  return {
    ...act,
    title: c.title,
    star: c.star,
    subjectId: c.subject?.id,
    tags: c.tags.length > 0 ? c.tags : undefined,
    ownerUnitId: c.ownerUnitId,
    supervisedBy: c.supervisedBy,
    escalatedTo: c.escalatedTo ?? undefined,
    data: c.data,
  };
}

export interface Owner {
  readonly ownerPersonId?: string | null | undefined;
  readonly ownerUnitId?: number | null | undefined;
}

export interface TakeStep extends Owner {
  readonly version?: number | undefined;
  readonly reason?: string | undefined;
  /** Name or number of the document the step rests on. */
  readonly document?: string | undefined;
  /** Merged into the case's own fields. */
  readonly data?: Record<string, unknown> | undefined;
  /** Kept with the entry of the timeline only. */
  readonly note?: Record<string, unknown> | undefined;
  /** Null: from here on it is due on no day. */
  readonly dueOn?: string | null | undefined;
  readonly title?: string | undefined;
  /** The module tells those concerned in words of its own: nobody is told the same twice. */
  readonly told?: boolean | undefined;
}

export function checkVersion(c: CaseRow, version: number | undefined): void {
  if (version !== undefined && version !== c.version) throw refuse(caseReason('case-changed-meanwhile'));
}

const givesOwner = (o: Owner) => Boolean(o.ownerPersonId) || Boolean(o.ownerUnitId);

/** The case with its new owner; the unit alone when no person is named. */
async function ownedBy(rq: Rq, c: CaseRow, owner: Owner): Promise<CaseRow> {
  if (!givesOwner(owner)) return c;
  const opening = await openingOf(rq, c.unitId, owner);
  return {
    ...c,
    ownerPersonId: owner.ownerPersonId ?? null,
    ownerName: opening.ownerName,
    ownerUnitId: owner.ownerUnitId ?? (owner.ownerPersonId ? c.ownerUnitId : null),
    ownerUnitName: owner.ownerUnitId ? opening.ownerUnitName : c.ownerUnitName,
  };
}

export interface Change {
  readonly before: CaseRow;
  readonly after: CaseRow;
  readonly step: string;
  readonly reason?: string | undefined;
  readonly note?: Record<string, unknown>;
  /** The platform did it by itself: the case counts as untouched since whoever worked on it last. */
  readonly untouched?: boolean;
}

/** Nothing lies with a level above any longer once it is closed, paused, or has been given a day that is not past. */
function lowered(c: CaseRow, today: string): CaseRow {
  if (c.escalatedTo === null || (c.closedAt === null && c.dueOn !== null && c.dueOn < today)) return c;
  return { ...c, escalatedTo: null, escalatedName: null, escalatedAt: null };
}

/** Writes a changed case with its entry and its journal row; the slower of two writers is refused. */
export async function write(rq: Rq, change: Change): Promise<CaseRow> {
  const { before, step } = change;
  const changedAt = change.untouched ? before.changedAt : rq.now;
  const after = { ...lowered(change.after, dayOf(rq.now)), changedAt };
  const workflow = workflowOf(before.type);
  const entry = {
    id: randomUUID(),
    step,
    from: before.state,
    to: after.state,
    reason: change.reason ?? null,
    data: change.note ?? {},
  };
  const written = await store.updateCase(rq, before, after, waitsFor(workflow, after.state), entry);
  if (!written) throw refuse(caseReason('case-changed-meanwhile'));
  const c = { ...after, ...written };
  await record(rq, {
    verb: caseVerb(c.type, step),
    subject: caseSubject(c),
    path: c.unitPath,
    before: journalOf(workflow, before),
    after: { ...journalOf(workflow, c), ...(workflow.confidential ? {} : { reason: change.reason }) },
  });
  await tellWatchers(rq, before, c, step);
  return c;
}

/**
 * Takes a step: legal from here, by somebody who may, with what it needs, and by one person only. Given the case itself
 * instead of its id, it is not read again.
 */
export async function takeStep(rq: Rq, of: string | CaseRow, step: string, input: TakeStep = {}): Promise<CaseRow> {
  const c = typeof of === 'string' ? await getCase(rq, of) : of;
  const workflow = workflowOf(c.type);
  const s = Object.hasOwn(workflow.steps, step) ? workflow.steps[step] : undefined;
  const actor = actorOf(rq);
  if (s && !s.onlySystem && !holdsStep(s, factsOf(c), actor)) throw forbidden(s.verb);
  checkVersion(c, input.version);
  check(stepReason(workflow, factsOf(c), step, actor, { ...input, owner: givesOwner(input) }));
  const after = await afterStep(rq, workflow, s!, c, input);
  const pausing = isPaused(workflow, s!.to) && !isPaused(workflow, c.state);
  const note = {
    ...input.note,
    ...(input.document ? { document: input.document } : {}),
    ...(pausing ? { dueOn: c.dueOn } : {}),
  };
  const done = await write(rq, { before: c, after, step, reason: input.reason, note });
  if (done.ownerPersonId !== c.ownerPersonId)
    await notify(rq, [done.ownerPersonId], 'case-assigned', caseSubject(c), { by: rq.actor.name, title: c.title });
  if (input.told) return done;
  // Who raised many at once hears of the case above them, and not of each.
  const told = [c.ownerPersonId, ...(done.closedAt && workflow.toldAs === undefined ? [c.raisedBy] : [])];
  await notify(rq, told, 'case-step', caseSubject(c), {
    by: rq.actor.name,
    title: c.title,
    stepZh: s!.words.zh,
    stepEn: s!.words.en,
  });
  return done;
}

async function afterStep(rq: Rq, workflow: Workflow, s: Step, c: CaseRow, input: TakeStep): Promise<CaseRow> {
  if (input.data) await checkCatalogues(rq, workflow.fields, input.data, 'body.data', c.data);
  const owned = await ownedBy(rq, c, input);
  const due = s.dueWorkdays === undefined ? c.dueOn : (await addWorkdays(rq, dayOf(rq.now), s.dueWorkdays)).day;
  const paused = isPaused(workflow, s.to);
  const resumed = !paused && isPaused(workflow, c.state) ? await dueAfterPause(rq, c) : due;
  return {
    ...owned,
    title: input.title ?? c.title,
    state: s.to,
    dueOn: paused ? null : input.dueOn === undefined ? resumed : input.dueOn,
    data: input.data ? dataOf(workflow, { ...c.data, ...input.data }) : c.data,
    closedAt: isFinal(workflow, s.to) ? (c.closedAt ?? rq.now) : null,
  };
}

/** The day it had been due, later by as many workdays as it stood still. */
async function dueAfterPause(rq: Rq, c: CaseRow): Promise<string | null> {
  const pause = await store.findPause(rq, c.id);
  if (!pause?.dueOn) return null;
  const { count } = await workdaysBetween(rq, dayOf(pause.on), dayOf(rq.now));
  return (await addWorkdays(rq, pause.dueOn, count)).day;
}

/** Changes a case's own fields without moving it; journaled, and refused once it is finished. */
export async function changeCaseData(
  rq: Rq,
  id: string,
  patch: Record<string, unknown>,
  verb: Verb,
  reason?: string,
): Promise<CaseRow> {
  const c = await getCase(rq, id);
  mustHold(rq, verb, c.unitPath, c.star ?? undefined);
  return changeCaseDataAs(rq, c, patch, reason);
}

/** The same for a module that has checked by its own rules that the actor may. */
export async function changeCaseDataAs(
  rq: Rq,
  c: CaseRow,
  patch: Record<string, unknown>,
  reason?: string,
): Promise<CaseRow> {
  const workflow = workflowOf(c.type);
  if (isFinal(workflow, c.state)) throw refuse(finished(workflow, c));
  const after = { ...c, data: dataOf(workflow, { ...c.data, ...patch }) };
  await checkCatalogues(rq, workflow.fields, patch, 'body.data', c.data);
  return write(rq, { before: c, after, step: 'data', reason });
}

export function finished(workflow: Workflow, c: CaseRow) {
  const words = workflow.states[c.state]!.words;
  return caseReason('case-final', { nowZh: words.zh, nowEn: words.en });
}

/** Hands a case on: by its owner, or by whoever assigns cases there. */
export async function handOn(
  rq: Rq,
  id: string,
  input: Owner & { version?: number | undefined; reason: string },
): Promise<CaseRow> {
  const c = await getCase(rq, id);
  const workflow = workflowOf(c.type);
  if (!may(rq, 'cases.assign', c.unitPath)) {
    mustHold(rq, 'cases.write', c.unitPath);
    if (!ownsCase(rq, c)) throw forbidden('cases.assign');
  }
  checkVersion(c, input.version);
  if (c.closedAt !== null) throw refuse(finished(workflow, c));
  const after = await ownedBy(rq, c, input);
  if (after.ownerPersonId === c.ownerPersonId && after.ownerUnitId === c.ownerUnitId)
    throw refuse(caseReason('case-same-owner'));
  const done = await write(rq, {
    before: c,
    after,
    step: 'hand-on',
    reason: input.reason,
    note: { from: c.ownerName ?? c.ownerUnitName, to: after.ownerName ?? after.ownerUnitName },
  });
  const about = { by: rq.actor.name, title: c.title };
  await notify(rq, [done.ownerPersonId], 'case-assigned', caseSubject(c), about);
  return done;
}
