import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, databaseOn, type Pool } from './db/database.ts';
import { embeddedPool } from './db/embedded.ts';
import { migrate } from './db/migrate.ts';
import { postgresPool } from './db/postgres.ts';
import { servePool, visitingPool } from './db/shared.ts';
import { holdFolder, isFolderHeld, type Lock } from './lock.ts';

export interface OpenSettings {
  readonly database:
    | {
        readonly kind: 'postgres';
        readonly url: string;
        readonly ownerUrl: string | null;
        readonly connections: number;
      }
    | { readonly kind: 'embedded' };
  readonly dataFolder: string;
}

export interface OpenOptions {
  /** Who opens it, as the lock will name them: `wuxing serve`. */
  readonly label: string;
  /** What to do when another process holds the embedded database: be refused (a server), or work through it (a command). */
  readonly whenHeld: 'refuse' | 'visit';
  /** Bring the schema forward first; restoring wants it as it is. */
  readonly migrate?: boolean;
  readonly progress?: (done: number, total: number, name: string) => void;
}

export interface Opened {
  readonly database: Database;
  readonly ownerPool: Pool;
  /** Works through the process that holds the embedded database. */
  readonly visiting: boolean;
  close(): Promise<void>;
}

const oldestServer = 15;

async function refuseOldServer(pool: Pool): Promise<void> {
  const connection = await pool.acquire();
  try {
    const { rows } = await connection.query('SHOW server_version_num', []);
    const version = Number((rows[0] as { server_version_num: string }).server_version_num);
    if (version < oldestServer * 10_000)
      throw new Error(`The PostgreSQL server is version ${version / 10_000}; ${oldestServer} or later is needed.`);
  } finally {
    pool.release(connection);
  }
}

async function openServer(at: OpenSettings['database'] & { kind: 'postgres' }): Promise<Opened> {
  const pool = postgresPool(at.url, { max: at.connections });
  const ownerPool = at.ownerUrl ? postgresPool(at.ownerUrl, { max: 2 }) : pool;
  const database = databaseOn(pool, ownerPool);
  try {
    await refuseOldServer(ownerPool);
  } catch (error) {
    await database.close();
    throw error;
  }
  return { database, ownerPool, visiting: false, close: () => database.close() };
}

async function openFolder(folder: string, options: OpenOptions): Promise<Opened> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let lock: Lock;
  try {
    lock = await holdFolder(folder, options.label);
  } catch (error) {
    if (options.whenHeld === 'refuse' || !isFolderHeld(error) || error.heldBy.socket === null) throw error;
    const pool = await visitingPool(folder, error.heldBy);
    const database = databaseOn(pool);
    return { database, ownerPool: pool, visiting: true, close: () => database.close() };
  }
  try {
    const pool = await embeddedPool(join(folder, 'database'));
    servePool(lock, pool);
    const database = databaseOn(pool);
    return {
      database,
      ownerPool: pool,
      visiting: false,
      close: async () => {
        await database.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Opens the instance's database, of whichever kind, and brings its schema forward unless told otherwise. */
export async function openDatabase(settings: OpenSettings, options: OpenOptions): Promise<Opened> {
  const { database: at } = settings;
  const opened = at.kind === 'postgres' ? await openServer(at) : await openFolder(settings.dataFolder, options);
  if (options.migrate === false || opened.visiting) return opened;
  try {
    await migrate(opened.ownerPool, options.progress ? { progress: options.progress } : {});
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
}
