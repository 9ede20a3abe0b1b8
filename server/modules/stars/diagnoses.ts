import { stageNames, suggestionOf } from '../../../domain/stars/index.ts';
import { criteriaOf } from '../../../domain/stars/standard.ts';
import { sql, visible } from '../../platform/db/sql.ts';
import { forbidden } from '../../platform/errors.ts';
import { may, mustHold, type Rq } from '../../platform/rq.ts';
import { type CaseRow, getCase, openCase, takeStep } from '../../records/cases/index.ts';
import { asPlatform, measured, mustBeAt, unitMini, following } from './common.ts';
import { criterionOf, sayAll } from './judging.ts';
import { miniOf, minisOf } from './minis.ts';
import { headOf, proofsOf, shownValue } from './proofs.ts';
import { currentResult } from './results.ts';

export type DiagnosisAnswer = 'met' | 'partly' | 'not-met';

async function findDiagnosis(rq: Rq, cycleId: string, unitId: number): Promise<string | null> {
  const row = await rq.db.find<{ id: string }>(sql`
    SELECT id FROM cases WHERE type = 'diagnosis' AND parent_id = ${cycleId} AND unit_id = ${unitId} AND ${visible(rq)}`);
  return row?.id ?? null;
}

interface Said {
  readonly item: string;
  readonly label: DiagnosisAnswer;
  readonly reason: string;
  readonly by: string | null;
  readonly at: Date;
}

export async function showDiagnosis(rq: Rq, unitId: number, cycleId?: string) {
  const { cycle, branch, standard } = await measured(rq, unitId, cycleId);
  const caseId = await findDiagnosis(rq, cycle.id, unitId);
  const { result, inputs } = await currentResult(rq, cycle, branch, standard);
  const points = new Map(result.stars.flatMap((s) => s.criteria.map((c) => [c.id, c] as const)));
  const said = new Map<string, Said>();
  if (caseId !== null) {
    const rows = await rq.db.many<Said>(sql`
      SELECT DISTINCT ON (j.item) j.item, j.data ->> 'value' AS label, coalesce(j.reason, '') AS reason, p.name AS by, j.at
      FROM judgements j LEFT JOIN people p ON p.id = j.person_id
      WHERE j.case_id = ${caseId} AND j.kind = 'diagnosis' AND j.superseded_at IS NULL ORDER BY j.item, j.at DESC`);
    for (const row of rows) said.set(row.item, row);
  }
  const problems = await problemsOf(rq, caseId);
  const proofs = await proofsOf(rq, unitId);
  const items = criteriaOf(standard).map(({ star, criterion }) => {
    const scored = points.get(criterion.id);
    const answer = said.get(criterion.id);
    const input = inputs.values[criterion.id];
    return {
      ...headOf(star, criterion, scored?.points ?? 0),
      value: shownValue(input?.value),
      source: input?.from ?? null,
      suggested: suggestionOf(scored?.points ?? 0, criterion.points, criterion.must ?? null),
      answer: answer?.label ?? null,
      reason: answer?.reason ?? null,
      by: answer?.by ?? null,
      at: answer?.at ?? null,
      evidence: proofs.get(criterion.id) ?? [],
      problem: problems.get(criterion.id) ?? null,
    };
  });
  return {
    unit: unitMini(branch),
    cycleId: cycle.id,
    caseId,
    sample: standard.sample,
    answered: items.filter((i) => i.answer !== null).length,
    of: items.length,
    items,
    gaps: items.flatMap((i) =>
      i.answer === null || i.answer === 'met'
        ? []
        : [
            {
              criterion: i.id,
              star: i.star,
              text: i.text,
              answer: i.answer,
              reason: i.reason ?? '',
              lost: i.full - i.points,
            },
          ],
    ),
  };
}

async function problemsOf(rq: Rq, caseId: string | null) {
  if (caseId === null) return new Map<string, ReturnType<typeof miniOf>>();
  const rows = await rq.db.many<{ id: string; item: string }>(sql`
    SELECT c.id, split_part(c.origin_id, '/', 2) AS item FROM cases c
    WHERE c.type = 'problem' AND c.origin_kind = 'diagnosis' AND split_part(c.origin_id, '/', 1) = ${caseId} AND ${visible(rq, 'c.unit_path')}`);
  const minis = await minisOf(
    rq,
    rows.map((r) => r.id),
  );
  return new Map(rows.flatMap((r) => (minis.has(r.id) ? [[r.item, minis.get(r.id)!] as const] : [])));
}

/** Those who diagnose: the branch itself, those who guide it, its township and the task forces (each on its own star). */
function mustDiagnose(rq: Rq, path: string, star: string): void {
  const verbs = ['stars.assess', 'stars.guide', 'stars.review', 'stars.verify', 'stars.joint'] as const;
  if (!verbs.some((verb) => may(rq, verb, path, star))) throw forbidden('stars.guide');
}

export async function diagnose(
  rq: Rq,
  unitId: number,
  input: {
    cycleId: string;
    answers: readonly { criterion: string; answer: DiagnosisAnswer; reason: string }[];
    finish: boolean;
  },
): Promise<void> {
  const { cycle, branch, standard } = await measured(rq, unitId, input.cycleId);
  mustBeAt(cycle, 'open', 'planning', 'creating', 'self-assessment', 'watching');
  for (const { criterion } of input.answers) mustDiagnose(rq, branch.path, criterionOf(standard, criterion).star.id);
  let caseId = await findDiagnosis(rq, cycle.id, unitId);
  if (caseId === null) {
    const title = `${branch.name} ${stageNames.creating.zh} ${cycle.data.year}`;
    const opened = await openCase(rq, { type: 'diagnosis', title, unitId, parentId: cycle.id, data: {} });
    caseId = opened.id;
  }
  const said = input.answers.map(({ criterion, answer, reason }) => ({ item: criterion, value: answer, reason }));
  await sayAll(rq, { kind: 'diagnosis', caseId, unitId }, said);
  const open = await getCase(asPlatform(rq), caseId);
  if (input.finish && open.state === 'open')
    await takeStep(following(rq), caseId, 'finish', { data: { finishedBy: rq.actor.name } });
}

const classes: Readonly<Record<string, string>> = {
  branch: 'organisation',
  industry: 'industry',
  business: 'industry',
  safety: 'governance',
  sharing: 'governance',
  ecology: 'environment',
  civility: 'culture',
  harmony: 'culture',
};

/** Gaps become problems of the ledger, each with the criterion it came from, an owner and a day. */
export async function openProblems(
  rq: Rq,
  unitId: number,
  input: {
    cycleId: string;
    criteria: readonly string[];
    ownerPersonId?: string | undefined;
    dueOn?: string | undefined;
  },
) {
  const { branch, standard } = await measured(rq, unitId, input.cycleId);
  mustHold(rq, 'cases.write', branch.path);
  const diagnosis = await showDiagnosis(rq, unitId, input.cycleId);
  const opened: CaseRow[] = [];
  const owner = input.ownerPersonId ? { ownerPersonId: input.ownerPersonId } : { ownerUnitId: unitId };
  for (const id of input.criteria) {
    const { star, criterion } = criterionOf(standard, id);
    const gap = diagnosis.gaps.find((g) => g.criterion === id);
    const item = diagnosis.items.find((i) => i.id === id);
    if (!gap || item?.problem) continue;
    const found = await openCase(rq, {
      type: 'problem',
      title: `${criterion.text.zh}：${gap.reason}`.slice(0, 200),
      unitId,
      star: star.id,
      ...owner,
      origin: { kind: 'diagnosis', id: `${diagnosis.caseId}/${id}` },
      data: {
        description: gap.reason,
        criterion: id,
        source: 'review',
        class: classes[star.id] ?? 'other',
      },
    });
    // A gap that the branch itself has found needs nobody above to hand it down: it waits for its owner from the start.
    opened.push(await takeStep(following(rq), found, 'assign', { ...owner, dueOn: input.dueOn }));
  }
  return { items: opened.map((c) => miniOf(rq, c)) };
}
