import { PGlite } from '@electric-sql/pglite';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { listMigrations } from '../../server/platform/db/migrate.ts';
import { inRoot } from '../../server/platform/paths.ts';

function imageFile(): string {
  const hash = createHash('sha256');
  for (const m of listMigrations()) hash.update(m.hash);
  return inRoot('.cache', `embedded-${hash.digest('hex').slice(0, 16)}.tar`);
}

/** A migrated, empty embedded database, made once per state of the migrations: each test file loads its own copy. */
export async function makeEmbeddedImage(): Promise<void> {
  const file = imageFile();
  if (existsSync(file)) return;
  const db = await PGlite.create();
  await db.exec(
    'CREATE TABLE schema_migrations (name text PRIMARY KEY, hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
  );
  for (const m of listMigrations()) {
    await db.exec(m.text);
    await db.query('INSERT INTO schema_migrations (name, hash) VALUES ($1, $2)', [m.name, m.hash]);
  }
  const image = await db.dumpDataDir('none');
  await db.close();
  mkdirSync(inRoot('.cache'), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, Buffer.from(await image.arrayBuffer()));
  renameSync(`${file}.${process.pid}`, file);
}

export function embeddedImage(): Uint8Array {
  return readFileSync(imageFile());
}
