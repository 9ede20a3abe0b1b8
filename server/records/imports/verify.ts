import { sql } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/database.ts';
import { digestOf } from './fact-rows.ts';

export interface BrokenImport {
  readonly jobId: string;
  readonly journalUid: string;
}

/**
 * Computes the digest of every imported batch again from the facts themselves and names the batches where it differs
 * from what the journal says: a value that was changed, removed or slipped in behind the application's back.
 */
export async function verifyImports(tx: Tx): Promise<BrokenImport[]> {
  const entries = await tx.many<{
    uid: string;
    jobId: string;
    after: { rows: number; first: string; last: string; digest: string };
  }>(sql`SELECT uid, subject_id AS "jobId", after FROM journal WHERE verb = 'facts.import' ORDER BY id`);
  const broken: BrokenImport[] = [];
  for (const jobId of new Set(entries.map((e) => e.jobId))) {
    const said = entries.filter((e) => e.jobId === jobId);
    const rows = await tx.many<{
      id: string;
      metric: string;
      unitId: number;
      period: string;
      value: string;
      asOf: string;
      source: string;
    }>(
      sql`SELECT id::text, metric, unit_id AS "unitId", period, trim_scale(value)::text AS value, as_of AS "asOf", source
        FROM facts WHERE import_id = ${jobId}::uuid ORDER BY seq`,
    );
    let at = 0;
    for (const e of said) {
      const batch = rows.slice(at, at + e.after.rows);
      at += e.after.rows;
      if (digestOf(batch) !== e.after.digest) broken.push({ jobId, journalUid: e.uid });
    }
    if (at !== rows.length) broken.push({ jobId, journalUid: said.at(-1)!.uid });
  }
  return broken;
}
