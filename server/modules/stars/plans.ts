import { decisionReason, starReason } from '../../../domain/stars/index.ts';
import { type PlanData, planWorkflow } from '../../../domain/stars/kinds-cycle.ts';
import { all, sql, under } from '../../platform/db/sql.ts';
import { notFound, refuse } from '../../platform/errors.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { type CaseRow, changeCaseData, getCase, openCase, takeStep } from '../../records/cases/index.ts';
import { getUnit } from '../../records/units/index.ts';
import { listCandidates } from './candidates.ts';
import {
  asPlatform,
  type Cycle,
  cycleFor,
  getCycle,
  listBranches,
  seenOrOpened,
  standardsOf,
  following,
} from './common.ts';
import { shortcomings } from './shortcomings.ts';

const noPlan = notFound({ zh: '该规划', en: 'plan' });

type Plan = Omit<CaseRow, 'data'> & { readonly data: PlanData };

async function getPlan(rq: Rq, id: string): Promise<Plan> {
  const c = await getCase(asPlatform(rq), id);
  if (c.type !== 'plan') throw noPlan;
  return { ...c, data: c.data as unknown as PlanData };
}

export async function showPlan(rq: Rq, id: string) {
  const { data, state, unitId, unitName, title, openedAt, version } = await getPlan(rq, id);
  return { id, state: state as 'drafted', unitId, unitName, title, openedAt, version, ...data };
}

export async function listPlans(
  rq: Rq,
  s: { unitId?: number | undefined; year?: number | undefined; limit: number; offset: number },
) {
  const unit = s.unitId === undefined ? undefined : await getUnit(rq, s.unitId);
  const where = all([
    seenOrOpened(rq),
    sql`c.type = 'plan'`,
    unit && under('c.unit_path', unit.path),
    s.year !== undefined &&
      sql`EXISTS (SELECT 1 FROM jsonb_array_elements(c.data -> 'years') y WHERE (y ->> 'year')::int = ${s.year}::int)`,
  ]);
  const { count } = await rq.db.one<{ count: number }>(sql`SELECT count(*)::int AS count FROM cases c WHERE ${where}`);
  const rows = await rq.db.many<{ id: string }>(sql`
    SELECT c.id FROM cases c WHERE ${where} ORDER BY c.unit_path, c.opened_at DESC LIMIT ${s.limit} OFFSET ${s.offset}`);
  const items = [];
  for (const { id } of rows) items.push(await showPlan(rq, id));
  return { items, total: count };
}

export interface DraftPlan {
  readonly unitId: number;
  readonly title: string;
  readonly years: PlanData['years'];
  readonly document: { title: string; number: string } | null;
  readonly stars: readonly string[];
}

/** A plan covers all stars of the schemes it plans for unless it says otherwise: a village's plan leaves none of the five out. */
export async function draftPlan(rq: Rq, input: DraftPlan): Promise<string> {
  const unit = await getUnit(rq, input.unitId);
  mustHold(rq, 'stars.plan', unit.path);
  const cycle = await cycleFor(rq).catch(() => null);
  const standards = cycle === null ? [] : await standardsOf(rq, cycle);
  const isBranch = unit.type === 'village' || unit.type === 'community';
  const schemes: readonly (string | null)[] = isBranch ? [unit.scheme] : ['rural', 'urban'];
  const everyStar = standards.filter((s) => schemes.includes(s.scheme)).flatMap((s) => s.stars.map((star) => star.id));
  const left = everyStar.find((star) => input.stars.length > 0 && !input.stars.includes(star));
  if (isBranch && left !== undefined) throw refuse(starReason('plan-star-left', { star: left }));
  const allStars = [...new Set([...everyStar, ...input.stars])];
  const opened = await openCase(rq, {
    type: 'plan',
    title: input.title,
    unitId: unit.id,
    data: { years: input.years, focus: [], allStars, document: input.document },
  });
  return opened.id;
}

/** Reviewed by somebody else than adopted it; the plan in force before it for the same years is superseded. */
export async function stepPlan(
  rq: Rq,
  id: string,
  input: { step: 'review' | 'adopt' | 'return'; reason?: string | undefined; version?: number | undefined },
): Promise<void> {
  const plan = await getPlan(rq, id);
  await takeStep(rq, id, input.step, { reason: input.reason, version: input.version });
  if (input.step !== 'adopt') return;
  const years = plan.data.years.map((y) => y.year);
  const older = await rq.db.many<{ id: string }>(sql`
    SELECT c.id FROM cases c WHERE c.type = 'plan' AND c.state = 'in-force' AND c.unit_id = ${plan.unitId} AND c.id <> ${id}
      AND EXISTS (SELECT 1 FROM jsonb_array_elements(c.data -> 'years') y WHERE (y ->> 'year')::int = ANY (${years}::int[]))`);
  for (const old of older) await takeStep(following(rq), old.id, 'supersede');
}

/** Shortcomings of the last assessments become the focus of the next plan. */
export async function carryShortcomings(
  rq: Rq,
  input: { planId: string; cycleId: string; criteria: readonly string[] },
) {
  const plan = await getPlan(rq, input.planId);
  mustHold(rq, 'stars.plan', plan.unitPath);
  if (plan.state !== 'drafted')
    throw refuse(decisionReason('wrong-state', { state: planWorkflow.states[plan.state]?.words ?? plan.state }));
  const cycle = await getCycle(rq, input.cycleId);
  const known = new Map((await shortcomings(rq, cycle, plan.unitId, 1000)).map((s) => [s.criterion, s]));
  const added = input.criteria.map((criterion) => {
    const found = known.get(criterion);
    if (!found) throw refuse(starReason('unknown-criterion', { item: criterion }));
    const { branches, short, share } = found;
    const reason = `${cycle.data.year} 年 ${branches} 个支部中 ${short} 个未得满分，失分率 ${Math.round(share * 100)}%`;
    return { criterion, reason };
  });
  const focus = [...plan.data.focus.filter((f) => !input.criteria.includes(f.criterion)), ...added];
  await changeCaseData(rq, input.planId, { focus }, 'stars.plan', '带入上期短板弱项');
  return { planId: input.planId, focus };
}

async function planInForce(rq: Rq, unitId: number, year: number): Promise<Plan | null> {
  const row = await rq.db.find<{ id: string }>(sql`
    SELECT c.id FROM cases c WHERE c.type = 'plan' AND c.unit_id = ${unitId} AND c.state IN ('in-force', 'reviewed', 'drafted')
      AND EXISTS (SELECT 1 FROM jsonb_array_elements(c.data -> 'years') y WHERE (y ->> 'year')::int = ${year}::int)
    ORDER BY c.state = 'in-force' DESC, c.opened_at DESC LIMIT 1`);
  return row ? getPlan(rq, row.id) : null;
}

export interface Counts {
  /** By unit id: the level that counts. */
  readonly live: ReadonlyMap<number, { level: number; stars: readonly string[] }>;
  readonly result: ReadonlyMap<number, { level: number; stars: readonly string[] }> | null;
}

/** Levels of the branches below a path, live and (once there is one) as the result stands. */
export async function levelsBelow(rq: Rq, cycle: Cycle, path: string): Promise<Counts> {
  const rows = await rq.db.many<{ unitId: number; kind: string; level: number; stars: string[] }>(sql`
    SELECT unit_id AS "unitId", kind, level, stars FROM standings s
    WHERE s.cycle_id = ${cycle.id} AND ${under('s.unit_path', path)} AND (kind = 'live'
      OR (kind = 'result' AND label = ${cycle.data.proposalId ?? '-'})) LIMIT 400000`);
  const of = (kind: string) =>
    new Map(rows.filter((r) => r.kind === kind).map((r) => [r.unitId, { level: r.level, stars: r.stars }]));
  const result = of('result');
  return { live: of('live'), result: result.size > 0 ? result : null };
}

export async function comparePlan(rq: Rq, unitId: number, cycleId?: string) {
  const unit = await getUnit(rq, unitId);
  const cycle = await cycleFor(rq, cycleId);
  const { year } = cycle.data;
  const plan = await planInForce(rq, unitId, year);
  const planned = plan?.data.years.find((y) => y.year === year);
  const branches = await listBranches(rq, unit.path);
  const candidates = await listCandidates(rq, cycle.id, { underPath: unit.path });
  const { live, result } = await levelsBelow(rq, cycle, unit.path);
  const declared = new Map(
    candidates.filter((c) => c.state !== 'withdrawn').map((c) => [c.unitId, c.data.targetLevel]),
  );
  const standards = await standardsOf(rq, cycle);
  const rows = standards.flatMap((standard) => {
    const scheme = standard.scheme as 'rural' | 'urban';
    const own = branches.filter((b) => b.scheme === scheme);
    const count = (levels: ReadonlyMap<number, { level: number }>, level: number) =>
      own.filter((b) => levels.get(b.id)?.level === level).length;
    return levelsOf(standard.stars.length, planned?.counts[scheme] ?? {}).map((level) => {
      const plannedCount = planned?.counts[scheme][String(level)] ?? 0;
      const declaredCount = own.filter((b) => declared.get(b.id) === level).length;
      return {
        scheme,
        level,
        planned: plannedCount,
        declared: declaredCount,
        live: count(live, level),
        result: result ? count(result, level) : null,
        gap: declaredCount - plannedCount,
      };
    });
  });
  const starIds = [...new Set(standards.flatMap((s) => s.stars.map((star) => star.id)))];
  const holding = (levels: ReadonlyMap<number, { stars: readonly string[] }>, star: string) =>
    branches.filter((b) => levels.get(b.id)?.stars.includes(star)).length;
  const names = new Map(branches.map((b) => [b.id, b.name]));
  return {
    planId: plan?.id ?? null,
    year,
    sample: cycle.data.sample,
    rows,
    stars: starIds.map((star) => ({
      star,
      planned: planned?.counts.stars[star] ?? 0,
      live: holding(live, star),
      result: result ? holding(result, star) : null,
    })),
    branches: (planned?.branches ?? [])
      .filter((b) => names.has(b.unitId))
      .map((b) => ({
        unitId: b.unitId,
        unitName: names.get(b.unitId) ?? '',
        planned: b.level,
        declared: declared.get(b.unitId) ?? null,
        result: result?.get(b.unitId)?.level ?? null,
      })),
  };
}

function levelsOf(stars: number, planned: Readonly<Record<string, number>>): number[] {
  const levels = new Set(Array.from({ length: stars }, (_, i) => i + 1));
  for (const level of Object.keys(planned)) levels.add(Number(level));
  return [...levels].sort((a, b) => b - a);
}
