import { decisionReason, objectionAnswerWorkdays } from '../../../domain/stars/index.ts';
import type { ObjectionData } from '../../../domain/stars/kinds-cycle.ts';
import { all, sql, visible } from '../../platform/db/sql.ts';
import { forbidden, notFound, refuse } from '../../platform/errors.ts';
import { may, mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { addWorkdays } from '../../records/calendar/index.ts';
import { type CaseRow, getCase, openCase, takeStep } from '../../records/cases/index.ts';
import { asPlatform, getCycle, receiptCode, following } from './common.ts';
import { findNotice } from './publicity.ts';

const noObjection = notFound({ zh: '该异议', en: 'objection' });

type Objection = Omit<CaseRow, 'data'> & { readonly data: ObjectionData };

async function getObjection(rq: Rq, id: string): Promise<Objection> {
  const c = await getCase(asPlatform(rq), id);
  if (c.type !== 'objection') throw noObjection;
  return { ...c, data: c.data as unknown as ObjectionData };
}

/** Those who answer objections of a county see the words and, while the matter is open, the contact. */
function mustAnswer(rq: Rq, path: string): void {
  if (!may(rq, 'stars.joint', path) && !may(rq, 'stars.decide', path)) throw forbidden('stars.joint');
}

export interface Raise {
  readonly noticeId: string;
  readonly unitId: number;
  readonly text: string;
  readonly contact: string | null;
  readonly via: ObjectionData['via'];
}

/**
 * Takes an objection to a notice that is open. Anyone may object, without a name; a clerk may write it down for somebody who
 * came in person. The receipt is the only key to the answer. Runs as the platform: a visitor has no scope to write in.
 */
export async function raiseObjection(rq: Rq, input: Raise): Promise<{ id: string; receipt: string; answerBy: string }> {
  const notice = await findNotice(rq, input.noticeId);
  const today = dayOf(rq.now);
  if (today > notice.closesOn) throw refuse(decisionReason('objection-closed', { day: notice.closesOn }));
  if (!notice.body.items.some((item) => item.unitId === input.unitId)) throw refuse(decisionReason('objection-unit'));
  const { noticeId, text, via, contact } = input;
  const receipt = receiptCode();
  const { day } = await addWorkdays(rq, today, objectionAnswerWorkdays);
  const unit = notice.body.items.find((item) => item.unitId === input.unitId)!;
  const opened = await openCase(asPlatform(rq), {
    type: 'objection',
    title: `对“${unit.unitName}”的异议`,
    unitId: input.unitId,
    parentId: notice.body.cycleId,
    dueOn: day,
    data: { receipt, noticeId, text, via, contact, answer: null, upheld: null, answeredBy: null, answeredAt: null },
  });
  return { id: opened.id, receipt, answerBy: day };
}

export async function showObjection(rq: Rq, id: string) {
  const o = await getObjection(rq, id);
  const { receipt, text, via, contact, answer, upheld, answeredBy, answeredAt } = o.data;
  const mayRead = may(rq, 'stars.joint', o.unitPath) || may(rq, 'stars.decide', o.unitPath);
  return {
    id,
    receipt,
    state: o.state as 'received',
    unitId: o.unitId,
    unitName: o.unitName,
    text,
    raisedOn: dayOf(o.openedAt),
    via,
    contact: mayRead ? contact : null,
    answer,
    upheld,
    answeredBy,
    answeredAt,
    dueOn: o.dueOn,
    version: o.version,
  };
}

export async function listObjections(
  rq: Rq,
  s: { cycleId?: string | undefined; state?: string | undefined; limit: number; offset: number },
) {
  const grants = rq.actor.grants.filter((g) => g.verb === 'stars.joint' || g.verb === 'stars.decide');
  if (grants.length === 0) throw forbidden('stars.joint');
  const where = all([
    visible(rq, 'c.unit_path'),
    sql`c.unit_path ^@ ANY (${grants.map((g) => g.path)}::text[])`,
    sql`c.type = 'objection'`,
    s.cycleId && sql`c.parent_id = ${s.cycleId}`,
    s.state && sql`c.state = ${s.state}`,
  ]);
  const { count } = await rq.db.one<{ count: number }>(sql`SELECT count(*)::int AS count FROM cases c WHERE ${where}`);
  const rows = await rq.db.many<{ id: string }>(
    sql`SELECT c.id FROM cases c WHERE ${where} ORDER BY c.opened_at LIMIT ${s.limit} OFFSET ${s.offset}`,
  );
  const items = [];
  for (const { id } of rows) items.push(await showObjection(rq, id));
  return { items, total: count };
}

/** Answers with a reason; the contact is erased with it, because it has served its purpose. */
export async function answerObjection(rq: Rq, id: string, input: { answer: string; upheld: boolean }): Promise<void> {
  const o = await getObjection(rq, id);
  const cycle = await getCycle(rq, o.parentId ?? '');
  mustHold(rq, 'stars.joint', cycle.unitPath);
  mustAnswer(rq, o.unitPath);
  if (o.state === 'answered') throw refuse(decisionReason('objection-answered'));
  const data = { ...input, contact: null, answeredBy: rq.actor.name, answeredAt: rq.now.toISOString() };
  await takeStep(following(rq), id, 'answer', { data, note: { by: rq.actor.name } });
}

export async function showReceipt(rq: Rq, receipt: string) {
  const row = await rq.db.find<{ state: string; unitName: string; openedAt: Date; data: ObjectionData }>(sql`
    SELECT c.state, u.name AS "unitName", c.opened_at AS "openedAt", c.data FROM cases c JOIN units u ON u.id = c.unit_id
    WHERE c.type = 'objection' AND c.data ->> 'receipt' = ${receipt}`);
  if (!row) throw noObjection;
  const { answer, upheld, answeredAt } = row.data;
  return { state: row.state, unitName: row.unitName, raisedOn: dayOf(row.openedAt), answer, upheld, answeredAt };
}
