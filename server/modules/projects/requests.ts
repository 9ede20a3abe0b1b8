import {
  orderReason,
  type PriorityCriterion,
  projectReason,
  type Ranked,
  rankRequests,
  type RequestFacts,
  valueWords,
} from '../../../domain/projects/index.ts';
import { amountText } from '../../../domain/records/ledgers/index.ts';
import { caseReason, stepReason } from '../../../domain/records/cases/index.ts';
import { workflowOf } from '../../../domain/records/cases/all.ts';
import type { Reason } from '../../../domain/words.ts';
import { check, notFound, refuse } from '../../platform/errors.ts';
import { may, mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { actorOf, changeCaseDataAs, type CaseRow, getCase, itemOf, takeStep } from '../../records/cases/index.ts';
import { type NewPosting, postEntries } from '../../records/ledgers/index.ts';
import { getUnit } from '../../records/units/index.ts';
import { bookFor } from './contributions.ts';
import { getFundBook, purposeWords } from './funds.ts';
import { factsOf, ruleFor, ruleView } from './priority.ts';
import * as store from './requests-store.ts';

interface Asked {
  readonly row: store.RequestRow;
  readonly facts: RequestFacts;
}

const told = (reason: Reason | null) => reason && { code: reason.code, words: reason.words };
const number = (c: CaseRow, name: string) => (typeof c.data[name] === 'number' ? c.data[name] : null);
const said = (c: CaseRow, name: string) => (typeof c.data[name] === 'string' ? c.data[name] : null);
const stepFor = (rq: Rq, c: CaseRow, step: string) => stepReason(workflowOf(c.type), c, step, actorOf(rq));
const projectOf = (row: store.RequestRow) => {
  const id = said(row, 'projectId');
  return id !== null && row.projectTitle !== null ? { id, title: row.projectTitle } : null;
};

const open = ['requested', 'ranked'] as const;

async function openRequests(rq: Rq, underPath: string) {
  const { items, total } = await store.listRequests(rq, {
    underPath,
    states: open,
    limit: store.rankedAtOnce,
    offset: 0,
  });
  return { asked: items.map((row): Asked => ({ row, facts: factsOf(row) })), total };
}

/** An order of some of them would be taken for the order of all. */
function notRankable({ asked, total }: { asked: readonly Asked[]; total: number }): Reason | null {
  if (asked.length === 0) return projectReason('fund-nothing-to-rank');
  return total > asked.length ? projectReason('fund-too-many-to-rank', { n: total, most: store.rankedAtOnce }) : null;
}

function rankedView(rq: Rq, rule: readonly PriorityCriterion[], r: Ranked<Asked>, next: Ranked<Asked> | undefined) {
  const { row, facts } = r.item;
  return {
    ...itemOf(rq, row),
    amountFen: facts.amountFen,
    approvedFen: number(row, 'approvedFen'),
    purpose: facts.purpose,
    purposeWords: purposeWords(facts.purpose),
    project: projectOf(row),
    values: rule.map((c) => ({ by: c.by, words: valueWords(c.by, facts) })),
    rank: r.rank,
    tied: r.tied,
    kept: number(row, 'rank'),
    next: next
      ? {
          title: next.item.row.title,
          tied: next.rank === r.rank,
          words: orderReason(rule, facts, next.item.facts),
        }
      : null,
    mayApprove: told(stepFor(rq, row, 'approve')),
  };
}

/** Open requests of a place in the order of the rule in force, as records stand now; each says why the next is behind it. */
export async function orderOf(rq: Rq, unitId: number) {
  const unit = await getUnit(rq, unitId);
  mustHold(rq, 'cases.read', unit.path);
  const [rule, { asked, total }] = [await ruleFor(rq, unit.path), await openRequests(rq, unit.path)];
  const criteria = rule ? ruleView(rule).criteria : [];
  const ranked = rankRequests(criteria, asked);
  const lacking = !rule
    ? projectReason('fund-no-rule')
    : !may(rq, 'cases.assign', unit.path)
      ? caseReason('case-not-granted', { verb: 'cases.assign' })
      : notRankable({ asked, total });
  return {
    rule: rule ? ruleView(rule) : null,
    total,
    items: ranked.map((r, i) => rankedView(rq, criteria, r, ranked[i + 1])),
    mayRank: told(lacking),
  };
}

/** Records the order: each open request keeps its rank, the rule, and why the one before it stands there. */
export async function rankAll(rq: Rq, unitId: number) {
  const unit = await getUnit(rq, unitId);
  mustHold(rq, 'cases.assign', unit.path);
  await store.lockRanking(rq, unit.id);
  const rule = await ruleFor(rq, unit.path);
  if (!rule) throw refuse(projectReason('fund-no-rule'));
  const criteria = ruleView(rule).criteria;
  const waiting = await openRequests(rq, unit.path);
  const lacking = notRankable(waiting);
  if (lacking) throw refuse(lacking);
  const { asked } = waiting;
  const ranked = rankRequests(criteria, asked);
  for (const [i, r] of ranked.entries()) {
    const before = ranked[i - 1];
    const why = before
      ? `次于“${before.item.row.title}”：${orderReason(criteria, before.item.facts, r.item.facts).zh}`
      : '排在最前';
    const data = { rank: r.rank, rankReasons: why.slice(0, 500), rankingId: rule.id, rankedOn: dayOf(rq.now) };
    if (r.item.row.state === 'requested') await takeStep(rq, r.item.row, 'rank', { data });
    else await changeCaseDataAs(rq, r.item.row, data);
  }
  return { ranked: ranked.length, ruleId: rule.id };
}

async function getRequest(rq: Rq, id: string): Promise<CaseRow> {
  const c = await getCase(rq, id);
  if (c.type !== 'fund-request') throw notFound({ zh: '该资金申请', en: 'fund request' });
  return c;
}

/** Those that were ranked under the same rule before it and wait for a decision still. */
async function standBefore(rq: Rq, c: CaseRow): Promise<store.RequestRow[]> {
  const rule = await getCase(rq, String(c.data['rankingId']));
  const { items } = await store.listRequests(rq, {
    underPath: rule.unitPath,
    states: ['ranked'],
    limit: store.rankedAtOnce,
    offset: 0,
  });
  const mine = number(c, 'rank') ?? 0;
  return items.filter((r) => r.id !== c.id && r.data['rankingId'] === rule.id && (number(r, 'rank') ?? mine) < mine);
}

/** Approves a request. Whoever departs from the order says why, and the reason is shown with the decision (M034). */
export async function approve(
  rq: Rq,
  id: string,
  input: { approvedFen: number; reason: string; document: string; departure?: string | undefined },
) {
  const c = await getRequest(rq, id);
  check(stepFor(rq, c, 'approve'));
  const amount = number(c, 'amountFen') ?? 0;
  if (input.approvedFen > amount)
    throw refuse(projectReason('fund-more-than-asked', { amount: amountText('fen', amount) }));
  const before = await standBefore(rq, c);
  if (before.length > 0 && input.departure === undefined)
    throw refuse(projectReason('fund-out-of-order', { n: before.length, title: before[0]!.title }));
  const departs = before.length > 0 ? { outOfOrder: true, departure: input.departure } : { outOfOrder: false };
  const done = await takeStep(rq, c, 'approve', {
    reason: input.reason,
    document: input.document,
    data: { approvedFen: input.approvedFen, ...departs },
  });
  return itemOf(rq, done);
}

interface Payment {
  readonly bookId: string;
  readonly onDay: string;
  readonly document: string;
  readonly sources: readonly { readonly fundSource: string; readonly amountFen: number }[];
}

/** Pays what was approved: out of the fund, by source, and into the project's book, both or neither (M033). */
export async function pay(rq: Rq, id: string, input: Payment) {
  const c = await getRequest(rq, id);
  check(stepFor(rq, c, 'pay'));
  const fund = await getFundBook(rq, input.bookId);
  if (!c.unitPath.startsWith(fund.unitPath)) throw refuse(projectReason('fund-other-book'));
  const sum = input.sources.reduce((n, s) => n + s.amountFen, 0);
  const approved = number(c, 'approvedFen') ?? 0;
  if (sum !== approved)
    throw refuse(
      projectReason('fund-payment-differs', { sum: amountText('fen', sum), approved: amountText('fen', approved) }),
    );
  const done = await takeStep(rq, c, 'pay', { document: input.document });
  const purpose = said(c, 'purpose')!;
  const projectId = said(c, 'projectId');
  const project = projectId === null ? null : await getCase(rq, projectId);
  const shared = { onDay: input.onDay, document: input.document, source: { kind: 'fund-request', id: c.id } };
  const out: NewPosting = {
    ...shared,
    bookId: fund.id,
    text: `拨付：${c.title}`.slice(0, 500),
    lines: [
      ...input.sources.map((s) => ({
        account: 'expense:allocated',
        amount: s.amountFen,
        purpose,
        fundSource: s.fundSource,
        counterpart: (project?.title ?? c.unitName).slice(0, 200),
      })),
      { account: 'asset:bank', amount: -sum },
    ],
  };
  const into = project && {
    ...shared,
    bookId: await bookFor(rq, project, 'project', [input.onDay, dayOf(project.openedAt)].sort()[0]!),
    text: `收到创建资金：${c.title}`.slice(0, 500),
    lines: [
      { account: 'asset:bank', amount: sum },
      ...input.sources.map((s) => ({
        account: 'income:funds',
        amount: -s.amountFen,
        purpose,
        fundSource: s.fundSource,
        counterpart: fund.title.slice(0, 200),
      })),
    ],
  };
  await postEntries(rq, into ? [out, into] : [out]);
  return itemOf(rq, done);
}

/** What was decided, the newest first, with every departure from the order and its reason. */
export async function decidedOf(
  rq: Rq,
  q: { unitId: number; outOfOrder?: 'true' | 'false' | undefined; limit: number; offset: number },
) {
  const unit = await getUnit(rq, q.unitId);
  mustHold(rq, 'cases.read', unit.path);
  const { items, total } = await store.listRequests(rq, {
    underPath: unit.path,
    states: ['approved', 'paid', 'accounted'],
    outOfOrder: q.outOfOrder === undefined ? undefined : q.outOfOrder === 'true',
    limit: q.limit,
    offset: q.offset,
  });
  const approvals = await store.listApprovals(
    rq,
    items.map((i) => i.id),
  );
  return {
    total,
    items: items.map((row) => {
      const approval = approvals.find((a) => a.caseId === row.id);
      return {
        ...itemOf(rq, row),
        amountFen: number(row, 'amountFen') ?? 0,
        approvedFen: number(row, 'approvedFen'),
        purposeWords: purposeWords(said(row, 'purpose')),
        project: projectOf(row),
        kept: number(row, 'rank'),
        outOfOrder: row.data['outOfOrder'] === true,
        departure: said(row, 'departure'),
        reason: approval?.reason ?? null,
        document: approval?.document ?? null,
        by: approval?.by ?? null,
        mayPay: told(stepFor(rq, row, 'pay')),
      };
    }),
  };
}
