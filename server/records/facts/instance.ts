import { sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { catalogueKeys } from './sql-parts.ts';

// Numbers that the instance sets for all of its units: how long its catalogues are and how many stars its standard has.

/** How many items of a catalogue there are, of those whose key begins so. */
export async function itemsOf(rq: Rq, name: string, prefix = ''): Promise<number> {
  const { count } = await rq.db.one<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM jsonb_array_elements_text(${catalogueKeys(name)}) AS i (key) WHERE key ^@ ${prefix}::text`);
  return count;
}

/** How many stars the standard of the scheme in force on the day has; null where none is. */
export async function starsOf(rq: Rq, scheme: 'rural' | 'urban', day: string): Promise<number | null> {
  const found = await rq.db.many<{ stars: number }>(sql`
    SELECT jsonb_array_length(s.body -> 'stars') AS stars FROM standards s
    WHERE s.scheme = ${scheme} AND s.state <> 'draft' AND s.published_at IS NOT NULL AND s.effective_from <= ${day}::date
      AND (s.effective_to IS NULL OR s.effective_to >= ${day}::date) AND s.state = 'published'
    ORDER BY s.effective_from DESC, s.version DESC LIMIT 1`);
  return found[0]?.stars ?? null;
}
