import { recommendationData } from '../../../../domain/stars/kinds-after.ts';
import { mayBeHonoured, recognitionReason, recommendationStep } from '../../../../domain/stars/recognition-rules.ts';
import { sql } from '../../../platform/db/sql.ts';
import { check, refuse } from '../../../platform/errors.ts';
import { mustHold, type Rq } from '../../../platform/rq.ts';
import { dayOf } from '../../../platform/time.ts';
import { type CaseRow, getCase, listCases, openCase, takeStep } from '../../../records/cases/index.ts';
import { getBranch } from '../common.ts';
import { levelOf } from './honours.ts';

function viewOf(c: CaseRow) {
  const data = recommendationData.parse(c.data);
  return {
    id: c.id,
    state: c.state as 'drafted',
    unitId: c.unitId,
    unitName: c.unitName,
    version: c.version,
    kind: data.kind,
    honour: data.honour,
    personId: data.personId,
    personName: data.personName,
    basis: data.basis,
    consent: data.consent,
    decision: data.decision,
    outcome: data.outcome,
  };
}

/** The secretary of a branch today. */
function secretaryOf(rq: Rq, unitId: number): Promise<{ id: string; name: string } | undefined> {
  const today = dayOf(rq.now);
  return rq.db.find(sql`
    SELECT p.id, p.name FROM assignments a JOIN people p ON p.id = a.person_id
    WHERE a.unit_id = ${unitId} AND a.role = 'branch-secretary' AND a.from_day <= ${today}::date
      AND (a.to_day IS NULL OR a.to_day > ${today}::date) LIMIT 1`);
}

interface Recommend {
  readonly kind: 'honour' | 'recruitment';
  readonly unitId: number;
  readonly honour: string;
  readonly personId: string | null;
  readonly basis: { readonly title: string; readonly number: string };
}

/**
 * A recommendation records basis, consent and decision and is decided by people; what comes of it is decided elsewhere and
 * only noted here (M204). A branch is recommended for an honour only on the published condition.
 */
export async function recommend(rq: Rq, input: Recommend) {
  const branch = await getBranch(rq, input.unitId);
  mustHold(rq, 'stars.joint', branch.path);
  const secretary = await secretaryOf(rq, branch.id);
  if (input.kind === 'honour') {
    check(mayBeHonoured(branch.name, (await levelOf(rq, branch.path)).level));
  } else {
    if (input.personId === null) throw refuse(recognitionReason('recommendation-person'));
    if (secretary?.id !== input.personId) throw refuse(recognitionReason('recommendation-not-secretary'));
  }
  const c = await openCase(rq, {
    type: 'recommendation',
    title: input.honour,
    unitId: branch.id,
    ownerPersonId: secretary?.id,
    data: {
      ...input,
      personName: input.kind === 'recruitment' ? secretary!.name : null,
      consent: null,
      decision: null,
      outcome: null,
    },
  });
  return viewOf(c);
}

export async function listRecommendations(
  rq: Rq,
  s: {
    unitId?: number | undefined;
    kind?: 'honour' | 'recruitment' | undefined;
    limit: number;
    offset: number;
  },
) {
  const branch = s.unitId === undefined ? undefined : await getBranch(rq, s.unitId);
  const found = await listCases(rq, {
    type: 'recommendation',
    underPath: branch?.path,
    limit: s.limit,
    offset: s.offset,
  });
  const items = found.items.map(viewOf).filter((r) => s.kind === undefined || r.kind === s.kind);
  return { items, total: s.kind === undefined ? found.total : items.length };
}

interface StepInput {
  readonly step: 'consent' | 'recommend' | 'refuse' | 'outcome';
  readonly reason?: string | undefined;
  readonly document?: string | undefined;
  readonly on?: string | undefined;
  readonly by?: string | undefined;
}

export async function stepRecommendation(rq: Rq, id: string, input: StepInput) {
  const c = await getCase(rq, id);
  if (c.type !== 'recommendation') throw refuse(recognitionReason('recommendation-own'));
  const data = recommendationData.parse(c.data);
  const facts = { kind: data.kind, ownerPersonId: c.ownerPersonId, consented: data.consent !== null };
  check(recommendationStep(facts, input.step, rq.actor.personId));
  const { reason = '', document = '', by = '' } = input;
  const signed = { reason, by: rq.actor.name, at: rq.now.toISOString() };
  if (input.step === 'outcome' && [reason, document, by].includes(''))
    throw refuse(recognitionReason('recommendation-outcome'));
  const changes: Record<StepInput['step'], Record<string, unknown>> = {
    consent: { consent: { document, on: input.on ?? dayOf(rq.now) } },
    recommend: { decision: { ...signed, recommend: true } },
    refuse: { decision: { ...signed, recommend: false } },
    outcome: { outcome: { text: reason, by, document } },
  };
  return viewOf(
    await takeStep(rq, c, input.step, { reason: input.reason, document: input.document, data: changes[input.step] }),
  );
}
