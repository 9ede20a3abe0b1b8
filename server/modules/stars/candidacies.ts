import {
  activeStates,
  type CandidacyState,
  openStates,
  type Origin,
  outcomeOf,
  starReason,
  targetReason,
  type Target,
} from '../../../domain/stars/index.ts';
import { type CandidacyData, candidacyWorkflow } from '../../../domain/stars/kinds-cycle.ts';
import { all, join, sql, under, visible } from '../../platform/db/sql.ts';
import { check, notFound, refuse } from '../../platform/errors.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import {
  type CaseRow,
  changeCaseData,
  getCase,
  listTimeline,
  openCase,
  takeStep,
  viewOf,
} from '../../records/cases/index.ts';
import { getUnit } from '../../records/units/index.ts';
import { asPlatform, cycleFor, getCycle, maxLevelOf, measured, mustBeAt, following } from './common.ts';
import { rescoreUnits } from './standings.ts';
import { tellBranch } from './telling.ts';

const noCandidacy = notFound({ zh: '该申报', en: 'candidacy' });

export type Candidacy = Omit<CaseRow, 'data' | 'state'> & {
  readonly data: CandidacyData;
  readonly state: CandidacyState;
};

/** The platform reads it, the database keeps it to the actor's scope: task forces hold no right on cases as such. */
export async function getCandidacy(rq: Rq, id: string): Promise<Candidacy> {
  const c = await getCase(asPlatform(rq), id);
  if (c.type !== 'candidacy' || !rq.actor.scopes.some((scope) => c.unitPath.startsWith(scope))) throw noCandidacy;
  return { ...c, state: c.state as CandidacyState, data: c.data as unknown as CandidacyData };
}

export interface CandidacySearch {
  readonly cycleId?: string | undefined;
  readonly under?: number | undefined;
  readonly state?: string | undefined;
  readonly origin?: string | undefined;
  readonly targetLevel?: number | undefined;
  readonly isNew?: 'true' | 'false' | undefined;
  readonly limit: number;
  readonly offset: number;
}

const columns = sql`c.id, c.parent_id AS "cycleId", c.state, c.unit_id AS "unitId", u.name AS "unitName",
  u.parent_id AS "parentId", coalesce(p.name, '') AS "parentName", u.scheme, c.data, c.opened_at AS "openedAt", c.version,
  s.level, s.total,
  (SELECT count(*) FROM cases t WHERE t.unit_id = c.unit_id AND t.type IN ('task', 'problem', 'star-duty')
    AND t.closed_at IS NULL AND t.due_on < now_day.day)::int AS "overdueTasks"`;

interface Row {
  readonly data: CandidacyData;
}

function itemOf<T extends Row>({ data, ...row }: T) {
  const { origin, targetLevel, targetStars, stretchLevel, commitments, isNew } = data;
  return { ...row, origin, targetLevel, targetStars, stretchLevel, commitments, isNew };
}

export async function listCandidacies(rq: Rq, s: CandidacySearch) {
  const cycle = await cycleFor(rq, s.cycleId);
  const root = s.under === undefined ? undefined : await getUnit(rq, s.under);
  const where = all([
    visible(rq, 'c.unit_path'),
    sql`c.type = 'candidacy' AND c.parent_id = ${cycle.id}`,
    root && under('c.unit_path', root.path),
    s.state && sql`c.state = ${s.state}`,
    s.origin && sql`c.data ->> 'origin' = ${s.origin}`,
    s.targetLevel !== undefined && sql`(c.data ->> 'targetLevel')::int = ${s.targetLevel}::int`,
    s.isNew && sql`c.data ->> 'isNew' = ${s.isNew}`,
  ]);
  const { count } = await rq.db.one<{ count: number }>(sql`SELECT count(*)::int AS count FROM cases c WHERE ${where}`);
  const rows = await rq.db.many<Row & Record<string, never>>(sql`
    SELECT ${columns} FROM cases c JOIN units u ON u.id = c.unit_id LEFT JOIN units p ON p.id = u.parent_id
    LEFT JOIN standings s ON s.cycle_id = c.parent_id AND s.unit_id = c.unit_id AND s.kind = 'live'
    CROSS JOIN (SELECT ${dayOf(rq.now)}::date AS day) now_day
    WHERE ${where} ORDER BY c.unit_path LIMIT ${s.limit} OFFSET ${s.offset}`);
  return { items: rows.map(itemOf) as never[], total: count };
}

async function itemById(rq: Rq, id: string) {
  const row = await rq.db.find<Row & Record<string, never>>(sql`
    SELECT ${columns} FROM cases c JOIN units u ON u.id = c.unit_id LEFT JOIN units p ON p.id = u.parent_id
    LEFT JOIN standings s ON s.cycle_id = c.parent_id AND s.unit_id = c.unit_id AND s.kind = 'live'
    CROSS JOIN (SELECT ${dayOf(rq.now)}::date AS day) now_day
    WHERE ${join([sql`c.id = ${id}`, visible(rq, 'c.unit_path')], ' AND ')}`);
  if (!row) throw noCandidacy;
  return itemOf(row);
}

export async function showCandidacy(rq: Rq, id: string) {
  const c = await getCandidacy(rq, id);
  const item = await itemById(rq, id);
  const timeline = await listTimeline(asPlatform(rq), id, { limit: 200, offset: 0 });
  const result = await rq.db.find<{ level: number; kind: string }>(sql`
    SELECT level, kind FROM standings WHERE cycle_id = ${c.parentId} AND unit_id = ${c.unitId} AND kind IN ('live', 'result')
    ORDER BY kind DESC LIMIT 1`);
  const steps = viewOf(rq, c as unknown as CaseRow).steps;
  return {
    ...(item as never as Record<string, never>),
    history: c.data.history,
    steps: timeline.items
      .filter((e) => e.step !== 'data')
      .map((e) => ({ step: e.step, to: e.to, by: e.by ?? '', at: e.at, reason: e.reason })),
    openSteps: steps.map((s) => ({ step: s.step, words: s.words, why: s.reason })),
    outcome: result ? { ...outcomeOf(c.data, result.level), final: result.kind === 'result' } : null,
  } as never;
}

export interface Declaration extends Target {
  readonly commitments: string;
}

/**
 * A branch declares what it aims at. Any branch may, whatever the plan says: planned, reserve and open candidates are told
 * apart by their origin and by nothing else.
 */
export async function declare(rq: Rq, input: Declaration & { cycleId: string; unitId: number }): Promise<string> {
  const { cycle, branch, standard } = await measured(rq, input.unitId, input.cycleId);
  mustHold(rq, 'stars.declare', branch.path);
  mustBeAt(cycle, 'open', 'planning', 'creating', 'self-assessment');
  check(
    targetReason(
      input,
      standard.stars.map((s) => s.id),
      maxLevelOf(standard),
    ),
  );
  const earlier = await rq.db.many<{ same: boolean }>(sql`
    SELECT c.parent_id = ${cycle.id} AS same FROM cases c WHERE c.type = 'candidacy' AND c.unit_id = ${branch.id}`);
  if (earlier.some((e) => e.same)) throw refuse(starReason('declared-already', { name: branch.name }));
  const data: CandidacyData = {
    targetLevel: input.targetLevel,
    targetStars: [...input.targetStars],
    stretchLevel: input.stretchLevel,
    origin: await plannedOrigin(rq, cycle.data.year, branch.id, branch.path),
    commitments: input.commitments,
    isNew: earlier.length === 0,
    approvedBy: null,
    history: [],
    submittedAt: null,
    submittedBy: null,
    prefilled: null,
    reviewedAt: null,
    result: null,
  };
  const title = `${branch.name} ${cycle.data.year} 年创建申报`;
  const opened = await openCase(rq, {
    type: 'candidacy',
    title,
    unitId: branch.id,
    ownerUnitId: branch.id,
    parentId: cycle.id,
    data: { ...data },
  });
  await rescoreUnits(rq, [branch.id]);
  return opened.id;
}

/** What a plan in force says of the branch; without one it is an open contender. */
async function plannedOrigin(rq: Rq, year: number, unitId: number, path: string): Promise<Origin> {
  const chain: string[] = [];
  for (let at = path.indexOf('.'); at !== -1; at = path.indexOf('.', at + 1)) chain.push(path.slice(0, at + 1));
  const row = await rq.db.find<{ origin: Origin }>(sql`
    SELECT b ->> 'origin' AS origin FROM cases c, jsonb_array_elements(c.data -> 'years') y, jsonb_array_elements(y -> 'branches') b
    WHERE c.type = 'plan' AND c.state = 'in-force' AND c.unit_path = ANY (${chain}::text[])
      AND (y ->> 'year')::int = ${year}::int AND (b ->> 'unitId')::int = ${unitId}::int
    ORDER BY c.unit_path DESC LIMIT 1`);
  return row?.origin ?? 'contender';
}

/** The data with a changed target, and the change kept in its history. */
export function withChange(
  rq: Rq,
  data: CandidacyData,
  change: Partial<CandidacyData>,
  reason: string | null,
  approvedBy: string | null,
): CandidacyData {
  const before = Object.fromEntries(Object.keys(change).map((key) => [key, data[key as keyof CandidacyData]]));
  const entry = { at: rq.now.toISOString(), by: rq.actor.name, approvedBy, reason, before, after: { ...change } };
  return { ...data, ...change, history: [...data.history, entry] };
}

export async function revise(
  rq: Rq,
  id: string,
  input: Declaration & { reason: string; version?: number | undefined },
): Promise<void> {
  const c = await getCandidacy(rq, id);
  mustHold(rq, 'stars.declare', c.unitPath);
  if (c.state !== 'declared') throw refuse(starReason('target-after-approval'));
  const { standard } = await measured(rq, c.unitId, c.parentId ?? undefined);
  check(
    targetReason(
      input,
      standard.stars.map((s) => s.id),
      maxLevelOf(standard),
    ),
  );
  const { targetLevel, targetStars, stretchLevel, commitments } = input;
  const change = { targetLevel, targetStars: [...targetStars], stretchLevel, commitments };
  await changeCaseData(following(rq), id, { ...withChange(rq, c.data, change, input.reason, null) }, 'stars.declare');
}

export async function approve(
  rq: Rq,
  id: string,
  input: { origin: Origin; reason?: string | undefined; version?: number | undefined },
): Promise<void> {
  const c = await getCandidacy(rq, id);
  const cycle = await getCycle(rq, c.parentId ?? '');
  mustBeAt(cycle, 'open', 'planning', 'creating', 'self-assessment');
  // Approved as it was declared, nothing has changed, and the history says nothing of it.
  const changed =
    input.origin === c.data.origin
      ? c.data
      : withChange(rq, c.data, { origin: input.origin }, input.reason ?? null, rq.actor.name);
  const data = { ...changed, approvedBy: rq.actor.name };
  await takeStep(rq, id, 'approve', { reason: input.reason, version: input.version, data, told: true });
  const said = { unit: c.unitName, level: c.data.targetLevel };
  await tellBranch(rq, c.unitId, 'star-approved', { kind: 'declaration', id: String(c.unitId) }, said);
  if (cycle.state === 'self-assessment') await takeStep(following(rq), id, 'monitor');
}

export async function withdrawCandidacy(rq: Rq, id: string, reason: string): Promise<void> {
  const c = await getCandidacy(rq, id);
  if (!openStates.includes(c.state)) throw refuse(starReason('candidacy-state', { state: stateWords(c.state) }));
  await takeStep(rq, id, 'withdraw', { reason });
}

export function stateWords(state: string): string {
  return candidacyWorkflow.states[state]?.words.zh ?? state;
}

/** Whether planned, reserve and open candidates are treated alike: deadlines, standard, and how many judge each of them. */
export async function fairness(rq: Rq, cycleId: string) {
  const cycle = await getCycle(rq, cycleId);
  const rows = await rq.db.many<{
    origin: Origin;
    candidates: number;
    due: number;
    standards: string;
    judges: string;
  }>(sql`
    SELECT c.data ->> 'origin' AS origin, count(*)::int AS candidates, count(DISTINCT c.due_on)::int AS due,
      coalesce(string_agg(DISTINCT s.standard_id || ' ' || s.standard_version, ', '), '') AS standards,
      coalesce(round(avg((SELECT count(DISTINCT j.kind) FROM judgements j WHERE j.case_id = c.id AND j.superseded_at IS NULL
        AND j.kind IN ('self', 'review', 'verify', 'joint'))), 2), 0)::text AS judges
    FROM cases c LEFT JOIN standings s ON s.cycle_id = c.parent_id AND s.unit_id = c.unit_id AND s.kind = 'live'
    WHERE ${visible(rq, 'c.unit_path')} AND c.type = 'candidacy' AND c.parent_id = ${cycle.id}
      AND c.state = ANY (${['declared', ...activeStates, 'named', 'not-named']}::text[])
    GROUP BY 1 ORDER BY 1`);
  const byOrigin = (value: (row: (typeof rows)[number]) => string) =>
    rows.map((row) => ({ origin: row.origin, candidates: row.candidates, value: value(row) }));
  const sameSchemes = await sameStandardByScheme(rq, cycle.id);
  const deadlines = Object.entries(cycle.data.deadlines)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([stage, day]) => `${stage} ${day}`)
    .join('; ');
  return {
    checks: [
      {
        check: 'deadlines',
        words: { zh: '时限一致', en: 'The same deadlines' },
        fair: rows.every((row) => row.due === 0),
        byOrigin: byOrigin(() => deadlines),
      },
      {
        check: 'standard',
        words: { zh: '标准一致', en: 'The same standard within a scheme' },
        fair: sameSchemes,
        byOrigin: byOrigin((row) => row.standards),
      },
      {
        check: 'judging',
        words: { zh: '评审环节一致', en: 'The same steps of judging' },
        fair: new Set(rows.map((row) => row.judges)).size <= 1,
        byOrigin: byOrigin((row) => row.judges),
      },
    ],
  };
}

async function sameStandardByScheme(rq: Rq, cycleId: string): Promise<boolean> {
  const rows = await rq.db.many<{ n: number }>(sql`
    SELECT count(DISTINCT (s.standard_id, s.standard_version))::int AS n FROM standings s JOIN units u ON u.id = s.unit_id
    WHERE ${visible(rq, 's.unit_path')} AND s.cycle_id = ${cycleId} AND s.kind = 'live' GROUP BY u.scheme`);
  return rows.every((row) => row.n <= 1);
}
