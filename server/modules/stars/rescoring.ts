import { standingsOf } from '../../../domain/stars/score-all.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { type Branch, type Cycle, listBranches, standardFor } from './common.ts';
import { type KeptInputs, type NewStanding, scoreInputs, writeStandings } from './standings.ts';
import { gatherInputs, scalarsOfInputs, type UnitInputs } from './values.ts';

const chunk = 500;

export type Progress = (done: number, total: number) => Promise<void> | void;

/**
 * Scores every branch of a cycle again. Values are gathered in chunks; the standing under `rank` rules needs all of them at
 * once and is therefore counted before the first branch is scored.
 */
export async function rescoreCycle(rq: Rq, cycle: Cycle, progress: Progress = () => undefined): Promise<number> {
  const branches = await listBranches(rq, cycle.unitPath);
  let done = 0;
  for (const scheme of ['rural', 'urban'] as const) {
    const standard = await standardFor(rq, cycle, scheme);
    const own = branches.filter((b) => b.scheme === scheme);
    if (!standard || own.length === 0) continue;
    const inputs = new Map<number, UnitInputs>();
    for (let at = 0; at < own.length; at += chunk) {
      const ids = own.slice(at, at + chunk).map((b) => b.id);
      for (const [id, found] of await gatherInputs(rq, cycle, standard, ids)) inputs.set(id, found);
      done += ids.length / 2;
      await progress(Math.floor(done), branches.length);
    }
    const standings = standingsOf(
      standard,
      own.map((b) => placed(cycle, b, inputs.get(b.id)!)),
    );
    for (let at = 0; at < own.length; at += chunk) {
      const rows = own.slice(at, at + chunk).map((branch, i): NewStanding => {
        const kept: KeptInputs = { ...inputs.get(branch.id)!, standings: standings[at + i] ?? {} };
        return {
          unitId: branch.id,
          unitPath: branch.path,
          standard,
          result: scoreInputs(standard, branch.id, kept),
          inputs: kept,
        };
      });
      await writeStandings(rq, cycle.id, 'live', '', rows);
      done += rows.length / 2;
      await progress(Math.floor(done), branches.length);
    }
  }
  await progress(branches.length, branches.length);
  return branches.length;
}

function placed(cycle: Cycle, branch: Branch, inputs: UnitInputs) {
  return {
    unit: String(branch.id),
    values: scalarsOfInputs(inputs),
    township: String(branch.parentId ?? ''),
    county: String(cycle.unitId),
  };
}

/** Copies the live standings as they are at a month's end, to compare with later; each month once. */
export async function snapshotMonth(rq: Rq, cycle: Cycle, month: string): Promise<number> {
  return rq.db.run(sql`
    INSERT INTO standings (cycle_id, unit_id, unit_path, kind, label, standard_id, standard_version, level, total, stars, result,
      inputs, computed_at)
    SELECT cycle_id, unit_id, unit_path, 'month', ${month}, standard_id, standard_version, level, total, stars, result, inputs,
      ${rq.now}::timestamptz
    FROM standings WHERE cycle_id = ${cycle.id} AND kind = 'live'
    ON CONFLICT (cycle_id, unit_id, kind, label) DO NOTHING`);
}

/**
 * Freezes the live standings as the result that a list rests on: standard version, inputs, and the people whose judgements
 * are in them. Written once and never again.
 */
export async function freezeResults(rq: Rq, cycle: Cycle, proposalId: string): Promise<number> {
  return rq.db.run(sql`
    INSERT INTO standings (cycle_id, unit_id, unit_path, kind, label, standard_id, standard_version, level, total, stars, result,
      inputs, computed_at)
    SELECT s.cycle_id, s.unit_id, s.unit_path, 'result', ${proposalId}, s.standard_id, s.standard_version, s.level, s.total, s.stars,
      s.result || jsonb_build_object('people', coalesce((
        SELECT jsonb_agg(DISTINCT jsonb_build_object('kind', j.kind, 'name', coalesce(p.name, '')))
        FROM judgements j JOIN cases c ON c.id = j.case_id LEFT JOIN people p ON p.id = j.person_id
        WHERE j.unit_id = s.unit_id AND c.parent_id = s.cycle_id AND j.superseded_at IS NULL), '[]'::jsonb)),
      s.inputs, ${rq.now}::timestamptz
    FROM standings s WHERE s.cycle_id = ${cycle.id} AND s.kind = 'live'`);
}

/** The label of a month's snapshot. */
export function monthOf(now: Date): string {
  return dayOf(now).slice(0, 7);
}

/**
 * The month that has just ended, in the first days of the next one (a server may stand still over a holiday). Later in the
 * month nobody knows any more how it ended.
 */
export function endedMonth(now: Date): string | null {
  const day = Number(dayOf(now).slice(8));
  return day <= 5 ? monthOf(new Date(now.getTime() - day * 86_400_000)) : null;
}
