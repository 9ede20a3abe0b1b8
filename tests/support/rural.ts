import { randomUUID } from 'node:crypto';
import { criteriaOf, type Standard } from '../../domain/stars/standard.ts';
import { json, sql } from '../../server/platform/db/sql.ts';
import type { Rq } from '../../server/platform/rq.ts';

/** Numbers of a village that does everything well, for the figures of the rural sample. */
const well: Readonly<Record<string, number>> = {
  households: 400,
  population: 1400,
  'farm-households': 320,
  'party-members': 40,
  'party-meetings-planned': 40,
  'party-meetings-held': 40,
  'committee-meetings-planned': 48,
  'committee-meetings-held': 48,
  'major-matters': 6,
  'major-matters-deliberated': 6,
  'households-linked': 400,
  'secretary-training-days': 8,
  'collective-income': 420_000,
  'households-bound-both': 300,
  'certified-products': 3,
  'households-sanitary-toilet': 390,
  'households-sewage-treated': 320,
  'refuse-collection-interval-days': 1,
  'five-beauty-courtyards': 240,
  'mediations-due': 8,
  'mediations-on-time': 8,
  'matters-overdue': 0,
  'police-months-due': 10,
  'police-months-on-duty': 10,
  'hazards-due': 6,
  'hazards-fixed-on-time': 6,
  'anti-fraud-visits-share': 0.95,
  'station-events': 26,
  'elderly-service-months': 10,
  'volunteer-services': 300,
};

/** What stands in the village from the year on: the branch's cooperative, its fire station and its approved plan. */
async function placeWell(rq: Rq, unitId: number, year: number): Promise<void> {
  const day = `${year}-01-05`;
  for (const [kind, state] of [
    ['cooperative', 'active'],
    ['fire-station', 'in-use'],
  ])
    await rq.db
      .run(sql`INSERT INTO subjects (id, kind, unit_id, unit_path, name, lead_unit_id, state, from_day, created_at, changed_at, data)
      SELECT ${randomUUID()}, ${kind}, id, unit_path, ${kind}, id, ${state}, ${day}, ${day}::date, ${day}::date, ${json({})}::jsonb
      FROM units WHERE id = ${unitId}`);
  await rq.db
    .run(sql`INSERT INTO cases (id, type, state, title, unit_id, unit_path, opened_at, changed_at, closed_at, data)
    SELECT ${randomUUID()}, 'village-plan', 'published', '规划', id, unit_path, ${day}::date, ${day}::date, ${day}::date, ${json({})}::jsonb
    FROM units WHERE id = ${unitId}`);
}

/**
 * Enters the numbers of a year for a village, and what else the sample counts there; `given` changes some numbers, null leaves
 * one out.
 */
export async function enterWell(
  rq: Rq,
  unitId: number,
  year: number,
  given: Readonly<Record<string, number | null>> = {},
): Promise<void> {
  await placeWell(rq, unitId, year);
  for (const [metric, value] of Object.entries({ ...well, ...given })) {
    if (value === null) continue;
    await rq.db.run(sql`
      INSERT INTO facts (id, metric, unit_id, unit_path, counted_path, period, value, as_of, source, entered_at)
      SELECT ${randomUUID()}, ${metric}, id, unit_path, unit_path, ${String(year)}, ${String(value)}::numeric, ${`${year}-12-31`}, '台账',
        ${rq.now} FROM units WHERE id = ${unitId}`);
  }
}

/** The best answer to each criterion that people check on the spot. */
export function bestChecks(standard: Standard): { criterion: string; value: string; reason: string }[] {
  return criteriaOf(standard)
    .filter(({ criterion }) => criterion.value.kind === 'check')
    .map(({ criterion }) => {
      const { rule } = criterion;
      const best = rule.type === 'levels' ? Object.entries(rule.levels).sort((a, b) => b[1] - a[1])[0]![0] : '1';
      return { criterion: criterion.id, value: best, reason: '现场核实' };
    });
}
