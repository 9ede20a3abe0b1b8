import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { events } from '../../../domain/records/events/index.ts';
import { ledgers } from '../../../domain/records/ledgers/index.ts';
import { type Bookkeeping, bookkeeping, collectiveBook, post } from '../../../tests/support/books.ts';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { inspectBackup, restoreBackup, writeBackup } from '../../platform/backup/index.ts';
import { type Database, databaseOn, type Pool } from '../../platform/db/database.ts';
import { embeddedPool } from '../../platform/db/embedded.ts';
import { raw, sql } from '../../platform/db/sql.ts';
import { diskStore } from '../../platform/files/index.ts';
import { system } from '../../platform/rq.ts';
import { postEntry, reverseEntry } from './index.ts';

let world: World;
let b: Bookkeeping;
let folder: string;
let restored: Database | undefined;

beforeAll(async () => {
  world = await createWorld();
  b = await bookkeeping(world);
  folder = mkdtempSync(join(tmpdir(), 'wuxing-books-'));
});
afterAll(async () => {
  await restored?.close();
  rmSync(folder, { recursive: true, force: true });
  await world.close();
});

const tables = [
  'books',
  'accounts',
  'entries',
  'entry_lines',
  'account_balances',
  'events',
  'event_items',
  'event_roster',
];

const contents = (database: Database) =>
  database.owner(async (tx) => {
    const found: [string, string][] = [];
    for (const name of tables) {
      const { text } = await tx.one<{ text: string }>(
        sql`SELECT count(*) || md5(string_agg(t::text, '|' ORDER BY t::text COLLATE "C")) AS text FROM ${raw(name)} t`,
      );
      found.push([name, text]);
    }
    return found;
  });

async function restore(file: string): Promise<Database> {
  const pool: Pool = await embeddedPool(null);
  const database = databaseOn(pool);
  const { manifest } = await inspectBackup(file);
  await restoreBackup(database, pool, { file, manifest, files: diskStore(join(folder, 'restored')) });
  return database;
}

it('brings books and held events back from a backup, although posted entries and held events cannot be changed', async () => {
  const id = await collectiveBook(b.secretary, world.units.eastVillage, 5_000);
  const e = await b.secretary.ok(ledgers.post, post(id, '2026-02-01', 'expense:wages', 'asset:bank', 100));
  await b.secretary.ok(ledgers.reverse, { params: { id: e.id }, body: { onDay: '2026-02-02', reason: '重复' } });
  const visit = await b.secretary.ok(events.plan, {
    body: {
      kind: 'observation-visit',
      unitId: world.units.eastVillage,
      onDay: '2026-03-01',
      agenda: [{ title: '看阵地' }],
      roster: [{ personId: b.readerId }],
    },
  });
  await b.secretary.ok(events.hold, { params: { id: visit.id }, body: {} });
  const file = join(folder, 'backup');
  const files = diskStore(join(folder, 'files'));
  await writeBackup(world.database, { file, files, version: 'test', now: world.now() });
  restored = await restore(file);
  expect(await contents(restored)).toEqual(await contents(world.database));
  // The guards stand again: posting goes on with the next number, and nothing that was posted or held can be changed.
  const rq = <T>(work: (rq: Parameters<typeof postEntry>[0]) => Promise<T>) =>
    restored!.write([''], (db) => work({ actor: system, db, now: world.now(), lang: 'zh' }));
  const next = await rq((r) =>
    postEntry(r, { bookId: id, ...post(id, '2026-02-03', 'expense:wages', 'asset:bank', 7).body }),
  );
  expect(next.entry.number).toBe(4);
  await rq((r) => reverseEntry(r, next.entry.id, { onDay: '2026-02-03', reason: '误记' }));
  const line = rq((r) =>
    r.db.run(sql`INSERT INTO entry_lines (id, entry_id, book_id, account_id, unit_path, on_day, position, amount)
      SELECT gen_random_uuid(), entry_id, book_id, account_id, unit_path, on_day, 9, amount FROM entry_lines WHERE entry_id = ${e.id}`),
  );
  await expect(line).rejects.toMatchObject({ code: '23514' });
  const rewrite = rq((r) => r.db.run(sql`UPDATE events SET title = 'x' WHERE id = ${visit.id}`));
  await expect(rewrite).rejects.toMatchObject({ code: '23514' });
});
