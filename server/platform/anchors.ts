import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Database } from './db/database.ts';
import { sql } from './db/sql.ts';
import type { Anchor } from './verify.ts';

/**
 * The newest seal, noted outside the database now and then: whoever cuts rows, links and seals off the end of the
 * journal leaves a chain that is right in itself, and only a note kept elsewhere shows that it was longer. Copy the file
 * to another machine for more than that.
 */
export const anchorFile = (dataFolder: string) => join(dataFolder, 'journal-seals.log');

export function readAnchors(file: string): Anchor[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [at, id, hash] = line.trim().split(' ');
      return at && id && hash && /^[0-9a-f]{64}$/.test(hash) ? [{ at, sealId: Number(id), hash }] : [];
    });
}

/** Notes the newest seal, if it is not the one noted last. */
export async function noteAnchor(database: Database, file: string, now: Date): Promise<void> {
  const seal = await database.owner((tx) =>
    tx.find<{ id: number; hash: string }>(sql`SELECT id, hash FROM journal_seals ORDER BY id DESC LIMIT 1`),
  );
  if (!seal || readAnchors(file).at(-1)?.sealId === seal.id) return;
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${now.toISOString()} ${seal.id} ${seal.hash}\n`, { mode: 0o600 });
}

/** A restored backup is an earlier state on purpose: its notes begin anew, the former ones are kept beside. */
export function setAnchorsAside(file: string, now: Date): void {
  if (existsSync(file)) renameSync(file, `${file}.until-${now.toISOString().replace(/\D/g, '').slice(0, 14)}`);
}
