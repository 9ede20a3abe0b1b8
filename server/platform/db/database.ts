import type { Sql } from 'sql-template-tag';
import { committed } from './after.ts';

/** Paths whose subtrees a request may see; `''` is the whole tree, the empty list is nothing. */
export type Scope = readonly string[];

/** Something that answers queries: a connection inside a transaction, or a pooled one for plain reads. */
export interface Tx {
  many<T>(query: Sql): Promise<T[]>;
  /** The first row or undefined. */
  find<T>(query: Sql): Promise<T | undefined>;
  /** Exactly the first row; throws when there is none: use it where the row must exist. */
  one<T>(query: Sql): Promise<T>;
  /** Number of rows that were changed. */
  run(query: Sql): Promise<number>;
}

export interface Result {
  readonly rows: unknown[];
  readonly count: number;
}

/** One session of the database. The driver (pg or PGlite) hides behind these four. */
export interface Connection {
  query(text: string, values: readonly unknown[]): Promise<Result>;
  /** Several statements without parameters (migrations, BEGIN …). */
  script(text: string): Promise<void>;
  /** What `app.scopes` is set to on this session; null when not known. */
  scopes: string | null;
}

export interface Pool {
  readonly kind: 'postgres' | 'embedded';
  acquire(): Promise<Connection>;
  release(connection: Connection, broken?: boolean): void;
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

export interface Database {
  readonly kind: Pool['kind'];
  /** Reads under the application's role, seeing only `scope`. No transaction: one round trip a query. */
  read<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One transaction under the application's role; rolled back when `work` throws. */
  write<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One transaction as the owner of the schema: maintenance, verification, bulk loading. Never from a request. */
  owner<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Statements that may not stand in a transaction (VACUUM), as the owner. */
  maintain(script: string): Promise<void>;
  listen: Pool['listen'];
  close(): Promise<void>;
}

const appRole = 'wuxing_app';

export function txOn(connection: Connection): Tx {
  const ask = (q: Sql) => connection.query(q.text, q.values);
  return {
    many: async <T>(q: Sql) => (await ask(q)).rows as T[],
    find: async <T>(q: Sql) => (await ask(q)).rows[0] as T | undefined,
    one: async <T>(q: Sql) => {
      const row = (await ask(q)).rows[0];
      if (row === undefined) throw new Error(`A row was expected and none came: ${q.text.slice(0, 200)}`);
      return row as T;
    },
    run: async (q: Sql) => (await ask(q)).count,
  };
}

/** PostgreSQL's text form of a text array. Paths hold digits and dots only, so nothing needs a quote but the empty path. */
function arrayLiteral(scope: Scope): string {
  for (const path of scope) if (!/^(\d+\.)*$/.test(path)) throw new Error(`Not a unit path: ${path}`);
  return `{${scope.map((path) => `"${path}"`).join(',')}}`;
}

/**
 * Sets what the row-level policies look at. It is kept per session and only sent when it differs, so a reader who comes
 * back to the same connection pays no round trip. It is set outside any transaction, because a rollback would undo it.
 */
async function enter(connection: Connection, scope: Scope): Promise<void> {
  const wanted = arrayLiteral(scope);
  if (connection.scopes === wanted) return;
  connection.scopes = null;
  await connection.script(`SET ROLE ${appRole}; SET app.scopes = '${wanted}'`);
  connection.scopes = wanted;
}

async function enterAsOwner(connection: Connection): Promise<void> {
  connection.scopes = null;
  await connection.script(`RESET ROLE; SET app.scopes = ''`);
}

async function inTransaction<T>(connection: Connection, work: (tx: Tx) => Promise<T>): Promise<T> {
  await connection.script('BEGIN');
  try {
    const result = await work(txOn(connection));
    await connection.script('COMMIT');
    return result;
  } catch (error) {
    // The first error is the one to tell of; a failing rollback means that the connection is gone anyway.
    await connection.script('ROLLBACK').catch(() => {
      connection.scopes = null;
    });
    throw error;
  }
}

async function withConnection<T>(pool: Pool, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await pool.acquire();
  try {
    return await work(connection);
  } finally {
    pool.release(connection);
  }
}

/** The database of a process: scoped work over a pool. `ownerPool` differs where migrations use another log-in. */
export function databaseOn(pool: Pool, ownerPool: Pool = pool): Database {
  const database: Database = {
    kind: pool.kind,
    read: (scope, work) =>
      withConnection(pool, async (connection) => {
        await enter(connection, scope);
        return work(txOn(connection));
      }),
    write: async (scope, work) => {
      let used: Tx | undefined;
      const result = await withConnection(pool, async (connection) => {
        await enter(connection, scope);
        return inTransaction(connection, (tx) => work((used = tx)));
      });
      if (used) committed(used, database);
      return result;
    },
    owner: (work) =>
      withConnection(ownerPool, async (connection) => {
        await enterAsOwner(connection);
        return inTransaction(connection, work);
      }),
    maintain: (script) =>
      withConnection(ownerPool, async (connection) => {
        await enterAsOwner(connection);
        await connection.script(script);
      }),
    listen: pool.listen,
    close: async () => {
      await pool.close();
      if (ownerPool !== pool) await ownerPool.close();
    },
  };
  return database;
}
