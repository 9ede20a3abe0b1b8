import { randomUUID } from 'node:crypto';
import { createApp } from '../../server/app.ts';
import { type Database, databaseOn } from '../../server/platform/db/database.ts';
import { embeddedPool } from '../../server/platform/db/embedded.ts';
import { migrate } from '../../server/platform/db/migrate.ts';
import { diskStore } from '../../server/platform/files/index.ts';
import { postgresPool } from '../../server/platform/db/postgres.ts';
import { sql } from '../../server/platform/db/sql.ts';
import { type Rq, system } from '../../server/platform/rq.ts';
import { startSealer } from '../../server/platform/seal.ts';
import { tokenHash } from '../../server/platform/secrets.ts';
import { verifyJournal } from '../../server/platform/verify.ts';
import { verifyImports } from '../../server/records/imports/index.ts';
import { insertUnit } from '../../server/records/units/index.ts';

/**
 * A server process to be killed: opens the database, says in what state it found it, and serves. Its parent reads what
 * it says and kills it at a moment of its choosing.
 */
export interface ChildSettings {
  readonly url: string | null;
  readonly folder: string | null;
  /** Cookie of the organiser who writes; the session is made when the database is. */
  readonly token: string;
  /** Checks the whole journal as well, which takes longer than looking at the records. */
  readonly verify: boolean;
  /** Where uploaded files lie, so that they are there after the kill as well. */
  readonly files?: string;
  /** Loses one of these before anybody looks, to see that it is noticed. */
  readonly spoil?: 'imported row' | 'entry';
}

/** What is there of one import. */
export interface ImportedRows {
  readonly id: string;
  readonly rows: number;
}

export interface ChildState {
  readonly port: number;
  readonly township: number;
  /** Codes of the units below the township. */
  readonly codes: string[];
  readonly faults: string[];
  readonly journalRows: number;
  /** Rows of each import that is under way or over, as they were found before any job went on. */
  readonly imports: readonly ImportedRows[];
  /** Numbers of one metric, unit and period that stand more than once. */
  readonly twice: number;
}

const settings = JSON.parse(process.argv[2] ?? '{}') as ChildSettings;

async function start(): Promise<void> {
  const pool = settings.url ? postgresPool(settings.url, { max: 10 }) : await embeddedPool(settings.folder);
  await migrate(pool);
  const database = databaseOn(pool);
  const township = await makePlace(database);
  if (settings.spoil) await spoil(database, settings.spoil);
  const found = await lookAtImports(database);
  if (settings.files !== undefined) await letGo(database);
  const app = await createApp(database, {
    ...(settings.files === undefined ? {} : { files: diskStore(settings.files) }),
    secret: 'test secret, long enough to be one',
    clock: () => new Date(),
    version: 'test',
    logLevel: 'silent',
    rateLimit: 1_000_000,
    trustProxy: false,
    secure: false,
  });
  const state = await look(database, township);
  startSealer(
    database,
    () => new Date(),
    () => undefined,
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address() as { port: number };
  const faults = [...found.faults, ...state.faults];
  process.send?.({ ...state, ...found, faults, port: address.port, township } satisfies ChildState);
}

/** A county, a township and an organiser, on the first start. */
async function makePlace(database: Database): Promise<number> {
  const now = new Date();
  return database.write([''], async (db) => {
    // Two processes may start at once: one founds the place, the other finds it.
    await db.run(sql`SELECT pg_advisory_xact_lock(1)`);
    const there = await db.find<{ id: number }>(sql`SELECT id FROM units WHERE code = 't1'`);
    if (there) return there.id;
    const rq: Rq = { actor: system, db, now, lang: 'zh' };
    const base = { scheme: null, day: '2000-01-01', document: '测试', attributes: {}, change: 'create' };
    const county = await insertUnit(rq, {
      ...base,
      code: 'c1',
      type: 'county',
      name: '县',
      parentId: null,
      parentPath: '',
    });
    const parentPath = `${county}.`;
    const id = await insertUnit(rq, {
      ...base,
      code: 't1',
      type: 'township',
      name: '镇',
      parentId: county,
      parentPath,
    });
    const [person, user] = [randomUUID(), randomUUID()];
    await db.run(
      sql`INSERT INTO people (id, name, unit_id, unit_path) VALUES (${person}, 'o', ${county}, ${parentPath})`,
    );
    await db.run(
      sql`INSERT INTO users (id, person_id, unit_path, login) VALUES (${user}, ${person}, ${parentPath}, 'organiser')`,
    );
    await db.run(sql`INSERT INTO assignments (id, role, person_id, unit_id, unit_path, from_day)
      VALUES (${randomUUID()}, 'organiser', ${person}, ${county}, ${parentPath}, '2020-01-01')`);
    await db.run(sql`INSERT INTO sessions (id, token_hash, user_id, created_at, last_seen_at, expires_at)
      VALUES (${randomUUID()}, ${tokenHash(settings.token)}, ${user}, ${now}, ${now}, ${new Date(now.getTime() + 86_400_000)})`);
    return id;
  });
}

/** What the dead process left of its imports, before any job goes on. */
async function lookAtImports(database: Database): Promise<Pick<ChildState, 'imports' | 'twice' | 'faults'>> {
  return database.owner(async (tx) => {
    const imports = await tx.many<ImportedRows>(sql`SELECT j.id::text AS id, count(f.id)::int AS rows
      FROM jobs j LEFT JOIN facts f ON f.import_id = j.id WHERE j.kind = 'import' GROUP BY j.id`);
    const { twice } = await tx.one<{ twice: number }>(sql`SELECT count(*)::int AS twice FROM (SELECT 1 FROM facts
      GROUP BY metric, unit_id, period HAVING count(*) > 1) d`);
    const faults: string[] = [];
    if (settings.verify)
      for (const { jobId } of await verifyImports(tx)) faults.push(`import ${jobId} is not what its journal says`);
    return { imports, twice, faults };
  });
}

/** Every unit has its version and its journal entry, and nothing of a unit exists without the rest. */
async function look(
  database: Database,
  township: number,
): Promise<Pick<ChildState, 'codes' | 'faults' | 'journalRows'>> {
  return database.owner(async (tx) => {
    const units = await tx.many<{ code: string; versions: number; entries: number; sheet: boolean }>(sql`
      SELECT u.code, (SELECT count(*) FROM unit_versions v WHERE v.unit_id = u.id)::int AS versions,
        (SELECT count(*) FROM journal j WHERE j.subject_kind = 'unit' AND j.subject_id = u.id::text AND j.verb = 'unit.create')::int AS entries,
        -- A sheet of units has one entry for each of its batches.
        EXISTS (SELECT 1 FROM unit_versions v WHERE v.unit_id = u.id AND v.change = 'import') AS sheet
      FROM units u WHERE u.parent_id = ${township}`);
    const faults = units
      .filter((u) => u.versions !== 1 || u.entries !== (u.sheet ? 0 : 1))
      .map((u) => `unit ${u.code} has ${u.versions} versions and ${u.entries} journal entries`);
    const { stray } = await tx.one<{ stray: number }>(sql`SELECT count(*)::int AS stray FROM journal j
      WHERE j.verb = 'unit.create' AND NOT EXISTS (SELECT 1 FROM units u WHERE u.id::text = j.subject_id)`);
    if (stray > 0) faults.push(`${stray} journal entries tell of units that do not exist`);
    let journalRows = 0;
    if (settings.verify) {
      const verdict = await verifyJournal(tx);
      journalRows = verdict.rows;
      for (const f of verdict.findings) faults.push(`journal: ${f.words.en}`);
    }
    return { codes: units.map((u) => u.code), faults, journalRows };
  });
}

/** The signs of life of the dead process grow old at once, as they would while somebody starts the server again. */
async function letGo(database: Database): Promise<void> {
  await database.owner((tx) =>
    tx.run(sql`UPDATE jobs SET heartbeat_at = heartbeat_at - interval '10 minutes' WHERE state = 'running'`),
  );
}

async function spoil(database: Database, what: NonNullable<ChildSettings['spoil']>): Promise<void> {
  const entry = sql`(SELECT id FROM entries WHERE source_id IS NOT NULL ORDER BY id LIMIT 1)`;
  await database.owner(async (tx) => {
    if (what === 'entry') await tx.run(sql`DELETE FROM entry_lines WHERE entry_id = ${entry}`);
    await tx.run(
      what === 'entry'
        ? sql`DELETE FROM entries WHERE id = ${entry}`
        : sql`DELETE FROM facts WHERE id = (SELECT id FROM facts WHERE import_id IS NOT NULL ORDER BY id LIMIT 1)`,
    );
  });
}

await start();
