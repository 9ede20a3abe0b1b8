import { afterReason } from '../../../../domain/stars/after-rules.ts';
import { basics } from '../../../../domain/stars/duties.ts';
import { starReason } from '../../../../domain/stars/index.ts';
import { sql, visible } from '../../../platform/db/sql.ts';
import { forbidden, refuse } from '../../../platform/errors.ts';
import { may, type Rq } from '../../../platform/rq.ts';
import { getCase, openCase, takeStep } from '../../../records/cases/index.ts';
import { asPlatform, cycleFor, following, getBranch, getCycle, unitMini } from '../common.ts';
import { say } from '../judging.ts';
import { proofsOf } from '../proofs.ts';
import { dutyCases } from './duty-cases.ts';

interface Said {
  readonly item: string;
  readonly met: boolean;
  readonly reason: string | null;
  readonly by: string | null;
  readonly at: Date;
}

async function findBasics(rq: Rq, cycleId: string, unitId: number): Promise<string | null> {
  const row = await rq.db.find<{ id: string }>(sql`
    SELECT id FROM cases WHERE type = 'basics' AND parent_id = ${cycleId} AND unit_id = ${unitId} AND ${visible(rq)}
    ORDER BY opened_at LIMIT 1`);
  return row?.id ?? null;
}

/** The last word on each item, whoever said it. */
async function saidOf(rq: Rq, caseId: string | null): Promise<Map<string, Said>> {
  if (caseId === null) return new Map();
  const rows = await rq.db.many<Said>(sql`
    SELECT DISTINCT ON (j.item) j.item, j.data ->> 'value' = 'met' AS met, j.reason, p.name AS by, j.at
    FROM judgements j LEFT JOIN people p ON p.id = j.person_id
    WHERE j.case_id = ${caseId} AND j.kind = 'basics' AND j.superseded_at IS NULL AND ${visible(rq, 'j.unit_path')}
    ORDER BY j.item, j.at DESC, j.id`);
  return new Map(rows.map((row) => [row.item, row]));
}

const countMet = (said: ReadonlyMap<string, Said>) => basics.filter((item) => said.get(item.id)?.met).length;

export async function isComplete(rq: Rq, cycleId: string, unitId: number): Promise<boolean> {
  return countMet(await saidOf(rq, await findBasics(rq, cycleId, unitId))) === basics.length;
}

export async function showBasics(rq: Rq, unitId: number, cycleId?: string) {
  const branch = await getBranch(rq, unitId);
  const cycle = await cycleFor(rq, cycleId);
  const caseId = await findBasics(rq, cycle.id, unitId);
  const said = await saidOf(rq, caseId);
  const proofs = await proofsOf(rq, unitId);
  const done = countMet(said);
  return {
    unit: unitMini(branch),
    cycleId: cycle.id,
    sample: cycle.data.sample,
    caseId,
    complete: done === basics.length,
    done,
    of: basics.length,
    items: basics.map((item) => {
      const answer = said.get(item.id);
      return {
        ...item,
        met: answer?.met ?? null,
        reason: answer?.reason || null,
        by: answer?.by ?? null,
        at: answer?.at ?? null,
        evidence: (proofs.get(item.id) ?? []).map(({ id, title }) => ({ id, title })),
      };
    }),
  };
}

/** The branch itself checks, and those who guide or review it; the county's task force for the strong-branch star too. */
function mustCheck(rq: Rq, path: string): void {
  const verbs = ['stars.assess', 'stars.guide', 'stars.review', 'stars.joint'] as const;
  if (!verbs.some((verb) => may(rq, verb, path, 'branch'))) throw forbidden('stars.assess');
}

interface Check {
  readonly cycleId: string;
  readonly answers: readonly { readonly id: string; readonly met: boolean; readonly reason: string }[];
}

/** Checked item by item until complete; an item that slips reopens the list. */
export async function checkBasics(rq: Rq, unitId: number, input: Check) {
  const branch = await getBranch(rq, unitId);
  mustCheck(rq, branch.path);
  const cycle = await getCycle(rq, input.cycleId);
  if (cycle.state === 'closed') throw refuse(starReason('cycle-closed'));
  const unknown = input.answers.find((a) => !basics.some((item) => item.id === a.id));
  if (unknown) throw refuse(afterReason('basics-unknown', { item: unknown.id }));
  const caseId = await basicsCase(rq, cycle.id, unitId, `${branch.name}支部规范化清单`);
  for (const { id, met, reason } of input.answers)
    await say(rq, { kind: 'basics', caseId, unitId, item: id, value: met ? 'met' : 'not-met', reason });
  const done = countMet(await saidOf(rq, caseId));
  const complete = done === basics.length;
  await follow(rq, cycle.id, unitId, caseId, complete);
  return { done, of: basics.length, complete };
}

async function basicsCase(rq: Rq, cycleId: string, unitId: number, title: string): Promise<string> {
  await rq.db.one(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`basics ${cycleId} ${unitId}`}, 0))`);
  const found = await findBasics(rq, cycleId, unitId);
  if (found !== null) return found;
  const opened = await openCase(rq, { type: 'basics', title, unitId, parentId: cycleId, data: {} });
  return opened.id;
}

/** The case follows the answers, and the duty of the level is done once the list is complete. */
async function follow(rq: Rq, cycleId: string, unitId: number, caseId: string, complete: boolean): Promise<void> {
  const act = following(rq);
  const { state } = await getCase(asPlatform(rq), caseId);
  if (complete && state === 'open') await takeStep(act, caseId, 'complete');
  if (!complete && state === 'complete') await takeStep(act, caseId, 'reopen');
  if (!complete) return;
  const duties = await dutyCases(rq, cycleId, { unitIds: [unitId], prefix: 'two-basics' });
  for (const duty of duties.filter((c) => !c.closed))
    await takeStep(act, duty.id, 'finish', { reason: '清单全部做到' });
}
