import {
  activeStates,
  canAdvance,
  cycleStates,
  type CycleState,
  nextStage,
  type StageFacts,
  stageNames,
  stageReason,
  starReason,
  stepInto,
  whyOf,
} from '../../../domain/stars/index.ts';
import type { CycleData } from '../../../domain/stars/kinds-cycle.ts';
import { listed, type Words } from '../../../domain/words.ts';
import { all, sql } from '../../platform/db/sql.ts';
import { check, refuse } from '../../platform/errors.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { changeCaseData, openCase, takeStep } from '../../records/cases/index.ts';
import { usableStandard } from '../../records/standards/index.ts';
import { getUnit } from '../../records/units/index.ts';
import {
  type Candidate,
  confirmedUnits,
  countDecisions,
  criteriaByScheme,
  jointReasons,
  listCandidates,
} from './candidates.ts';
import { type Cycle, getCycle, seenOrOpened, following } from './common.ts';
import { namingWhy } from './publicity-end.ts';

interface Ref {
  readonly id: string;
  readonly version: string;
}

export interface OpenCycle {
  readonly unitId: number;
  readonly year: number;
  readonly title: string;
  readonly rural: Ref | null;
  readonly urban: Ref | null;
  readonly publicityDays: number;
  readonly approversNeeded: number;
  readonly deadlines: Partial<Record<CycleState, string>>;
}

export async function openCycle(rq: Rq, input: OpenCycle): Promise<Cycle> {
  const unit = await getUnit(rq, input.unitId);
  mustHold(rq, 'stars.cycle', unit.path);
  if (input.rural === null && input.urban === null) throw refuse(starReason('cycle-no-standard'));
  const taken = await rq.db.find(sql`SELECT 1 FROM cases WHERE type = 'cycle' AND unit_id = ${unit.id}
    AND (data ->> 'year')::int = ${input.year}::int`);
  if (taken) throw refuse(starReason('cycle-year-taken', { year: input.year }));
  const samples: boolean[] = [];
  for (const scheme of ['rural', 'urban'] as const) {
    const ref = input[scheme];
    if (ref) samples.push((await usableStandard(rq, ref.id, ref.version, scheme, input.year)).sample);
  }
  const data: CycleData = {
    year: input.year,
    standards: { rural: input.rural, urban: input.urban },
    sample: samples.includes(true),
    publicityDays: input.publicityDays,
    approversNeeded: input.approversNeeded,
    deadlines: input.deadlines,
    proposalId: null,
    publicationId: null,
    publicityEnds: null,
  };
  const opened = await openCase(rq, { type: 'cycle', title: input.title, unitId: unit.id, data: { ...data } });
  return getCycle(rq, opened.id);
}

export async function listCycles(
  rq: Rq,
  s: { state?: string | undefined; year?: number | undefined; limit: number; offset: number },
) {
  const where = all([
    seenOrOpened(rq),
    sql`c.type = 'cycle'`,
    s.state && sql`c.state = ${s.state}`,
    s.year !== undefined && sql`(c.data ->> 'year')::int = ${s.year}::int`,
  ]);
  const { count } = await rq.db.one<{ count: number }>(sql`SELECT count(*)::int AS count FROM cases c WHERE ${where}`);
  const rows = await rq.db.many<{ id: string }>(sql`
    SELECT c.id FROM cases c WHERE ${where} ORDER BY (c.data ->> 'year')::int DESC, c.opened_at DESC
    LIMIT ${s.limit} OFFSET ${s.offset}`);
  const items = [];
  for (const { id } of rows) items.push(itemOf(await getCycle(rq, id)));
  return { items, total: count };
}

export function itemOf(c: Cycle) {
  const { id, state, title, unitId, unitName, unitPath, version, openedAt, data } = c;
  const { year, standards, sample, publicityDays, approversNeeded, deadlines } = data;
  return {
    id,
    year,
    title,
    state,
    unitId,
    unitName,
    unitPath,
    standards,
    sample,
    publicityDays,
    approversNeeded,
    deadlines,
    openedAt,
    version,
  };
}

interface Pending {
  readonly unitId: number;
  readonly unitName: string;
  readonly parentName: string;
  readonly what: Words;
}

const whats = {
  undecided: { zh: '申报待审定', en: 'declaration to be decided' },
  submit: { zh: '待提交自评', en: 'self-assessment to be submitted' },
  confirm: { zh: '待确认数据', en: 'data to be confirmed' },
  review: { zh: '待完成初审', en: 'township review to be finished' },
  join: { zh: '待联审结论', en: 'joint-review conclusion wanted' },
} as const;

const pendingOf = (c: Pick<Candidate, 'unitId' | 'unitName' | 'parentName'>, what: Words): Pending => ({
  unitId: c.unitId,
  unitName: c.unitName,
  parentName: c.parentName,
  what,
});

/** What the running stage still waits for. Counted in the scope of the reader, so that each sees what is theirs to do. */
async function pendingIn(rq: Rq, cycle: Cycle, candidates: readonly Candidate[]): Promise<Pending[]> {
  const active = candidates.filter((c) => activeStates.includes(c.state));
  const year = String(cycle.data.year);
  switch (cycle.state) {
    case 'creating':
      return candidates.filter((c) => c.state === 'declared').map((c) => pendingOf(c, whats.undecided));
    case 'self-assessment': {
      const confirmed = await confirmedUnits(rq, year);
      return active.flatMap((c) => {
        if (c.data.submittedAt === null) return [pendingOf(c, whats.submit)];
        return confirmed.has(c.unitId) ? [] : [pendingOf(c, whats.confirm)];
      });
    }
    case 'township-review': {
      const waiting = active.filter((c) => c.data.reviewedAt === null).map((c) => pendingOf(c, whats.review));
      const townships = new Map(active.map((c) => [c.parentId ?? 0, c.parentName]));
      const confirmed = await confirmedUnits(rq, year);
      for (const [unitId, unitName] of townships)
        if (!confirmed.has(unitId)) waiting.push(pendingOf({ unitId, unitName, parentName: '' }, whats.confirm));
      return waiting;
    }
    case 'verification': {
      const criteria = await criteriaByScheme(rq, cycle);
      const decided = await countDecisions(rq, cycle, 'verify');
      return active.flatMap((c) => {
        const open = (criteria.get(c.scheme) ?? []).filter(({ id }) => !decided.get(c.id)?.items.has(id));
        const stars = listed([...new Map(open.map(({ star, name }) => [star, name])).values()]);
        const what = { zh: `待核验${stars.zh}`, en: `to be verified: ${stars.en}` };
        return open.length > 0 ? [pendingOf(c, what)] : [];
      });
    }
    case 'joint-review': {
      const done = await jointReasons(rq, cycle.id);
      return active.filter((c) => !done.has(c.id)).map((c) => pendingOf(c, whats.join));
    }
    default:
      return [];
  }
}

function factsOf(cycle: Cycle, candidates: readonly Candidate[], pending: readonly Pending[]): StageFacts {
  const names = pending.map((p) => p.unitName);
  const at = (state: CycleState) => (cycle.state === state ? names : []);
  return {
    state: cycle.state,
    candidates: candidates.filter((c) => activeStates.includes(c.state)).length,
    undecided: at('creating'),
    notSubmitted: at('self-assessment'),
    notConfirmed: at('township-review'),
    notVerified: at('verification'),
    notJoined: at('joint-review'),
  };
}

export async function stageFacts(rq: Rq, cycle: Cycle): Promise<StageFacts> {
  const candidates = await listCandidates(rq, cycle.id);
  return factsOf(cycle, candidates, await pendingIn(rq, cycle, candidates));
}

/** What the stage waits for; and where nothing is left, whether the next one is entered here or on a page of its own. */
const wayOn = (facts: StageFacts, next: CycleState) => stageReason(facts) ?? canAdvance(facts, next);

export async function showCycle(rq: Rq, id: string) {
  const cycle = await getCycle(rq, id);
  const candidates = await listCandidates(rq, id);
  const pending = await pendingIn(rq, cycle, candidates);
  const next = nextStage(cycle.state);
  const at = cycleStates.indexOf(cycle.state);
  const counts = new Map<string, { state: string; origin: string; count: number }>();
  for (const c of candidates) {
    const key = `${c.state} ${c.data.origin}`;
    const entry = counts.get(key) ?? { state: c.state, origin: c.data.origin, count: 0 };
    entry.count += 1;
    counts.set(key, entry);
  }
  return {
    ...itemOf(cycle),
    stages: cycleStates.map((state, index) => ({
      state,
      words: stageNames[state],
      dueOn: cycle.data.deadlines[state] ?? null,
      position: index < at ? ('done' as const) : index === at ? ('current' as const) : ('ahead' as const),
    })),
    next:
      next === null
        ? null
        : { state: next, step: stepInto[next], why: whyOf(wayOn(factsOf(cycle, candidates, pending), next)) },
    pending: pending.slice(0, 200),
    pendingTotal: pending.length,
    candidacies: [...counts.values()],
    proposalId: cycle.data.proposalId,
    publicationId: cycle.data.publicationId,
    publicityEnds: cycle.data.publicityEnds,
    namingWhy: whyOf(await namingWhy(rq, cycle)),
  };
}

/** Closes the running stage and goes on. The rule of the stage is counted over the whole cycle. */
export async function advanceCycle(
  rq: Rq,
  id: string,
  to: CycleState,
  input: { reason?: string | undefined; version?: number | undefined },
): Promise<void> {
  const cycle = await getCycle(rq, id);
  mustHold(rq, 'stars.cycle', cycle.unitPath);
  check(canAdvance(await stageFacts(rq, cycle), to));
  await moveCycle(rq, cycle, to, input);
}

/** Takes the step into a stage; what the stage brings for the candidates follows from it. */
export async function moveCycle(
  rq: Rq,
  cycle: Cycle,
  to: CycleState,
  input: { reason?: string | undefined; version?: number | undefined; data?: Partial<CycleData> } = {},
): Promise<void> {
  if (to === 'open') return;
  await takeStep(rq, cycle.id, stepInto[to], input);
  const follow = following(rq);
  if (to === 'self-assessment')
    for (const c of await listCandidates(rq, cycle.id, { states: ['approved'] }))
      await takeStep(follow, c.id, 'monitor');
  if (to === 'joint-review')
    for (const c of await listCandidates(rq, cycle.id, { states: ['approved', 'monitored'] }))
      await takeStep(follow, c.id, 'assess');
}

export async function setDeadlines(
  rq: Rq,
  id: string,
  input: { deadlines: Partial<Record<CycleState, string>>; reason: string },
): Promise<void> {
  const cycle = await getCycle(rq, id);
  mustHold(rq, 'stars.cycle', cycle.unitPath);
  const deadlines = { ...cycle.data.deadlines, ...input.deadlines };
  await changeCaseData(rq, id, { deadlines }, 'stars.cycle', input.reason);
}
