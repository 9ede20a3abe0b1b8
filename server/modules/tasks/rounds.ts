import { workflowOf } from '../../../domain/records/cases/all.ts';
import { isOwner, stepReason } from '../../../domain/records/cases/index.ts';
import { canCloseRound, canJudge, roundItems, type RoundPick, taskReason } from '../../../domain/tasks/index.ts';
import type { Reason } from '../../../domain/words.ts';
import { check, notFound, refuse } from '../../platform/errors.ts';
import { mustHold, type Rq, system } from '../../platform/rq.ts';
import {
  actorOf,
  type CaseRow,
  type CaseWatcher,
  commentOn,
  getCase,
  itemOf,
  openCase,
  takeStep,
} from '../../records/cases/index.ts';
import { getUnit } from '../../records/units/index.ts';
import { daysOf } from './days.ts';
import * as store from './rounds-store.ts';

const noRound = notFound({ zh: '该轮督查', en: 'round' });
const asPlatform = (rq: Rq): Rq => ({ ...rq, actor: system });

function roundView(rq: Rq, row: store.RoundRow) {
  const { points, until } = row.data as { points?: string[]; until?: string };
  const { items, judged, found, unanswered } = row;
  return { ...itemOf(rq, row), items, judged, found, unanswered, until: until ?? '', points: points ?? [] };
}

async function getRound(rq: Rq, id: string): Promise<store.RoundRow> {
  const { items } = await store.listRounds(rq, { id, limit: 1, offset: 0 });
  if (!items[0]) throw noRound;
  return items[0];
}

export async function listRounds(
  rq: Rq,
  q: { underPath?: string | undefined; open?: boolean | undefined; limit: number; offset: number },
) {
  const { items, total } = await store.listRounds(rq, q);
  return { items: items.map((r) => roundView(rq, r)), total };
}

const shown = (reason: Reason | null) => (reason === null ? null : { code: reason.code, words: reason.words });

/** Why this actor cannot conclude an item now. Whoever works on something does not check it. */
function judgeReason(rq: Rq, round: CaseRow, item: CaseRow, target: CaseRow | undefined): Reason | null {
  const cannot = canJudge(
    { id: round.id, open: round.closedAt === null },
    { roundId: item.parentId, state: item.state },
  );
  if (cannot) return cannot;
  return target && isOwner(target, actorOf(rq)) ? taskReason('round-own-work') : null;
}

function checkedView(rq: Rq, round: CaseRow, row: store.CheckedRow, cases: ReadonlyMap<string, CaseRow>) {
  const { note, problemId, returned } = row.data as { note?: string; problemId?: string; returned?: boolean };
  const target = cases.get(row.originId ?? '');
  const problem = cases.get(problemId ?? '');
  return {
    ...itemOf(rq, row),
    target: target ? itemOf(rq, target) : null,
    note: note ?? null,
    problem: problem ? itemOf(rq, problem) : null,
    returned: returned === true,
    judgedBy: row.judgedBy,
    judgedAt: row.judgedAt,
    mayJudge: shown(judgeReason(rq, round, row, target)),
  };
}

async function checkedViews(rq: Rq, round: CaseRow, rows: readonly store.CheckedRow[]) {
  const ids = rows.flatMap((r) => [r.originId, r.data['problemId'] as string | undefined]);
  const cases = await store.listByIds(
    rq,
    ids.filter((id): id is string => Boolean(id)),
  );
  const byId = new Map(cases.map((c) => [c.id, c]));
  return rows.map((row) => checkedView(rq, round, row, byId));
}

export async function showRound(rq: Rq, id: string, page: { limit: number; offset: number }) {
  const round = await getRound(rq, id);
  const { items, total } = await store.listChecked(rq, { roundId: id, ...page });
  const over = round.closedAt === null ? null : taskReason('round-over');
  return {
    round: roundView(rq, round),
    mayClose: shown(over ?? canCloseRound(round.unanswered)),
    items: await checkedViews(rq, round, items),
    total,
  };
}

/** Opens a round over the open items of a place; each becomes an item that somebody has to conclude. */
export async function openRound(
  rq: Rq,
  input: {
    readonly unitId: number;
    readonly title: string;
    readonly until: string;
    readonly points: readonly string[];
    readonly pick: RoundPick;
    readonly caseIds?: readonly string[] | undefined;
  },
) {
  const unit = await getUnit(rq, input.unitId);
  mustHold(rq, 'cases.assign', unit.path);
  const wanted = { underPath: unit.path, pick: input.pick, ids: input.caseIds, limit: roundItems };
  const { items, total } = await store.listToCheck(rq, wanted, await daysOf(rq));
  if (total === 0) throw refuse(taskReason('round-empty'));
  if (total > roundItems) throw refuse(taskReason('round-too-large', { n: total, max: roundItems }));
  const round = await openCase(rq, {
    type: 'supervision',
    title: input.title,
    unitId: unit.id,
    ownerPersonId: rq.actor.personId,
    dueOn: input.until,
    data: { points: input.points, until: input.until },
  });
  for (const target of items)
    await openCase(rq, {
      type: 'supervision-item',
      title: target.title,
      unitId: target.unitId,
      star: target.star,
      parentId: round.id,
      origin: { kind: 'case', id: target.id },
      dueOn: input.until,
    });
  return roundView(rq, await getRound(rq, round.id));
}

interface Conclusion {
  readonly itemId: string;
  readonly outcome: 'confirm' | 'find';
  readonly note: string;
  readonly title?: string | undefined;
  readonly severity: 'ordinary' | 'key';
  readonly ownerPersonId?: string | undefined;
  readonly dueOn?: string | undefined;
}

/** Takes a step on what was looked at when it stands there and this person may; otherwise it stays where it is. */
async function stepIfOpen(rq: Rq, target: CaseRow, step: string, reason: string): Promise<boolean> {
  if (stepReason(workflowOf(target.type), target, step, actorOf(rq), { reason }) !== null) return false;
  await takeStep(rq, target, step, { reason });
  return true;
}

/** What was seen is right: what waits to be verified is verified by it, the rest gets a line in its timeline. */
async function confirm(rq: Rq, item: CaseRow, target: CaseRow, c: Conclusion): Promise<void> {
  await takeStep(rq, item, 'confirm', { reason: c.note, data: { note: c.note } });
  if (!(await stepIfOpen(rq, target, 'verify', c.note)))
    await commentOn(
      rq,
      target.id,
      rq.lang === 'zh' ? `督查：情况属实。${c.note}` : `Supervision: confirmed. ${c.note}`,
    );
}

/** A finding becomes a problem with owner and day, and what was handed in as done goes back. */
async function find(rq: Rq, item: CaseRow, target: CaseRow, c: Conclusion): Promise<void> {
  const owner =
    c.ownerPersonId === undefined
      ? { ownerPersonId: target.ownerPersonId, ownerUnitId: target.ownerUnitId }
      : { ownerPersonId: c.ownerPersonId };
  const criterion = target.data['criterion'];
  const problem = await openCase(rq, {
    type: 'problem',
    title: c.title ?? target.title,
    unitId: target.unitId,
    star: target.star,
    parentId: item.id,
    origin: { kind: 'case', id: target.id },
    tags: target.tags,
    data: {
      description: c.note,
      source: 'supervision',
      severity: c.severity,
      ...(typeof criterion === 'string' ? { criterion } : {}),
    },
  });
  if (owner.ownerPersonId || owner.ownerUnitId) await takeStep(rq, problem, 'assign', { ...owner, dueOn: c.dueOn });
  const returned = await stepIfOpen(rq, target, 'return', c.note);
  await takeStep(rq, item, 'find', { reason: c.note, data: { note: c.note, problemId: problem.id, returned } });
}

export async function concludeItem(rq: Rq, roundId: string, c: Conclusion) {
  const round = await getRound(rq, roundId);
  const item = await getCase(rq, c.itemId);
  mustHold(rq, 'cases.assign', item.unitPath);
  const target = await getCase(rq, item.originId ?? item.id);
  check(judgeReason(rq, round, item, target));
  await (c.outcome === 'confirm' ? confirm : find)(rq, item, target, c);
  const { items } = await store.listChecked(rq, { roundId, id: c.itemId, limit: 1, offset: 0 });
  return (await checkedViews(rq, round, items))[0]!;
}

export async function closeRound(rq: Rq, id: string, conclusion: string) {
  const round = await getRound(rq, id);
  mustHold(rq, 'cases.assign', round.unitPath);
  if (round.closedAt === null) check(canCloseRound(round.unanswered));
  await takeStep(rq, round, 'close', { reason: conclusion });
  return roundView(rq, await getRound(rq, id));
}

/** A round that is called off: nobody looks at the rest any more; findings made so far are put right all the same. */
export async function cancelRound(rq: Rq, id: string, reason: string) {
  const round = await getRound(rq, id);
  mustHold(rq, 'cases.assign', round.unitPath);
  await takeStep(rq, round, 'cancel', { reason });
  for (const item of await store.listPending(rq, id)) await takeStep(asPlatform(rq), item, 'drop', { reason });
  return roundView(rq, await getRound(rq, id));
}

/** A finding that was put right (or turned out not to be so) answers the item it came from, in the same act. */
export const watchFindings: CaseWatcher = async (rq, { before, after, step }) => {
  if (after.type !== 'problem' || after.closedAt === null || before === null || before.closedAt !== null) return;
  for (const item of await store.listWaitingFor(rq, after.id, after.unitPath))
    await takeStep(asPlatform(rq), item, 'settle', { note: { problemId: after.id, step } });
};
