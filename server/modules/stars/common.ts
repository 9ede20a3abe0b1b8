import { randomBytes } from 'node:crypto';
import { verbs } from '../../../domain/grants.ts';
import { cycleData, type CycleData } from '../../../domain/stars/kinds-cycle.ts';
import { type CycleState, duringStage, starReason } from '../../../domain/stars/index.ts';
import type { Standard } from '../../../domain/stars/standard.ts';
import { all, join, sql, type Sql, under, visible } from '../../platform/db/sql.ts';
import { check, notFound, refuse } from '../../platform/errors.ts';
import { type Rq, system } from '../../platform/rq.ts';
import { findStandard } from '../../records/standards/index.ts';

export interface Cycle {
  readonly id: string;
  readonly state: CycleState;
  readonly title: string;
  readonly unitId: number;
  readonly unitName: string;
  readonly unitPath: string;
  readonly version: number;
  readonly openedAt: Date;
  readonly data: CycleData;
}

export interface Branch {
  readonly id: number;
  readonly name: string;
  readonly path: string;
  readonly scheme: 'rural' | 'urban';
  readonly parentId: number | null;
  readonly parentName: string;
}

/**
 * The same request with the platform as its actor, for reading what a rule needs. The rows it sees stay those of the
 * request's own scope.
 */
export function asPlatform(rq: Rq): Rq {
  return { ...rq, actor: system };
}

/**
 * The same person with what follows from a decision they were entitled to take: naming grants designations, a list that is
 * approved moves its cases. Journal and timeline keep the person's name; the database keeps the scope.
 */
export function following(rq: Rq): Rq {
  if (rq.actor === system) return rq;
  return { ...rq, actor: { ...rq.actor, grants: verbs.map((verb) => ({ verb, path: '' })) } };
}

type CycleRow = Omit<Cycle, 'state' | 'data'> & { readonly state: string; readonly data: unknown };

export function cycleOf(c: CycleRow): Cycle {
  return { ...c, state: c.state as CycleState, data: cycleData.parse(c.data) };
}

const noCycle = notFound({ zh: '该创建周期', en: 'cycle' });

/** What units above have opened to those below stands in the paths above the actor's own. */
function chainPaths(rq: Rq): string[] {
  const paths = new Set<string>();
  for (const scope of rq.actor.scopes)
    for (let at = scope.indexOf('.'); at !== -1; at = scope.indexOf('.', at + 1)) paths.add(scope.slice(0, at + 1));
  return [...paths];
}

/** Cases the actor sees: their own subtree, and those opened to them from above. */
export function seenOrOpened(rq: Rq, alias = 'c'): Sql {
  const column = `${alias}.unit_path`;
  const opened = under(column, '');
  if (rq.actor.scopes.includes('')) return opened;
  const chain = chainPaths(rq);
  const above = chain.length === 0 ? sql`FALSE` : sql`(c.open_below AND c.unit_path = ANY (${chain}::text[]))`;
  return sql`(${join([visible(rq, column), above], ' OR ')})`;
}

const cycleColumns = sql`c.id, c.state, c.title, c.unit_id AS "unitId", u.name AS "unitName", c.unit_path AS "unitPath", c.version,
  c.opened_at AS "openedAt", c.data`;

/** A cycle is open to everybody whom the database lets see it: those in its county, and those above. */
export async function getCycle(rq: Rq, id: string): Promise<Cycle> {
  const row = await rq.db.find<CycleRow>(sql`
    SELECT ${cycleColumns} FROM cases c JOIN units u ON u.id = c.unit_id WHERE c.id = ${id} AND c.type = 'cycle'`);
  if (!row) throw noCycle;
  return cycleOf(row);
}

/** The named cycle, or the latest running one, or the latest of all. */
export async function cycleFor(rq: Rq, id?: string): Promise<Cycle> {
  if (id !== undefined) return getCycle(rq, id);
  const row = await rq.db.find<{ id: string }>(sql`
    SELECT c.id FROM cases c WHERE c.type = 'cycle' AND ${seenOrOpened(rq)}
    ORDER BY (c.closed_at IS NULL) DESC, (c.data ->> 'year')::int DESC, c.opened_at DESC LIMIT 1`);
  if (!row) throw refuse(starReason('no-cycle'));
  return getCycle(rq, row.id);
}

/** Cycles that are still scored: those not closed whose county holds the unit. */
export async function runningCyclesOver(rq: Rq, path: string): Promise<Cycle[]> {
  const chain: string[] = [];
  for (let at = path.indexOf('.'); at !== -1; at = path.indexOf('.', at + 1)) chain.push(path.slice(0, at + 1));
  const rows = await rq.db.many<CycleRow>(sql`
    SELECT ${cycleColumns} FROM cases c JOIN units u ON u.id = c.unit_id
    WHERE c.type = 'cycle' AND c.closed_at IS NULL AND c.unit_path = ANY (${chain}::text[])`);
  return rows.map(cycleOf);
}

export async function standardFor(rq: Rq, cycle: Cycle, scheme: string | null): Promise<Standard | null> {
  const ref = scheme === 'rural' || scheme === 'urban' ? cycle.data.standards[scheme] : null;
  return ref === null ? null : findStandard(rq, ref.id, ref.version);
}

export async function standardsOf(rq: Rq, cycle: Cycle): Promise<Standard[]> {
  const found: Standard[] = [];
  for (const scheme of ['rural', 'urban']) {
    const standard = await standardFor(rq, cycle, scheme);
    if (standard) found.push(standard);
  }
  return found;
}

const branchColumns = sql`u.id, u.name, u.unit_path AS path, u.scheme, u.parent_id AS "parentId",
  coalesce(p.name, '') AS "parentName"`;

/** Villages and communities in use below a path, in the order of the tree. */
export function listBranches(rq: Rq, path: string, ids?: readonly number[]): Promise<Branch[]> {
  return rq.db.many<Branch>(sql`
    SELECT ${branchColumns} FROM units u LEFT JOIN units p ON p.id = u.parent_id
    WHERE ${all([
      visible(rq, 'u.unit_path'),
      under('u.unit_path', path),
      ids && sql`u.id = ANY (${[...ids]}::int[])`,
      sql`u.type IN ('village', 'community') AND u.scheme IS NOT NULL AND u.valid_to IS NULL`,
    ])} ORDER BY u.unit_path LIMIT 200000`);
}

const noBranch = notFound({ zh: '该村（社区）', en: 'village or community' });

export async function getBranch(rq: Rq, id: number): Promise<Branch> {
  const row = await rq.db.find<Branch & { type: string }>(sql`
    SELECT ${branchColumns}, u.type FROM units u LEFT JOIN units p ON p.id = u.parent_id
    WHERE u.id = ${id} AND ${visible(rq, 'u.unit_path')}`);
  if (!row) throw noBranch;
  if (!['village', 'community'].includes(row.type) || row.scheme === null)
    throw refuse(starReason('not-a-branch', { name: row.name }));
  return row;
}

export interface Measured {
  readonly cycle: Cycle;
  readonly branch: Branch;
  readonly standard: Standard;
}

/** A branch with the cycle and the standard it is judged by. */
export async function measured(rq: Rq, unitId: number, cycleId?: string): Promise<Measured> {
  const branch = await getBranch(rq, unitId);
  const cycle = await cycleFor(rq, cycleId);
  const standard = await standardFor(rq, cycle, branch.scheme);
  if (!standard) throw refuse(starReason('no-standard-for-unit', { name: branch.name }));
  return { cycle, branch, standard };
}

export function unitMini(branch: Branch) {
  const { id: unitId, name: unitName, parentId, parentName, scheme } = branch;
  return { unitId, unitName, parentId, parentName, scheme };
}

export function mustBeAt(cycle: Cycle, ...stages: CycleState[]): void {
  check(duringStage(cycle.state, stages));
}

/** Highest level a standard can give. */
export function maxLevelOf(standard: Standard): number {
  if (standard.grading.mode === 'stars') return standard.stars.length;
  return standard.grading.bands.reduce((most, band) => Math.max(most, band.level), 0);
}

/** Letters and digits that nobody mistakes for one another on paper. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

export function receiptCode(): string {
  const letters = [...randomBytes(12)].map((byte) => alphabet[byte % alphabet.length]).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`;
}

/** Names of people who appear in records, as far as the reader may know them. */
export async function namesOf(rq: Rq, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)].filter((id): id is string => id !== null);
  if (wanted.length === 0) return new Map();
  const rows = await rq.db.many<{ id: string; name: string }>(
    sql`SELECT id, name FROM people WHERE id = ANY (${wanted}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}
