import { criterionText, type PriorityCriterion, type RequestFacts } from '../../../domain/projects/index.ts';
import { workflowOf } from '../../../domain/records/cases/all.ts';
import { may, mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { openCase, takeStep } from '../../records/cases/index.ts';
import { getUnit } from '../../records/units/index.ts';
import { dayAsked, listRules, lockRanking, type RequestRow, type RuleRow } from './requests-store.ts';

export function ruleView(rule: RuleRow) {
  const criteria = rule.data['criteria'] as PriorityCriterion[];
  return {
    id: rule.id,
    title: rule.title,
    unitId: rule.unitId,
    unitName: rule.unitName,
    state: rule.state,
    stateWords: workflowOf('priority-rule').states[rule.state]!.words,
    version: Number(rule.data['version']),
    from: String(rule.data['from']),
    document: rule.document,
    publishedBy: rule.publishedBy,
    publishedAt: rule.publishedAt,
    criteria,
    text: criteria.map(criterionText),
  };
}

/** The rule in force for a place: its own, or that of the nearest unit above that has published one. */
export async function ruleFor(rq: Rq, unitPath: string): Promise<RuleRow | undefined> {
  return (await listRules(rq, unitPath)).find((r) => r.state === 'in-force');
}

export async function rulesOf(rq: Rq, unitId: number) {
  const unit = await getUnit(rq, unitId);
  mustHold(rq, 'cases.read', unit.path);
  return { items: (await listRules(rq, unit.path)).map(ruleView), mayPublish: may(rq, 'standards.write', unit.path) };
}

/** Publishes a version: what was in force at the unit is superseded, and stays to be read as it was (M034). */
export async function publishRule(
  rq: Rq,
  input: { unitId: number; title: string; document: string; criteria: readonly PriorityCriterion[] },
) {
  const unit = await getUnit(rq, input.unitId);
  mustHold(rq, 'standards.write', unit.path);
  await lockRanking(rq, unit.id);
  const own = (await listRules(rq, unit.path)).filter((r) => r.unitId === unit.id);
  const version = 1 + Math.max(0, ...own.map((r) => Number(r.data['version'])));
  const draft = await openCase(rq, {
    type: 'priority-rule',
    title: input.title,
    unitId: unit.id,
    data: { version, from: dayOf(rq.now), criteria: input.criteria },
  });
  for (const former of own.filter((r) => r.state === 'in-force'))
    await takeStep(rq, former.id, 'supersede', { reason: `${input.document}（第${version}版）`.slice(0, 500) });
  await takeStep(rq, draft, 'adopt', { document: input.document });
  return ruleView((await listRules(rq, unit.path)).find((r) => r.id === draft.id)!);
}

/** What the rule looks at in a request. */
export function factsOf(row: RequestRow): RequestFacts {
  const target = row.data['targetLevel'];
  return {
    creating: row.creating,
    target: typeof target === 'number' ? target : null,
    belt: row.belt,
    key: row.projectKey,
    purpose: String(row.data['purpose']),
    own: row.ownFen === null || !row.projectBudget ? null : Math.floor((row.ownFen * 10_000) / row.projectBudget),
    households: row.households,
    amountFen: Number(row.data['amountFen']),
    asked: dayAsked(row),
  };
}
