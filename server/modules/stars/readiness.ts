import { gap } from '../../../domain/stars/gap.ts';
import { sql } from '../../platform/db/sql.ts';
import { refuse } from '../../platform/errors.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { starReason } from '../../../domain/stars/index.ts';
import { judge } from '../../records/judgements/index.ts';
import { findCandidate } from './candidates.ts';
import { measured } from './common.ts';
import { mustStandAside } from './judging.ts';
import { currentResult } from './results.ts';

/** All criteria looked at together: what is lacking for the target, and what the numbers say; people decide (M440). */
export async function showReadiness(rq: Rq, unitId: number, cycleId?: string) {
  const { cycle, branch, standard } = await measured(rq, unitId, cycleId);
  const candidate = await findCandidate(rq, cycle.id, unitId);
  const { result } = await currentResult(rq, cycle, branch, standard);
  const target = candidate?.data.targetLevel ?? 0;
  const wanted = new Set(candidate?.data.targetStars ?? []);
  const lacking = result.stars
    .filter((star) => !star.held && (wanted.size === 0 || wanted.has(star.id)))
    .map((star) => ({
      star: star.id,
      name: star.name,
      short: Math.max(0, star.pass - star.points),
      blockers: gap(standard, result, star.id).blockers.map((b) => b.text),
    }));
  const { open } = await rq.db.one<{ open: number }>(sql`SELECT count(*)::int AS open FROM cases
    WHERE unit_id = ${unitId} AND type = 'problem' AND closed_at IS NULL`);
  const ready = candidate !== undefined && result.level >= target;
  return {
    cycleId: cycle.id,
    sample: standard.sample,
    target,
    level: result.level,
    ready,
    lacking: ready ? [] : lacking,
    openProblems: open,
    missing: result.missing,
    recommendation: ready
      ? {
          zh: `已达到申报的 ${target} 星，可以推荐。`,
          en: `It reaches the ${target} stars it declared and can be recommended.`,
        }
      : {
          zh: `距申报目标还差 ${Math.max(0, target - result.level)} 星。`,
          en: `It lacks ${Math.max(0, target - result.level)} stars of its target.`,
        },
    judged: await judgedOf(rq, candidate?.id),
  };
}

async function judgedOf(rq: Rq, candidacyId: string | undefined) {
  if (candidacyId === undefined) return null;
  const row = await rq.db.find<{ label: string; reason: string | null; by: string | null; at: Date }>(sql`
    SELECT j.label, j.reason, p.name AS by, j.at FROM judgements j LEFT JOIN people p ON p.id = j.person_id
    WHERE j.case_id = ${candidacyId} AND j.kind = 'readiness' AND j.superseded_at IS NULL ORDER BY j.at DESC LIMIT 1`);
  return row ? { ready: row.label === 'ready', reason: row.reason ?? '', by: row.by ?? '', at: row.at } : null;
}

export async function judgeReadiness(
  rq: Rq,
  unitId: number,
  input: { cycleId: string; ready: boolean; reason: string },
) {
  const { cycle, branch } = await measured(rq, unitId, input.cycleId);
  mustHold(rq, 'stars.guide', branch.path);
  await mustStandAside(rq, branch);
  const candidate = await findCandidate(rq, cycle.id, unitId);
  if (!candidate) throw refuse(starReason('no-candidacy', { name: branch.name }));
  await judge(rq, {
    kind: 'readiness',
    caseId: candidate.id,
    unitId,
    item: 'readiness',
    label: input.ready ? 'ready' : 'not-ready',
    reason: input.reason,
  });
  return { ready: input.ready, reason: input.reason };
}
