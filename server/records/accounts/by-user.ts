import type { Database } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Actor } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { grantsOf, listRolesOf } from './actors.ts';

/** Somebody who is not sending a request now (their job runs), with the duties of today; null when the account is closed. */
export function actorOfUser(database: Database, userId: string, now: Date): Promise<Actor | null> {
  return database.read([''], async (tx) => {
    const row = await tx.find<{ personId: string; name: string }>(sql`
      SELECT p.id AS "personId", p.name FROM users u JOIN people p ON p.id = u.person_id
      WHERE u.id = ${userId} AND u.disabled_at IS NULL`);
    if (!row) return null;
    const grants = grantsOf(await listRolesOf(tx, row.personId, dayOf(now)));
    const paths = [...new Set(grants.map((g) => g.path))];
    const scopes = paths.filter((p) => !paths.some((other) => other !== p && p.startsWith(other)));
    return { userId, ...row, grants, scopes };
  });
}
