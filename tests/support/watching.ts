import { mostPoints, leastValue } from '../../domain/stars/raise.ts';
import { criteriaOf, type Standard } from '../../domain/stars/standard.ts';
import { json, sql } from '../../server/platform/db/sql.ts';
import { inRoot } from '../../server/platform/paths.ts';
import type { Rq } from '../../server/platform/rq.ts';
import { type KeptInputs, scoreInputs, writeStandings } from '../../server/modules/stars/standings.ts';
import { getBranch, getCycle, standardFor } from '../../server/modules/stars/common.ts';
import { grant } from '../../server/records/designations/index.ts';
import { loadStandards, publishStandard } from '../../server/records/standards/index.ts';
import { placeCycle } from './results.ts';

/** A cycle under the two sample standards as they are shipped, in a stage of the test's choosing. */
export async function placeSampleCycle(rq: Rq, county: number, state: string, year = 2026): Promise<string> {
  await loadStandards(rq, inRoot('standards'));
  const rows = await rq.db.many<{ id: string; version: string; scheme: string; state: string }>(
    sql`SELECT id, version, scheme, state FROM standards WHERE version <> '1'`,
  );
  for (const row of rows) if (row.state === 'draft') await publishStandard(rq, row.id, row.version, '测试');
  const id = await placeCycle(rq, county, state, year);
  const refs = Object.fromEntries(rows.map((row) => [row.scheme, { id: row.id, version: row.version }]));
  await rq.db.run(sql`UPDATE cases SET data = data || ${json({ standards: refs })}::jsonb WHERE id = ${id}`);
  return id;
}

/** The value that gives a criterion all its points; ranks are left out. */
function bestValue(criterion: ReturnType<typeof criteriaOf>[number]['criterion']): string | null {
  const most = mostPoints(criterion.rule, criterion.points);
  return most === null ? null : (leastValue(criterion.rule, criterion.points, most)?.value ?? null);
}

function inputsOf(standard: Standard, given: Readonly<Record<string, string | null>>): KeptInputs {
  const values: Record<string, KeptInputs['values'][string]> = {};
  for (const { criterion } of criteriaOf(standard)) {
    const value = criterion.id in given ? given[criterion.id]! : bestValue(criterion);
    if (value !== null) values[criterion.id] = { value, from: '测试', asOf: '2026-03-01', opens: [] };
  }
  const standings = Object.fromEntries(
    criteriaOf(standard)
      .filter(({ criterion }) => criterion.rule.type === 'rank' && values[criterion.id])
      .map(({ criterion }) => [criterion.id, { worse: 9, of: 10 }]),
  );
  return { values, vetoes: [], standings };
}

/** A live standing in which every criterion has all its points except those named; null leaves a value out. */
export async function placeStanding(
  rq: Rq,
  cycleId: string,
  unitId: number,
  given: Readonly<Record<string, string | null>> = {},
) {
  const cycle = await getCycle(rq, cycleId);
  const branch = await getBranch(rq, unitId);
  const standard = (await standardFor(rq, cycle, branch.scheme))!;
  const inputs = inputsOf(standard, given);
  const result = scoreInputs(standard, unitId, inputs);
  await writeStandings(rq, cycleId, 'live', '', [{ unitId, unitPath: branch.path, standard, result, inputs }]);
  return result;
}

/** Stars in force and the certificate that counts them. */
export async function placeStars(rq: Rq, county: number, cycleId: string, unitId: number, stars: readonly string[]) {
  const common = {
    unitId,
    grantedByUnitId: county,
    grantor: '示例县',
    grantedOn: '2026-01-15',
    basis: '测试命名',
    data: { cycleId, sample: true },
  };
  for (const star of stars) await grant(rq, { ...common, kind: 'star', star });
  await grant(rq, { ...common, kind: 'star-branch', level: stars.length });
}
