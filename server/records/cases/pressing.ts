import { randomUUID } from 'node:crypto';
import { findWorkflow, workflowOf } from '../../../domain/records/cases/all.ts';
import { caseReason, isPaused } from '../../../domain/records/cases/index.ts';
import { caseVerb } from '../../../domain/records/journal/index.ts';
import { refuse } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { notify } from '../notices/index.ts';
import { getCase, ownsCase } from './access.ts';
import { caseSubject, checkVersion, finished, write } from './actions.ts';
import type { CaseRow } from './rows.ts';
import { insertEntry, type TimelineRow } from './store.ts';

/** Presses for a case (督办); an earlier due day may be set with it. */
export async function supervise(
  rq: Rq,
  id: string,
  input: { version?: number | undefined; reason: string; dueOn?: string | undefined },
): Promise<CaseRow> {
  const c = await getCase(rq, id);
  mustHold(rq, 'cases.assign', c.unitPath);
  checkVersion(c, input.version);
  if (c.closedAt !== null) throw refuse(finished(workflowOf(c.type), c));
  if (c.supervisedBy !== null) throw refuse(caseReason('case-supervised'));
  const paused = isPaused(workflowOf(c.type), c.state);
  if (paused && input.dueOn !== undefined) throw refuse(stoodStill(c));
  const after = { ...c, supervisedBy: rq.actor.personId, dueOn: input.dueOn ?? c.dueOn };
  const done = await write(rq, { before: c, after, step: 'supervise', reason: input.reason });
  await notify(rq, [c.ownerPersonId], 'case-supervised', caseSubject(c), { by: rq.actor.name, title: c.title });
  return done;
}

/** A word in the timeline, by anyone who works on the case. */
export async function commentOn(rq: Rq, id: string, text: string): Promise<TimelineRow> {
  const c = await getCase(rq, id);
  const mine = rq.actor.personId !== null && [c.raisedBy, c.supervisedBy].includes(rq.actor.personId);
  if (!mine && !ownsCase(rq, c)) mustHold(rq, 'cases.write', c.unitPath);
  const entry = { id: randomUUID(), step: 'comment', from: c.state, to: c.state, reason: text, data: {} };
  await insertEntry(rq, c.id, c.unitPath, entry);
  await record(rq, {
    verb: caseVerb(c.type, 'comment'),
    subject: caseSubject(c),
    path: c.unitPath,
    after: findWorkflow(c.type)?.confidential ? {} : { text },
  });
  await notify(rq, [c.ownerPersonId, c.raisedBy], 'case-comment', caseSubject(c), {
    by: rq.actor.name,
    title: c.title,
  });
  return { ...entry, personId: rq.actor.personId, by: rq.actor.name, at: rq.now };
}

function stoodStill(c: CaseRow) {
  const words = workflowOf(c.type).states[c.state]!.words;
  return caseReason('case-paused', { nowZh: words.zh, nowEn: words.en });
}

/** How a case past its day is pressed for: by whom, how late it is, and whom it concerns. */
interface Pressing {
  readonly workdaysLate: number;
  readonly reason: string;
  readonly tell: readonly (string | null)[];
}

const late = (p: Pressing) => ({ n: p.workdaysLate });

/** Reminds those who answer for a case that its day has gone by; the entry stays in its timeline. */
export async function remind(rq: Rq, c: CaseRow, p: Pressing): Promise<void> {
  const note = { workdaysLate: p.workdaysLate, pastDay: c.dueOn };
  const entry = { id: randomUUID(), step: 'remind', from: c.state, to: c.state, reason: p.reason, data: note };
  await insertEntry(rq, c.id, c.unitPath, entry);
  await record(rq, { verb: caseVerb(c.type, 'remind'), subject: caseSubject(c), path: c.unitPath, after: note });
  await notify(rq, [...p.tell], 'case-reminded', caseSubject(c), { title: c.title, ...late(p) });
}

/** Carries a case past its day up to a unit above: recorded in its timeline and told to both sides. */
export async function carryUp(
  rq: Rq,
  c: CaseRow,
  to: { readonly id: number; readonly name: string },
  p: Pressing,
): Promise<CaseRow> {
  const after = { ...c, escalatedTo: to.id, escalatedName: to.name, escalatedAt: rq.now };
  const note = { toUnitId: to.id, toUnitName: to.name, workdaysLate: p.workdaysLate, pastDay: c.dueOn };
  const done = await write(rq, { before: c, after, step: 'carry-up', reason: p.reason, note, untouched: true });
  await notify(rq, [...p.tell], 'case-escalated', caseSubject(c), { title: c.title, unit: to.name, ...late(p) });
  return done;
}
