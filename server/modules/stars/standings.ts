import { createHash } from 'node:crypto';
import type { Standing } from '../../../domain/stars/rules-of-points.ts';
import type { Result } from '../../../domain/stars/result.ts';
import { score } from '../../../domain/stars/score.ts';
import { criteriaOf, type Standard } from '../../../domain/stars/standard.ts';
import { empty, json, sql, type Sql } from '../../platform/db/sql.ts';
import { canonical } from '../../platform/journal.ts';
import type { Tx } from '../../platform/db/database.ts';
import type { Rq } from '../../platform/rq.ts';
import { findStandard } from '../../records/standards/index.ts';
import { type Branch, type Cycle, listBranches, runningCyclesOver, standardFor } from './common.ts';
import { gatherInputs, scalarsOfInputs, type UnitInputs } from './values.ts';

export type StandingKind = 'live' | 'review' | 'result' | 'month';

/** What is kept of the values: enough to score again and to open each one to its records. */
export interface KeptInputs extends UnitInputs {
  readonly standings: Readonly<Record<string, Standing>>;
}

/** What is kept of a result; everything else follows from the standard and the inputs. */
export interface KeptResult {
  readonly stars: readonly {
    readonly id: string;
    readonly points: number;
    readonly pass: number;
    readonly passed: boolean;
    readonly held: boolean;
    readonly vetoed: boolean;
  }[];
  readonly points: Readonly<Record<string, number>>;
  readonly missing: number;
  readonly full: number;
  readonly people?: readonly { readonly kind: string; readonly name: string }[];
}

export interface StandingRow {
  readonly cycleId: string;
  readonly unitId: number;
  readonly unitPath: string;
  readonly kind: StandingKind;
  readonly label: string;
  readonly standardId: string;
  readonly standardVersion: string;
  readonly level: number;
  readonly total: number;
  readonly stars: readonly string[];
  readonly result: KeptResult;
  readonly inputs: KeptInputs;
  readonly computedAt: Date;
}

export const standingColumns = sql`s.cycle_id AS "cycleId", s.unit_id AS "unitId", s.unit_path AS "unitPath", s.kind, s.label,
  s.standard_id AS "standardId", s.standard_version AS "standardVersion", s.level, s.total, s.stars, s.result, s.inputs,
  s.computed_at AS "computedAt"`;

export function keptResult(result: Result): KeptResult {
  return {
    stars: result.stars.map(({ id, points, pass, passed, held, vetoed }) => ({
      id,
      points,
      pass,
      passed,
      held,
      vetoed,
    })),
    points: Object.fromEntries(result.stars.flatMap((star) => star.criteria.map((one) => [one.id, one.points]))),
    missing: result.missing,
    full: result.full,
  };
}

export function heldOf(result: Result): string[] {
  return result.stars.filter((star) => star.held).map((star) => star.id);
}

/** Scores kept inputs again; the same standard and inputs give the same result, which is what a replay proves. */
export function scoreInputs(standard: Standard, unitId: number, inputs: KeptInputs): Result {
  return score(
    standard,
    { unit: String(unitId), values: scalarsOfInputs(inputs), vetoes: [...new Set(inputs.vetoes.map((v) => v.id))] },
    inputs.standings,
  );
}

/** How one unit stands under each `rank` criterion it has a value for. */
async function standingsAmongPeers(
  rq: Rq,
  cycle: Cycle,
  standard: Standard,
  branch: Branch,
  inputs: UnitInputs,
): Promise<Record<string, Standing>> {
  const found: Record<string, Standing> = {};
  for (const { criterion } of criteriaOf(standard)) {
    const { rule, id } = criterion;
    const input = inputs.values[id];
    if (rule.type !== 'rank' || input === undefined || typeof input.value !== 'string') continue;
    const peers = rule.peers === 'township' ? branch.path.replace(/\d+\.$/, '') : cycle.unitPath;
    const row = await rq.db.one<{ worse: number; total: number }>(sql`
      SELECT worse, total FROM peer_standing(${cycle.id}::uuid, ${standard.id}, ${id}, ${branch.id}::int,
        ${input.value}::numeric, ${peers}, ${rule.lower})`);
    found[id] = { worse: row.worse, of: row.total };
  }
  return found;
}

export interface NewStanding {
  readonly unitId: number;
  readonly unitPath: string;
  readonly standard: Standard;
  readonly result: Result;
  readonly inputs: KeptInputs;
}

/** Writes standings of one kind, any number at once. A frozen result is written once and never again. */
export async function writeStandings(
  rq: Rq,
  cycleId: string,
  kind: StandingKind,
  label: string,
  rows: readonly NewStanding[],
): Promise<void> {
  if (rows.length === 0) return;
  const records = rows.map((row) => ({
    unit_id: row.unitId,
    unit_path: row.unitPath,
    standard_id: row.standard.id,
    standard_version: row.standard.version,
    level: row.result.level,
    total: row.result.total,
    stars: heldOf(row.result),
    result: keptResult(row.result),
    inputs: row.inputs,
  }));
  const peers = kind === 'live' ? peerValuesKept(cycleId, rows) : null;
  await rq.db.run(sql`${peers ? sql`WITH ${peers}` : empty}
    INSERT INTO standings (cycle_id, unit_id, unit_path, kind, label, standard_id, standard_version, level, total, stars, result,
      inputs, computed_at)
    SELECT ${cycleId}::uuid, r.unit_id, r.unit_path, ${kind}, ${label}, r.standard_id, r.standard_version, r.level, r.total,
      ARRAY(SELECT jsonb_array_elements_text(r.stars)), r.result, r.inputs, ${rq.now}::timestamptz
    FROM jsonb_to_recordset(${json(records)}::jsonb) AS r (unit_id int, unit_path text, standard_id text,
      standard_version text, level int, total int, stars jsonb, result jsonb, inputs jsonb)
    ON CONFLICT (cycle_id, unit_id, kind, label) DO UPDATE SET unit_path = excluded.unit_path,
      standard_id = excluded.standard_id, standard_version = excluded.standard_version, level = excluded.level,
      total = excluded.total, stars = excluded.stars, result = excluded.result, inputs = excluded.inputs,
      computed_at = excluded.computed_at WHERE standings.kind IN ('live', 'review')`);
}

/** What `rank` rules will compare, as parts of the statement that writes the standings; a value that is gone is compared no longer. */
function peerValuesKept(cycleId: string, rows: readonly NewStanding[]): Sql | null {
  const ranked = new Map<Standard, string[]>();
  const values = rows.flatMap(({ unitId, unitPath, standard, inputs }) => {
    const ids = ranked.get(standard) ?? rankedCriteria(standard);
    ranked.set(standard, ids);
    return ids.map((criterion) => {
      const value = inputs.values[criterion]?.value;
      const known = typeof value === 'string' ? value : null;
      return { criterion, unit_id: unitId, unit_path: unitPath, standard_id: standard.id, value: known };
    });
  });
  if (values.length === 0) return null;
  return sql`compared AS (SELECT * FROM jsonb_to_recordset(${json(values)}::jsonb) AS c (criterion text, unit_id int, unit_path text,
      standard_id text, value numeric)),
    gone AS (DELETE FROM peer_values p USING compared c WHERE p.cycle_id = ${cycleId}::uuid AND p.criterion = c.criterion
      AND p.unit_id = c.unit_id AND c.value IS NULL),
    peers AS (INSERT INTO peer_values (cycle_id, criterion, unit_id, unit_path, standard_id, value)
      SELECT ${cycleId}::uuid, criterion, unit_id, unit_path, standard_id, value FROM compared WHERE value IS NOT NULL
      ON CONFLICT (cycle_id, criterion, unit_id) DO UPDATE SET unit_path = excluded.unit_path,
        standard_id = excluded.standard_id, value = excluded.value)`;
}

function rankedCriteria(standard: Standard): string[] {
  return criteriaOf(standard)
    .filter(({ criterion }) => criterion.rule.type === 'rank')
    .map(({ criterion }) => criterion.id);
}

/** Transactions whose branches are scored together at the end. */
const together = new WeakSet<Tx>();

/**
 * Work on many branches in one transaction, after which whoever called scores the whole cycle once instead of each branch
 * after each step. Within the work standings are as they were before it: only for steps that do not read them.
 */
export async function withoutScoring<T>(rq: Rq, work: () => Promise<T>): Promise<T> {
  together.add(rq.db);
  try {
    return await work();
  } finally {
    together.delete(rq.db);
  }
}

/** Scores one branch now and keeps its live standing; runs in the transaction of the change that made it necessary. */
export async function rescoreBranch(rq: Rq, cycle: Cycle, branch: Branch): Promise<void> {
  if (together.has(rq.db)) return;
  const standard = await standardFor(rq, cycle, branch.scheme);
  if (!standard) return;
  const gathered = (await gatherInputs(rq, cycle, standard, [branch.id])).get(branch.id)!;
  const standings = await standingsAmongPeers(rq, cycle, standard, branch, gathered);
  const inputs: KeptInputs = { ...gathered, standings };
  const result = scoreInputs(standard, branch.id, inputs);
  await writeStandings(rq, cycle.id, 'live', '', [
    { unitId: branch.id, unitPath: branch.path, standard, result, inputs },
  ]);
}

/** Something about these units changed: every running cycle over them scores them again. */
export async function rescoreUnits(rq: Rq, unitIds: readonly number[]): Promise<void> {
  for (const branch of await listBranches(rq, '', [...new Set(unitIds)]))
    for (const cycle of await runningCyclesOver(rq, branch.path)) await rescoreBranch(rq, cycle, branch);
}

export function findStanding(
  rq: Rq,
  cycleId: string,
  unitId: number,
  kind: StandingKind,
  label = '',
): Promise<StandingRow | undefined> {
  return rq.db.find<StandingRow>(sql`
    SELECT ${standingColumns} FROM standings s
    WHERE s.cycle_id = ${cycleId} AND s.unit_id = ${unitId} AND s.kind = ${kind} AND s.label = ${label}`);
}

export function digestOf(row: StandingRow): string {
  const { standardId, standardVersion, inputs, level, total, stars } = row;
  const content = canonical([standardId, standardVersion, inputs, level, total, stars]);
  return createHash('sha256').update(content).digest('hex');
}

/** Scores a kept standing again from its own inputs and says whether it comes out the same. */
export async function replayStanding(rq: Rq, row: StandingRow) {
  const standard = await findStandard(rq, row.standardId, row.standardVersion);
  const again = scoreInputs(standard, row.unitId, row.inputs);
  const kept = { level: row.level, total: row.total, stars: [...row.stars] };
  const replayed = { level: again.level, total: again.total, stars: heldOf(again) };
  const { people, ...points } = row.result;
  return {
    same:
      canonical(kept) === canonical(replayed) &&
      canonical(points) === canonical(JSON.parse(JSON.stringify(keptResult(again)))),
    standard: { id: row.standardId, version: row.standardVersion },
    kept,
    replayed,
    inputs: Object.keys(row.inputs.values).length,
    people: [...(people ?? [])],
    digest: digestOf(row),
  };
}
