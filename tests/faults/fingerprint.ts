import type { Database } from '../../server/platform/db/database.ts';
import { join, raw, sql } from '../../server/platform/db/sql.ts';

/** Columns that a refused request may still move: counting failures and last use is their purpose. */
const moving: Readonly<Record<string, readonly string[]>> = {
  sessions: ['last_seen_at'],
  users: ['failures', 'locked_until'],
};
/** A refused log-in is itself a record. */
const apart: Readonly<Record<string, string>> = { journal: "verb <> 'session.refused'" };

/** A row without what may move, as JSON, and which rows count. */
export function still(table: string): { row: string; where: string } {
  return {
    row: `to_jsonb(t)${(moving[table] ?? []).map((c) => ` - '${c}'`).join('')}`,
    where: apart[table] ?? 'TRUE',
  };
}

/** One digest per table over all of its rows: two equal ones mean that nothing was written in between. */
export async function fingerprint(database: Database): Promise<Map<string, string>> {
  return database.owner(async (tx) => {
    const tables = await tx.many<{ name: string }>(sql`
      SELECT c.relname AS name FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY c.relname`);
    const parts = tables.map(({ name }) => {
      const { row, where } = still(name);
      return sql`SELECT ${name} AS name, md5(coalesce(string_agg((${raw(row)})::text, '' ORDER BY (${raw(row)})::text), ''))
        || count(*) AS digest FROM ${raw(name)} t WHERE ${raw(where)}`;
    });
    const rows = await tx.many<{ name: string; digest: string }>(sql`${join(parts, ' UNION ALL ')}`);
    return new Map(rows.map((r) => [r.name, r.digest]));
  });
}

export function changedTables(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...after].filter(([name, digest]) => before.get(name) !== digest).map(([name]) => name);
}
