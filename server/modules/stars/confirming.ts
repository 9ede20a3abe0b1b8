import { activeStates, starReason, whyOf } from '../../../domain/stars/index.ts';
import type { Reason } from '../../../domain/words.ts';
import { all, sql, under, visible } from '../../platform/db/sql.ts';
import { check } from '../../platform/errors.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { changeCaseData } from '../../records/cases/index.ts';
import { confirm, unlock } from '../../records/facts/index.ts';
import { getUnit } from '../../records/units/index.ts';
import { findCandidate, listCandidates } from './candidates.ts';
import { type Cycle, cycleFor, getCycle, following } from './common.ts';

interface Row {
  readonly unitId: number;
  readonly unitName: string;
  readonly parentId: number | null;
  readonly parentName: string;
  readonly scheme: string | null;
  readonly type: string;
  readonly at: Date | null;
  readonly by: string | null;
  readonly unlockedReason: string | null;
}

/** Who has confirmed the data of the cycle's year, and for whom each parent is still waiting. */
export async function listConfirmations(rq: Rq, s: { cycleId?: string | undefined; under?: number | undefined }) {
  const cycle = await cycleFor(rq, s.cycleId);
  const root = s.under === undefined ? undefined : await getUnit(rq, s.under);
  const year = String(cycle.data.year);
  const rows = await rq.db.many<Row>(sql`
    SELECT u.id AS "unitId", u.name AS "unitName", u.parent_id AS "parentId", coalesce(p.name, '') AS "parentName", u.scheme,
      u.type, c.confirmed_at AS at, pe.name AS by,
      (SELECT x.unlock_reason FROM confirmations x WHERE x.unit_id = u.id AND x.period = ${year} AND x.unlocked_at IS NOT NULL
        ORDER BY x.unlocked_at DESC LIMIT 1) AS "unlockedReason"
    FROM units u LEFT JOIN units p ON p.id = u.parent_id
    LEFT JOIN confirmations c ON c.unit_id = u.id AND c.period = ${year} AND c.unlocked_at IS NULL
    LEFT JOIN people pe ON pe.id = c.confirmed_by
    WHERE ${all([
      visible(rq, 'u.unit_path'),
      root && under('u.unit_path', root.path),
      under('u.unit_path', cycle.unitPath),
      sql`u.valid_to IS NULL AND u.type IN ('county', 'township', 'street', 'village', 'community')`,
    ])} ORDER BY u.unit_path LIMIT 100000`);
  const first = await workFirst(rq, cycle);
  const open = new Map<number, { unitId: number; unitName: string }[]>();
  for (const { unitId, unitName, parentId, at } of rows)
    if (at === null && parentId !== null) open.set(parentId, [...(open.get(parentId) ?? []), { unitId, unitName }]);
  return {
    cycleId: cycle.id,
    year: cycle.data.year,
    items: rows.map(({ type: _type, at, ...row }) => {
      const waitingFor = open.get(row.unitId) ?? [];
      const reason =
        at !== null
          ? starReason('already-confirmed', { name: row.unitName })
          : waitingFor.length > 0
            ? starReason('cycle-not-confirmed', { count: waitingFor.length, name: waitingFor[0]!.unitName })
            : first(row.unitId);
      return { ...row, confirmed: at !== null, at, why: whyOf(reason), waitingFor: waitingFor.slice(0, 100) };
    }),
  };
}

/** What a unit (each, or the one named) has to do in the running stage before it confirms: a branch submits, a township reviews all of its branches. */
async function workFirst(rq: Rq, cycle: Cycle, of?: number): Promise<(unitId: number) => Reason | null> {
  const active = await listCandidates(rq, cycle.id, { states: activeStates, ...(of === undefined ? {} : { of }) });
  if (cycle.state === 'self-assessment')
    return (unitId) => {
      const own = active.find((c) => c.unitId === unitId && c.data.submittedAt === null);
      return own ? starReason('self-first', { name: own.unitName }) : null;
    };
  if (cycle.state !== 'township-review') return () => null;
  return (unitId) => {
    const left = active.filter((c) => c.parentId === unitId && c.data.reviewedAt === null);
    return left.length > 0 ? starReason('review-first', { count: left.length, name: left[0]!.unitName }) : null;
  };
}

/** A branch that takes part confirms what it has submitted; a parent confirms only after all its children. */
export async function confirmUnit(rq: Rq, unitId: number, cycleId: string): Promise<void> {
  const cycle = await getCycle(rq, cycleId);
  check((await workFirst(rq, cycle, unitId))(unitId));
  await confirm(rq, unitId, String(cycle.data.year));
}

/** Takes a confirmation back for a reason that stays; the branch's self-assessment opens again with it. */
export async function unlockUnit(rq: Rq, unitId: number, cycleId: string, reason: string): Promise<void> {
  const cycle = await getCycle(rq, cycleId);
  const unit = await getUnit(rq, unitId);
  mustHold(rq, 'facts.lock', unit.path);
  await unlock(rq, unitId, String(cycle.data.year), reason);
  const candidate = await findCandidate(rq, cycleId, unitId);
  if (candidate && candidate.data.submittedAt !== null && cycle.state === 'self-assessment')
    await changeCaseData(following(rq), candidate.id, { submittedAt: null }, 'facts.lock', reason);
}
