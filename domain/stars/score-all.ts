// Who is compared with whom. A `rank` rule looks at units of the same scheme in the same township, county or everywhere;
// the rank of results is computed within one scheme and one stated peer group.
import type { Result } from './result.ts';
import { readValue, standingsWithin } from './rules-of-points.ts';
import type { Standing } from './rules-of-points.ts';
import { scalarsOf, score } from './score.ts';
import type { UnitValues } from './score.ts';
import { criteriaOf } from './standard-shape.ts';
import type { Standard } from './standard-shape.ts';

export type PeerScope = 'township' | 'county' | 'all';

/** A unit as the ranking needs it. Township names repeat between counties, so a township is known by both. */
export type PlacedUnit = { township?: string; county?: string; scheme?: string };

export function peerGroup(scope: PeerScope, unit: PlacedUnit): string {
  if (scope === 'all') return '';
  if (scope === 'county') return unit.county ?? '';
  return `${unit.county ?? ''}\u0000${unit.township ?? ''}`;
}

export type ScoredUnit = { result: Result; rank: number };

/**
 * Scores every unit and ranks them. All units must have the standard's scheme (a unit without a scheme is taken as having
 * it). `rankWithin` is the peer group of the rank; the `rank` rules name their own. The order of the input is kept.
 */
export function scoreAll(
  standard: Standard,
  units: readonly (UnitValues & PlacedUnit)[],
  rankWithin: PeerScope = 'all',
): ScoredUnit[] {
  const foreign = units.find((unit) => unit.scheme !== undefined && unit.scheme !== standard.scheme);
  if (foreign)
    throw new Error(`unit ${foreign.unit} has scheme ${foreign.scheme}, the standard is for ${standard.scheme}`);
  const standings = standingsOf(standard, units);
  const results = units.map((unit, index) => score(standard, unit, standings[index]));
  const ranks = rankAll(standard, results, (index) => peerGroup(rankWithin, units[index] ?? {}));
  return results.map((result, index) => ({ result, rank: ranks[index] ?? 0 }));
}

/** For each unit, its standing under every `rank` criterion it has a readable value for. */
export function standingsOf(
  standard: Standard,
  units: readonly (UnitValues & PlacedUnit)[],
): Record<string, Standing>[] {
  const standings: Record<string, Standing>[] = units.map(() => ({}));
  for (const { criterion } of criteriaOf(standard)) {
    const { rule, id } = criterion;
    if (rule.type !== 'rank') continue;
    const values = units.map((unit) => {
      const reading = readValue(rule, scalarsOf(unit.values[id]));
      return reading.ok && reading.measured.kind === 'number' ? reading.measured.value : null;
    });
    standingsWithin(values, (index) => peerGroup(rule.peers, units[index] ?? {}), rule.lower).forEach(
      (standing, index) => {
        const own = standings[index];
        if (own && standing) own[id] = standing;
      },
    );
  }
  return standings;
}

/**
 * Ranks results within their groups: level, then total, then the standard's tie-breakers, higher first. Equals share a
 * rank and the next is skipped (1, 2, 2, 4). Returns ranks in the order of the results.
 */
export function rankAll(
  standard: Standard,
  results: readonly Result[],
  groupOf: (index: number) => string = () => '',
): number[] {
  const keys = results.map((result) => {
    const points = new Map(result.stars.flatMap((star) => star.criteria.map((one) => [one.id, one.points] as const)));
    return [result.level, result.total, ...standard.tieBreakers.map((id) => points.get(id) ?? 0)];
  });
  const groups = new Map<string, number[]>();
  results.forEach((_, index) => {
    const group = groups.get(groupOf(index)) ?? [];
    group.push(index);
    groups.set(groupOf(index), group);
  });
  const ranks = results.map(() => 0);
  for (const group of groups.values()) {
    group.sort((a, b) => compareKeys(keys[b] ?? [], keys[a] ?? []));
    group.forEach((index, at) => {
      const before = group[at - 1];
      const tied = before !== undefined && compareKeys(keys[before] ?? [], keys[index] ?? []) === 0;
      ranks[index] = tied ? (ranks[before] ?? 0) : at + 1;
    });
  }
  return ranks;
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < a.length; at += 1) {
    const order = (a[at] ?? 0) - (b[at] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}
