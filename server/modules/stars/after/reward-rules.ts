import { type RewardRuleData, rewardRuleData } from '../../../../domain/stars/kinds-after.ts';
import { all, sql } from '../../../platform/db/sql.ts';
import { mustHold, type Rq } from '../../../platform/rq.ts';
import { type CaseRow, getCase, openCase } from '../../../records/cases/index.ts';
import { getUnit } from '../../../records/units/index.ts';
import { asPlatform, seenOrOpened } from '../common.ts';

export interface NewRule extends RewardRuleData {
  readonly title: string;
  readonly unitId: number;
}

export function ruleView(c: CaseRow) {
  const data = rewardRuleData.parse(c.data);
  const state = c.state as 'published';
  return { id: c.id, state, unitId: c.unitId, title: c.title, version: c.version, ...data };
}

/** A rule is published with its document before any result is there; without a document there is no rule. */
export async function publishRule(rq: Rq, input: NewRule) {
  const unit = await getUnit(rq, input.unitId);
  mustHold(rq, 'stars.plan', unit.path);
  const { title, unitId, ...data } = input;
  return ruleView(await openCase(rq, { type: 'reward-rule', title, unitId, data: { ...data } }));
}

export async function getRule(rq: Rq, id: string) {
  return ruleView(await getCase(asPlatform(rq), id));
}

export async function listRules(rq: Rq, s: { unitId?: number | undefined; limit: number; offset: number }) {
  const where = all([
    seenOrOpened(rq),
    sql`c.type = 'reward-rule'`,
    s.unitId !== undefined && sql`c.unit_id = ${s.unitId}`,
  ]);
  const { count } = await rq.db.one<{ count: number }>(sql`SELECT count(*)::int AS count FROM cases c WHERE ${where}`);
  const rows = await rq.db.many<{ id: string }>(sql`SELECT c.id FROM cases c WHERE ${where}
    ORDER BY c.opened_at DESC, c.id LIMIT ${s.limit} OFFSET ${s.offset}`);
  const items = [];
  for (const { id } of rows) items.push(await getRule(rq, id));
  return { items, total: count };
}
