import {
  adjustmentWorkdays,
  openStates,
  type Origin,
  starReason,
  targetReason,
  whyOf,
} from '../../../domain/stars/index.ts';
import type { Reason } from '../../../domain/words.ts';
import type { AdjustmentData, CandidacyData } from '../../../domain/stars/kinds-cycle.ts';
import { all, sql, visible } from '../../platform/db/sql.ts';
import { check, notFound, refuse } from '../../platform/errors.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { addWorkdays } from '../../records/calendar/index.ts';
import { type CaseRow, changeCaseData, getCase, openCase, takeStep } from '../../records/cases/index.ts';
import { getCandidacy, stateWords, withChange } from './candidacies.ts';
import { asPlatform, getCycle, maxLevelOf, measured, following } from './common.ts';
import { tellBranch } from './telling.ts';

const noAdjustment = notFound({ zh: '该调整事项', en: 'adjustment' });

type Adjustment = Omit<CaseRow, 'data'> & { readonly data: AdjustmentData };

async function getAdjustment(rq: Rq, id: string): Promise<Adjustment> {
  const c = await getCase(asPlatform(rq), id);
  if (c.type !== 'adjustment') throw noAdjustment;
  return { ...c, data: c.data as unknown as AdjustmentData };
}

/** Why it cannot be decided yet: the branch has been told and has its time to object. */
function decideReason(rq: Rq, a: Adjustment): Reason | null {
  if (a.state === 'objected') return null;
  if (a.state !== 'proposed') return starReason('candidacy-state', { state: a.state });
  return dayOf(rq.now) <= a.data.objectUntil ? starReason('adjust-before-answer', { day: a.data.objectUntil }) : null;
}

export async function showAdjustment(rq: Rq, id: string) {
  const a = await getAdjustment(rq, id);
  const { change, reason, document, objectUntil, sure, objection, decisionReason } = a.data;
  return {
    id: a.id,
    candidacyId: a.originId ?? '',
    state: a.state as 'proposed',
    unitId: a.unitId,
    unitName: a.unitName,
    change,
    reason,
    document,
    objectUntil,
    sure,
    objection,
    decisionReason,
    decideWhy: whyOf(decideReason(rq, a)),
    version: a.version,
  };
}

export async function listAdjustments(
  rq: Rq,
  s: { cycleId?: string | undefined; candidacyId?: string | undefined; limit: number; offset: number },
) {
  const where = all([
    visible(rq, 'c.unit_path'),
    sql`c.type = 'adjustment'`,
    s.cycleId && sql`c.parent_id = ${s.cycleId}`,
    s.candidacyId && sql`c.origin_id = ${s.candidacyId}`,
  ]);
  const { count } = await rq.db.one<{ count: number }>(sql`SELECT count(*)::int AS count FROM cases c WHERE ${where}`);
  const rows = await rq.db.many<{ id: string }>(
    sql`SELECT c.id FROM cases c WHERE ${where} ORDER BY c.opened_at DESC LIMIT ${s.limit} OFFSET ${s.offset}`,
  );
  const items = [];
  for (const { id } of rows) items.push(await showAdjustment(rq, id));
  return { items, total: count };
}

export interface Change {
  readonly targetLevel?: number | undefined;
  readonly targetStars?: readonly string[] | undefined;
  readonly stretchLevel?: number | null | undefined;
  readonly origin?: Origin | undefined;
  readonly withdraw?: boolean | undefined;
}

export async function proposeAdjustment(
  rq: Rq,
  candidacyId: string,
  input: { change: Change; reason: string; document: { title: string; number: string } | null },
): Promise<string> {
  const c = await getCandidacy(rq, candidacyId);
  mustHold(rq, 'stars.plan', c.unitPath);
  if (!openStates.includes(c.state)) throw refuse(starReason('candidacy-state', { state: stateWords(c.state) }));
  const { standard } = await measured(rq, c.unitId, c.parentId ?? undefined);
  const { targetLevel = c.data.targetLevel, targetStars = c.data.targetStars } = input.change;
  const { stretchLevel = c.data.stretchLevel } = input.change;
  check(
    targetReason(
      { targetLevel, targetStars, stretchLevel },
      standard.stars.map((s) => s.id),
      maxLevelOf(standard),
    ),
  );
  const { day, sure } = await addWorkdays(rq, dayOf(rq.now), adjustmentWorkdays);
  const data = { ...input, objectUntil: day, sure, objection: null, decisionReason: null };
  const opened = await openCase(rq, {
    type: 'adjustment',
    title: `${c.unitName}：创建对象调整`,
    unitId: c.unitId,
    parentId: c.parentId,
    origin: { kind: 'case', id: c.id },
    data,
  });
  await tellBranch(rq, c.unitId, 'star-adjustment', opened.id, { by: rq.actor.name, unit: c.unitName, day });
  return opened.id;
}

export async function objectToAdjustment(rq: Rq, id: string, reason: string): Promise<void> {
  const a = await getAdjustment(rq, id);
  if (a.state === 'proposed' && dayOf(rq.now) > a.data.objectUntil)
    throw refuse(starReason('adjust-too-late', { day: a.data.objectUntil }));
  await takeStep(rq, id, 'object', { reason, data: { objection: reason } });
}

export async function decideAdjustment(rq: Rq, id: string, approve: boolean, reason: string): Promise<void> {
  const a = await getAdjustment(rq, id);
  mustHold(rq, 'stars.cycle', a.unitPath);
  check(decideReason(rq, a));
  await takeStep(rq, id, approve ? 'approve' : 'reject', { reason, data: { decisionReason: reason } });
  await tellBranch(rq, a.unitId, 'star-adjustment-decided', id, { unit: a.unitName });
  if (!approve) return;
  const c = await getCandidacy(rq, a.originId ?? '');
  await getCycle(rq, c.parentId ?? '');
  const { withdraw, ...change } = a.data.change;
  if (Object.keys(change).length > 0) {
    const after = withChange(rq, c.data, change as Partial<CandidacyData>, a.data.reason, rq.actor.name);
    await changeCaseData(following(rq), c.id, { ...after }, 'stars.cycle', reason);
  }
  if (withdraw) await takeStep(following(rq), c.id, 'withdraw', { reason });
}
