import {
  afterReason,
  type DowngradeFacts,
  downgradeReason,
  type DowngradeStep,
  downgradeSteps,
  downgradeStepWords,
  effectiveDayReason,
  hearingReason,
  hearingWorkdays,
} from '../../../../domain/stars/after-rules.ts';
import type { Verb } from '../../../../domain/grants.ts';
import { workflowOf } from '../../../../domain/records/cases/all.ts';
import { appealWorkdays, decisionReason, openStates, whyOf } from '../../../../domain/stars/index.ts';
import { type DowngradeData, downgradeData } from '../../../../domain/stars/kinds-after.ts';
import { all, sql, under, visible } from '../../../platform/db/sql.ts';
import { check, notFound, refuse } from '../../../platform/errors.ts';
import { may, mustHold, type Rq } from '../../../platform/rq.ts';
import { dayOf } from '../../../platform/time.ts';
import { addWorkdays } from '../../../records/calendar/index.ts';
import { type CaseRow, changeCaseDataAs, getCase, openCase, takeStep } from '../../../records/cases/index.ts';
import { listDesignations } from '../../../records/designations/index.ts';
import { getUnit } from '../../../records/units/index.ts';
import { getCandidacy } from '../candidacies.ts';
import { type Branch, following, getBranch, getCycle, standardFor } from '../common.ts';
import { type Absence, missedHearing } from '../hearings.ts';
import { mustStandAside } from '../judging.ts';
import { tellBranch } from '../telling.ts';
import { type Downgrade, effect } from './downgrade-effect.ts';
import { countyOf } from './levels.ts';

const noDowngrade = notFound({ zh: '该降星事项', en: 'downgrade' });

async function getDowngradeCase(rq: Rq, id: string): Promise<Downgrade> {
  const c = await getCase(rq, id);
  if (c.type !== 'downgrade') throw noDowngrade;
  return { c, data: downgradeData.parse(c.data) };
}

function factsOf(rq: Rq, { c, data }: Downgrade): DowngradeFacts {
  const me = rq.actor.personId;
  return {
    state: c.state,
    stateName: workflowOf(c.type).states[c.state]!.words.zh,
    today: dayOf(rq.now),
    heard: data.hearing !== null,
    effectiveOn: data.decision?.effectiveOn ?? null,
    appealUntil: data.appealUntil,
    appeal: data.appeal === null ? 'none' : data.appeal.answer === null ? 'waiting' : 'answered',
    isProposer: me !== null && c.raisedBy === me,
    isDecider: me !== null && data.decision?.personId === me,
  };
}

const stepVerbs: Readonly<Record<DowngradeStep, Verb>> = {
  hear: 'stars.declare',
  absent: 'stars.joint',
  decide: 'stars.decide',
  appeal: 'stars.declare',
  answer: 'stars.decide',
  effect: 'stars.joint',
};

/** What the county has named, the county decides on: a township's own power to decide does not reach it. */
async function mustDecide(rq: Rq, c: CaseRow): Promise<void> {
  mustHold(rq, 'stars.decide', (await countyOf(rq, c.unitPath))?.path ?? c.unitPath);
}

async function viewOf(rq: Rq, d: Downgrade) {
  const { c, data } = d;
  const facts = factsOf(rq, d);
  const county = (await countyOf(rq, c.unitPath))?.path ?? c.unitPath;
  const steps = downgradeSteps.filter((step) => {
    const verb = stepVerbs[step];
    return may(rq, verb, verb === 'stars.decide' ? county : c.unitPath) && belongsTo(step, facts);
  });
  return {
    id: c.id,
    state: c.state as 'proposed',
    stateWords: workflowOf(c.type).states[c.state]!.words,
    unitId: c.unitId,
    unitName: c.unitName,
    star: c.star,
    version: c.version,
    ...data,
    openSteps: steps.map((step) => ({
      step,
      words: downgradeStepWords[step],
      why: whyOf(downgradeReason(step, facts)),
    })),
  };
}

/** Steps that are of the present state at all; the others are behind or far ahead and would only clutter the page. */
function belongsTo(step: DowngradeStep, f: DowngradeFacts): boolean {
  if (step === 'hear' || step === 'absent') return f.state === 'proposed';
  if (step === 'decide') return f.state === 'proposed' || f.state === 'heard';
  if (step === 'answer') return f.state === 'decided' && f.appeal === 'waiting';
  if (step === 'appeal') return f.state === 'decided' && f.appeal === 'none';
  return f.state === 'decided';
}

export async function showDowngrade(rq: Rq, id: string) {
  return viewOf(rq, await getDowngradeCase(rq, id));
}

export async function listDowngrades(
  rq: Rq,
  s: { unitId?: number | undefined; limit: number; offset: number },
): Promise<{ items: Awaited<ReturnType<typeof viewOf>>[]; total: number }> {
  const root = s.unitId === undefined ? undefined : await getUnit(rq, s.unitId);
  const where = all([visible(rq, 'c.unit_path'), sql`c.type = 'downgrade'`, root && under('c.unit_path', root.path)]);
  const { count } = await rq.db.one<{ count: number }>(sql`SELECT count(*)::int AS count FROM cases c WHERE ${where}`);
  const rows = await rq.db.many<{ id: string }>(sql`SELECT c.id FROM cases c WHERE ${where}
    ORDER BY c.closed_at IS NOT NULL, c.opened_at DESC, c.id LIMIT ${s.limit} OFFSET ${s.offset}`);
  const items = [];
  for (const { id } of rows) items.push(await showDowngrade(rq, id));
  return { items, total: count };
}

interface Propose {
  readonly unitId: number;
  readonly star: string | null;
  readonly candidacyId: string | null;
  readonly facts: string;
  readonly document: { readonly title: string; readonly number: string };
}

interface Aim {
  readonly designationId: string | null;
  readonly candidacyId: string | null;
  readonly title: string;
  readonly sample: boolean;
}

async function starAimedAt(rq: Rq, branch: Branch, star: string): Promise<Aim> {
  mustHold(rq, 'stars.joint', branch.path, star);
  const { items } = await listDesignations(rq, {
    unitId: branch.id,
    kind: 'star',
    star,
    on: dayOf(rq.now),
    limit: 1,
  });
  const held = items[0];
  if (!held) throw refuse(decisionReason('downgrade-star', { name: branch.name }));
  const { cycleId, sample } = held.data as { cycleId?: string; sample?: boolean };
  const standard = cycleId ? await standardFor(rq, await getCycle(rq, cycleId), branch.scheme) : null;
  const name = standard?.stars.find((one) => one.id === star)?.name.zh ?? star;
  return {
    designationId: held.id,
    candidacyId: null,
    title: `${branch.name}降星：${name}`,
    sample: sample ?? false,
  };
}

async function candidacyAimedAt(rq: Rq, branch: Branch, candidacyId: string): Promise<Aim> {
  const candidacy = await getCandidacy(rq, candidacyId);
  if (candidacy.unitId !== branch.id) throw refuse(afterReason('downgrade-other-unit'));
  if (!openStates.includes(candidacy.state)) throw refuse(afterReason('downgrade-candidacy'));
  const cycle = candidacy.parentId === null ? null : await getCycle(rq, candidacy.parentId);
  return {
    designationId: null,
    candidacyId,
    title: `${branch.name}退出创建对象`,
    sample: cycle?.data.sample ?? false,
  };
}

/** Opens a downgrade with its facts and basis and tells the branch, which is heard before anything is decided (M136). */
export async function proposeDowngrade(rq: Rq, input: Propose) {
  const branch = await getBranch(rq, input.unitId);
  mustHold(rq, 'stars.joint', branch.path);
  const { star, candidacyId } = input;
  if ((star === null) === (candidacyId === null)) throw refuse(decisionReason('downgrade-one'));
  const aim = star === null ? await candidacyAimedAt(rq, branch, candidacyId!) : await starAimedAt(rq, branch, star);
  const aimed = aim.designationId ?? aim.candidacyId;
  await rq.db.one(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`downgrade ${aimed}`}, 0))`);
  const open = await rq.db.find(sql`SELECT 1 FROM cases WHERE type = 'downgrade' AND unit_id = ${branch.id}
    AND closed_at IS NULL AND coalesce(data ->> 'designationId', data ->> 'candidacyId') = ${aimed}`);
  if (open) throw refuse(decisionReason('downgrade-open'));
  const noticeOn = dayOf(rq.now);
  const hearBy = await addWorkdays(rq, noticeOn, hearingWorkdays);
  const { title, ...rest } = aim;
  const c = await openCase(rq, {
    type: 'downgrade',
    title,
    unitId: branch.id,
    star,
    ownerUnitId: branch.id,
    dueOn: hearBy.day,
    data: {
      kind: star === null ? 'candidate' : 'star',
      ...rest,
      facts: input.facts,
      document: input.document,
      noticeOn,
    },
  });
  await tellBranch(rq, branch.id, 'star-downgrade', c.id, { by: rq.actor.name, title, day: hearBy.day });
  return showDowngrade(rq, c.id);
}

export async function hearDowngrade(rq: Rq, id: string, input: { on: string; words: string }) {
  const d = await getDowngradeCase(rq, id);
  mustHold(rq, 'stars.declare', d.c.unitPath);
  check(downgradeReason('hear', factsOf(rq, d)) ?? hearingReason(input.on, d.data.noticeOn, dayOf(rq.now)));
  await takeStep(rq, d.c, 'hear', { data: { hearing: { ...input, by: rq.actor.name } } });
  return showDowngrade(rq, id);
}

/** Recorded by the lead office and not by the branch, which is told of it. */
export async function missDowngrade(rq: Rq, id: string, input: Absence) {
  const d = await getDowngradeCase(rq, id);
  mustHold(rq, 'stars.joint', d.c.unitPath);
  check(downgradeReason('absent', factsOf(rq, d)));
  const hearing = await missedHearing(rq, d.data.noticeOn, input);
  await takeStep(following(rq), d.c, 'hear', { data: { hearing } });
  await tellBranch(rq, d.c.unitId, 'star-downgrade', id, { by: rq.actor.name, title: d.c.title, day: input.on });
  return showDowngrade(rq, id);
}

/** Decided with reasons by somebody who did not propose it and does not belong to the branch, and never unheard. */
export async function decideDowngrade(
  rq: Rq,
  id: string,
  input: { downgrade: boolean; reason: string; effectiveOn?: string | undefined },
) {
  const d = await getDowngradeCase(rq, id);
  await mustDecide(rq, d.c);
  const facts = factsOf(rq, d);
  if (input.downgrade) check(downgradeReason('decide', facts));
  else if (facts.isProposer) throw refuse(decisionReason('downgrade-same-person'));
  else if (!['proposed', 'heard'].includes(facts.state))
    throw refuse(decisionReason('wrong-state', { state: facts.stateName }));
  await mustStandAside(rq, { id: d.c.unitId, path: d.c.unitPath, name: d.c.unitName });
  if (!input.downgrade) return drop(rq, d, input.reason);
  const { day: appealUntil, sure } = await addWorkdays(rq, facts.today, appealWorkdays);
  check(effectiveDayReason(input.effectiveOn, appealUntil));
  const decision = {
    reason: input.reason,
    by: rq.actor.name,
    personId: rq.actor.personId,
    at: rq.now.toISOString(),
    effectiveOn: input.effectiveOn!,
  };
  await takeStep(rq, d.c, 'decide', {
    reason: input.reason,
    dueOn: appealUntil,
    data: { decision, appealUntil, sure },
  });
  const told = { title: d.c.title, day: appealUntil };
  await tellBranch(rq, d.c.unitId, 'star-downgrade-decided', id, told);
  return showDowngrade(rq, id);
}

async function drop(rq: Rq, d: Downgrade, reason: string, data: Partial<DowngradeData> = {}) {
  await takeStep(rq, d.c, 'drop', { reason, data });
  await tellBranch(rq, d.c.unitId, 'star-downgrade-dropped', d.c.id, { title: d.c.title });
  return showDowngrade(rq, d.c.id);
}

export async function appealDowngrade(rq: Rq, id: string, text: string) {
  const d = await getDowngradeCase(rq, id);
  mustHold(rq, 'stars.declare', d.c.unitPath);
  check(downgradeReason('appeal', factsOf(rq, d)));
  const appeal = {
    text,
    by: rq.actor.name,
    at: rq.now.toISOString(),
    answer: null,
    upheld: null,
    answeredBy: null,
  };
  await changeCaseDataAs(rq, d.c, { appeal }, '申诉');
  return showDowngrade(rq, id);
}

/** An appeal that is upheld ends the matter; one that is not lets the decision take effect. */
export async function answerAppeal(rq: Rq, id: string, input: { answer: string; upheld: boolean }) {
  const d = await getDowngradeCase(rq, id);
  await mustDecide(rq, d.c);
  check(downgradeReason('answer', factsOf(rq, d)));
  await mustStandAside(rq, { id: d.c.unitId, path: d.c.unitPath, name: d.c.unitName });
  const appeal = { ...d.data.appeal!, ...input, answeredBy: rq.actor.name };
  if (input.upheld) return drop(rq, d, input.answer, { appeal });
  await changeCaseDataAs(rq, d.c, { appeal }, '答复申诉');
  await tellBranch(rq, d.c.unitId, 'case-step', id, {
    by: rq.actor.name,
    title: d.c.title,
    stepZh: downgradeStepWords.answer.zh,
    stepEn: downgradeStepWords.answer.en,
  });
  return showDowngrade(rq, id);
}

export async function effectDowngrade(rq: Rq, id: string) {
  const d = await getDowngradeCase(rq, id);
  mustHold(rq, 'stars.joint', d.c.unitPath, d.c.star ?? undefined);
  check(downgradeReason('effect', factsOf(rq, d)));
  await effect(rq, d);
  await tellBranch(rq, d.c.unitId, 'star-downgrade-effective', id, { title: d.c.title });
  return showDowngrade(rq, id);
}
