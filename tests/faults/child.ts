import { randomUUID } from 'node:crypto';
import { createApp } from '../../server/app.ts';
import { type Database, databaseOn } from '../../server/platform/db/database.ts';
import { embeddedPool } from '../../server/platform/db/embedded.ts';
import { migrate } from '../../server/platform/db/migrate.ts';
import { postgresPool } from '../../server/platform/db/postgres.ts';
import { sql } from '../../server/platform/db/sql.ts';
import { type Rq, system } from '../../server/platform/rq.ts';
import { startSealer } from '../../server/platform/seal.ts';
import { tokenHash } from '../../server/platform/secrets.ts';
import { verifyJournal } from '../../server/platform/verify.ts';
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
}

export interface ChildState {
  readonly port: number;
  readonly township: number;
  /** Codes of the units below the township. */
  readonly codes: string[];
  readonly faults: string[];
  readonly journalRows: number;
}

const settings = JSON.parse(process.argv[2] ?? '{}') as ChildSettings;

async function start(): Promise<void> {
  const pool = settings.url ? postgresPool(settings.url, { max: 10 }) : await embeddedPool(settings.folder);
  await migrate(pool);
  const database = databaseOn(pool);
  const app = await createApp(database, {
    secret: 'test secret, long enough to be one',
    clock: () => new Date(),
    version: 'test',
    logLevel: 'silent',
    rateLimit: 1_000_000,
    trustProxy: false,
    secure: false,
  });
  const township = await found(database);
  const state = await look(database, township);
  startSealer(
    database,
    () => new Date(),
    () => undefined,
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address() as { port: number };
  process.send?.({ ...state, port: address.port, township } satisfies ChildState);
}

/** A county, a township and an organiser, on the first start. */
async function found(database: Database): Promise<number> {
  const now = new Date();
  return database.write([''], async (db) => {
    const there = await db.find<{ id: number }>(sql`SELECT id FROM units WHERE code = 't1'`);
    if (there) return there.id;
    const rq: Rq = { actor: system, db, now, lang: 'zh' };
    const base = { scheme: null, day: '2020-01-01', document: '测试', attributes: {}, change: 'create' };
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

/** Every unit has its version and its journal entry, and nothing of a unit exists without the rest. */
async function look(database: Database, township: number): Promise<Omit<ChildState, 'port' | 'township'>> {
  return database.owner(async (tx) => {
    const units = await tx.many<{ code: string; versions: number; entries: number }>(sql`
      SELECT u.code, (SELECT count(*) FROM unit_versions v WHERE v.unit_id = u.id)::int AS versions,
        (SELECT count(*) FROM journal j WHERE j.subject_kind = 'unit' AND j.subject_id = u.id::text AND j.verb = 'unit.create')::int AS entries
      FROM units u WHERE u.parent_id = ${township}`);
    const faults = units
      .filter((u) => u.versions !== 1 || u.entries !== 1)
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

await start();
