import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facts } from '../../../domain/records/facts/index.ts';
import { personalFields } from '../../../domain/records/subjects/index.ts';
import { cooperativeCases } from '../../../tests/support/by-hand/cooperatives.ts';
import { layCases } from '../../../tests/support/by-hand/kit.ts';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { inspectBackup, restoreBackup, writeBackup } from '../../platform/backup/index.ts';
import { databaseOn } from '../../platform/db/database.ts';
import { embeddedPool } from '../../platform/db/embedded.ts';
import { sql } from '../../platform/db/sql.ts';
import { diskStore } from '../../platform/files/index.ts';
import { setJournalKey } from '../../platform/journal.ts';
import { keepFigures, proveKept } from './index.ts';

// What is kept stays right when something is erased, and when all of it comes back from a backup.

const example = cooperativeCases.find((c) => c.key === 'household-income-total')!;
const now = '2026-11-20T09:00:00+08:00';
let world: World;
let village: number;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wuxing-kept-'));
  world = await createWorld({ now });
  village = await world.asSystem(async (rq) => (await layCases(rq, [example]))[0]!.get('V')!.id);
  await world.person('secretary', village, [['branch-secretary', village]]);
  await world.app.figures.runOnce();
}, 240_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world.close();
});

const kept = async () =>
  (
    await world.asSystem((rq) =>
      rq.db.find<{ value: string }>(sql`SELECT trim_scale(value)::text AS value FROM figure_values
        WHERE unit_id = ${village} AND key = ${example.key} AND period = ${example.period}`),
    )
  )?.value;

describe('kept figures', () => {
  it('come back from a backup as they were, equal to what counting gives there', async () => {
    expect(await kept()).toBe(String(example.is));
    const [file, files] = [join(folder, 'whole.tar.gz'), diskStore(join(folder, 'files'))];
    setJournalKey('test secret, long enough to be one');
    await writeBackup(world.database, { file, files, version: 'test', now: world.now() });
    const { manifest } = await inspectBackup(file);
    const pool = await embeddedPool(null);
    const database = databaseOn(pool);
    try {
      await restoreBackup(database, pool, { file, manifest, files: diskStore(join(folder, 'restored')) });
      const before = await proveKept(database, { now: world.now() });
      expect(before.differences).toEqual([]);
      expect(before.compared).toBeGreaterThan(1_000);
      // There, too, a change leaves its mark and is counted.
      await database.write([''], (db) =>
        db.run(sql`UPDATE consents SET withdrawn_at = ${world.now()}
          WHERE unit_path ^@ (SELECT unit_path FROM units WHERE id = ${village})`),
      );
      const keeper = keepFigures(database, { clock: world.now });
      await keeper.recountChanged();
      await keeper.close();
      const gone = await database.read([''], (db) =>
        db.find(
          sql`SELECT 1 AS found FROM figure_values WHERE unit_id = ${village} AND key = ${example.key} AND period = ${example.period}`,
        ),
      );
      expect(gone).toBeUndefined();
      expect((await proveKept(database, { now: world.now() })).differences).toEqual([]);
    } finally {
      await database.close();
    }
  });

  it('forget the example household with its consent: what rested on it is missing, everywhere at once', async () => {
    const secretary = await world.as('secretary');
    const query = { keys: example.key, period: example.period };
    const told = async () => (await secretary.ok(facts.values, { params: { id: village }, query })).values[0]!.value;
    expect(await told()).toBe(String(example.is));
    const consents = await world.asSystem((rq) =>
      rq.db.many<{ id: string }>(
        sql`SELECT id FROM consents WHERE unit_path ^@ (SELECT unit_path FROM units WHERE id = ${village})`,
      ),
    );
    expect(consents.length).toBeGreaterThan(0);
    for (const { id } of consents) await secretary.ok(personalFields.withdraw, { params: { id } });
    // At once, before anything is counted again.
    expect(await told()).toBeNull();
    await world.app.figures.recountChanged();
    expect(await kept()).toBeUndefined();
    expect((await proveKept(world.database, { now: world.now() })).differences).toEqual([]);
  });
});
