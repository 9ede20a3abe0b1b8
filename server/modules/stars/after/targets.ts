import { rewardReason } from '../../../../domain/stars/reward-rules.ts';
import { honourLevel } from '../../../../domain/stars/recognition-rules.ts';
import { sql } from '../../../platform/db/sql.ts';
import { refuse } from '../../../platform/errors.ts';
import { mustHold, type Rq } from '../../../platform/rq.ts';
import { dayOf } from '../../../platform/time.ts';
import { judge } from '../../../records/judgements/index.ts';
import { getUnit } from '../../../records/units/index.ts';
import { type Candidate, findCandidate, listCandidates } from '../candidates.ts';
import { type Cycle, cycleFor, getBranch, getCycle, namesOf } from '../common.ts';
import { type BranchLevel, listLevels } from './levels.ts';

interface Behind {
  readonly unitId: number;
  readonly level: number | null;
  readonly facts: number;
  readonly judgements: number;
  readonly evidence: number;
  readonly objections: number;
  readonly openObjections: number;
  readonly signedBy: string | null;
  readonly signedAt: Date | null;
}

/** What stands behind the assessment of each candidate: counted, so that a target is never judged on nothing unseen. */
async function behindEach(rq: Rq, cycle: Cycle): Promise<Map<number, Behind>> {
  const rows = await rq.db.many<Behind>(sql`
    SELECT c.unit_id AS "unitId",
      (SELECT s.level FROM standings s WHERE s.cycle_id = ${cycle.id} AND s.unit_id = c.unit_id AND s.kind IN ('live', 'result')
        ORDER BY s.kind DESC, s.computed_at DESC LIMIT 1) AS level,
      (SELECT count(*) FROM facts f WHERE f.unit_id = c.unit_id AND f.period = ${String(cycle.data.year)}
        AND f.superseded_at IS NULL)::int AS facts,
      (SELECT count(*) FROM judgements j WHERE j.case_id = c.id AND j.superseded_at IS NULL)::int AS judgements,
      (SELECT count(*) FROM evidence e WHERE e.unit_id = c.unit_id AND e.removed_at IS NULL)::int AS evidence,
      (SELECT count(*) FROM cases o WHERE o.type = 'objection' AND o.parent_id = ${cycle.id} AND o.unit_id = c.unit_id)::int
        AS objections,
      (SELECT count(*) FROM cases o WHERE o.type = 'objection' AND o.parent_id = ${cycle.id} AND o.unit_id = c.unit_id
        AND o.closed_at IS NULL)::int AS "openObjections",
      (SELECT j.person_id FROM judgements j WHERE j.case_id = c.id AND j.kind = 'sign-off' AND j.superseded_at IS NULL
        ORDER BY j.at DESC LIMIT 1) AS "signedBy",
      (SELECT max(j.at) FROM judgements j WHERE j.case_id = c.id AND j.kind = 'sign-off' AND j.superseded_at IS NULL) AS "signedAt"
    FROM cases c WHERE c.type = 'candidacy' AND c.parent_id = ${cycle.id}`);
  return new Map(rows.map((row) => [row.unitId, row]));
}

const ended = ['named', 'watching', 'closed'];

function levelNow(c: Candidate, behind: Behind | undefined): number {
  return c.data.result?.level ?? behind?.level ?? 0;
}

/** Targets against results. A stretch is told apart and never counts against the branch (M215). */
export async function targetAssessment(rq: Rq, s: { cycleId?: string | undefined; under: number; limit: number }) {
  const unit = await getUnit(rq, s.under);
  const cycle = await cycleFor(rq, s.cycleId);
  const candidates = (await listCandidates(rq, cycle.id, { underPath: unit.path })).filter(
    (c) => c.state !== 'withdrawn',
  );
  const behind = await behindEach(rq, cycle);
  const shown = candidates.slice(0, s.limit);
  const names = await namesOf(
    rq,
    shown.map((c) => behind.get(c.unitId)?.signedBy ?? null),
  );
  return {
    cycleId: cycle.id,
    sample: cycle.data.sample,
    asOf: dayOf(rq.now),
    final: ended.includes(cycle.state),
    items: shown.map((c) => itemOf(c, behind.get(c.unitId), names)),
  };
}

function itemOf(c: Candidate, b: Behind | undefined, names: Map<string, string>) {
  const level = levelNow(c, b);
  const stretch = c.data.stretchLevel;
  const { unitId, unitName, parentId, parentName, scheme } = c;
  return {
    unitId,
    unitName,
    parentId,
    parentName,
    scheme,
    target: c.data.targetLevel,
    stretch,
    level,
    met: level >= c.data.targetLevel,
    stretchMet: stretch === null ? null : level >= stretch,
    evidence: b?.evidence ?? 0,
    facts: b?.facts ?? 0,
    judgements: b?.judgements ?? 0,
    objections: b?.objections ?? 0,
    openObjections: b?.openObjections ?? 0,
    signedOff: b?.signedBy && b.signedAt ? { by: names.get(b.signedBy) ?? '', at: b.signedAt } : null,
  };
}

export async function signOffTarget(rq: Rq, unitId: number, input: { cycleId: string; reason: string }) {
  const branch = await getBranch(rq, unitId);
  mustHold(rq, 'stars.joint', branch.path);
  const cycle = await getCycle(rq, input.cycleId);
  const candidate = await findCandidate(rq, cycle.id, unitId);
  if (!candidate) throw refuse(rewardReason('target-not-candidate', { name: branch.name }));
  if (!ended.includes(cycle.state)) throw refuse(rewardReason('target-not-final'));
  const behind = (await behindEach(rq, cycle)).get(unitId);
  if (behind && behind.openObjections > 0)
    throw refuse(rewardReason('target-objections', { count: behind.openObjections }));
  await judge(rq, {
    kind: 'sign-off',
    caseId: candidate.id,
    unitId,
    item: 'target',
    label: levelNow(candidate, behind) >= candidate.data.targetLevel ? 'met' : 'missed',
    reason: input.reason,
  });
  return { signed: true, met: levelNow(candidate, behind) >= candidate.data.targetLevel };
}

const exportNote = {
  zh: '单位创建结果，仅供年度考核参考，按所列权重折算；不含个人信息，不据此自动作出任何人事决定。',
  en: 'Results of units, as reference for the yearly assessment at the stated weight. No personal data; no personnel decision follows from it by itself.',
};

/** Cells that a spreadsheet would run as a formula are quoted as text. */
function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export async function assessmentExport(
  rq: Rq,
  s: { cycleId?: string | undefined; under: number; weight: number; format: 'json' | 'csv' },
) {
  const unit = await getUnit(rq, s.under);
  mustHold(rq, 'stars.joint', unit.path);
  const cycle = await cycleFor(rq, s.cycleId);
  const groups = groupByParent(await listLevels(rq, unit.path));
  const rows = [...groups.values()].map((branches) => rowOf(branches, s.weight));
  const sample = cycle.data.sample;
  return {
    cycleId: cycle.id,
    sample,
    weight: s.weight,
    note: exportNote,
    rows,
    csv: s.format === 'csv' ? csvOf(rows, sample) : null,
  };
}

function groupByParent(branches: readonly BranchLevel[]): Map<number, BranchLevel[]> {
  const groups = new Map<number, BranchLevel[]>();
  for (const b of branches) groups.set(b.parentId ?? 0, [...(groups.get(b.parentId ?? 0) ?? []), b]);
  return groups;
}

function rowOf(branches: readonly BranchLevel[], weight: number) {
  const levels: Record<string, number> = {};
  for (const b of branches) levels[b.level] = (levels[b.level] ?? 0) + 1;
  const share = branches.filter((b) => b.level >= honourLevel).length / branches.length;
  return {
    unitId: branches[0]!.parentId ?? 0,
    unitName: branches[0]!.parentName,
    branches: branches.length,
    levels,
    threeAndUp: Math.round(share * 10_000) / 10_000,
    reference: Math.round(share * weight * 100) / 100,
  };
}

function csvOf(rows: readonly ReturnType<typeof rowOf>[], sample: boolean): string {
  const head = ['单位', '支部数', '五星', '四星', '三星', '二星', '一星', '无星', '三星以上占比', '参考分'];
  const lines = rows.map((r) =>
    [r.unitName, r.branches, ...[5, 4, 3, 2, 1, 0].map((l) => r.levels[l] ?? 0), r.threeAndUp, r.reference]
      .map(cell)
      .join(','),
  );
  const notes = [exportNote.zh, ...(sample ? ['评价标准为样例，结果不具有效力。'] : [])].map(cell);
  return `\uFEFF${[head.join(','), ...lines, ...notes].join('\r\n')}\r\n`;
}
