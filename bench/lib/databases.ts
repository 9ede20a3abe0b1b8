import pg from 'pg';
import { databaseOn, type Database } from '../../server/platform/db/database.ts';
import { migrate } from '../../server/platform/db/migrate.ts';
import { postgresPool } from '../../server/platform/db/postgres.ts';

export const serverUrl = (): string => {
  const url = process.env['TEST_DATABASE_URL'];
  if (!url) throw new Error('Run this through `npm run bench`, which starts a PostgreSQL server of its own.');
  return url;
};

export interface BenchDatabase {
  readonly url: string;
  /** A statement of the owner, for loading. */
  run(text: string, values?: unknown[]): Promise<pg.QueryResult>;
  /** As the application uses it. */
  readonly database: Database;
  drop(): Promise<void>;
}

/** A migrated database of its own on the server. */
export async function benchDatabase(name: string): Promise<BenchDatabase> {
  const url = new URL(serverUrl());
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  await admin.query(`DROP DATABASE IF EXISTS wuxing_bench_${name} WITH (FORCE)`);
  await admin.query(`CREATE DATABASE wuxing_bench_${name}`);
  url.pathname = `/wuxing_bench_${name}`;
  const pool = postgresPool(url.href, { max: 4, statementTimeoutMs: 600_000 });
  await migrate(pool);
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  return {
    url: url.href,
    database: databaseOn(pool),
    run: (text, values) => client.query(text, values),
    drop: async () => {
      await pool.close();
      await client.end();
      await admin.query(`DROP DATABASE wuxing_bench_${name} WITH (FORCE)`);
      await admin.end();
    },
  };
}
