import { roleNames, roles } from '../../../domain/records/assignments/index.ts';
import type { Verb } from '../../../domain/grants.ts';
import { actsDue } from '../../../domain/tasks/index.ts';
import { sql } from '../../platform/db/sql.ts';
import { type JobContext, schedule } from '../../platform/jobs/index.ts';
import { type Rq, system } from '../../platform/rq.ts';
import { listOn } from '../../records/assignments/index.ts';
import { caseColumns, caseJoins, type CaseRow, carryUp, remind } from '../../records/cases/index.ts';
import { ledgerTypes } from './conditions.ts';
import { dayOf } from '../../platform/time.ts';

interface LateRow extends CaseRow {
  readonly reminded: boolean;
  readonly levels: number;
}

/** So many late cases are looked at in one transaction. */
const batch = 200;

/**
 * Cases past their day, with what has been done about this deadline; what was done about an earlier one does not count. A
 * case that somebody is writing at this moment is left alone until tomorrow.
 */
function listLate(rq: Rq, last: string): Promise<LateRow[]> {
  return rq.db.many<LateRow>(sql`
    SELECT ${caseColumns(rq)}, 0 AS evidence, coalesce(p.reminded, false) AS reminded, coalesce(p.levels, 0)::int AS levels FROM (
      SELECT * FROM cases c WHERE c.closed_at IS NULL AND c.due_on < ${dayOf(rq.now)}::date
        AND c.type = ANY (${ledgerTypes}::text[]) AND c.id > ${last}::uuid ORDER BY c.id LIMIT ${batch}
      FOR UPDATE SKIP LOCKED) c
    ${caseJoins} LEFT JOIN LATERAL (
      SELECT bool_or(s.step = 'remind') AS reminded, count(*) FILTER (WHERE s.step = 'carry-up') AS levels FROM case_steps s
      WHERE s.case_id = c.id AND s.step IN ('remind', 'carry-up') AND s.data ->> 'pastDay' = c.due_on::text) p ON TRUE
    ORDER BY c.id`);
}

/** The offices above a unit, from the nearest upwards: a case is carried from a village to its township, then to the county. */
async function officesAbove(rq: Rq, path: string): Promise<{ id: number; name: string }[]> {
  const above = path.split('.').filter(Boolean).slice(0, -1).map(Number);
  return rq.db.many(sql`
    SELECT u.id, u.name FROM units u WHERE u.id = ANY (${above}::int[]) AND u.valid_to IS NULL
      AND u.type IN ('village', 'community', 'township', 'street', 'county', 'city', 'province')
    ORDER BY length(u.unit_path) DESC`);
}

const rolesWith = (verb: Verb) => roleNames.filter((name) => (roles[name].verbs as readonly Verb[]).includes(verb));
/** Who contracts a village or is its contact (M047). */
const contracting = ['county-leader', 'village-leader', 'contact-cadre'] as const;

/** People to tell: those who answer for it now, and those who contract the unit. */
async function answeringFor(rq: Rq, c: CaseRow): Promise<(string | null)[]> {
  const today = dayOf(rq.now);
  const contracted = await listOn(rq, [c.unitId], today, [...contracting]);
  const ownUnit =
    c.ownerPersonId === null && c.ownerUnitId !== null
      ? await listOn(rq, [c.ownerUnitId], today, rolesWith('cases.write'))
      : [];
  return [c.ownerPersonId, ...[...contracted, ...ownUnit].map((a) => a.personId)];
}

async function press(rq: Rq, c: LateRow): Promise<{ reminded: number; carried: number }> {
  const workdaysLate = Math.max(0, -(c.workdaysLeft ?? 0));
  const done = { reminded: 0, carried: 0 };
  for (const act of actsDue(workdaysLate, c)) {
    const below = await answeringFor(rq, c);
    if (act === 'remind') {
      await remind(rq, c, { workdaysLate, reason: `应于${c.dueOn}办结，已超期${workdaysLate}个工作日`, tell: below });
      done.reminded++;
      continue;
    }
    const to = (await officesAbove(rq, c.unitPath))[c.levels];
    // At the top there is nobody further up: it stays where it lies, in red.
    if (!to) continue;
    const above = await listOn(rq, [to.id], dayOf(rq.now), rolesWith('cases.assign'));
    await carryUp(rq, c, to, {
      workdaysLate,
      reason: `超期${workdaysLate}个工作日未办结，上报${to.name}`,
      tell: [...below, c.raisedBy, c.supervisedBy, ...above.map((a) => a.personId)],
    });
    done.carried++;
  }
  return done;
}

/** Does for every case past its day what the rule says is due now. Run twice on a day it does nothing the second time. */
export async function pressLate(
  asSystem: <T>(work: (rq: Rq) => Promise<T>) => Promise<T>,
  progress: (done: number) => void = () => undefined,
): Promise<{ late: number; reminded: number; carried: number }> {
  const sum = { late: 0, reminded: 0, carried: 0 };
  let last = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await asSystem(async (rq) => {
      const late = await listLate(rq, last);
      for (const c of late) {
        const done = await press(rq, c);
        sum.reminded += done.reminded;
        sum.carried += done.carried;
      }
      return late;
    });
    sum.late += rows.length;
    progress(sum.late);
    if (rows.length < batch) return sum;
    last = rows.at(-1)!.id;
  }
}

/** Every morning before the offices open. */
export function startPressing(): void {
  schedule('tasks.press', '06:20', (job: JobContext) =>
    pressLate(
      (work) => job.database.write([''], (db) => work({ actor: system, db, now: job.clock(), lang: job.lang })),
      (done) => void job.progress(done, done),
    ),
  );
}
