import { activeStates, duringStage, starReason, whyOf } from '../../../domain/stars/index.ts';
import { criteriaOf, type Standard } from '../../../domain/stars/standard.ts';
import { sql, visible } from '../../platform/db/sql.ts';
import { refuse } from '../../platform/errors.ts';
import { may, mustHold, type Rq } from '../../platform/rq.ts';
import { changeCaseData, takeStep } from '../../records/cases/index.ts';
import {
  type Candidate,
  countDecisions,
  criteriaByScheme,
  findCandidate,
  jointReasons,
  listCandidates,
} from './candidates.ts';
import { changesSince } from './changes.ts';
import { cycleFor, measured, type Measured, mustBeAt, unitMini, following } from './common.ts';
import { criterionOf, isOwnUnit, mustReadAs, mustStandAside, say, sayAll } from './judging.ts';
import { evidenceAsked, headOf, proofsOf, shownValue } from './proofs.ts';
import { currentResult } from './results.ts';
import { rescoreBranch } from './standings.ts';
import { decisionIn, gatherAnswers } from './values.ts';
import { isQuiet } from './telling.ts';
import { progressOf, tellConcluded, tellReturns, tellReviewed, tellVerified } from './verdicts.ts';
import { getUnit } from '../../records/units/index.ts';

type Stage = 'township-review' | 'verification';

interface Desk extends Measured {
  readonly candidate: Candidate;
}

async function loadDesk(rq: Rq, unitId: number, cycleId?: string): Promise<Desk> {
  const of = await measured(rq, unitId, cycleId);
  const candidate = await findCandidate(rq, of.cycle.id, unitId);
  if (!candidate) throw refuse(starReason('no-candidacy', { name: of.branch.name }));
  return { ...of, candidate };
}

const kindOf = (stage: Stage) => (stage === 'township-review' ? 'review' : 'verify');

/** The review desk of one branch: every criterion with its value, who said what, and what changed since the last look. */
export async function showDesk(rq: Rq, unitId: number, stage: Stage, cycleId?: string) {
  const { cycle, branch, standard, candidate } = await loadDesk(rq, unitId, cycleId);
  const { result, inputs } = await currentResult(rq, cycle, branch, standard);
  const scored = new Map(result.stars.flatMap((s) => s.criteria.map((c) => [c.id, c] as const)));
  const answers = (await gatherAnswers(rq, cycle, [unitId])).get(unitId);
  const proofs = await proofsOf(rq, unitId);
  const concluded = (await jointReasons(rq, cycle.id)).get(candidate.id);
  const kind = kindOf(stage);
  const changes = await changesSince(rq, { caseId: candidate.id, standard, inputs }, kind);
  const changed = new Set(changes.map((c) => c.criterion));
  const verb = stage === 'township-review' ? 'stars.review' : 'stars.verify';
  const aside = await isOwnUnit(rq, branch);
  const closed = duringStage(cycle.state, stage === 'verification' ? ['verification', 'joint-review'] : [stage]);
  const open = aside ? starReason('own-unit', { name: branch.name }) : closed;
  const grant = (star?: string) =>
    may(rq, verb, branch.path, star) ? open : starReason(star === undefined ? 'not-your-step' : 'not-your-star');
  const items = criteriaOf(standard).map(({ star, criterion }) => {
    const one = answers?.get(criterion.id);
    const input = inputs.values[criterion.id];
    return {
      ...headOf(star, criterion, scored.get(criterion.id)?.points ?? 0),
      missing: scored.get(criterion.id)?.missing ?? true,
      value: shownValue(input?.value),
      source: input?.from ?? null,
      asOf: input?.asOf ?? null,
      self: one?.self ? { value: one.self.value, reason: one.self.reason, by: one.self.by, at: one.self.at } : null,
      review: decisionOf(one?.review),
      verify: decisionOf(one?.verify),
      evidence: proofs.get(criterion.id) ?? [],
      evidenceAsked: evidenceAsked(criterion),
      changedSince: changed.has(criterion.id),
    };
  });
  return {
    unit: unitMini(branch),
    cycleId: cycle.id,
    candidacyId: candidate.id,
    sample: standard.sample,
    stage: cycle.state,
    open: whyOf(grant()),
    joint: concluded === undefined ? null : { recommended: candidate.state === 'recommended', reason: concluded },
    finished: stage === 'township-review' && candidate.data.reviewedAt !== null,
    stars: result.stars.map((star) => ({
      id: star.id,
      name: star.name,
      points: star.points,
      pass: star.pass,
      held: star.held,
      vetoed: star.vetoed,
      open: whyOf(grant(star.id)),
      decided: star.criteria.filter((c) => decisionIn(answers, c.id, kind)).length,
      of: star.criteria.length,
    })),
    items,
    changes,
  };
}

function decisionOf(answer: { decision: string; reason: string | null; by: string; at: string } | undefined) {
  if (!answer || answer.decision === 'answer') return null;
  const { reason, by, at } = answer;
  return { decision: answer.decision as 'accept' | 'return', reason, by, at };
}

export interface Decision {
  readonly criterion: string;
  readonly decision: 'accept' | 'return';
  readonly value?: string | undefined;
  readonly reason?: string | undefined;
}

interface Deciding {
  readonly decisions: readonly Decision[];
  /** Accepts whatever nobody of this kind has decided yet. */
  readonly acceptRest: boolean;
}

/** Decides criteria of the branch, or of one star; answers how many stay open. */
async function decideAll(
  rq: Rq,
  desk: Desk,
  kind: 'review' | 'verify',
  { decisions, acceptRest }: Deciding,
  star?: string,
): Promise<number> {
  const { cycle, candidate, standard, branch } = desk;
  for (const d of decisions) mustBeDecidable(standard, d, star);
  const answers = (await gatherAnswers(rq, cycle, [branch.id])).get(branch.id);
  const named = new Set(decisions.map((d) => d.criterion));
  const rest = criteriaOf(standard)
    .filter((c) => star === undefined || c.star.id === star)
    .map((c) => c.criterion.id)
    .filter((id) => !named.has(id) && !decisionIn(answers, id, kind));
  const accepted = acceptRest ? rest.map((criterion): Decision => ({ criterion, decision: 'accept' })) : [];
  const all = [...decisions, ...accepted];
  if (all.length > 0) {
    // What they had before their eyes is kept with the decision: the next stage is shown what has changed since.
    // Of what stands returned nothing counts until it is accepted again, so there is no value to keep of it.
    const { inputs } = await currentResult(rq, cycle, branch, standard);
    const seenOf = (item: string, value: string | undefined) =>
      value === undefined && answers?.get(item)?.returned
        ? {}
        : { seen: value ?? shownValue(inputs.values[item]?.value) };
    const said = all.map(({ criterion: item, decision, value, reason }) => ({
      item,
      decision,
      value: value ?? null,
      reason: reason ?? null,
      data: seenOf(item, value),
    }));
    await tellReturns(rq, desk, kind, answers, said);
    await sayAll(rq, { kind, caseId: candidate.id, unitId: branch.id }, said);
  }
  return rest.length - accepted.length;
}

function mustBeDecidable(standard: Standard, d: Decision, star: string | undefined): void {
  const found = criterionOf(standard, d.criterion);
  if (star !== undefined && found.star.id !== star) throw refuse(starReason('other-star', { item: d.criterion, star }));
  if (d.value === undefined) return;
  if (found.criterion.value.kind !== 'check')
    throw refuse(starReason('value-from-records', { item: found.criterion.text }));
  mustReadAs(found.criterion, d.value);
}

export async function reviewBranch(
  rq: Rq,
  unitId: number,
  input: { cycleId: string; decisions: readonly Decision[]; acceptRest: boolean; finish: boolean },
): Promise<void> {
  const desk = await loadDesk(rq, unitId, input.cycleId);
  mustHold(rq, 'stars.review', desk.branch.path);
  mustBeAt(desk.cycle, 'township-review');
  await mustStandAside(rq, desk.branch);
  const open = await decideAll(rq, desk, 'review', input);
  if (input.finish) {
    if (open > 0) throw refuse(starReason('review-open-items', { count: open }));
    const patch = { reviewedAt: rq.now.toISOString() };
    await changeCaseData(following(rq), desk.candidate.id, patch, 'stars.review', '完成初审');
    if (!isQuiet(rq)) await tellReviewed(rq, desk);
  }
  await rescoreBranch(rq, desk.cycle, desk.branch);
}

/** A task force verifies the criteria of its own star and of no other. */
export async function verifyBranch(
  rq: Rq,
  unitId: number,
  input: { cycleId: string; star: string; decisions: readonly Decision[]; acceptRest: boolean },
): Promise<void> {
  const desk = await loadDesk(rq, unitId, input.cycleId);
  mustHold(rq, 'stars.verify', desk.branch.path, input.star);
  mustBeAt(desk.cycle, 'verification', 'joint-review');
  await mustStandAside(rq, desk.branch);
  const before = isQuiet(rq) ? null : await progressOf(rq, desk, 'verify', input.star);
  await decideAll(rq, desk, 'verify', input, input.star);
  if (before) await tellVerified(rq, desk, input.star, before);
  await rescoreBranch(rq, desk.cycle, desk.branch);
}

/** The deciding body's conclusion on one branch, with its reason. */
export async function recommendBranch(
  rq: Rq,
  unitId: number,
  input: { cycleId: string; recommend: boolean; reason: string },
) {
  const { cycle, branch, candidate } = await loadDesk(rq, unitId, input.cycleId);
  mustHold(rq, 'stars.joint', cycle.unitPath);
  mustBeAt(cycle, 'joint-review');
  await mustStandAside(rq, branch);
  if (candidate.state !== 'assessed' && candidate.state !== 'recommended')
    throw refuse(starReason('joint-not-assessed', { name: branch.name }));
  // The same conclusion said again is no news.
  const before = (await jointReasons(rq, cycle.id)).get(candidate.id);
  if (before !== input.reason || (candidate.state === 'recommended') !== input.recommend)
    await tellConcluded(rq, branch, input);
  await say(rq, {
    kind: 'joint',
    caseId: candidate.id,
    unitId,
    item: 'recommendation',
    value: input.recommend ? '1' : '0',
    reason: input.reason,
  });
  if (input.recommend && candidate.state === 'assessed')
    await takeStep(following(rq), candidate.id, 'recommend', { reason: input.reason, told: true });
  if (!input.recommend && candidate.state === 'recommended')
    await takeStep(following(rq), candidate.id, 'reconsider', { reason: input.reason, told: true });
  return { candidacyId: candidate.id, recommended: input.recommend, reason: input.reason };
}

export interface QueueSearch {
  readonly cycleId?: string | undefined;
  readonly under?: number | undefined;
  readonly stage: Stage | 'joint-review';
  readonly star?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

export async function reviewQueue(rq: Rq, s: QueueSearch) {
  const cycle = await cycleFor(rq, s.cycleId);
  const root = s.under === undefined ? undefined : await getUnit(rq, s.under);
  const candidates = await listCandidates(rq, cycle.id, {
    states: activeStates,
    ...(root ? { underPath: root.path } : {}),
  });
  const criteria = await criteriaByScheme(rq, cycle);
  const decided = await countDecisions(rq, cycle, s.stage === 'township-review' ? 'review' : 'verify');
  const levels = new Map(
    (
      await rq.db.many<{ unitId: number; level: number }>(sql`
        SELECT unit_id AS "unitId", level FROM standings s WHERE s.cycle_id = ${cycle.id} AND s.kind = 'live' AND ${visible(rq, 's.unit_path')}`)
    ).map((r) => [r.unitId, r.level]),
  );
  const joined = await jointReasons(rq, cycle.id);
  const items = candidates
    .filter((c) => s.star === undefined || (criteria.get(c.scheme) ?? []).some((x) => x.star === s.star))
    .map((c) => {
      const own = (criteria.get(c.scheme) ?? []).filter((x) => s.star === undefined || x.star === s.star);
      const done = decided.get(c.id);
      const count = own.filter((x) => done?.items.has(x.id)).length;
      const finished =
        s.stage === 'township-review'
          ? c.data.reviewedAt !== null
          : s.stage === 'verification'
            ? count === own.length
            : joined.has(c.id);
      const { unitId, unitName, parentId, parentName, scheme, state } = c;
      return {
        unitId,
        unitName,
        parentId,
        parentName,
        scheme,
        state,
        candidacyId: c.id,
        origin: c.data.origin,
        targetLevel: c.data.targetLevel,
        level: levels.get(unitId) ?? null,
        submittedAt: c.data.submittedAt,
        decided: count,
        of: own.length,
        returned: own.filter((x) => done?.returned.has(x.id)).length,
        finished,
      };
    })
    .sort((a, b) => Number(a.finished) - Number(b.finished));
  return { items: items.slice(s.offset, s.offset + s.limit), total: items.length, sample: cycle.data.sample };
}
