import { dependenciesOf, dependentsAfar, dependentsOn } from '../../../domain/records/facts/depends.ts';
import { figureKeys, figures } from '../../../domain/records/facts/index.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';

/** What a statement left behind: records of this source and kind changed at the path, or anywhere below it. */
export interface Mark {
  readonly id: string;
  readonly source: string;
  readonly kind: string;
  readonly path: string;
  readonly below: boolean;
}

/** So many are worked off at once; the next lot follows at once. */
const lot = 5_000;

export function listMarks(rq: Rq): Promise<Mark[]> {
  return rq.db.many<Mark>(
    sql`SELECT id::text, source, kind, unit_path AS path, below FROM figure_marks ORDER BY id LIMIT ${lot}`,
  );
}

export async function removeMarks(rq: Rq, marks: readonly Mark[]): Promise<void> {
  await rq.db.run(sql`DELETE FROM figure_marks WHERE id = ANY (${marks.map((m) => m.id)}::bigint[])`);
}

/** Sources of which the first record changes what nothing found means. */
const countedSources = new Set([
  'cases',
  'events',
  'subjects',
  'agreements',
  'lines',
  'designations',
  'assignments',
  'publications',
]);

/**
 * Enters the kinds of which records are kept now and strikes out those of which none are left. Answers the marks, those of a
 * kind that is no longer kept for every unit.
 */
export async function noteKinds(rq: Rq, marks: readonly Mark[]): Promise<Mark[]> {
  const pairs = new Map(marks.filter((m) => countedSources.has(m.source)).map((m) => [`${m.source} ${m.kind}`, m]));
  if (pairs.size === 0) return [...marks];
  const list = [...pairs.values()];
  const found = await rq.db.many<{ source: string; kind: string; kept: boolean }>(sql`
    SELECT p.source, p.kind, kinds_kept(p.source, ARRAY[p.kind]) AS kept
    FROM unnest(${list.map((m) => m.source)}::text[], ${list.map((m) => m.kind)}::text[]) AS p (source, kind)`);
  const enter = found.filter((f) => f.kept);
  const strike = new Set(found.filter((f) => !f.kept).map((f) => `${f.source} ${f.kind}`));
  await rq.db.run(sql`INSERT INTO figure_kinds (source, kind)
    SELECT * FROM unnest(${enter.map((f) => f.source)}::text[], ${enter.map((f) => f.kind)}::text[]) ON CONFLICT DO NOTHING`);
  if (strike.size === 0) return [...marks];
  await rq.db.run(sql`DELETE FROM figure_kinds WHERE source || ' ' || kind = ANY (${[...strike]}::text[])`);
  return marks.map((m) => (strike.has(`${m.source} ${m.kind}`) ? { ...m, path: '', below: true } : m));
}

/** Enters all kinds that any figure counts and of which records are kept: for an instance older than these marks. */
export async function noteAllKinds(rq: Rq): Promise<void> {
  const pairs = figureKeys
    .flatMap((key) => dependenciesOf(figures[key]!.expr))
    .flatMap(({ source, kinds }) => (kinds ?? []).map((kind) => ({ id: '', source, kind, path: '', below: false })));
  await noteKinds(rq, pairs);
}

/** Figures to be counted again, for which units. */
export interface Work {
  readonly keys: readonly string[];
  readonly unitIds: readonly number[];
}

/** The periods that are kept for any of these units. */
export async function periodsOf(rq: Rq, unitIds: readonly number[]): Promise<string[]> {
  const rows = await rq.db.many<{ period: string }>(
    sql`SELECT DISTINCT period FROM figure_rounds WHERE unit_id = ANY (${[...unitIds]}::int[]) ORDER BY period`,
  );
  return rows.map((r) => r.period);
}

const idsOf = (path: string) => path.split('.').filter(Boolean).map(Number);

/** Units with kept figures that stand on the way up from these places, and below those that are meant with all below. */
async function unitsTouched(rq: Rq, marks: readonly Mark[]): Promise<number[]> {
  const ids = [...new Set(marks.flatMap((m) => idsOf(m.path)))];
  const below = [...new Set(marks.filter((m) => m.below).map((m) => m.path))];
  const rows = await rq.db.many<{ id: number }>(sql`
    SELECT unit_id AS id FROM figure_rounds WHERE unit_id = ANY (${ids}::int[])
    UNION SELECT r.unit_id FROM unnest(${below}::text[]) AS p (path) JOIN figure_rounds r ON r.unit_path ^@ p.path ORDER BY id`);
  return rows.map((r) => r.id);
}

/** Units with kept figures anywhere in the same city, or county where there is none: ranks are told among them. */
async function unitsAround(rq: Rq, marks: readonly Mark[]): Promise<number[]> {
  const paths = [...new Set(marks.map((m) => m.path))];
  const rows = await rq.db.many<{ id: number }>(sql`
    SELECT r.unit_id AS id FROM (SELECT DISTINCT o.unit_path AS path FROM unnest(${paths}::text[]) AS p (path)
      CROSS JOIN LATERAL (SELECT u.unit_path FROM units u WHERE u.type IN ('city', 'county')
        AND u.id = ANY (string_to_array(p.path, '.', '')::int[]) ORDER BY length(u.unit_path) LIMIT 1) o) top
    JOIN figure_rounds r ON r.unit_path ^@ top.path GROUP BY r.unit_id ORDER BY r.unit_id`);
  return rows.map((r) => r.id);
}

/** Beyond so many different sets of units one count of everything is cheaper than many small ones. */
const manySets = 6;

/** What the marks ask for: for each kind the figures that depend on it, and only for the units it concerns. */
export async function workOf(rq: Rq, marks: readonly Mark[]): Promise<Work[]> {
  const byKind = new Map<string, Mark[]>();
  for (const m of marks) {
    const name = `${m.source} ${m.kind}`;
    const list = byKind.get(name) ?? [];
    list.push(m);
    byKind.set(name, list);
  }
  const sets = new Map<string, { keys: Set<string>; unitIds: readonly number[] }>();
  const add = (keys: readonly string[], unitIds: readonly number[]) => {
    if (keys.length === 0 || unitIds.length === 0) return;
    const name = unitIds.join(' ');
    const set = sets.get(name) ?? { keys: new Set<string>(), unitIds };
    for (const key of keys) set.keys.add(key);
    sets.set(name, set);
  };
  for (const list of byKind.values()) {
    const keys = [...dependentsOn(list[0]!.source, list[0]!.kind)];
    if (keys.length === 0) continue;
    const touched = await unitsTouched(rq, list);
    add(keys, touched);
    const afar = dependentsAfar(list[0]!.source, list[0]!.kind);
    if (afar.length > 0) add(afar, await unitsAround(rq, list));
  }
  const work = [...sets.values()].map((s) => ({ keys: [...s.keys], unitIds: s.unitIds }));
  if (work.length <= manySets) return work;
  return [{ keys: [...new Set(work.flatMap((w) => w.keys))], unitIds: [...new Set(work.flatMap((w) => w.unitIds))] }];
}
