import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from './database.ts';
import { inRoot } from '../paths.ts';

export interface Migration {
  readonly name: string;
  readonly text: string;
  readonly hash: string;
}

export function listMigrations(folder = inRoot('server', 'migrations')): Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name))
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      return { name, text, hash: createHash('sha256').update(text).digest('hex') };
    });
}

/** Any number that only this program uses as an advisory lock. */
const lock = 0x77757869;

/**
 * Brings the schema forward from whatever state it is in. Several processes may start at once: an advisory lock lets one
 * work while the others wait and then find nothing left to do. Each file is one transaction. A file that was changed
 * after it ran is an error, because the databases out there already hold the old one.
 */
export async function migrate(
  pool: Pool,
  options: { migrations?: Migration[]; progress?: (done: number, total: number, name: string) => void } = {},
): Promise<string[]> {
  const migrations = options.migrations ?? listMigrations();
  const connection = await pool.acquire();
  connection.scopes = null;
  const applied: string[] = [];
  try {
    // Waiting for another process and building an index may take longer than any request may.
    await connection.script('RESET ROLE; SET statement_timeout = 0');
    await connection.query('SELECT pg_advisory_lock($1)', [lock]);
    try {
      await connection.script(`CREATE TABLE IF NOT EXISTS schema_migrations (
        name text PRIMARY KEY, hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`);
      const { rows } = await connection.query('SELECT name, hash FROM schema_migrations', []);
      const known = new Map((rows as { name: string; hash: string }[]).map((r) => [r.name, r.hash]));
      for (const [i, m] of migrations.entries()) {
        const hash = known.get(m.name);
        if (hash === m.hash) continue;
        if (hash !== undefined) throw new Error(`Migration ${m.name} was changed after it had been applied.`);
        await applyOne(connection, m);
        applied.push(m.name);
        options.progress?.(i + 1, migrations.length, m.name);
      }
    } finally {
      await connection.query('SELECT pg_advisory_unlock($1)', [lock]);
    }
    return applied;
  } finally {
    pool.release(connection);
  }
}

async function applyOne(connection: Awaited<ReturnType<Pool['acquire']>>, m: Migration): Promise<void> {
  await connection.script('BEGIN');
  try {
    await connection.script(m.text);
    await connection.query('INSERT INTO schema_migrations (name, hash) VALUES ($1, $2)', [m.name, m.hash]);
    await connection.script('COMMIT');
  } catch (error) {
    await connection.script('ROLLBACK');
    throw new Error(`Migration ${m.name} failed: ${(error as Error).message}`, { cause: error });
  }
}
