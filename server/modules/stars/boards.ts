import type { CandidacyState, Origin } from '../../../domain/stars/index.ts';
import { all, sql, under, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { getUnit } from '../../records/units/index.ts';
import { type Candidate, listCandidates } from './candidates.ts';
import { type Cycle, cycleFor, getCycle, standardsOf } from './common.ts';
import { comparePlan } from './plans.ts';

interface Tile {
  readonly unitId: number;
  readonly unitName: string;
  readonly parentId: number | null;
  readonly parentName: string;
  readonly parentType: string;
  readonly scheme: 'rural' | 'urban';
  readonly level: number | null;
  readonly held: string[];
  readonly warnings: number;
}

/** Every branch below a path with its standing: null where it has none yet, which is not a level of zero. */
function listTiles(rq: Rq, cycle: Cycle, path: string, kind: 'live' | 'result'): Promise<Tile[]> {
  const label = kind === 'result' ? (cycle.data.proposalId ?? '-') : '';
  return rq.db.many<Tile>(sql`
    SELECT u.id AS "unitId", u.name AS "unitName", u.parent_id AS "parentId", coalesce(p.name, '') AS "parentName",
      coalesce(p.type, '') AS "parentType", u.scheme, s.level, coalesce(s.stars, '{}') AS held, coalesce(w.n, 0)::int AS warnings
    FROM units u LEFT JOIN units p ON p.id = u.parent_id
    LEFT JOIN standings s ON s.cycle_id = ${cycle.id} AND s.unit_id = u.id AND s.kind = ${kind} AND s.label = ${label}
    LEFT JOIN (SELECT unit_id, count(*) AS n FROM cases WHERE type = 'warning' AND closed_at IS NULL GROUP BY unit_id) w
      ON w.unit_id = u.id
    WHERE ${visible(rq, 'u.unit_path')} AND ${under('u.unit_path', path)} AND u.type IN ('village', 'community')
      AND u.scheme IS NOT NULL AND u.valid_to IS NULL
    ORDER BY p.unit_path, u.pinyin, u.id LIMIT 100000`);
}

function tileOf(tile: Tile, candidate: Candidate | undefined) {
  const { unitId, unitName, parentId, parentName, scheme, level, held, warnings } = tile;
  return {
    unitId,
    unitName,
    parentId,
    parentName,
    scheme,
    level,
    held,
    warnings,
    target: candidate?.data.targetLevel ?? null,
    stretch: candidate?.data.stretchLevel ?? null,
    origin: (candidate?.data.origin ?? null) as Origin | null,
    state: (candidate?.state ?? null) as CandidacyState | null,
  };
}

function townshipsOf(tiles: readonly Tile[], candidates: ReadonlyMap<number, Candidate>) {
  const groups = new Map<number, { unitId: number; unitName: string; type: string; tiles: Tile[] }>();
  for (const tile of tiles) {
    const id = tile.parentId ?? 0;
    const group = groups.get(id) ?? { unitId: id, unitName: tile.parentName, type: tile.parentType, tiles: [] };
    group.tiles.push(tile);
    groups.set(id, group);
  }
  return [...groups.values()].map((g) => {
    const levels: Record<string, number> = {};
    for (const { level } of g.tiles) if (level !== null) levels[level] = (levels[level] ?? 0) + 1;
    return { ...g, levels, tiles: g.tiles.map((t) => tileOf(t, candidates.get(t.unitId))) };
  });
}

function countLevels(tiles: readonly Tile[], candidates: readonly Candidate[], planned: ReadonlyMap<number, number>) {
  const highest = Math.max(5, ...tiles.map((t) => t.level ?? 0));
  return Array.from({ length: highest + 1 }, (_, i) => highest - i).map((level) => ({
    level,
    rural: tiles.filter((t) => t.level === level && t.scheme === 'rural').length,
    urban: tiles.filter((t) => t.level === level && t.scheme === 'urban').length,
    planned: planned.get(level) ?? 0,
    declared: candidates.filter((c) => c.state !== 'withdrawn' && c.data.targetLevel === level).length,
  }));
}

async function plannedLevels(rq: Rq, unitId: number, cycleId: string): Promise<Map<number, number>> {
  const { rows } = await comparePlan(rq, unitId, cycleId);
  const planned = new Map<number, number>();
  for (const row of rows) planned.set(row.level, (planned.get(row.level) ?? 0) + row.planned);
  return planned;
}

function countCandidacies(candidates: readonly Candidate[]) {
  const counts = new Map<string, { state: string; origin: string; count: number }>();
  for (const c of candidates) {
    const key = `${c.state}/${c.data.origin}`;
    const entry = counts.get(key) ?? { state: c.state, origin: c.data.origin, count: 0 };
    entry.count += 1;
    counts.set(key, entry);
  }
  return [...counts.values()];
}

/** Counts per star and level, plan against result, and a tile for every branch. No ranks: bands and distances only. */
export async function showBoard(rq: Rq, cycleId: string, s: { unitId?: number | undefined; kind: 'live' | 'result' }) {
  const cycle = await getCycle(rq, cycleId);
  const unit = await getUnit(rq, s.unitId ?? cycle.unitId);
  const tiles = await listTiles(rq, cycle, unit.path, s.kind);
  const candidates = await listCandidates(rq, cycle.id, { underPath: unit.path });
  const stars = (await standardsOf(rq, cycle)).flatMap((standard) =>
    standard.stars.map((star) => {
      const own = tiles.filter((t) => t.scheme === standard.scheme && t.level !== null);
      const held = own.filter((t) => t.held.includes(star.id)).length;
      return { id: star.id, scheme: standard.scheme, name: star.name, held, of: own.length };
    }),
  );
  return {
    cycle: { id: cycle.id, year: cycle.data.year, title: cycle.title, state: cycle.state },
    unit: { id: unit.id, name: unit.name },
    kind: s.kind,
    sample: cycle.data.sample,
    measured: tiles.filter((t) => t.level !== null).length,
    of: tiles.length,
    levels: countLevels(tiles, candidates, await plannedLevels(rq, unit.id, cycle.id)),
    stars,
    candidacies: countCandidacies(candidates),
    townships: townshipsOf(tiles, new Map(candidates.map((c) => [c.unitId, c]))),
  };
}

interface StandingSearch {
  readonly cycleId?: string | undefined;
  readonly under?: number | undefined;
  readonly kind: 'live' | 'review' | 'result';
  readonly level?: number | undefined;
  readonly star?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Standings in the order of the tree: the order tells nothing about anybody. */
export async function listStandings(rq: Rq, s: StandingSearch) {
  const cycle = await cycleFor(rq, s.cycleId);
  const root = s.under === undefined ? undefined : await getUnit(rq, s.under);
  const label = s.kind === 'result' ? (cycle.data.proposalId ?? '-') : '';
  const where = all([
    visible(rq, 's.unit_path'),
    root && under('s.unit_path', root.path),
    sql`s.cycle_id = ${cycle.id} AND s.kind = ${s.kind} AND s.label = ${label}`,
    s.level !== undefined && sql`s.level = ${s.level}`,
    s.star && sql`${s.star} = ANY (s.stars)`,
  ]);
  const { count } = await rq.db.one<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM standings s WHERE ${where}`,
  );
  const rows = await rq.db.many<StandingItem>(sql`
    SELECT s.unit_id AS "unitId", u.name AS "unitName", u.parent_id AS "parentId", coalesce(p.name, '') AS "parentName", u.scheme,
      s.kind, s.label, s.level, s.total, s.result, s.computed_at AS "computedAt"
    FROM standings s JOIN units u ON u.id = s.unit_id LEFT JOIN units p ON p.id = u.parent_id WHERE ${where}
    ORDER BY s.unit_path LIMIT ${s.limit} OFFSET ${s.offset}`);
  const names = new Map((await standardsOf(rq, cycle)).flatMap((st) => st.stars.map((star) => [star.id, star.name])));
  const items = rows.map(({ result, ...row }) => ({
    ...row,
    missing: result.missing,
    stars: result.stars.map(({ id, points, pass, held, vetoed }) => ({
      id,
      points,
      pass,
      held,
      vetoed,
      name: names.get(id) ?? { zh: id },
    })),
  }));
  return { items, total: count, sample: cycle.data.sample };
}

interface StandingItem {
  readonly unitId: number;
  readonly unitName: string;
  readonly parentId: number | null;
  readonly parentName: string;
  readonly scheme: string;
  readonly kind: 'live';
  readonly label: string;
  readonly level: number;
  readonly total: number;
  readonly result: {
    readonly missing: number;
    readonly stars: readonly { id: string; points: number; pass: number; held: boolean; vetoed: boolean }[];
  };
  readonly computedAt: Date;
}
