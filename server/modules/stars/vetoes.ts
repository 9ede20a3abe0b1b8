import { decisionReason, starReason } from '../../../domain/stars/index.ts';
import { vetoData, type VetoData, vetoWorkflow } from '../../../domain/stars/kinds-cycle.ts';
import { all, sql, visible } from '../../platform/db/sql.ts';
import { forbidden, notFound, refuse } from '../../platform/errors.ts';
import { may, mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { type CaseRow, getCase, openCase, takeStep } from '../../records/cases/index.ts';
import { asPlatform, following, getCycle, measured, standardFor } from './common.ts';
import { type Absence, missedHearing } from './hearings.ts';
import { mustStandAside, say } from './judging.ts';
import { rescoreUnits } from './standings.ts';
import { tellBranch } from './telling.ts';

const noVeto = notFound({ zh: '该否决事项', en: 'veto' });

type Veto = Omit<CaseRow, 'data'> & { readonly data: VetoData };

async function getVeto(rq: Rq, id: string): Promise<Veto> {
  const c = await getCase(asPlatform(rq), id);
  if (c.type !== 'veto') throw noVeto;
  return { ...c, data: vetoData.parse(c.data) };
}

export async function showVeto(rq: Rq, id: string) {
  const v = await getVeto(rq, id);
  const cycle = await getCycle(rq, v.parentId ?? '');
  const { scheme } = (await measured(rq, v.unitId, cycle.id)).branch;
  const standard = await standardFor(rq, cycle, scheme);
  const declared = standard?.vetoes.find((one) => one.id === v.data.veto);
  return {
    id,
    cycleId: cycle.id,
    unitId: v.unitId,
    unitName: v.unitName,
    veto: v.data.veto,
    name: declared?.text ?? { zh: v.data.veto },
    scope: declared?.scope ?? '',
    state: v.state as 'proposed',
    facts: v.data.facts,
    document: v.data.document,
    hearing: v.data.hearing,
    decidedBy: v.data.decision?.by ?? null,
    decidedAt: v.data.decision?.at ?? null,
    reason: v.data.decision?.reason ?? null,
    version: v.version,
  };
}

export async function listVetoes(
  rq: Rq,
  s: { cycleId?: string | undefined; unitId?: number | undefined; limit: number; offset: number },
) {
  const where = all([
    visible(rq, 'c.unit_path'),
    sql`c.type = 'veto'`,
    s.cycleId && sql`c.parent_id = ${s.cycleId}`,
    s.unitId !== undefined && sql`c.unit_id = ${s.unitId}`,
  ]);
  const { count } = await rq.db.one<{ count: number }>(sql`SELECT count(*)::int AS count FROM cases c WHERE ${where}`);
  const rows = await rq.db.many<{ id: string }>(
    sql`SELECT c.id FROM cases c WHERE ${where} ORDER BY c.opened_at DESC LIMIT ${s.limit} OFFSET ${s.offset}`,
  );
  const items = [];
  for (const { id } of rows) items.push(await showVeto(rq, id));
  return { items, total: count };
}

/** A veto begins as a proposal with facts and a document; it touches no star until the branch was heard and it is decided. */
export async function proposeVeto(
  rq: Rq,
  input: { cycleId: string; unitId: number; veto: string; facts: string; document: { title: string; number: string } },
): Promise<string> {
  const { cycle, branch, standard } = await measured(rq, input.unitId, input.cycleId);
  const declared = standard.vetoes.find((v) => v.id === input.veto);
  if (!declared) throw refuse(starReason('veto-unknown', { veto: input.veto }));
  const star = declared.scope === 'all' ? undefined : declared.scope;
  if (!may(rq, 'stars.joint', branch.path, star) && !may(rq, 'stars.verify', branch.path, star))
    throw forbidden('stars.verify');
  const { veto, facts, document } = input;
  // Two who propose the same at once: one waits for the other, and is then told.
  await rq.db.one(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`veto ${cycle.id} ${branch.id} ${veto}`}, 0))`);
  const same = await rq.db.find(sql`SELECT 1 FROM cases WHERE type = 'veto' AND unit_id = ${branch.id}
    AND parent_id = ${cycle.id} AND closed_at IS NULL AND data ->> 'veto' = ${veto}`);
  if (same) throw refuse(starReason('veto-open', { veto }));
  const opened = await openCase(rq, {
    type: 'veto',
    title: `${branch.name}：${declared.text.zh}`.slice(0, 200),
    unitId: branch.id,
    star: star ?? null,
    parentId: cycle.id,
    data: { veto, facts, document, hearing: null, decision: null },
  });
  await tellBranch(rq, branch.id, 'star-veto', opened.id, { title: opened.title });
  return opened.id;
}

export async function hearVeto(rq: Rq, id: string, input: { on: string; words: string }): Promise<void> {
  const v = await getVeto(rq, id);
  mustHold(rq, 'stars.declare', v.unitPath);
  if (input.on > dayOf(rq.now)) throw refuse(starReason('hearing-future'));
  const told = dayOf(v.openedAt);
  if (input.on < told) throw refuse(starReason('hearing-before-notice', { day: told }));
  await takeStep(rq, id, 'hear', { data: { hearing: { ...input, by: rq.actor.name } } });
}

/** Recorded by the lead office and not by the branch, which is told of it. */
export async function missVeto(rq: Rq, id: string, input: Absence): Promise<void> {
  const v = await getVeto(rq, id);
  mustHold(rq, 'stars.joint', v.unitPath);
  if (v.state !== 'proposed') throw refuse(wrongState(v.state));
  const hearing = await missedHearing(rq, dayOf(v.openedAt), input);
  await takeStep(following(rq), id, 'hear', { data: { hearing } });
  await tellBranch(rq, v.unitId, 'star-veto', id, { title: v.title });
}

/**
 * A named person decides, and not the one who proposed it; whoever belongs to the branch stands aside. Only a veto that is
 * dropped needs no hearing.
 */
export async function decideVeto(rq: Rq, id: string, input: { inForce: boolean; reason: string }): Promise<void> {
  const v = await getVeto(rq, id);
  const cycle = await getCycle(rq, v.parentId ?? '');
  mustHold(rq, 'stars.decide', cycle.unitPath);
  const { branch } = await measured(rq, v.unitId, cycle.id);
  await mustStandAside(rq, branch);
  if (v.state === 'proposed' && input.inForce) throw refuse(starReason('veto-hearing'));
  if (v.state !== 'proposed' && v.state !== 'heard') throw refuse(wrongState(v.state));
  if (v.raisedBy !== null && v.raisedBy === rq.actor.personId) throw refuse(starReason('veto-same-person'));
  const decision = { reason: input.reason, by: rq.actor.name, at: rq.now.toISOString() };
  await takeStep(rq, id, input.inForce ? 'force' : 'drop', { reason: input.reason, data: { decision } });
  await say(rq, {
    kind: 'veto',
    caseId: id,
    unitId: v.unitId,
    item: v.data.veto,
    value: input.inForce ? '1' : '0',
    reason: input.reason,
  });
  await tellBranch(rq, v.unitId, 'star-veto-decided', id, { title: v.title });
  await rescoreUnits(rq, [v.unitId]);
}

export async function liftVeto(rq: Rq, id: string, reason: string): Promise<void> {
  const v = await getVeto(rq, id);
  const cycle = await getCycle(rq, v.parentId ?? '');
  mustHold(rq, 'stars.decide', cycle.unitPath);
  if (v.state !== 'in-force') throw refuse(wrongState(v.state));
  await takeStep(rq, id, 'lift', { reason });
  await rescoreUnits(rq, [v.unitId]);
}

const wrongState = (state: string) =>
  decisionReason('wrong-state', { state: vetoWorkflow.states[state]?.words ?? state });
