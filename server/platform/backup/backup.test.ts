import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseVerb } from '../../../domain/records/journal/index.ts';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { type Database, databaseOn, type Pool } from '../db/database.ts';
import { embeddedPool } from '../db/embedded.ts';
import { migrate } from '../db/migrate.ts';
import { postgresPool } from '../db/postgres.ts';
import { raw, sql } from '../db/sql.ts';
import { diskStore, type FileStore } from '../files/index.ts';
import { record, setJournalKey } from '../journal.ts';
import { secretCheck } from '../secrets.ts';
import { sealJournal } from '../seal.ts';
import { inspectBackup } from './manifest.ts';
import { restoreBackup } from './restore.ts';
import { backupTask } from './schedule.ts';
import { listTables, setTextForm, writeBackup } from './write.ts';

const secret = 'test secret, long enough to be one';
let world: World;
let folder: string;
let files: FileStore;
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  world = await createWorld();
  folder = mkdtempSync(join(tmpdir(), 'wuxing-backup-'));
  files = diskStore(join(folder, 'files'));
  await world.person('li.si', world.units.eastVillage, [['branch-secretary', world.units.eastVillage]]);
  const hash = await files.put(randomBytes(200_000));
  await world.asSystem(async (rq) => {
    await rq.db.run(sql`INSERT INTO instance (kind, name, founded_at, secret_check)
      VALUES ('production', '示例县', ${rq.now}, ${secretCheck(secret)})`);
    await rq.db.run(
      sql`INSERT INTO files (hash, media, bytes, stored_at) VALUES (${hash}, 'image/png', 200000, ${rq.now})`,
    );
    // Text that a careless export would spoil: quotes, backslashes, line ends, NULL as text, characters beyond the first plane.
    for (const note of ['', 'NULL', '\\N', 'a,b\t"c"\n\r\\d', '䩐勒桥村 𠮷 🌟', '{1,2}'])
      await rq.db
        .run(sql`INSERT INTO calendar_days (day, workday, note) VALUES (${`2026-01-0${note.length % 9 || 9}`}::date, true, ${note})
        ON CONFLICT (day) DO UPDATE SET note = calendar_days.note || excluded.note`);
    await rq.db
      .run(sql`INSERT INTO facts (id, metric, unit_id, unit_path, counted_path, period, value, as_of, source, entered_at)
      SELECT gen_random_uuid(), 'm' || g, u.id, u.unit_path, u.unit_path, '2026', 1234567890.123456789 + g, '2026-02-28', 'x', ${rq.now}
      FROM generate_series(1, 300) g, units u`);
    await record(rq, {
      verb: caseVerb('test', 'things'),
      subject: { kind: 'thing', id: 1 },
      path: '1.',
      after: { big: 1e300, text: '五' },
    });
  });
  await sealJournal(world.database, world.now());
});
afterAll(async () => {
  for (const o of open) await o.close();
  rmSync(folder, { recursive: true, force: true });
  await world.close();
});

interface Target {
  readonly kind: string;
  readonly database: Database;
  readonly pool: Pool;
}

async function emptyEmbedded(): Promise<Target> {
  const pool = await embeddedPool(null);
  const database = databaseOn(pool);
  open.push(database);
  return { kind: 'embedded', database, pool };
}

/** A database without any tables beside the one of the world, when the tests run on a server. */
async function emptyServer(): Promise<Target> {
  const name = `wuxing_restore_${randomBytes(4).toString('hex')}`;
  const admin = new pg.Client({ connectionString: world.url! });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(world.url!);
  url.pathname = `/${name}`;
  const pool = postgresPool(url.href, { max: 4 });
  const database = databaseOn(pool);
  open.push({
    close: async () => {
      await database.close();
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    },
  });
  return { kind: 'postgres', database, pool };
}

/** A digest of every row of every table, in the same text whichever database holds it. */
async function contents(database: Database): Promise<Record<string, string>> {
  return database.owner(async (tx) => {
    await setTextForm(tx);
    const found: Record<string, string> = {};
    for (const { name } of await listTables(tx)) {
      const { digest } = await tx.one<{ digest: string }>(sql`SELECT count(*) || ' ' ||
        md5(coalesce(string_agg(t::text, '|' ORDER BY t::text COLLATE "C"), '')) AS digest FROM ${raw(`"${name}"`)} t`);
      found[name] = digest;
    }
    return found;
  });
}

const backUp = (name: string) =>
  writeBackup(world.database, { file: join(folder, name), files, version: 'test', now: world.now() });

async function restoreInto(target: Target, name: string) {
  const file = join(folder, name);
  const { manifest } = await inspectBackup(file);
  const store = diskStore(join(folder, `restored-${randomUUID()}`));
  return { report: await restoreBackup(target.database, target.pool, { file, manifest, files: store }), store };
}

const targets = (): Promise<Target>[] => [emptyEmbedded(), ...(world.url ? [emptyServer()] : [])];

describe('backup and restore', () => {
  it('bring back every row of every table, the files and the sequences, into either kind of database', async () => {
    const { manifest, verdict } = await backUp('whole.tar.gz');
    expect(verdict.found).toBe(0);
    expect(manifest.files).toEqual({ count: 1, missing: [] });
    const before = await contents(world.database);
    expect(Object.keys(before).length).toBeGreaterThan(25);
    for (const target of await Promise.all(targets())) {
      const { report, store } = await restoreInto(target, 'whole.tar.gz');
      expect(report.verdict).toMatchObject({ found: 0, unsealed: 0 });
      expect(await contents(target.database)).toEqual(before);
      const { hash } = await target.database.owner((tx) => tx.one<{ hash: string }>(sql`SELECT hash FROM files`));
      expect((await store.read(hash))!.equals((await files.read(hash))!)).toBe(true);
      // What comes after goes on where the backup stopped: ids are not given out twice, references hold, rights are there.
      const { id } = await target.database.write([''], (tx) =>
        tx.one<{ id: number }>(sql`SELECT nextval('units_id_seq')::int AS id`),
      );
      expect(id).toBeGreaterThan(world.units.community);
      await expect(
        target.database.write([''], (tx) => tx.run(sql`UPDATE users SET person_id = ${randomUUID()}`)),
      ).rejects.toMatchObject({ code: expect.stringMatching(/^23/) });
      await expect(target.database.write([''], (tx) => tx.run(sql`DELETE FROM journal`))).rejects.toMatchObject({
        code: '42501',
      });
    }
  }, 120_000);

  it('go from an embedded database to a server and back without a difference', async () => {
    const first = await emptyEmbedded();
    await restoreInto(first, 'whole.tar.gz');
    await writeBackup(first.database, { file: join(folder, 'again.tar.gz'), files, version: 'test', now: world.now() });
    const second = world.url ? await emptyServer() : await emptyEmbedded();
    await restoreInto(second, 'again.tar.gz');
    expect(await contents(second.database)).toEqual(await contents(first.database));
  }, 120_000);

  it('take one moment of a database that is being written to, whole transactions only', async () => {
    const state = { go: true };
    let written = 0;
    const writers = Array.from({ length: 3 }, async () => {
      while (state.go) {
        await world.asSystem(async (rq) => {
          const pair = randomUUID();
          for (const half of ['a', 'b'])
            await record(rq, { verb: caseVerb('pair', half), subject: { kind: 'pair', id: pair }, path: '1.' });
        });
        written++;
      }
    });
    await expect.poll(() => written).toBeGreaterThan(5);
    const begun = written;
    await backUp('live.tar.gz');
    await expect.poll(() => written).toBeGreaterThan(begun + 5);
    state.go = false;
    await Promise.all(writers);
    const target = await emptyEmbedded();
    const { report } = await restoreInto(target, 'live.tar.gz');
    expect(report.verdict.found).toBe(0);
    const halves = await target.database.owner((tx) =>
      tx.many<{ verb: string; n: number }>(
        sql`SELECT verb, count(*)::int AS n FROM journal WHERE verb LIKE 'pair.%' GROUP BY verb ORDER BY verb`,
      ),
    );
    expect(halves[0]!.n).toBe(halves[1]!.n);
    expect(halves[0]!.n).toBeGreaterThanOrEqual(begun - 3);
  }, 120_000);

  it('restore only into an empty database, and leave the other as it was', async () => {
    const { manifest } = await inspectBackup(join(folder, 'whole.tar.gz'));
    const before = await contents(world.database);
    const pool = { acquire: () => Promise.reject(new Error('touched')) } as unknown as Pool;
    await expect(
      restoreBackup(world.database, pool, { file: join(folder, 'whole.tar.gz'), manifest, files }),
    ).rejects.toThrow(/not empty/);
    expect(await contents(world.database)).toEqual(before);
  });

  it('restore into a database that was migrated and never used', async () => {
    const target = await emptyEmbedded();
    await migrate(target.pool);
    const { report } = await restoreInto(target, 'whole.tar.gz');
    expect(report.files).toBe(1);
  });

  it('write nothing when anything goes wrong on the way', async () => {
    const target = await emptyEmbedded();
    const { manifest } = await inspectBackup(join(folder, 'whole.tar.gz'));
    const broken: FileStore = { ...files, put: () => Promise.reject(new Error('disk full')) };
    await expect(
      restoreBackup(target.database, target.pool, { file: join(folder, 'whole.tar.gz'), manifest, files: broken }),
    ).rejects.toThrow('disk full');
    expect(await target.database.owner((tx) => tx.many(sql`SELECT 1 FROM units`))).toEqual([]);
    // The same database takes the backup afterwards.
    await restoreInto(target, 'whole.tar.gz');
  });
});

describe('a damaged or foreign file', () => {
  const damaged = (name: string, change: (bytes: Buffer) => Buffer) => {
    const file = join(folder, name);
    writeFileSync(file, change(readFileSync(join(folder, 'whole.tar.gz'))));
    return inspectBackup(file);
  };
  const inside = (change: (tar: Buffer) => void) => (bytes: Buffer) => {
    const tar = gunzipSync(bytes);
    change(tar);
    return gzipSync(tar);
  };

  it('is refused before anything is written: cut off, one byte changed, no backup at all', async () => {
    await expect(damaged('cut.tar.gz', (b) => b.subarray(0, b.length / 2))).rejects.toThrow(/damaged/);
    await expect(
      damaged(
        'byte.tar.gz',
        inside((tar) => {
          const at = tar.indexOf('柳沟村');
          tar[at] = tar[at]! ^ 1;
        }),
      ),
    ).rejects.toThrow(/tables\/\w+\/000001.ndjson is not as it was written/);
    await expect(damaged('text.tar.gz', () => Buffer.from('hello'))).rejects.toThrow(/not a backup/);
    await expect(damaged('other.tar.gz', () => gzipSync(Buffer.alloc(4096, 'x')))).rejects.toThrow(/not a backup/);
  });

  it('is told from ours when it was made with another secret', async () => {
    expect((await inspectBackup(join(folder, 'whole.tar.gz'))).ours).toBe(true);
    setJournalKey('another secret, long enough to be one');
    try {
      expect((await inspectBackup(join(folder, 'whole.tar.gz'))).ours).toBe(false);
    } finally {
      setJournalKey(secret);
    }
  });

  it('is refused when it comes from a newer version, or its tables are not ours', async () => {
    const { manifest } = await inspectBackup(join(folder, 'whole.tar.gz'));
    const target = await emptyEmbedded();
    const attempt = (m: typeof manifest) =>
      restoreBackup(target.database, target.pool, { file: join(folder, 'whole.tar.gz'), manifest: m, files });
    await expect(
      attempt({ ...manifest, migrations: [...manifest.migrations, { name: '9999_later.sql', hash: 'x' }] }),
    ).rejects.toThrow(/newer version/);
    const evil = { ...manifest.tables[0]!, columns: [{ name: 'a"; DROP TABLE units; --', type: 'text' }] };
    await expect(attempt({ ...manifest, tables: [evil, ...manifest.tables.slice(1)] })).rejects.toThrow(
      /is not the one/,
    );
  });
});

describe('backups of their own accord', () => {
  it('keep the newest and touch no other file', async () => {
    const kept = join(folder, 'kept');
    let now = world.now();
    const task = backupTask(world.database, {
      everyHours: 24,
      keep: 2,
      folder: kept,
      files,
      version: 'test',
      clock: () => now,
      anchors: () => [],
      alarm: () => expect.unreachable(),
    });
    for (let day = 0; day < 4; day++) {
      await task.work();
      if (day === 0) writeFileSync(join(kept, 'mine.tar.gz'), 'not yours');
      now = new Date(now.getTime() + 86_400_000);
    }
    const names = readdirSync(kept).sort();
    expect(names).toHaveLength(3);
    expect(names).toContain('mine.tar.gz');
    expect(names.filter((n) => n.startsWith('wuxing-20260304') || n.startsWith('wuxing-20260305'))).toHaveLength(2);
  });

  it('raise an alarm when the journal is not as it was written', async () => {
    const alarms: number[] = [];
    await world.database.owner((tx) => tx.run(sql`UPDATE journal SET actor_name = 'x' WHERE verb = 'test.things'`));
    await backupTask(world.database, {
      everyHours: 24,
      keep: 2,
      folder: join(folder, 'alarm'),
      files,
      version: 'test',
      clock: world.now,
      anchors: () => [],
      alarm: (found) => alarms.push(found),
    }).work();
    expect(alarms).toEqual([1]);
  });
});
