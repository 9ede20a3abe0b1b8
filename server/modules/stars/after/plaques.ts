import { recognitionReason } from '../../../../domain/stars/recognition-rules.ts';
import { inForce } from '../../../../domain/records/designations/index.ts';
import { notFound, refuse } from '../../../platform/errors.ts';
import { mustHold, type Rq } from '../../../platform/rq.ts';
import { dayOf } from '../../../platform/time.ts';
import { openCase, takeStep } from '../../../records/cases/index.ts';
import {
  type DesignationRow,
  getDesignation,
  grant,
  listDesignations,
  withdraw,
} from '../../../records/designations/index.ts';
import { draftPublication, publish } from '../../../records/publications/index.ts';
import { type Cycle, following, getCycle } from '../common.ts';

function plaqueView(rq: Rq, d: DesignationRow, replacedBy: string | null) {
  const today = dayOf(rq.now);
  const expired = d.validTo !== null && d.validTo < today;
  const ended = replacedBy === null ? ('withdrawn' as const) : ('replaced' as const);
  return {
    id: d.id,
    number: d.number ?? '',
    unitId: d.unitId,
    unitName: d.unitName,
    level: d.level ?? 0,
    issuedOn: d.grantedOn,
    validTo: d.validTo,
    state: d.withdrawnOn !== null ? ended : expired ? ('expired' as const) : ('issued' as const),
    replacedBy,
  };
}

/** The number of the plaque that took over from this one. */
async function successorOf(rq: Rq, d: DesignationRow): Promise<string | null> {
  if (d.withdrawnOn === null) return null;
  const { items } = await listDesignations(rq, { unitId: d.unitId, kind: 'plaque', limit: 200 });
  return items.find((other) => other.data['replaces'] === d.id)?.number ?? null;
}

export async function listPlaques(
  rq: Rq,
  s: { unitId?: number | undefined; cycleId?: string | undefined; limit: number; offset: number },
) {
  const found = await listDesignations(rq, { ...s, kind: 'plaque' });
  const items = [];
  for (const d of found.items) items.push(plaqueView(rq, d, await successorOf(rq, d)));
  return { items, total: found.total };
}

interface Commendation {
  readonly title: string;
  readonly heldOn: string;
  readonly place: string;
  readonly document: { readonly title: string; readonly number: string };
  readonly unitIds: readonly number[];
  readonly validTo: string | null;
}

/** Certificates of a cycle that are in force: only a named branch gets a plaque. */
async function namedIn(rq: Rq, cycle: Cycle): Promise<Map<number, DesignationRow>> {
  const { items } = await listDesignations(rq, {
    underPath: cycle.unitPath,
    kind: 'star-branch',
    on: dayOf(rq.now),
    cycleId: cycle.id,
    limit: 100_000,
  });
  return new Map(items.map((d) => [d.unitId, d]));
}

/**
 * Records the meeting at which branches are commended, as a public text, and issues one numbered plaque to each of them. A
 * plaque of an earlier naming is replaced by the new one.
 */
export async function commend(rq: Rq, cycleId: string, input: Commendation) {
  const cycle = await getCycle(rq, cycleId);
  mustHold(rq, 'designations.write', cycle.unitPath);
  const named = await namedIn(rq, cycle);
  const wanted = input.unitIds.length === 0 ? [...named.keys()] : input.unitIds;
  if (wanted.length === 0) throw refuse(recognitionReason('plaque-none-named'));
  const missing = wanted.find((id) => !named.has(id));
  if (missing !== undefined) throw refuse(recognitionReason('plaque-not-named', { name: `#${missing}` }));
  const act = following(rq);
  const certificates = wanted.map((id) => named.get(id)!);
  const draft = await draftPublication(act, {
    kind: 'commendation',
    unitId: cycle.unitId,
    title: input.title,
    audience: 'public',
    body: {
      heldOn: input.heldOn,
      place: input.place,
      document: input.document,
      sample: cycle.data.sample,
      units: certificates.map((c) => ({ unitId: c.unitId, unitName: c.unitName, level: c.level })),
    },
  });
  await publish(act, draft.id);
  const plaques = [];
  for (const certificate of certificates) plaques.push(await issue(rq, cycle, certificate, input, draft.id));
  return { commendationId: draft.id, plaques };
}

async function issue(rq: Rq, cycle: Cycle, certificate: DesignationRow, input: Commendation, commendationId: string) {
  const act = following(rq);
  const { items } = await listDesignations(act, {
    unitId: certificate.unitId,
    kind: 'plaque',
    on: input.heldOn,
    limit: 1,
  });
  const old = items[0];
  if (old) await endByCase(rq, old, '换发新牌匾', input.heldOn);
  const row = await grant(act, {
    kind: 'plaque',
    unitId: certificate.unitId,
    level: certificate.level,
    grantedByUnitId: cycle.unitId,
    grantor: cycle.unitName,
    grantedOn: input.heldOn,
    validTo: input.validTo ?? certificate.validTo,
    basis: `${input.document.title}（${input.document.number}）`,
    data: { commendationId, cycleId: cycle.id, sample: cycle.data.sample, ...(old ? { replaces: old.id } : {}) },
  });
  return plaqueView(rq, row, null);
}

/** A designation ends only by a case; for a plaque it is opened and decided in one go by the person who may issue it. */
async function endByCase(rq: Rq, d: DesignationRow, reason: string, onDay: string): Promise<void> {
  const act = following(rq);
  const c = await openCase(act, {
    type: 'designation-withdrawal',
    title: `${d.unitName}：${d.number ?? ''}`,
    unitId: d.unitId,
    origin: { kind: 'designation', id: d.id },
    data: { designationId: d.id },
  });
  await takeStep(act, c.id, 'decide', { reason });
  await withdraw(act, d.id, { onDay, caseId: c.id });
}

export async function changePlaque(
  rq: Rq,
  id: string,
  input: { readonly change: 'replace' | 'withdraw'; readonly reason: string; readonly onDay: string },
) {
  const old = await getDesignation(rq, id);
  if (old.kind !== 'plaque') throw notFound({ zh: '该牌匾', en: 'plaque' });
  mustHold(rq, 'designations.write', old.unitPath);
  const certificates = await listDesignations(rq, { unitId: old.unitId, kind: 'star-branch', limit: 50 });
  const named = certificates.items.some((c) => inForce(c, input.onDay));
  if (input.change === 'withdraw' && named) throw refuse(recognitionReason('plaque-named', { name: old.unitName }));
  await endByCase(rq, old, input.reason, input.onDay);
  const ended = await getDesignation(rq, id);
  if (input.change === 'withdraw') return plaqueView(rq, ended, null);
  const next = await grant(following(rq), {
    kind: 'plaque',
    unitId: old.unitId,
    level: old.level,
    grantedByUnitId: old.grantedByUnitId,
    grantor: old.grantor,
    grantedOn: input.onDay,
    validTo: old.validTo,
    basis: old.basis,
    data: { ...old.data, replaces: old.id },
  });
  return plaqueView(rq, ended, next.number);
}
