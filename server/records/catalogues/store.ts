import type { Item } from '../../../domain/records/catalogues/index.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';

export interface CatalogueRow {
  readonly name: string;
  readonly items: readonly Item[];
  readonly document: string;
  readonly changedAt: Date;
  readonly version: number;
}

/** What the instance has set; every other catalogue stands as it is declared. */
export function listSet(rq: Rq, names?: readonly string[]): Promise<CatalogueRow[]> {
  const of = names ? sql`WHERE name = ANY (${[...names]}::text[])` : sql``;
  return rq.db.many<CatalogueRow>(sql`
    SELECT name, items, document, changed_at AS "changedAt", version FROM catalogues ${of} ORDER BY name LIMIT 200`);
}

/** False when somebody else was faster. */
export async function keepSet(
  rq: Rq,
  set: { readonly name: string; readonly items: readonly Item[]; readonly document: string; readonly version: number },
): Promise<boolean> {
  const written = await rq.db.many(sql`
    INSERT INTO catalogues AS c (name, items, document, changed_at, version)
    VALUES (${set.name}, ${JSON.stringify(set.items)}::jsonb, ${set.document}, ${rq.now}, 1)
    ON CONFLICT (name) DO UPDATE SET items = excluded.items, document = excluded.document,
      changed_at = excluded.changed_at, version = c.version + 1 WHERE c.version = ${set.version}
    RETURNING name`);
  return written.length === 1;
}
