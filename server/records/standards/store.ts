import type { StandardItem } from '../../../domain/records/standards/index.ts';
import type { Standard } from '../../../domain/stars/standard.ts';
import { all, json, sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';

const head = sql`s.id, s.version, s.scheme, s.title, s.sample, s.state, s.effective_from AS "effectiveFrom",
  s.effective_to AS "effectiveTo", s.published_at AS "publishedAt"`;

export interface StandardRow extends StandardItem {
  readonly body: Standard;
  readonly sourceText: string;
}

export async function listStandards(
  rq: Rq,
  s: { state?: string | undefined; scheme?: string | undefined; limit: number; offset: number },
): Promise<{ items: StandardItem[]; total: number }> {
  const where = all([s.state && sql`s.state = ${s.state}`, s.scheme && sql`s.scheme = ${s.scheme}`]);
  const { count } = await rq.db.one<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM standards s WHERE ${where}`,
  );
  const items = await rq.db.many<StandardItem>(sql`
    SELECT ${head} FROM standards s WHERE ${where}
    ORDER BY s.scheme, s.id, s.effective_from DESC, s.version DESC LIMIT ${s.limit} OFFSET ${s.offset}`);
  return { items, total: count };
}

export function findStandardRow(rq: Rq, id: string, version: string): Promise<StandardRow | undefined> {
  return rq.db.find<StandardRow>(sql`
    SELECT ${head}, s.body, s.source_text AS "sourceText" FROM standards s WHERE s.id = ${id} AND s.version = ${version}`);
}

export async function upsertDraft(rq: Rq, body: Standard, sourceText: string): Promise<void> {
  await rq.db.run(sql`
    INSERT INTO standards (id, version, scheme, title, sample, effective_from, effective_to, body, source_text)
    VALUES (${body.id}, ${body.version}, ${body.scheme}, ${json(body.title)}::jsonb, ${body.sample},
      ${body.effective.from}, ${body.effective.to}, ${json(body)}::jsonb, ${sourceText})
    ON CONFLICT (id, version) DO UPDATE SET scheme = excluded.scheme, title = excluded.title, sample = excluded.sample,
      effective_from = excluded.effective_from, effective_to = excluded.effective_to, body = excluded.body,
      source_text = excluded.source_text WHERE standards.state = 'draft'`);
}

export async function updateState(rq: Rq, id: string, version: string, state: string): Promise<void> {
  await rq.db.run(sql`UPDATE standards SET state = ${state},
    published_at = CASE WHEN ${state} = 'published' THEN ${rq.now}::timestamptz ELSE published_at END
    WHERE id = ${id} AND version = ${version}`);
}

/** Running cycles that are judged by this version. */
export async function countRunningCycles(rq: Rq, id: string, version: string): Promise<number> {
  const ref = json({ id, version });
  const { count } = await rq.db.one<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM cases WHERE type = 'cycle' AND closed_at IS NULL
      AND (data #> '{standards,rural}' = ${ref}::jsonb OR data #> '{standards,urban}' = ${ref}::jsonb)`);
  return count;
}
