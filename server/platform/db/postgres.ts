import pg from 'pg';
import type { Connection, Pool } from './database.ts';

// The same values on both drivers: counts are numbers, days are text, moments are dates, exact decimals stay text.
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') => {
    if (oid === pg.types.builtins.INT8) return Number;
    if (oid === pg.types.builtins.DATE) return (v: string) => v;
    return pg.types.getTypeParser(oid, format);
  }) as pg.CustomTypesConfig['getTypeParser'],
};

const statementNames = new Map<string, string>();

/** A stable name per statement text, so that the server plans it once per connection. The texts are ours, so they are few. */
function statementName(text: string): string | undefined {
  let name = statementNames.get(text);
  if (name === undefined && statementNames.size < 2_000) {
    name = `w${statementNames.size}`;
    statementNames.set(text, name);
  }
  return name;
}

interface Held extends Connection {
  readonly client: pg.PoolClient;
}

/** A pool on a PostgreSQL server (15 or later). `statement_timeout` bounds every query. */
export function postgresPool(url: string, options: { max?: number; statementTimeoutMs?: number } = {}): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 16,
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    // A process that hangs in the middle of a transaction must not hold its locks for ever.
    idle_in_transaction_session_timeout: 300_000,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    types,
  });
  // An idle connection that the server drops must not end the process; the next query takes a fresh one.
  pool.on('error', () => undefined);
  const held = new WeakMap<pg.PoolClient, Held>();

  function hold(client: pg.PoolClient): Held {
    const connection: Held = {
      client,
      scopes: null,
      query: async (text, values) => {
        const result = await client.query({ name: statementName(text), text, values: values as unknown[] });
        return { rows: result.rows, count: result.rowCount ?? 0 };
      },
      script: async (text) => {
        const result = await client.query(text);
        // A transaction in which a statement failed and the failure was swallowed: the server rolls it back and says so
        // only in the name of the command. Nothing of it may be acknowledged.
        if (text === 'COMMIT' && result.command === 'ROLLBACK')
          throw new Error('The transaction had failed before it was committed.');
      },
    };
    held.set(client, connection);
    return connection;
  }

  return {
    kind: 'postgres',
    acquire: async () => {
      const client = await pool.connect();
      return held.get(client) ?? hold(client);
    },
    release: (connection, broken) => (connection as Held).client.release(broken === true || connection.scopes === null),
    listen: (channel, heard) => listenOn(url, channel, heard),
    close: () => pool.end(),
  };
}

/** A connection of its own for LISTEN that comes back by itself when the server drops it. */
async function listenOn(url: string, channel: string, heard: (payload: string) => void): Promise<() => Promise<void>> {
  let stopped = false;
  let client: pg.Client | undefined;
  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url });
    next.on('notification', (message) => heard(message.payload ?? ''));
    next.on('error', () => undefined);
    next.on('end', () => {
      if (!stopped) setTimeout(() => connect().catch(() => undefined), 1_000).unref();
    });
    await next.connect();
    await next.query(`LISTEN ${channel}`);
    client = next;
  }
  await connect();
  return async () => {
    stopped = true;
    await client?.end();
  };
}
