import type { Criterion, Star } from '../../../domain/stars/standard.ts';
import { sql, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { comparesShares, ruleWords } from '../../records/standards/index.ts';

export interface Proof {
  readonly id: string;
  readonly item: string;
  readonly title: string;
  readonly takenOn: string | null;
  readonly sameAs: number;
}

/**
 * Evidence of a unit by criterion, with how many other files are the same picture or nearly so. The hint is for the
 * reviewer's eyes; nothing is decided by it.
 */
export async function proofsOf(rq: Rq, unitId: number): Promise<Map<string, Proof[]>> {
  const rows = await rq.db.many<Proof>(sql`
    SELECT e.id, e.item, e.title, e.taken_on AS "takenOn", (
      SELECT count(*) FROM evidence o JOIN files of ON of.hash = o.file_hash
      WHERE o.id <> e.id AND o.removed_at IS NULL AND (o.file_hash = e.file_hash
        OR (f.picture_hash IS NOT NULL AND of.picture_hash = f.picture_hash)))::int AS "sameAs"
    FROM evidence e JOIN files f ON f.hash = e.file_hash
    WHERE ${visible(rq, 'e.unit_path')} AND e.unit_id = ${unitId} AND e.item IS NOT NULL AND e.removed_at IS NULL
    ORDER BY e.added_at LIMIT 1000`);
  const byItem = new Map<string, Proof[]>();
  for (const row of rows) byItem.set(row.item, [...(byItem.get(row.item) ?? []), row]);
  return byItem;
}

/** What every page shows of a criterion before anything is said about its value. */
export function headOf(star: Star, criterion: Criterion, points: number) {
  return {
    id: criterion.id,
    star: star.id,
    text: criterion.text,
    full: criterion.points,
    points,
    rule: ruleWords(criterion),
    valueKind: criterion.value.kind,
    key: criterion.value.key,
    share: comparesShares(criterion),
  };
}

/** Why the criterion asks for a file; null when none is asked for, which is the rule. */
export function evidenceAsked(criterion: Criterion): string | null {
  const { ask, reason } = criterion.evidence;
  if (!ask) return null;
  return typeof reason === 'string' ? reason : (reason?.zh ?? '');
}

export function shownValue(value: string | readonly string[] | undefined): string | null {
  if (value === undefined) return null;
  return typeof value === 'string' ? value : value.join(' · ');
}
