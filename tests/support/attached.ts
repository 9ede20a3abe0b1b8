import { randomUUID } from 'node:crypto';
import { sql } from '../../server/platform/db/sql.ts';
import type { World } from './world.ts';

/** A picture that is attached to a case, as if somebody had uploaded it. */
export function attachTo(world: World, caseId: string): Promise<void> {
  return world.asSystem(async (rq) => {
    const hash = randomUUID();
    await rq.db.run(sql`INSERT INTO files (hash, media, bytes, stored_at) VALUES (${hash}, 'image/png', 1, ${rq.now})`);
    await rq.db
      .run(sql`INSERT INTO evidence (id, file_hash, subject_kind, subject_id, unit_id, unit_path, title, added_at)
      SELECT ${randomUUID()}, ${hash}, 'case', ${caseId}, c.unit_id, c.unit_path, '照片', ${rq.now} FROM cases c WHERE c.id = ${caseId}`);
  });
}
