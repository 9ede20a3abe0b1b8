import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { type Database, databaseOn, type Pool } from '../../server/platform/db/database.ts';
import { embeddedPool } from '../../server/platform/db/embedded.ts';
import { listMigrations, migrate } from '../../server/platform/db/migrate.ts';
import { postgresPool } from '../../server/platform/db/postgres.ts';
import { embeddedImage, makeEmbeddedImage } from './embedded-image.ts';

/** `TEST_DATABASE_URL` names a PostgreSQL server on which databases may be created; without it the tests are embedded. Read anew each
 * time, because the fault runs go from one kind to the other in one process. */
const serverUrl = () => process.env['TEST_DATABASE_URL'];

const templateName = () => {
  const hash = createHash('sha256');
  for (const m of listMigrations()) hash.update(m.hash);
  return `wuxing_template_${hash.digest('hex').slice(0, 12)}`;
};

function urlOf(database: string): string {
  const url = new URL(serverUrl()!);
  url.pathname = `/${database}`;
  return url.href;
}

async function onServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: urlOf('postgres') });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Made once before all test files. */
export async function prepareDatabases(): Promise<void> {
  if (!serverUrl()) return makeEmbeddedImage();
  const name = templateName();
  const there = await onServer(async (c) => {
    const { rowCount } = await c.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await c.query(`CREATE DATABASE ${name}`);
    return rowCount !== 0;
  });
  if (there) return;
  const pool = postgresPool(urlOf(name), { max: 1 });
  await migrate(pool);
  await pool.close();
}

export interface TestDatabase {
  readonly database: Database;
  readonly url: string | null;
  drop(): Promise<void>;
}

/** A fresh, migrated, empty database of the kind under test. */
export async function testDatabase(): Promise<TestDatabase> {
  await prepareDatabases();
  if (!serverUrl()) {
    const database = databaseOn(await embeddedPool(null, { image: embeddedImage() }));
    return { database, url: null, drop: () => database.close() };
  }
  const name = `wuxing_test_${randomBytes(6).toString('hex')}`;
  await onServer((c) => createFromTemplate(c, name));
  const database = databaseOn(postgresPool(urlOf(name), { max: 8 }));
  return {
    database,
    url: urlOf(name),
    drop: async () => {
      await database.close();
      await onServer((c) => c.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

export interface EmptyDatabase {
  readonly pool: Pool;
  /** The pool of another process; the embedded database has only one. */
  another(): Promise<Pool>;
  drop(): Promise<void>;
}

/** A database without a schema, to be migrated. */
export async function emptyDatabase(): Promise<EmptyDatabase> {
  if (!serverUrl()) {
    const pool = await embeddedPool(null);
    return { pool, another: async () => pool, drop: () => pool.close() };
  }
  const name = `wuxing_test_${randomBytes(6).toString('hex')}`;
  await onServer((c) => c.query(`CREATE DATABASE ${name}`));
  const pool = postgresPool(urlOf(name), { max: 2 });
  return {
    pool,
    another: async () => postgresPool(urlOf(name), { max: 2 }),
    drop: async () => {
      await pool.close();
      await onServer((c) => c.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

/** PostgreSQL copies a template only while nobody else does; the wait is short. */
async function createFromTemplate(client: pg.Client, name: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await client.query(`CREATE DATABASE ${name} TEMPLATE ${templateName()}`);
      return;
    } catch (error) {
      if (tries > 60 || (error as { code?: string }).code !== '55006') throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
