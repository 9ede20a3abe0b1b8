import type { Publication } from '../../../domain/records/publications/index.ts';
import { all, empty, json, join, sql, type Sql, under, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';

export interface PublicationRow extends Omit<Publication, 'publishedAt'> {
  readonly unitPath: string;
  readonly publishedAt: Date | null;
}

const head = sql`p.id, p.kind, p.unit_id AS "unitId", coalesce(u.name, publisher_name(p.id)) AS "unitName", p.unit_path AS "unitPath",
  p.title, p.audience, p.version, p.replaces, (SELECT n.id FROM publications n WHERE n.replaces = p.id LIMIT 1) AS "replacedBy",
  p.published_at AS "publishedAt", p.closes_on AS "closesOn", p.case_id AS "caseId"`;
// A visitor sees a published text but not the tree of units, so the publisher's name comes with the text.
const from = sql`FROM publications p LEFT JOIN units u ON u.id = p.unit_id`;

const forEveryone = sql`(p.audience = 'public' AND p.published_at IS NOT NULL)`;

/** Own units' publications, what is public, and what units above have opened to those below. */
function readable(rq: Rq): Sql {
  const chain = [
    ...new Set(rq.actor.scopes.flatMap((s) => [...s.matchAll(/\./g)].map((dot) => s.slice(0, dot.index + 1)))),
  ];
  const below = sql`(p.audience = 'below' AND p.published_at IS NOT NULL AND p.unit_path = ANY (${chain}::text[]))`;
  return sql`(${join([visible(rq, 'p.unit_path'), forEveryone, below], ' OR ')})`;
}

export interface PublicationSearch {
  readonly underPath?: string | undefined;
  readonly kind?: string | undefined;
  readonly unitId?: number | undefined;
  readonly template?: string | undefined;
  readonly period?: string | undefined;
  /** The bodies come along: only where the caller shows parts of them. */
  readonly bodies?: boolean;
  readonly publicOnly?: boolean;
  readonly limit: number;
  readonly offset?: number | undefined;
}

export async function listPublications(
  rq: Rq,
  s: PublicationSearch,
): Promise<{ items: PublicationRow[]; total: number }> {
  const where = all([
    s.publicOnly ? forEveryone : readable(rq),
    s.underPath !== undefined && under('p.unit_path', s.underPath),
    s.kind && sql`p.kind = ${s.kind}`,
    s.unitId !== undefined && sql`p.unit_id = ${s.unitId}`,
    s.template && sql`p.body ->> 'template' = ${s.template}`,
    s.period && sql`p.body ->> 'period' = ${s.period}`,
  ]);
  const { count } = await rq.db.one<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM publications p WHERE ${where}`,
  );
  const items = await rq.db
    .many<PublicationRow>(sql`SELECT ${head}${s.bodies ? sql`, p.body` : empty} ${from} WHERE ${where}
    ORDER BY p.published_at DESC NULLS FIRST, p.id DESC LIMIT ${s.limit} OFFSET ${s.offset ?? 0}`);
  return { items, total: count };
}

export function findPublication(rq: Rq, id: string, publicOnly = false): Promise<PublicationRow | undefined> {
  return rq.db.find<PublicationRow>(sql`SELECT ${head}, p.body ${from}
    WHERE p.id = ${id} AND ${publicOnly ? forEveryone : readable(rq)}`);
}

export async function insertPublication(
  rq: Rq,
  p: Pick<
    PublicationRow,
    | 'id'
    | 'kind'
    | 'unitId'
    | 'unitPath'
    | 'title'
    | 'audience'
    | 'version'
    | 'replaces'
    | 'closesOn'
    | 'caseId'
    | 'body'
  >,
): Promise<void> {
  await rq.db.run(sql`
    INSERT INTO publications (id, kind, unit_id, unit_path, title, audience, version, replaces, closes_on, case_id, body)
    VALUES (${p.id}, ${p.kind}, ${p.unitId}, ${p.unitPath}, ${p.title}, ${p.audience}, ${p.version}, ${p.replaces}, ${p.closesOn},
      ${p.caseId}, ${json(p.body)}::jsonb)`);
}

export async function setPublished(rq: Rq, id: string): Promise<void> {
  await rq.db.run(sql`UPDATE publications SET published_at = ${rq.now} WHERE id = ${id} AND published_at IS NULL`);
}

export async function setDraft(rq: Rq, id: string, title: string, body: Record<string, unknown>): Promise<void> {
  await rq.db.run(
    sql`UPDATE publications SET title = ${title}, body = ${json(body)}::jsonb WHERE id = ${id} AND published_at IS NULL`,
  );
}
