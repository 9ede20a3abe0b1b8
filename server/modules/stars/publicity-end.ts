import { namingReason } from '../../../domain/stars/index.ts';
import type { Reason } from '../../../domain/words.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { addWorkdays } from '../../records/calendar/index.ts';
import type { Cycle } from './common.ts';

/**
 * The last day of the publicity, counted again with today's calendar: a holiday that was entered after the notice went out
 * makes the period longer, never shorter than what was printed.
 */
export async function publicityEnd(rq: Rq, cycle: Cycle): Promise<{ closesOn: string | null; sure: boolean }> {
  const { publicationId, publicityEnds, publicityDays } = cycle.data;
  if (publicationId === null || publicityEnds === null) return { closesOn: null, sure: true };
  const notice = await rq.db.find<{ publishedAt: Date }>(
    sql`SELECT published_at AS "publishedAt" FROM publications WHERE id = ${publicationId}`,
  );
  // Where the notice itself is not to be read any more, the printed day stands.
  if (!notice) return { closesOn: publicityEnds, sure: true };
  const { day, sure } = await addWorkdays(rq, dayOf(notice.publishedAt), publicityDays);
  return { closesOn: day > publicityEnds ? day : publicityEnds, sure };
}

export async function objectionsOf(rq: Rq, cycleId: string): Promise<{ open: number; upheld: Set<number> }> {
  const rows = await rq.db.many<{ unitId: number; state: string; upheld: boolean | null }>(sql`
    SELECT unit_id AS "unitId", state, (data ->> 'upheld')::boolean AS upheld FROM cases
    WHERE type = 'objection' AND parent_id = ${cycleId}`);
  return {
    open: rows.filter((row) => row.state !== 'answered').length,
    upheld: new Set(rows.filter((row) => row.upheld === true).map((row) => row.unitId)),
  };
}

/** Why nothing can be named today, so that a page calls it somebody's turn only when it is. */
export async function namingWhy(rq: Rq, cycle: Cycle): Promise<Reason | null> {
  if (['named', 'watching', 'closed'].includes(cycle.state)) return null;
  const today = dayOf(rq.now);
  return namingReason({
    publicised: cycle.state === 'publicity',
    ...(await publicityEnd(rq, cycle)),
    today,
    grantedOn: today,
    openObjections: (await objectionsOf(rq, cycle.id)).open,
  });
}
