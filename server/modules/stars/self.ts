import { leavesOf, figures, isFigure, metric, type MetricKey } from '../../../domain/records/facts/index.ts';
import { duringStage, minutesPerField, periodOf, starReason, whyOf } from '../../../domain/stars/index.ts';
import { criteriaOf, type Criterion } from '../../../domain/stars/standard.ts';
import { check, refuse } from '../../platform/errors.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { changeCaseData } from '../../records/cases/index.ts';
import { correctFact, enterFact, factValues } from '../../records/facts/index.ts';
import { type Candidate, findCandidate } from './candidates.ts';
import { asPlatform, type Cycle, measured, type Measured, unitMini, following } from './common.ts';
import { type Answer, criterionOf, mustReadAs, sayAll } from './judging.ts';
import { evidenceAsked, headOf, proofsOf, shownValue } from './proofs.ts';
import { currentResult } from './results.ts';
import { rescoreBranch } from './standings.ts';
import { type AnswersOf, gatherAnswers } from './values.ts';

/** Numbers that a branch itself may give for a criterion: the entered metrics its figure is made of. */
function metricsOf(criterion: Criterion): MetricKey[] {
  const { kind, key } = criterion.value;
  if ((kind !== 'figure' && kind !== 'fact') || !isFigure(key)) return [];
  const keys = leavesOf(figures[key]!.expr).flatMap((leaf) => (leaf.of === 'fact' ? [leaf.metric] : []));
  return [...new Set(keys)];
}

/** Why the branch cannot answer now. After submission only what was returned is open. */
function formReason(cycle: Cycle, candidate: Candidate | undefined, name: string) {
  if (!candidate || candidate.state === 'withdrawn') return starReason('no-candidacy', { name });
  const late = duringStage(cycle.state, ['self-assessment', 'township-review', 'verification']);
  return late;
}

interface Loaded extends Measured {
  readonly candidate: Candidate | undefined;
  readonly answers: AnswersOf;
}

async function load(rq: Rq, unitId: number, cycleId?: string): Promise<Loaded> {
  const of = await measured(rq, unitId, cycleId);
  const candidate = await findCandidate(rq, of.cycle.id, unitId);
  const answers = (await gatherAnswers(rq, of.cycle, [unitId])).get(unitId) ?? (new Map() as AnswersOf);
  return { ...of, candidate, answers };
}

/**
 * The form of a branch. What the platform holds is shown with its day and source and is not asked for; only what is left
 * makes fields, and what they cost is said before anyone is asked to fill them in.
 */
export async function showForm(rq: Rq, unitId: number, cycleId?: string) {
  const { cycle, branch, standard, candidate, answers } = await load(rq, unitId, cycleId);
  const { result, inputs } = await currentResult(rq, cycle, branch, standard);
  const points = new Map(result.stars.flatMap((s) => s.criteria.map((c) => [c.id, c.points] as const)));
  const proofs = await proofsOf(rq, unitId);
  const wanted = criteriaOf(standard).flatMap(({ criterion }) => metricsOf(criterion));
  const known = await factValues(asPlatform(rq), wanted, [unitId], String(cycle.data.year));
  const items = criteriaOf(standard).map(({ star, criterion }) => {
    const input = inputs.values[criterion.id];
    const answer = answers.get(criterion.id);
    const returned = answer?.returned ?? null;
    const isKnown = input !== undefined && answer?.from !== 'self';
    const fields = metricsOf(criterion).map((key) => fieldOf(key, known.get(unitId)?.get(key)));
    // What is counted from the records of the work alone has no field: it is answered by doing the work and recording it.
    const asks = !isKnown && (criterion.value.kind === 'check' || fields.length > 0);
    return {
      ...headOf(star, criterion, points.get(criterion.id) ?? 0),
      known: isKnown,
      asks: asks && (candidate?.data.submittedAt == null || returned !== null),
      value: shownValue(input?.value),
      source: input?.from ?? null,
      asOf: input?.asOf ?? null,
      fields: asks ? fields : fields.filter((f) => f.known),
      selfReason: answer?.self?.reason ?? null,
      returned: returned === null ? null : { by: returned.by, at: returned.at, reason: returned.reason ?? '' },
      evidence: proofs.get(criterion.id) ?? [],
      evidenceAsked: evidenceAsked(criterion),
    };
  });
  const open = items.filter((i) => i.asks && i.value === null);
  const numbers = open.reduce((sum, i) => sum + i.fields.filter((f) => !f.known).length, 0);
  const checks = open.filter((i) => i.valueKind === 'check').length;
  const prefilled = items.filter((i) => i.known).length;
  return {
    unit: unitMini(branch),
    cycleId: cycle.id,
    candidacyId: candidate?.id ?? null,
    state: candidate?.state ?? null,
    sample: standard.sample,
    open: whyOf(formReason(cycle, candidate, branch.name)),
    prefilled,
    of: items.length,
    share: items.length === 0 ? 0 : prefilled / items.length,
    burden: { fields: numbers + checks, minutes: numbers * minutesPerField.number + checks * minutesPerField.check },
    submittedAt: candidate?.data.submittedAt ?? null,
    items,
  };
}

function fieldOf(key: MetricKey, held: { value: string; asOf: string | null; source: string | null } | undefined) {
  const { words, unit, asks } = metric(key);
  return {
    metric: key,
    asks: asks ?? words,
    unit,
    known: held !== undefined,
    value: held?.value ?? null,
    asOf: held?.asOf ?? null,
    source: held?.source ?? null,
  };
}

export interface SelfAnswer {
  readonly criterion: string;
  readonly metric?: string | undefined;
  readonly value: string;
  readonly asOf?: string | undefined;
  readonly reason?: string | undefined;
  readonly document?: string | undefined;
}

export async function answerForm(
  rq: Rq,
  unitId: number,
  input: { cycleId: string; answers: readonly SelfAnswer[]; submit: boolean },
) {
  const loaded = await load(rq, unitId, input.cycleId);
  const { cycle, branch, candidate } = loaded;
  mustHold(rq, 'stars.assess', branch.path);
  check(formReason(cycle, candidate, branch.name));
  const said: Answer[] = [];
  for (const answer of input.answers) said.push(...(await takeAnswer(rq, loaded, answer)));
  await sayAll(rq, { kind: 'self', caseId: candidate!.id, unitId }, said);
  await rescoreBranch(rq, cycle, branch);
  const form = await showForm(rq, unitId, cycle.id);
  const unanswered = form.items.filter((i) => i.asks && i.value === null && i.valueKind === 'check');
  if (input.submit) {
    // What was returned before this answer counts: by now it is answered, and that is what is submitted.
    if (candidate!.data.submittedAt !== null && ![...loaded.answers.values()].some((a) => a.returned !== null))
      throw refuse(starReason('self-locked'));
    if (unanswered.length > 0)
      throw refuse(starReason('self-open', { count: unanswered.length, item: unanswered[0]!.text }));
    const { submittedAt, submittedBy } = { submittedAt: rq.now.toISOString(), submittedBy: rq.actor.name };
    const patch = { submittedAt, submittedBy, prefilled: form.share };
    await changeCaseData(following(rq), candidate!.id, patch, 'stars.assess', '提交自评');
  }
  return {
    answered: input.answers.length,
    submitted: input.submit || candidate!.data.submittedAt !== null,
    open: form.items.filter((i) => i.value === null && i.valueKind !== 'review').length,
  };
}

/** An answer becomes what it is: a number becomes a fact with source and day, a check a judgement of the branch, given back to be said. */
async function takeAnswer(rq: Rq, of: Loaded, answer: SelfAnswer): Promise<Answer[]> {
  const { criterion } = criterionOf(of.standard, answer.criterion);
  const counted = of.answers.get(criterion.id);
  const returned = counted?.returned ?? null;
  const candidate = of.candidate!;
  if (candidate.data.submittedAt !== null && returned === null) throw refuse(starReason('self-locked'));
  if (criterion.value.kind === 'review') throw refuse(starReason('self-known', { item: criterion.text }));
  const said = { item: criterion.id, reason: answer.reason ?? null };
  if (criterion.value.kind === 'check') {
    mustReadAs(criterion, answer.value);
    return [{ ...said, value: answer.value }];
  }
  const key = metricsOf(criterion).find((m) => m === answer.metric || answer.metric === undefined);
  if (key === undefined) throw refuse(starReason('self-known', { item: criterion.text }));
  await giveNumber(rq, of, key, criterion, answer, returned !== null);
  // A number that was returned counts again once its source has been put right.
  return returned === null ? [] : [{ ...said, value: null }];
}

async function giveNumber(
  rq: Rq,
  of: Loaded,
  key: MetricKey,
  criterion: Criterion,
  answer: SelfAnswer,
  correcting: boolean,
): Promise<void> {
  const period = periodOf(criterion.value.period, of.cycle.data.year);
  const today = dayOf(rq.now);
  const number = {
    value: answer.value,
    asOf: answer.asOf ?? today,
    source: '村级自评',
    document: answer.document ?? null,
  };
  const held = (await factValues(asPlatform(rq), [key], [of.branch.id], period)).get(of.branch.id)?.get(key);
  if (!held || held.factId === null) {
    await enterFact(rq, { ...number, metric: key, unitId: of.branch.id, period });
    return;
  }
  if (!correcting) throw refuse(starReason('self-known', { item: metric(key).words }));
  await correctFact(rq, held.factId, { ...number, reason: answer.reason ?? '退回后更正' });
}
