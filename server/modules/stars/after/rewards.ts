import { rewardData } from '../../../../domain/stars/kinds-after.ts';
import {
  canDecideReward,
  type Proposed,
  proposeForBranches,
  proposeForTownships,
  replyWorkdays,
  rewardReason,
} from '../../../../domain/stars/reward-rules.ts';
import { honourLevel } from '../../../../domain/stars/recognition-rules.ts';
import { all, sql, visible } from '../../../platform/db/sql.ts';
import { check, notFound, refuse } from '../../../platform/errors.ts';
import { mustHold, type Rq } from '../../../platform/rq.ts';
import { dayOf } from '../../../platform/time.ts';
import { addWorkdays } from '../../../records/calendar/index.ts';
import { type CaseRow, getCase, openCase, takeStep } from '../../../records/cases/index.ts';
import { draftPublication, publish } from '../../../records/publications/index.ts';
import { listCandidates } from '../candidates.ts';
import { type Cycle, following, getCycle } from '../common.ts';
import { listLevels } from './levels.ts';
import { getRule } from './reward-rules.ts';

function viewOf(c: CaseRow, sample: boolean) {
  const { cycleId: _, ...data } = rewardData.parse(c.data);
  const outstanding = c.state === 'approved' ? data.amountFen : 0;
  return {
    id: c.id,
    state: c.state as 'proposed',
    unitId: c.unitId,
    unitName: c.unitName,
    version: c.version,
    ...data,
    outstandingFen: outstanding,
    sample,
  };
}

/** Results from which rewards follow: the level each candidate was named with, 0 for those who were not. */
async function resultsOf(rq: Rq, cycle: Cycle) {
  const candidates = await listCandidates(rq, cycle.id, { states: ['named', 'not-named'] });
  return candidates.map((c) => ({
    unitId: c.unitId,
    name: c.unitName,
    scheme: c.scheme,
    level: c.data.result?.level ?? 0,
  }));
}

async function townshipResults(rq: Rq, cycle: Cycle) {
  const found = new Map<number, { unitId: number; name: string; branches: number; three: number }>();
  for (const b of await listLevels(rq, cycle.unitPath)) {
    if (b.parentId === null) continue;
    const entry = found.get(b.parentId) ?? { unitId: b.parentId, name: b.parentName, branches: 0, three: 0 };
    entry.branches += 1;
    if (b.level >= honourLevel) entry.three += 1;
    found.set(b.parentId, entry);
  }
  return [...found.values()];
}

/** What a published rule gives for the named results; proposals only, each to be answered and decided by people (M109). */
export async function proposeRewards(rq: Rq, cycleId: string, ruleId: string) {
  const cycle = await getCycle(rq, cycleId);
  mustHold(rq, 'stars.plan', cycle.unitPath);
  if (!['named', 'watching', 'closed'].includes(cycle.state)) throw refuse(rewardReason('reward-not-named'));
  const rule = await getRule(rq, ruleId);
  if (rule.state !== 'published') throw refuse(rewardReason('reward-rule-withdrawn'));
  if (rule.unitId !== cycle.unitId) throw refuse(rewardReason('reward-rule-elsewhere'));
  const done = await rq.db.find(sql`SELECT 1 FROM cases WHERE type = 'reward' AND parent_id = ${cycle.id}
    AND data ->> 'ruleId' = ${ruleId}`);
  if (done) throw refuse(rewardReason('reward-done'));
  const proposed: Proposed[] =
    rule.beneficiary === 'branch'
      ? proposeForBranches(rule, await resultsOf(rq, cycle))
      : proposeForTownships(rule, await townshipResults(rq, cycle));
  if (proposed.length === 0) throw refuse(rewardReason('reward-nobody'));
  const items = [];
  for (const p of proposed) {
    const { unitId, ...rest } = p;
    const opened = await openCase(rq, {
      type: 'reward',
      title: rule.title,
      unitId,
      parentId: cycle.id,
      data: { ...rest, cycleId: cycle.id, ruleId, ruleTitle: rule.title, document: rule.document, kind: rule.kind },
    });
    items.push(viewOf(opened, cycle.data.sample));
  }
  return { items, totalFen: items.reduce((sum, r) => sum + r.amountFen, 0), capFen: rule.capFen };
}

const noReward = notFound({ zh: '该奖惩事项', en: 'reward' });

async function getReward(rq: Rq, id: string): Promise<{ c: CaseRow; sample: boolean }> {
  const c = await getCase(rq, id);
  if (c.type !== 'reward') throw noReward;
  const cycle = await getCycle(rq, rewardData.parse(c.data).cycleId);
  return { c, sample: cycle.data.sample };
}

export async function listRewards(
  rq: Rq,
  s: {
    cycleId?: string | undefined;
    unitId?: number | undefined;
    state?: string | undefined;
    limit: number;
    offset: number;
  },
) {
  const where = all([
    visible(rq, 'c.unit_path'),
    sql`c.type = 'reward'`,
    s.cycleId && sql`c.parent_id = ${s.cycleId}`,
    s.unitId !== undefined && sql`c.unit_id = ${s.unitId}`,
    s.state && sql`c.state = ${s.state}`,
  ]);
  const sums = await rq.db.one<{ count: number; paid: number; outstanding: number }>(sql`
    SELECT count(*)::int AS count,
      coalesce(sum((c.data ->> 'amountFen')::bigint) FILTER (WHERE c.state = 'paid'), 0)::bigint AS paid,
      coalesce(sum((c.data ->> 'amountFen')::bigint) FILTER (WHERE c.state = 'approved'), 0)::bigint AS outstanding
    FROM cases c WHERE ${where}`);
  const rows = await rq.db.many<{ id: string }>(sql`SELECT c.id FROM cases c WHERE ${where}
    ORDER BY c.opened_at DESC, c.unit_path, c.id LIMIT ${s.limit} OFFSET ${s.offset}`);
  const items = [];
  for (const { id } of rows) {
    const { c, sample } = await getReward(rq, id);
    items.push(viewOf(c, sample));
  }
  return { items, total: sums.count, paidFen: sums.paid, outstandingFen: sums.outstanding };
}

/** A duty on that very unit; the township does not speak for its village, nor the village for the township. */
function speaksFor(rq: Rq, path: string): boolean {
  return rq.actor.grants.some((g) => g.path === path);
}

export async function replyToReward(rq: Rq, id: string, text: string) {
  const { c, sample } = await getReward(rq, id);
  if (!speaksFor(rq, c.unitPath)) throw refuse(rewardReason('reward-reply-own'));
  return viewOf(await takeStep(rq, c, 'reply', { reason: text, data: { reply: text } }), sample);
}

export async function decideReward(rq: Rq, id: string, input: { approve: boolean; reason: string }) {
  const { c, sample } = await getReward(rq, id);
  mustHold(rq, 'stars.decide', c.unitPath);
  const { kind } = rewardData.parse(c.data);
  const replyUntil = (await addWorkdays(rq, dayOf(c.openedAt), replyWorkdays)).day;
  check(
    canDecideReward({ kind, state: c.state, replyUntil, today: dayOf(rq.now), ownUnit: speaksFor(rq, c.unitPath) }),
  );
  const decision = { reason: input.reason, by: rq.actor.name, at: rq.now.toISOString() };
  const done = await takeStep(rq, c, input.approve ? 'approve' : 'refuse', {
    reason: input.reason,
    data: { decision },
  });
  return viewOf(done, sample);
}

export async function payReward(rq: Rq, id: string, input: { paidOn: string; voucher: string }) {
  const { c, sample } = await getReward(rq, id);
  return viewOf(await takeStep(rq, c, 'pay', { document: input.voucher, data: { ...input } }), sample);
}

/** What was approved and paid, for everyone to read; units and amounts, no person. */
export async function publishRewards(rq: Rq, cycleId: string, title: string) {
  const cycle = await getCycle(rq, cycleId);
  mustHold(rq, 'publications.write', cycle.unitPath);
  const approved = await listRewards(rq, { cycleId, state: 'approved', limit: 10_000, offset: 0 });
  const paid = await listRewards(rq, { cycleId, state: 'paid', limit: 10_000, offset: 0 });
  const rows = [...paid.items, ...approved.items];
  if (rows.length === 0) throw refuse(rewardReason('reward-nobody'));
  const act = following(rq);
  const draft = await draftPublication(act, {
    kind: 'reward-result',
    unitId: cycle.unitId,
    title,
    audience: 'public',
    body: {
      sample: cycle.data.sample,
      rewards: rows.map((r) => ({
        unitName: r.unitName,
        rule: r.ruleTitle,
        document: r.document,
        kind: r.kind,
        amountFen: r.amountFen,
        benefit: r.benefit,
        paidOn: r.paidOn,
      })),
    },
  });
  await publish(act, draft.id);
  return { publicationId: draft.id, items: rows.length };
}
