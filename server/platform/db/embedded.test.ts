import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdFolder, type Lock } from '../lock.ts';
import { type Database, databaseOn, type Pool } from './database.ts';
import { embeddedPool } from './embedded.ts';
import { migrate } from './migrate.ts';
import { servePool, visitingPool } from './shared.ts';
import { sql } from './sql.ts';

let folder: string;
let lock: Lock;
let pool: Pool;
let database: Database;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wuxing-embedded-'));
  lock = await holdFolder(folder, 'wuxing serve');
  pool = await embeddedPool(join(folder, 'database'), { statementTimeoutMs: 3_000, turnTimeoutMs: 500 });
  await migrate(pool);
  servePool(lock, pool);
  database = databaseOn(pool);
});
afterAll(async () => {
  await database.close();
  await lock.release();
  rmSync(folder, { recursive: true, force: true });
});

describe('the embedded database', () => {
  it('ends a statement over its bound, answers "busy", loses nothing, and serves the next request', async () => {
    await database.owner((tx) => tx.run(sql`INSERT INTO calendar_years (year, source) VALUES (2031, 'kept')`));
    let heard = 0;
    await database.listen('bound_test', () => heard++);
    const endless = database.write([''], (tx) =>
      tx.many(sql`SELECT count(*) FROM generate_series(1, 2000000000) AS g WHERE g % 7 = 3`),
    );
    await expect(endless).rejects.toMatchObject({ code: '57014' });
    const rows = await database.read([''], (tx) => tx.many(sql`SELECT source FROM calendar_years WHERE year = 2031`));
    expect(rows).toEqual([{ source: 'kept' }]);
    await database.write([''], (tx) => tx.many(sql`SELECT pg_notify('bound_test', 'x')`));
    await expect.poll(() => heard).toBe(1);
  }, 30_000);

  it('keeps the main thread free while a statement runs', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    await database.read([''], (tx) => tx.many(sql`SELECT count(*) FROM generate_series(1, 1000000)`));
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(10);
  });

  it('refuses with "busy" who waits too long for a turn', async () => {
    let finish: () => void = () => undefined;
    const slow = database.write([''], () => new Promise<void>((resolve) => (finish = resolve)));
    await expect(database.read([''], (tx) => tx.many(sql`SELECT 1`))).rejects.toMatchObject({ code: '53300' });
    finish();
    await slow;
    expect(await database.read([''], (tx) => tx.many(sql`SELECT 1 AS one`))).toEqual([{ one: 1 }]);
  });

  it('serves a second process through the lock, with its own transactions, scopes and errors', async () => {
    const visitor = databaseOn(await visitingPool(folder, lock.holder));
    await visitor.write([''], async (tx) => {
      await tx.run(sql`INSERT INTO calendar_years (year, source) VALUES (2032, 'visitor')`);
    });
    expect(
      await database.read([''], (tx) => tx.many(sql`SELECT source FROM calendar_years WHERE year = 2032`)),
    ).toEqual([{ source: 'visitor' }]);
    const day = await visitor.read([''], (tx) =>
      tx.one<{ at: Date; text: string }>(
        sql`SELECT ${new Date('2026-01-02T03:04:05Z')}::timestamptz AS at, repeat('五', 200000) AS text`,
      ),
    );
    expect(day.at.toISOString()).toBe('2026-01-02T03:04:05.000Z');
    expect(day.text).toHaveLength(200_000);
    await expect(visitor.read([''], (tx) => tx.many(sql`SELECT * FROM nothing`))).rejects.toMatchObject({
      code: '42P01',
    });
    // A scope set by the visitor is not left to the next request of the holder.
    expect(await visitor.read([], (tx) => tx.many(sql`SELECT current_user AS who`))).toEqual([{ who: 'wuxing_app' }]);
    expect(await database.read(['1.'], (tx) => tx.one(sql`SELECT app_scopes() AS s`))).toEqual({ s: ['1.'] });
    await visitor.close();
  });

  it('rolls back a visitor that goes away in the middle', async () => {
    const visiting = await visitingPool(folder, lock.holder);
    const connection = await visiting.acquire();
    await connection.script('BEGIN');
    await connection.script(`INSERT INTO calendar_years (year, source) VALUES (2033, 'half')`);
    await visiting.close();
    expect(await database.read([''], (tx) => tx.many(sql`SELECT 1 FROM calendar_years WHERE year = 2033`))).toEqual([]);
  });
});
