import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyDatabase, type EmptyDatabase } from '../../../tests/support/databases.ts';
import type { Pool } from './database.ts';
import { listMigrations, migrate } from './migrate.ts';

const all = listMigrations();

/** Everything that a schema is: columns, constraints, indexes, policies, functions, triggers and rights. */
async function shapeOf(pool: Pool): Promise<string[]> {
  const connection = await pool.acquire();
  try {
    await connection.script('RESET ROLE');
    const { rows } = await connection.query(
      `SELECT line FROM (
        SELECT format('column %s.%s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
          pg_get_expr(d.adbin, d.adrelid)) AS line FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
          LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
          WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v') AND a.attnum > 0 AND NOT a.attisdropped
        UNION ALL SELECT format('constraint %s %s', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint
          WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT format('policy %s %s %s %s %s', tablename, policyname, cmd, qual, with_check) FROM pg_policies
        UNION ALL SELECT format('function %s %s', proname, md5(prosrc)) FROM pg_proc
          WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'
        UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT format('right %s %s %s', table_name, grantee, privilege_type)
          FROM information_schema.table_privileges WHERE table_schema = 'public' AND grantee = 'wuxing_app'
      ) AS s ORDER BY line`,
      [],
    );
    return (rows as { line: string }[]).map((r) => r.line);
  } finally {
    pool.release(connection);
  }
}

describe('the schema', () => {
  let whole: EmptyDatabase;
  let expected: string[];
  beforeAll(async () => {
    whole = await emptyDatabase();
    await migrate(whole.pool);
    expected = await shapeOf(whole.pool);
  });
  afterAll(() => whole.drop());

  it('comes forward from every earlier state to the same, step by step', async () => {
    expect(expected.length).toBeGreaterThan(500);
    const stepwise = await emptyDatabase();
    for (let n = 1; n <= all.length; n++) {
      // What an earlier version of the program has left behind is the state after its own last migration.
      const applied = await migrate(stepwise.pool, { migrations: all.slice(0, n) });
      expect(applied).toEqual([all[n - 1]!.name]);
    }
    expect(await migrate(stepwise.pool)).toEqual([]);
    expect(await shapeOf(stepwise.pool)).toEqual(expected);
    await stepwise.drop();
  });

  it('is made once when several processes start at once', async () => {
    const fresh = await emptyDatabase();
    const pools = await Promise.all(Array.from({ length: 4 }, () => fresh.another()));
    const applied = await Promise.all([fresh.pool, ...pools].map((pool) => migrate(pool)));
    expect(applied.flat().sort()).toEqual(all.map((m) => m.name));
    expect(await shapeOf(fresh.pool)).toEqual(expected);
    await Promise.all(pools.map((pool) => (pool === fresh.pool ? undefined : pool.close())));
    await fresh.drop();
  });

  it('is left as it was by a migration that fails, and refuses one that was changed afterwards', async () => {
    const broken = { name: '9999_broken.sql', text: 'CREATE TABLE half (id int); SELECT 1 / 0', hash: 'x' };
    await expect(migrate(whole.pool, { migrations: [...all, broken] })).rejects.toThrow(
      /Migration 9999_broken.sql failed: .*zero/,
    );
    expect(await shapeOf(whole.pool)).toEqual(expected);
    const changed = all.map((m, i) => (i === 2 ? { ...m, hash: 'another' } : m));
    await expect(migrate(whole.pool, { migrations: changed })).rejects.toThrow(/was changed after it had been applied/);
  });
});
