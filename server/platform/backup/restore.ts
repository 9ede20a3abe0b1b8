import type { Database, Pool, Tx } from '../db/database.ts';
import { listMigrations, migrate, type Migration } from '../db/migrate.ts';
import { join, raw, sql } from '../db/sql.ts';
import type { FileStore } from '../files/index.ts';
import { type Verdict, verifyJournal } from '../verify.ts';
import { readArchive } from './archive.ts';
import type { Manifest } from './manifest.ts';
import { listColumns, listTables, quoted, setTextForm } from './write.ts';

export interface RestoreOptions {
  readonly file: string;
  readonly manifest: Manifest;
  readonly files: FileStore;
  readonly progress?: (done: number, total: number) => void;
}

export interface RestoreReport {
  readonly rows: number;
  readonly files: number;
  readonly verdict: Verdict;
}

/** The target is not empty, or the backup does not fit this version: nothing was written. */
export interface RestoreRefused extends Error {
  readonly restoreRefused: true;
}

export function isRestoreRefused(error: unknown): error is RestoreRefused {
  return error instanceof Error && 'restoreRefused' in error;
}

function refuseRestore(message: string): RestoreRefused {
  return Object.assign(new Error(message), { restoreRefused: true as const });
}

/** The migrations that the backed-up database had, as this program has them. */
function migrationsOf(manifest: Manifest): Migration[] {
  const known = new Map(listMigrations().map((m) => [m.name, m]));
  return manifest.migrations.map(({ name, hash }) => {
    const migration = known.get(name);
    if (!migration)
      throw refuseRestore(`The backup was made by a newer version (${manifest.version}): it knows ${name}.`);
    if (migration.hash !== hash) throw refuseRestore(`The backup was made with another ${name} than this version has.`);
    return migration;
  });
}

/** Refuses when anything of an instance stands in the target, or its schema is ahead of the backup's. */
async function mustBeEmpty(tx: Tx, manifest: Manifest): Promise<void> {
  const there = new Set((await listTables(tx)).map((t) => t.name));
  for (const name of ['instance', 'units', 'people', 'users', 'journal', 'cases', 'facts'])
    if (there.has(name) && (await tx.find(sql`SELECT 1 FROM ${quoted(name)} LIMIT 1`)))
      throw refuseRestore(`The database is not empty: there are rows in ${name}. Restore into a fresh one.`);
  const { rel } = await tx.one<{ rel: string | null }>(
    sql`SELECT to_regclass('public.schema_migrations')::text AS rel`,
  );
  if (rel === null) {
    if (there.size > 0) throw refuseRestore('The database holds tables of something else. Restore into a fresh one.');
    return;
  }
  const had = new Set(manifest.migrations.map((m) => m.name));
  const applied = await tx.many<{ name: string }>(sql`SELECT name FROM schema_migrations`);
  const ahead = applied.filter((m) => !had.has(m.name));
  if (ahead.length > 0)
    throw refuseRestore(
      `The database's schema is ahead of the backup's (${ahead.map((m) => m.name).join(', ')}). Restore into a fresh one; it is brought forward afterwards.`,
    );
}

interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

/** Rows come table by table, so references are taken away first and made again, and thereby checked, at the end. */
async function dropForeignKeys(tx: Tx): Promise<ForeignKey[]> {
  const keys = await tx.many<ForeignKey>(sql`SELECT conrelid::regclass::text AS table, quote_ident(conname) AS name,
      pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conparentid = 0 ORDER BY 1, 2`);
  for (const k of keys) await tx.run(sql`ALTER TABLE ${raw(k.table)} DROP CONSTRAINT ${raw(k.name)}`);
  return keys;
}

async function loadPart(tx: Tx, table: Manifest['tables'][number], bytes: Buffer): Promise<number> {
  const rows = `[${bytes.toString('utf8').trimEnd().split('\n').join(',')}]`;
  const columns = join(table.columns.map((c) => quoted(c.name)));
  const values = join(table.columns.map((c, i) => sql`(r ->> ${raw(String(i))})::${raw(c.type)}`));
  return tx.run(sql`INSERT INTO ${quoted(table.name)} (${columns}) OVERRIDING SYSTEM VALUE
    SELECT ${values} FROM json_array_elements(${rows}::json) AS r`);
}

/** Names and types go into statements, so they are taken from the database and only compared with the manifest. */
async function checkTables(tx: Tx, manifest: Manifest): Promise<void> {
  const here = new Map<string, string>();
  for (const { name } of await listTables(tx)) here.set(name, JSON.stringify(await listColumns(tx, name)));
  for (const table of manifest.tables)
    if (here.get(table.name) !== JSON.stringify(table.columns))
      throw refuseRestore(`The table ${table.name} of the backup is not the one this version makes.`);
  if (here.size !== manifest.tables.length) throw refuseRestore('The backup does not hold all tables.');
}

async function loadAll(tx: Tx, options: RestoreOptions): Promise<RestoreReport> {
  const { manifest } = options;
  await tx.run(sql`SET LOCAL statement_timeout = 0`);
  await setTextForm(tx);
  await mustBeEmpty(tx, manifest);
  await checkTables(tx, manifest);
  const keys = await dropForeignKeys(tx);
  for (const { name } of manifest.tables) {
    await tx.run(sql`ALTER TABLE ${quoted(name)} DISABLE TRIGGER USER`);
    // What the migrations themselves had put in comes with the backup.
    await tx.run(sql`DELETE FROM ${quoted(name)}`);
  }
  const tableOf = new Map(manifest.tables.flatMap((t) => t.parts.map((part) => [part, t] as const)));
  const loaded = new Map<string, number>();
  const total = manifest.tables.reduce((sum, t) => sum + t.rows, 0);
  let rows = 0;
  let files = 0;
  for await (const entry of readArchive(options.file)) {
    const table = tableOf.get(entry.name);
    if (table) {
      const count = await loadPart(tx, table, entry.bytes);
      loaded.set(table.name, (loaded.get(table.name) ?? 0) + count);
      rows += count;
      options.progress?.(rows, total);
    } else if (entry.name.startsWith('files/')) {
      const hash = await options.files.put(entry.bytes);
      if (`files/${hash}` !== entry.name) throw new Error(`${entry.name} of the backup has another content.`);
      files++;
    }
  }
  for (const t of manifest.tables)
    if ((loaded.get(t.name) ?? 0) !== t.rows) throw new Error(`Not all rows of ${t.name} arrived.`);
  for (const { name } of manifest.tables) await tx.run(sql`ALTER TABLE ${quoted(name)} ENABLE TRIGGER USER`);
  for (const k of keys)
    await tx.run(sql`ALTER TABLE ${raw(k.table)} ADD CONSTRAINT ${raw(k.name)} ${raw(k.definition)}`);
  for (const s of manifest.sequences)
    if (s.last !== null) await tx.many(sql`SELECT setval(quote_ident(${s.name})::regclass, ${s.last}::bigint)`);
  return { rows, files, verdict: await verifyJournal(tx) };
}

/**
 * Puts a backup into an empty database, of whichever kind, in one transaction: all of it or nothing. The schema is first
 * made as it was when the backup was taken and afterwards brought forward to this version.
 */
export async function restoreBackup(
  database: Database,
  ownerPool: Pool,
  options: RestoreOptions,
): Promise<RestoreReport> {
  const migrations = migrationsOf(options.manifest);
  await database.owner((tx) => mustBeEmpty(tx, options.manifest));
  await migrate(ownerPool, { migrations });
  const report = await database.owner((tx) => loadAll(tx, options));
  await migrate(ownerPool);
  await database.maintain('ANALYZE');
  return report;
}
