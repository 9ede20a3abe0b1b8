import type { FastifyInstance } from 'fastify';
import type { Connection, Pool } from '../../server/platform/db/database.ts';
import type { Work } from '../serve-floor.ts';
import type { Sent } from './load.ts';

/** A statement as it went to the database. `values` are null for text without parameters (BEGIN, COMMIT). */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[] | null;
}

/** A pool that writes down what is asked, so that the bare handler can ask exactly the same. */
export function recordingPool(pool: Pool, said: Statement[]): Pool {
  const inner = new WeakMap<Connection, Connection>();
  return {
    ...pool,
    acquire: async () => {
      const connection = await pool.acquire();
      const outer: Connection = {
        scopes: connection.scopes,
        query: (text, values) => {
          said.push({ text, values: [...values] });
          return connection.query(text, values);
        },
        script: (text) => {
          said.push({ text, values: null });
          return connection.script(text);
        },
      };
      inner.set(outer, connection);
      return outer;
    },
    release: (outer, broken) => {
      const connection = inner.get(outer)!;
      connection.scopes = outer.scopes;
      pool.release(connection, broken);
    },
  };
}

/** Role and scope are ours alone; the bare handler has neither. */
const withoutScope = (said: readonly Statement[]): Statement[] =>
  said.filter((s) => !/^(SET ROLE|RESET ROLE|SET app\.)/.test(s.text));

const uuids = (said: readonly Statement[]): Set<string> =>
  new Set(
    JSON.stringify(said.map((s) => s.values)).match(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g),
  );

/** What one request asks of the database; what runs beside the requests (jobs, folding of counts) is kept out. */
async function saidBy(app: FastifyInstance, cookie: string, said: Statement[], sent: Sent): Promise<Statement[]> {
  said.length = 0;
  const answer = await app.inject({
    method: sent.method as 'GET',
    url: sent.path,
    headers: { cookie },
    ...(sent.body === undefined ? {} : { payload: sent.body as object }),
  });
  if (answer.statusCode !== 200)
    throw new Error(`${sent.method} ${sent.path} answered ${answer.statusCode}: ${answer.body}`);
  return withoutScope(said).filter((s) => !/FROM (jobs|case_count_deltas OFFSET)|UPDATE jobs/.test(s.text));
}

/**
 * Two requests of a kind, recorded as work for the bare handler. Ids that differ between them and name neither subject are
 * made new by every request.
 */
export async function recordWork(
  app: FastifyInstance,
  cookie: string,
  said: Statement[],
  of: { first: Sent; second: Sent; pattern: string; query?: string; subject?: string },
): Promise<Work> {
  // Who sends it is remembered for some seconds; a request that had to ask is no example.
  do {
    said.length = 0;
    await app.inject({ method: 'GET', url: '/api/cases/kinds', headers: { cookie } });
  } while (said.some((s) => s.text.includes('FROM sessions')));
  const first = await saidBy(app, cookie, said, of.first);
  const second = await saidBy(app, cookie, said, of.second);
  if (first.map((s) => s.text).join('\n') !== second.map((s) => s.text).join('\n'))
    throw new Error(`Two requests of one kind did not ask the same: ${of.first.method} ${of.first.path}`);
  const others = uuids(second);
  const fresh = [...uuids(first)].filter((id) => !others.has(id) && id !== of.subject);
  return {
    method: of.first.method,
    path: of.pattern,
    ...(of.query === undefined ? {} : { query: of.query }),
    statements: first,
    subject: of.subject ?? null,
    fresh,
  };
}
