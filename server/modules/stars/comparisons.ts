import { criteriaOf } from '../../../domain/stars/standard.ts';
import { sql } from '../../platform/db/sql.ts';
import { notFound } from '../../platform/errors.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { openCase, takeStep } from '../../records/cases/index.ts';
import { listPublications } from '../../records/publications/index.ts';
import { comparesShares } from '../../records/standards/index.ts';
import { following, measured, type Measured } from './common.ts';
import { miniOf, minisOf } from './minis.ts';
import { currentResult } from './results.ts';
import { monthOf } from './rescoring.ts';
import { findStanding, type KeptInputs, type KeptResult } from './standings.ts';
import { shownValue } from './proofs.ts';

/** Earlier results and month ends of the branch itself: its own way, not anybody else's. */
async function pastOf(rq: Rq, unitId: number) {
  const rows = await rq.db.many<{
    cycleId: string;
    year: number;
    label: string;
    level: number;
    total: number;
    result: KeptResult;
  }>(sql`
    SELECT s.cycle_id AS "cycleId", (c.data ->> 'year')::int AS year, CASE WHEN s.kind = 'month' THEN s.label ELSE c.data ->> 'year' END
      AS label, s.level, s.total, s.result
    FROM standings s JOIN cases c ON c.id = s.cycle_id
    WHERE s.unit_id = ${unitId} AND (s.kind = 'month' OR (s.kind = 'result' AND s.label = c.data ->> 'proposalId'))
    ORDER BY s.computed_at LIMIT 60`);
  return rows.map(({ result, ...row }) => ({
    ...row,
    stars: result.stars.map(({ id, points, held }) => ({ id, points, held })),
  }));
}

const similarBasis = {
  zh: '同一县、同一评价类别的其他支部；少于五个时不显示',
  en: 'Other branches of the county under the same scheme; not shown when there are fewer than five',
};

async function similarTo(rq: Rq, { cycle, branch, standard }: Measured) {
  const rows = await rq.db.many<{ star: string; branches: number; median: string; held: number }>(
    sql`SELECT star, branches, median::text, held FROM similar_branches(${cycle.id}::uuid, ${branch.id}::int, ${cycle.unitPath})`,
  );
  const found = new Map(rows.map((row) => [row.star, row]));
  const own = await findStanding(rq, cycle.id, branch.id, 'live');
  const points = new Map(own?.result.stars.map((star) => [star.id, star.points]) ?? []);
  return {
    basis: similarBasis,
    branches: rows[0]?.branches ?? 0,
    suppressed: rows.length === 0,
    stars: standard.stars.map((star) => {
      const row = found.get(star.id);
      return {
        id: star.id,
        name: star.name,
        own: points.get(star.id) ?? 0,
        median: row ? Math.round(Number(row.median)) : null,
        heldShare: row ? row.held / row.branches : null,
      };
    }),
  };
}

interface BenchmarkRow {
  readonly unitName: string;
  readonly parentId: number | null;
  readonly parentName: string | null;
  readonly scheme: string;
  readonly standardId: string;
  readonly result: KeptResult;
  readonly inputs: KeptInputs;
}

/** A branch to learn from: one that is named or recognised (that much is public), or one inside the reader's own scope. */
async function benchmarkOf(rq: Rq, of: Measured, withId: number) {
  const { cycle, branch, standard } = of;
  const row = await rq.db.find<BenchmarkRow>(sql`
    SELECT unit_name AS "unitName", parent_id AS "parentId", parent_name AS "parentName", scheme, standard_id AS "standardId",
      result, inputs FROM benchmark_standing(${cycle.id}::uuid, ${withId}::int)`);
  if (!row || row.standardId !== standard.id) throw notFound({ zh: '可对标的单位', en: 'unit to compare with' });
  const { result, inputs } = await currentResult(rq, cycle, branch, standard);
  const own = new Map(result.stars.flatMap((star) => star.criteria.map((c) => [c.id, c.points] as const)));
  const published = await listPublications(rq, {
    kind: 'practice-case',
    publicOnly: true,
    unitId: withId,
    limit: 20,
  });
  return {
    unit: {
      unitId: withId,
      unitName: row.unitName,
      parentId: row.parentId,
      parentName: row.parentName ?? '',
      scheme: row.scheme,
    },
    criteria: criteriaOf(standard).map(({ star, criterion }) => {
      const [mine, theirs] = [own.get(criterion.id) ?? 0, row.result.points[criterion.id] ?? 0];
      return {
        id: criterion.id,
        star: star.id,
        text: criterion.text,
        own: mine,
        theirs,
        gap: theirs - mine,
        ownValue: shownValue(inputs.values[criterion.id]?.value),
        theirValue: shownValue(row.inputs.values[criterion.id]?.value),
        share: comparesShares(criterion),
      };
    }),
    measures: published.items.map(({ id, title }) => ({ id, title })),
  };
}

async function chosenBenchmark(rq: Rq, unitId: number): Promise<number | undefined> {
  const row = await rq.db.find<{ id: number }>(sql`SELECT (data ->> 'benchmarkUnitId')::int AS id FROM cases
    WHERE type = 'benchmarking' AND unit_id = ${unitId} AND closed_at IS NULL ORDER BY opened_at DESC LIMIT 1`);
  return row?.id;
}

export async function compare(rq: Rq, unitId: number, s: { cycleId?: string | undefined; with?: number | undefined }) {
  const of = await measured(rq, unitId, s.cycleId);
  const withId = s.with ?? (await chosenBenchmark(rq, unitId));
  return {
    cycleId: of.cycle.id,
    sample: of.standard.sample,
    past: await pastOf(rq, unitId),
    similar: await similarTo(rq, of),
    benchmark: withId === undefined ? null : await benchmarkOf(rq, of, withId),
  };
}

/** Chooses a unit to learn from and what to copy; one at a time, the former choice ends. */
export async function chooseBenchmark(
  rq: Rq,
  unitId: number,
  input: { cycleId: string; benchmarkUnitId: number; measures: string },
) {
  const of = await measured(rq, unitId, input.cycleId);
  mustHold(rq, 'stars.declare', of.branch.path);
  await benchmarkOf(rq, of, input.benchmarkUnitId);
  const open = await rq.db.many<{ id: string }>(
    sql`SELECT id FROM cases WHERE type = 'benchmarking' AND unit_id = ${unitId} AND closed_at IS NULL`,
  );
  for (const { id } of open) await takeStep(following(rq), id, 'end');
  const { benchmarkUnitId, measures } = input;
  const title = `${of.branch.name}：对标先进`;
  const c = await openCase(rq, {
    type: 'benchmarking',
    title,
    unitId,
    parentId: of.cycle.id,
    data: { benchmarkUnitId, measures },
  });
  return miniOf(rq, c);
}

/** What changed since the last month end: level, stars, criteria, and what is overdue or threatens. */
export async function changesSince(rq: Rq, unitId: number, cycleId?: string) {
  const { cycle, standard } = await measured(rq, unitId, cycleId);
  const month = await rq.db.find<{ label: string }>(sql`SELECT label FROM standings WHERE cycle_id = ${cycle.id}
    AND unit_id = ${unitId} AND kind = 'month' AND label < ${monthOf(rq.now)} ORDER BY label DESC LIMIT 1`);
  const before = month ? await findStanding(rq, cycle.id, unitId, 'month', month.label) : undefined;
  const now = await findStanding(rq, cycle.id, unitId, 'live');
  const names = new Map(standard.stars.map((star) => [star.id, star.name]));
  const held = (id: string, row: typeof now) => row?.stars.includes(id) ?? false;
  const overdue = await rq.db.many<{
    id: string;
  }>(sql`SELECT id FROM cases WHERE unit_id = ${unitId} AND type IN ('task', 'problem')
    AND closed_at IS NULL AND due_on < (${rq.now}::timestamptz AT TIME ZONE 'Asia/Shanghai')::date ORDER BY due_on LIMIT 100`);
  const vetoEvents = await rq.db.many<{ id: string; veto: string; state: string; at: Date }>(sql`
    SELECT id, data ->> 'veto' AS veto, state, changed_at AS at FROM cases
    WHERE type = 'veto' AND unit_id = ${unitId} AND parent_id = ${cycle.id} ORDER BY changed_at DESC LIMIT 50`);
  const minis = await minisOf(
    rq,
    overdue.map((row) => row.id),
  );
  return {
    cycleId: cycle.id,
    sample: standard.sample,
    since: month?.label ?? null,
    levelBefore: before?.level ?? null,
    levelNow: now?.level ?? 0,
    totalBefore: before?.total ?? null,
    totalNow: now?.total ?? 0,
    criteria: criteriaOf(standard)
      .map(({ star, criterion }) => ({
        id: criterion.id,
        star: star.id,
        text: criterion.text,
        before: before?.result.points[criterion.id] ?? 0,
        now: now?.result.points[criterion.id] ?? 0,
        valueBefore: shownValue(before?.inputs.values[criterion.id]?.value),
        valueNow: shownValue(now?.inputs.values[criterion.id]?.value),
        share: comparesShares(criterion),
      }))
      .filter((c) => before !== undefined && (c.before !== c.now || c.valueBefore !== c.valueNow)),
    stars: [...names]
      .map(([id, name]) => ({ id, name, before: held(id, before), now: held(id, now) }))
      .filter((star) => before !== undefined && star.before !== star.now),
    overdueTasks: overdue.flatMap(({ id }) => minis.get(id) ?? []),
    vetoEvents,
  };
}
