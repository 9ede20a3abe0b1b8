import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { getUnit } from '../../records/units/index.ts';
import { listLevels, miniOfLevel } from './after/levels.ts';

/** Which branch holds how many stars on a day; derived from the stars in force, never typed in (M007). */
export async function showLevels(
  rq: Rq,
  s: {
    under?: number | undefined;
    level?: number | undefined;
    asOf?: string | undefined;
    limit: number;
    offset: number;
  },
) {
  const root = s.under === undefined ? undefined : await getUnit(rq, s.under);
  const branches = await listLevels(rq, root?.path ?? '', s.asOf ?? dayOf(rq.now));
  const counts: Record<string, number> = {};
  for (const b of branches) counts[b.level] = (counts[b.level] ?? 0) + 1;
  const found = branches.filter((b) => s.level === undefined || b.level === s.level);
  return {
    items: found
      .slice(s.offset, s.offset + s.limit)
      .map((b) => ({ ...miniOfLevel(b), level: b.level, stars: [...b.stars] })),
    total: found.length,
    counts,
  };
}
