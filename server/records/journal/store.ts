import type { journal } from '../../../domain/records/journal/index.ts';
import { type JournalEntry } from '../../../domain/records/journal/index.ts';
import type { z } from 'zod';
import { all, join, likeText, sql, type Sql, under, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';

export type Filters = z.output<typeof journal.list.query> & { underPath: string | undefined };

/** Seeing a unit is not yet reading its journal: only the subtrees where the actor holds that very right. */
function granted(rq: Rq): Sql {
  const paths = rq.actor.grants.filter((g) => g.verb === 'journal.read').map((g) => g.path);
  if (paths.length === 0) return sql`FALSE`;
  return sql`(${join(
    [...new Set(paths)].map((path) => under('j.unit_path', path)),
    ' OR ',
  )})`;
}

/** Days are days in China, whatever the server's clock says. */
const startOf = (day: string) => sql`${`${day}T00:00:00+08:00`}::timestamptz`;

export async function listEntries(rq: Rq, f: Filters): Promise<{ items: JournalEntry[]; next: number | null }> {
  const where = all([
    visible(rq, 'j.unit_path'),
    granted(rq),
    f.underPath !== undefined && under('j.unit_path', f.underPath),
    f.kind && sql`j.subject_kind = ${f.kind}`,
    f.subject && sql`j.subject_id = ${f.subject}`,
    f.verb && (f.verb.endsWith('.') ? sql`j.verb LIKE ${`${likeText(f.verb)}%`}` : sql`j.verb = ${f.verb}`),
    f.user && sql`j.user_id = ${f.user}`,
    f.actor && sql`j.actor_name LIKE ${`%${likeText(f.actor)}%`}`,
    f.from && sql`j.at >= ${startOf(f.from)}`,
    f.to && sql`j.at < ${startOf(f.to)} + interval '1 day'`,
    f.before !== undefined && sql`j.id < ${f.before}`,
  ]);
  const rows = await rq.db.many<JournalEntry>(sql`
    SELECT j.id, j.at, j.user_id AS "userId", j.actor_name AS "actorName", j.verb, j.subject_kind AS "subjectKind",
      j.subject_id AS "subjectId", j.unit_path AS "unitPath", u.id AS "unitId", u.name AS "unitName", j.before, j.after,
      EXISTS (SELECT 1 FROM journal_links l WHERE l.journal_id = j.id) AS sealed
    FROM journal j LEFT JOIN units u ON u.unit_path = j.unit_path
    WHERE ${where} ORDER BY j.id DESC LIMIT ${f.limit + 1}`);
  const items = rows.slice(0, f.limit);
  return { items, next: rows.length > f.limit ? items.at(-1)!.id : null };
}

/** What happened to one record, newest first. How somebody signs in is nobody's timeline. */
export function listTimeline(
  rq: Rq,
  kind: string,
  id: string,
  limit: number,
): Promise<(JournalEntry & { open: boolean })[]> {
  return rq.db.many(sql`
    SELECT j.id, j.at, j.actor_name AS "actorName", j.verb, j.before, j.after, ${granted(rq)} AS open
    FROM journal j WHERE j.subject_kind = ${kind} AND j.subject_id = ${id} AND ${visible(rq, 'j.unit_path')}
      AND (j.subject_kind NOT IN ('user', 'instance') OR ${granted(rq)})
    ORDER BY j.id DESC LIMIT ${limit}`);
}
