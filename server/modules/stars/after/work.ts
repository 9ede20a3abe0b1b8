import { workflowOf } from '../../../../domain/records/cases/all.ts';
import { figures, leavesOf } from '../../../../domain/records/facts/index.ts';
import { criteriaOf, type Standard } from '../../../../domain/stars/standard.ts';
import { all, sql, type Sql, under, visible } from '../../../platform/db/sql.ts';
import { mustHold, type Rq } from '../../../platform/rq.ts';
import { dayOf } from '../../../platform/time.ts';
import { notKeptFrom } from '../../../records/cases/index.ts';
import { getUnit } from '../../../records/units/index.ts';
import { type Cycle, cycleFor, standardsOf } from '../common.ts';
import { type Mini, minisOf } from '../minis.ts';
import { findStanding } from '../standings.ts';

const itemsPerStar = 20;

interface Line {
  readonly star: string | null;
  readonly type: string;
  readonly open: number;
  readonly done: number;
  readonly overdue: number;
  readonly evidence: number;
}

/** Cases of the year: those still open, and those closed since the cycle's year began. */
function ofTheYear(cycle: Cycle): Sql {
  const first = `${cycle.data.year}-01-01`;
  return sql`(c.closed_at IS NULL OR c.closed_at >= ${first}::date)`;
}

/** Everything that runs in a unit and below it, by star and kind; what is confidential stays out for those it is kept from. */
function linesOf(rq: Rq, cycle: Cycle, path: string): Promise<Line[]> {
  const today = dayOf(rq.now);
  return rq.db.many<Line>(sql`
    SELECT c.star, c.type, count(*) FILTER (WHERE c.closed_at IS NULL)::int AS open,
      count(*) FILTER (WHERE c.closed_at IS NOT NULL)::int AS done,
      count(*) FILTER (WHERE c.closed_at IS NULL AND c.due_on < ${today}::date)::int AS overdue,
      coalesce(sum((SELECT count(*) FROM evidence e WHERE e.subject_kind = 'case' AND e.subject_id = c.id::text
        AND e.removed_at IS NULL)), 0)::int AS evidence
    FROM cases c WHERE ${all([visible(rq, 'c.unit_path'), under('c.unit_path', path), notKeptFrom(rq), ofTheYear(cycle)])}
    GROUP BY c.star, c.type ORDER BY c.type`);
}

/** The open work of each star that is due first. */
async function itemsOf(rq: Rq, path: string): Promise<Map<string | null, Mini[]>> {
  const rows = await rq.db.many<{ id: string; star: string | null }>(sql`
    SELECT id, star FROM (
      SELECT c.id, c.star, c.due_on, row_number() OVER (PARTITION BY c.star ORDER BY c.due_on, c.opened_at, c.id) AS n
      FROM cases c WHERE ${all([
        visible(rq, 'c.unit_path'),
        under('c.unit_path', path),
        notKeptFrom(rq),
        sql`c.closed_at IS NULL`,
      ])}) o
    WHERE n <= ${itemsPerStar}::int ORDER BY due_on, id`);
  const minis = await minisOf(
    rq,
    rows.map((row) => row.id),
  );
  const found = new Map<string | null, Mini[]>();
  for (const { id, star } of rows) {
    const mini = minis.get(id);
    if (mini) found.set(star, [...(found.get(star) ?? []), mini]);
  }
  return found;
}

/** The numbers that are entered for a star: the facts behind its criteria and behind the figures they use. */
function metricsOf(standards: readonly Standard[], star: string): string[] {
  const keys = standards
    .flatMap(criteriaOf)
    .filter((one) => one.star.id === star && ['fact', 'figure'].includes(one.criterion.value.kind))
    .flatMap(({ criterion: { value } }) => {
      const figure = figures[value.key];
      return figure ? leavesOf(figure.expr).flatMap((leaf) => ('metric' in leaf ? [leaf.metric] : [])) : [value.key];
    });
  return [...new Set<string>(keys)];
}

/** Criteria of a star that have not all of their points. */
function gapsOf(standards: readonly Standard[], star: string | null, points: Readonly<Record<string, number>>) {
  return standards
    .flatMap(criteriaOf)
    .filter((one) => one.star.id === star && (points[one.criterion.id] ?? 0) < one.criterion.points)
    .map(({ criterion: { id, text, points: full } }) => ({ criterion: id, text, points: points[id] ?? 0, full }));
}

async function factCounts(rq: Rq, cycle: Cycle, path: string): Promise<Map<string, number>> {
  const rows = await rq.db.many<{ metric: string; count: number }>(sql`
    SELECT f.metric, count(*)::int AS count FROM facts f
    WHERE ${visible(rq, 'f.unit_path')} AND ${under('f.unit_path', path)} AND f.superseded_at IS NULL
      AND f.period LIKE ${`${cycle.data.year}%`} GROUP BY f.metric`);
  return new Map(rows.map((row) => [row.metric, row.count]));
}

/** The whole work of a unit under its stars (M005): tasks, problems, matters, reviews and numbers. */
export async function showWork(rq: Rq, unitId: number, cycleId?: string) {
  const unit = await getUnit(rq, unitId);
  mustHold(rq, 'stars.read', unit.path);
  const cycle = await cycleFor(rq, cycleId);
  const isBranch = unit.type === 'village' || unit.type === 'community';
  const standards = (await standardsOf(rq, cycle)).filter((s) => !isBranch || s.scheme === unit.scheme);
  const standing = isBranch ? await findStanding(rq, cycle.id, unit.id, 'live') : undefined;
  const lines = await linesOf(rq, cycle, unit.path);
  const items = await itemsOf(rq, unit.path);
  const facts = await factCounts(rq, cycle, unit.path);
  const parent = unit.parentId === null ? null : await getUnit(rq, unit.parentId);
  const names = new Map(standards.flatMap((s) => s.stars.map((star) => [star.id, star.name] as const)));
  const others = lines.flatMap((l) => (l.star !== null && !names.has(l.star) ? [l.star] : []));
  const ids: (string | null)[] = [...names.keys(), ...new Set(others), null];
  return {
    unit: {
      unitId: unit.id,
      unitName: unit.name,
      parentId: unit.parentId,
      parentName: parent?.name ?? '',
      scheme: unit.scheme,
    },
    cycleId: cycle.id,
    sample: cycle.data.sample,
    stars: ids.map((id) => {
      const star = standing?.result.stars.find((one) => one.id === id);
      const metrics = id === null ? [] : metricsOf(standards, id);
      return {
        id,
        name: id === null ? { zh: '未归星的工作', en: 'Work without a star' } : (names.get(id) ?? { zh: id }),
        points: star?.points ?? null,
        held: star?.held ?? null,
        gaps: standing ? gapsOf(standards, id, standing.result.points) : [],
        cases: lines
          .filter((l) => l.star === id)
          .map(({ type, open, done, overdue, evidence }) => ({
            type,
            words: workflowOf(type).words,
            open,
            done,
            overdue,
            evidence,
          })),
        facts: metrics.reduce((sum, key) => sum + (facts.get(key) ?? 0), 0),
        items: items.get(id) ?? [],
      };
    }),
  };
}
