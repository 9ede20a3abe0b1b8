import { approvalReason, type Ballot, decisionReason, stageReason, whyOf } from '../../../domain/stars/index.ts';
import { type ProposalData, proposalWorkflow } from '../../../domain/stars/kinds-cycle.ts';
import { rankAll } from '../../../domain/stars/score-all.ts';
import { sql } from '../../platform/db/sql.ts';
import { check, notFound, refuse } from '../../platform/errors.ts';
import { may, mustHold, type Rq } from '../../platform/rq.ts';
import { type CaseRow, getCase, openCase, takeStep } from '../../records/cases/index.ts';
import { judge } from '../../records/judgements/index.ts';
import { type Candidate, jointReasons, listCandidates } from './candidates.ts';
import { asPlatform, type Cycle, getCycle, listBranches, mustBeAt, standardFor, following } from './common.ts';
import { moveCycle, stageFacts } from './cycles.ts';
import { isOwnUnit } from './judging.ts';
import { freezeResults, rescoreCycle } from './rescoring.ts';
import { scoreInputs, standingColumns, type StandingRow } from './standings.ts';

const noProposal = notFound({ zh: '该名单', en: 'list' });

export type Proposal = Omit<CaseRow, 'data'> & { readonly data: ProposalData };

/** The people who decide: county level, for the joint review or the decision. Ranks are for them alone (limits 4). */
export function mustDecide(rq: Rq, cycle: Cycle): void {
  if (!may(rq, 'stars.joint', cycle.unitPath) && !may(rq, 'stars.decide', cycle.unitPath))
    throw refuse(decisionReason('decide-not-body'));
}

export async function getProposal(rq: Rq, id: string): Promise<{ proposal: Proposal; cycle: Cycle }> {
  const c = await getCase(asPlatform(rq), id);
  if (c.type !== 'proposal') throw noProposal;
  const cycle = await getCycle(rq, c.parentId ?? '');
  return { proposal: { ...c, data: c.data as unknown as ProposalData }, cycle };
}

export const proposalState = (state: string) => proposalWorkflow.states[state]?.words.zh ?? state;

/** Results of the branches as frozen for a list, or as they stand now. */
export function standingsFor(rq: Rq, cycleId: string, kind: 'live' | 'result', label: string): Promise<StandingRow[]> {
  return rq.db.many<StandingRow>(sql`
    SELECT ${standingColumns} FROM standings s
    WHERE s.cycle_id = ${cycleId} AND s.kind = ${kind} AND s.label = ${label} ORDER BY s.unit_path LIMIT 400000`);
}

/**
 * Freezes the results and drafts the list. The rank stands within one scheme; it needs a recorded basis and is for those who
 * decide.
 */
export async function draftProposal(
  rq: Rq,
  cycleId: string,
  input: { basis: { title: string; number: string }; minLevel: number },
): Promise<string> {
  const cycle = await getCycle(rq, cycleId);
  mustHold(rq, 'stars.cycle', cycle.unitPath);
  mustBeAt(cycle, 'joint-review', 'proposed');
  check(stageReason(await stageFacts(rq, cycle)));
  const pending = await rq.db.find(sql`
    SELECT 1 FROM cases WHERE type = 'proposal' AND parent_id = ${cycleId} AND closed_at IS NULL`);
  if (pending) throw refuse(decisionReason('proposal-pending'));
  await rescoreCycle(rq, cycle);
  const opened = await openCase(rq, {
    type: 'proposal',
    title: `${cycle.title}：拟定名单`,
    unitId: cycle.unitId,
    parentId: cycleId,
    data: { basis: input.basis, audience: '县级决定机构', items: await rankedItems(rq, cycle, input.minLevel) },
  });
  await freezeResults(rq, cycle, opened.id);
  const data = { proposalId: opened.id };
  if (cycle.state === 'joint-review') await moveCycle(rq, cycle, 'proposed', { data });
  return opened.id;
}

async function rankedItems(rq: Rq, cycle: Cycle, minLevel: number): Promise<ProposalData['items']> {
  const candidates = await listCandidates(rq, cycle.id, { states: ['assessed', 'recommended'] });
  const rows = new Map((await standingsFor(rq, cycle.id, 'live', '')).map((row) => [row.unitId, row]));
  const reasons = await jointReasons(rq, cycle.id);
  const items: ProposalData['items'] = [];
  for (const scheme of ['rural', 'urban'] as const) {
    const standard = await standardFor(rq, cycle, scheme);
    const own = candidates.filter((c) => c.scheme === scheme && rows.has(c.unitId));
    if (!standard || own.length === 0) continue;
    const results = own.map((c) => scoreInputs(standard, c.unitId, rows.get(c.unitId)!.inputs));
    const ranks = rankAll(standard, results);
    own.forEach((c, i) => {
      const { level, total } = results[i]!;
      const recommended = c.state === 'recommended' && level >= minLevel;
      const rank = ranks[i]!;
      const jointReason = reasons.get(c.id) ?? null;
      items.push({ unitId: c.unitId, candidacyId: c.id, level, total, rank, scheme, recommended, jointReason });
    });
  }
  if (!items.some((item) => item.recommended)) throw refuse(decisionReason('proposal-empty'));
  return items.sort((a, b) => (a.scheme < b.scheme ? -1 : a.scheme > b.scheme ? 1 : a.rank - b.rank));
}

interface DecisionRow {
  readonly personId: string;
  readonly by: string | null;
  readonly approve: boolean;
  readonly reason: string | null;
  readonly at: Date;
  readonly recusals: readonly { unitId: number; unitName: string; reason: string }[];
}

export function listDecisions(rq: Rq, proposalId: string): Promise<DecisionRow[]> {
  return rq.db.many<DecisionRow>(sql`
    SELECT DISTINCT ON (j.person_id) j.person_id AS "personId", p.name AS by, j.value = 1 AS approve, j.reason, j.at,
      coalesce(j.data -> 'recusals', '[]'::jsonb) AS recusals
    FROM judgements j LEFT JOIN people p ON p.id = j.person_id
    WHERE j.case_id = ${proposalId} AND j.kind = 'decision' AND j.superseded_at IS NULL
    ORDER BY j.person_id, j.at DESC`);
}

const ballotsOf = (rows: readonly DecisionRow[]): Ballot[] =>
  rows.map(({ personId, approve, recusals }) => ({ personId, approve, recused: recusals.map((r) => r.unitId) }));

/** Units of the list for which the actor has to stand aside, because they belong there or answer for it. */
async function forcedRecusals(rq: Rq, cycle: Cycle, proposal: Proposal) {
  const branches = await listBranches(
    rq,
    cycle.unitPath,
    proposal.data.items.map((i) => i.unitId),
  );
  const found: { unitId: number; unitName: string; reason: string }[] = [];
  for (const branch of branches)
    if (await isOwnUnit(rq, branch))
      found.push({ unitId: branch.id, unitName: branch.name, reason: '任职或分包该单位，依规回避' });
  return found;
}

export async function showProposal(rq: Rq, id: string) {
  const { proposal, cycle } = await getProposal(rq, id);
  mustDecide(rq, cycle);
  const decisions = await listDecisions(rq, id);
  const ballots = ballotsOf(decisions);
  const branches = new Map((await listBranches(rq, cycle.unitPath)).map((b) => [b.id, b]));
  const frozen = new Map((await standingsFor(rq, cycle.id, 'result', id)).map((row) => [row.unitId, row]));
  const candidates = new Map((await listCandidates(rq, cycle.id)).map((c) => [c.unitId, c]));
  const names = await starNames(rq, cycle);
  const items = proposal.data.items.map((item) => {
    const branch = branches.get(item.unitId);
    const candidate: Candidate | undefined = candidates.get(item.unitId);
    const recused = decisions.filter((d) => d.recusals.some((r) => r.unitId === item.unitId));
    return {
      ...item,
      unitName: branch?.name ?? String(item.unitId),
      parentId: branch?.parentId ?? null,
      parentName: branch?.parentName ?? '',
      origin: candidate?.data.origin ?? null,
      target: candidate?.data.targetLevel ?? null,
      stars: (frozen.get(item.unitId)?.result.stars ?? []).map((star) => ({
        ...star,
        name: names.get(`${item.scheme} ${star.id}`) ?? { zh: star.id },
      })),
      recusals: recused.map((d) => d.by ?? ''),
      approvals: ballots.filter((b) => b.approve && !b.recused.includes(item.unitId)).length,
    };
  });
  const listed = items.filter((i) => i.recommended);
  return {
    id,
    cycleId: cycle.id,
    state: proposal.state as 'drafted',
    sample: cycle.data.sample,
    basis: proposal.data.basis,
    audience: proposal.data.audience,
    items,
    approversNeeded: cycle.data.approversNeeded,
    decisions: decisions.map(({ by, approve, reason, at, recusals }) => ({
      by: by ?? '',
      approve,
      reason: reason ?? '',
      at,
      recusals: [...recusals],
    })),
    approvedWhy: whyOf(approvalReason(listed, ballots, cycle.data.approversNeeded)),
    myRecusals: await forcedRecusals(rq, cycle, proposal),
    createdAt: proposal.openedAt,
    version: proposal.version,
  };
}

async function starNames(rq: Rq, cycle: Cycle): Promise<Map<string, { zh: string; en?: string | undefined }>> {
  const names = new Map<string, { zh: string; en?: string | undefined }>();
  for (const scheme of ['rural', 'urban']) {
    const standard = await standardFor(rq, cycle, scheme);
    for (const star of standard?.stars ?? []) names.set(`${scheme} ${star.id}`, star.name);
  }
  return names;
}

/**
 * One person's decision on the list, by name and with the reason. For units they belong to or answer for they stand aside
 * whether they say so or not. The list is approved once every unit on it has enough approvals.
 */
export async function decideProposal(
  rq: Rq,
  id: string,
  input: { approve: boolean; reason: string; recusals: readonly { unitId: number; reason: string }[] },
): Promise<void> {
  const { proposal, cycle } = await getProposal(rq, id);
  mustDecide(rq, cycle);
  if (proposal.state !== 'drafted')
    throw refuse(decisionReason('proposal-state', { state: proposalState(proposal.state) }));
  const names = new Map((await listBranches(rq, cycle.unitPath)).map((b) => [b.id, b.name]));
  const forced = await forcedRecusals(rq, cycle, proposal);
  const own = input.recusals
    .filter((r) => !forced.some((f) => f.unitId === r.unitId))
    .map((r) => ({ ...r, unitName: names.get(r.unitId) ?? String(r.unitId) }));
  await judge(rq, {
    kind: 'decision',
    caseId: id,
    unitId: cycle.unitId,
    item: 'list',
    value: input.approve ? '1' : '0',
    reason: input.reason,
    data: { recusals: [...forced, ...own] },
  });
  const listed = proposal.data.items
    .filter((i) => i.recommended)
    .map((i) => ({ unitId: i.unitId, unitName: names.get(i.unitId) ?? '' }));
  const open = approvalReason(listed, ballotsOf(await listDecisions(rq, id)), cycle.data.approversNeeded);
  if (open === null) await takeStep(following(rq), id, 'approve');
}
