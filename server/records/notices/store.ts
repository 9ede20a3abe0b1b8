import { json, all, sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';

export interface NoticeRow {
  readonly id: string;
  readonly kind: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly params: Record<string, string | number>;
  readonly at: Date;
  readonly readAt: Date | null;
}

/** One statement for any number of readers. */
export async function insertNotices(
  rq: Rq,
  rows: readonly { id: string; personId: string }[],
  n: { kind: string; subjectKind: string; subjectId: string; params: unknown },
): Promise<void> {
  await rq.db.run(sql`INSERT INTO notices (id, person_id, kind, subject_kind, subject_id, params, at)
    SELECT id, person_id, ${n.kind}, ${n.subjectKind}, ${n.subjectId}, ${json(n.params)}::jsonb, ${rq.now}
    FROM unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.personId)}::uuid[]) AS r (id, person_id)`);
}

export async function listNotices(rq: Rq, personId: string, q: { unread?: boolean; limit: number; offset: number }) {
  const where = all([sql`person_id = ${personId}`, q.unread === true && sql`read_at IS NULL`]);
  const items = await rq.db.many<NoticeRow>(sql`
    SELECT id, kind, subject_kind AS "subjectKind", subject_id AS "subjectId", params, at, read_at AS "readAt"
    FROM notices WHERE ${where} ORDER BY at DESC, id LIMIT ${q.limit} OFFSET ${q.offset}`);
  const counts = await rq.db.one<{ total: number; unread: number }>(sql`
    SELECT count(*)::int AS total, count(*) FILTER (WHERE read_at IS NULL)::int AS unread
    FROM notices WHERE person_id = ${personId}`);
  return { items, total: q.unread === true ? counts.unread : counts.total, unread: counts.unread };
}

export function markRead(rq: Rq, personId: string, ids: readonly string[] | undefined): Promise<number> {
  return rq.db.run(
    sql`UPDATE notices SET read_at = ${rq.now} WHERE ${all([
      sql`person_id = ${personId}`,
      sql`read_at IS NULL`,
      ids !== undefined && sql`id = ANY (${[...ids]}::uuid[])`,
    ])}`,
  );
}

export async function countUnread(rq: Rq): Promise<number> {
  const { n } = await rq.db.one<{ n: number }>(sql`
    SELECT count(*)::int AS n FROM notices WHERE person_id = ${rq.actor.personId}::uuid AND read_at IS NULL`);
  return n;
}
