import type { Database, Tx } from '../db/database.ts';
import { join, raw, sql } from '../db/sql.ts';
import type { FileStore } from '../files/index.ts';
import { type Anchor, type Verdict, verifyJournal } from '../verify.ts';
import { type ArchiveWriter, writeArchive } from './archive.ts';
import { formatVersion, type Manifest, manifestMac, manifestName } from './manifest.ts';

export interface BackupOptions {
  readonly file: string;
  readonly files: FileStore;
  readonly version: string;
  readonly now: Date;
  readonly anchors?: readonly Anchor[];
  readonly progress?: (done: number, total: number) => void;
}

export interface BackupReport {
  readonly manifest: Manifest;
  readonly verdict: Verdict;
  /** How long other users of an embedded database had to wait. */
  readonly snapshotMs: number;
}

interface Column {
  readonly name: string;
  readonly type: string;
}

/** Values travel as the database's own text; these settings make that text the same everywhere. */
const textForm = `SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'iso_8601';
  SET LOCAL extra_float_digits = 3; SET LOCAL bytea_output = 'hex'`;

export async function setTextForm(tx: Tx): Promise<void> {
  for (const statement of textForm.split(';')) await tx.run(sql`${raw(statement)}`);
}

/** The tables of the program; the list of applied migrations stands in the manifest. */
export function listTables(tx: Tx): Promise<{ name: string; estimate: number }[]> {
  return tx.many(sql`SELECT relname AS name, greatest(reltuples, 0)::bigint AS estimate FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
      AND relname <> 'schema_migrations' ORDER BY relname`);
}

export function listColumns(tx: Tx, table: string): Promise<Column[]> {
  return tx.many(sql`SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
    WHERE attrelid = ('public.' || quote_ident(${table}))::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
    ORDER BY attnum`);
}

export const quoted = (name: string) => raw(`"${name.replaceAll('"', '""')}"`);

const partBytes = 4 * 1024 * 1024;
const fetchRows = 2_000;

/** One table, row by row as JSON arrays of text, in parts that fit in memory. */
async function writeTable(
  tx: Tx,
  archive: ArchiveWriter,
  name: string,
  columns: readonly Column[],
  counted: (rows: number) => void,
) {
  const values = columns.map((c) => sql`${quoted(c.name)}::text`);
  await tx.run(sql`DECLARE backup_rows NO SCROLL CURSOR FOR
    SELECT json_build_array(${join(values)})::text AS row FROM ${quoted(name)}`);
  const parts: string[] = [];
  let lines: string[] = [];
  let size = 0;
  let rows = 0;
  async function flush(): Promise<void> {
    if (lines.length === 0) return;
    const part = `tables/${name}/${String(parts.length + 1).padStart(6, '0')}.ndjson`;
    await archive.add(part, Buffer.from(`${lines.join('\n')}\n`));
    parts.push(part);
    lines = [];
    size = 0;
  }
  for (;;) {
    const fetched = await tx.many<{ row: string }>(sql`FETCH ${raw(String(fetchRows))} FROM backup_rows`);
    for (const { row } of fetched) {
      lines.push(row);
      size += row.length;
    }
    rows += fetched.length;
    counted(rows);
    if (size >= partBytes) await flush();
    if (fetched.length < fetchRows) break;
  }
  await flush();
  await tx.run(sql`CLOSE backup_rows`);
  return { name, columns: [...columns], rows, parts };
}

interface Snapshot {
  readonly tables: Manifest['tables'];
  readonly sequences: Manifest['sequences'];
  readonly migrations: Manifest['migrations'];
  readonly serverVersion: string;
  readonly secretCheck: string | null;
  readonly hashes: readonly string[];
  readonly verdict: Verdict;
}

async function writeSnapshot(tx: Tx, archive: ArchiveWriter, options: BackupOptions): Promise<Snapshot> {
  await tx.run(sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY`);
  await tx.run(sql`SET LOCAL statement_timeout = 0`);
  await setTextForm(tx);
  const names = await listTables(tx);
  const total = names.reduce((sum, t) => sum + t.estimate, 0);
  const tables: Manifest['tables'] = [];
  let before = 0;
  for (const { name } of names) {
    const table = await writeTable(tx, archive, name, await listColumns(tx, name), (rows) =>
      options.progress?.(before + rows, Math.max(total, before + rows)),
    );
    before += table.rows;
    tables.push(table);
  }
  const instance = await tx.find<{ check: string }>(sql`SELECT secret_check AS check FROM instance`);
  return {
    tables,
    sequences: await tx.many(sql`SELECT sequencename AS name, last_value::text AS last FROM pg_sequences
      WHERE schemaname = 'public' ORDER BY sequencename`),
    migrations: await tx.many(sql`SELECT name, hash FROM schema_migrations ORDER BY name`),
    serverVersion: (await tx.one<{ server_version: string }>(sql`SHOW server_version`)).server_version,
    secretCheck: instance?.check ?? null,
    hashes: (await tx.many<{ hash: string }>(sql`SELECT hash FROM files ORDER BY hash`)).map((f) => f.hash),
    verdict: await verifyJournal(tx, { anchors: options.anchors ?? [] }),
  };
}

/**
 * Writes a whole instance into one file: every table from one snapshot, the uploaded files, and a manifest with digests.
 * Others go on writing meanwhile; what they write after the snapshot is not in it. The text of the values is the same for
 * both kinds of database, so that each can be restored into the other. The journal is verified in the same snapshot.
 */
export async function writeBackup(database: Database, options: BackupOptions): Promise<BackupReport> {
  const archive = await writeArchive(options.file, options.now);
  try {
    const begun = performance.now();
    const snapshot = await database.owner((tx) => writeSnapshot(tx, archive, options));
    const snapshotMs = Math.round(performance.now() - begun);
    // Files never change under their hash, so they may be read after the snapshot.
    const missing: string[] = [];
    for (const hash of snapshot.hashes) {
      const bytes = await options.files.read(hash);
      if (bytes) await archive.add(`files/${hash}`, bytes);
      else missing.push(hash);
    }
    const { verdict } = snapshot;
    const content = {
      format: 'wuxing-backup' as const,
      formatVersion,
      version: options.version,
      createdAt: options.now.toISOString(),
      database: { kind: database.kind, version: snapshot.serverVersion },
      secretCheck: snapshot.secretCheck,
      migrations: snapshot.migrations,
      tables: snapshot.tables,
      sequences: snapshot.sequences,
      files: { count: snapshot.hashes.length - missing.length, missing },
      journal: { rows: verdict.rows, sealed: verdict.sealed, found: verdict.found, head: verdict.head },
      parts: [...archive.parts],
    };
    const manifest: Manifest = { ...content, mac: manifestMac(content) };
    await archive.add(manifestName, Buffer.from(JSON.stringify(manifest, null, 1)));
    await archive.finish();
    return { manifest, verdict, snapshotMs };
  } catch (error) {
    await archive.abandon();
    throw error;
  }
}
