import type { FastifyInstance } from 'fastify';
import { createApp } from '../../server/app.ts';
import { databaseOn } from '../../server/platform/db/database.ts';
import { postgresPool } from '../../server/platform/db/postgres.ts';
import type { BenchDatabase } from './databases.ts';
import { password } from './people.ts';
import { percentile } from './timing.ts';

export interface Answered<T> {
  readonly ms: number;
  readonly body: T;
}

/** Sends one request as somebody who is signed in; anything but 200 is an error. */
export type Ask = <T = unknown>(method: 'GET' | 'POST', path: string, body?: unknown) => Promise<Answered<T>>;

/** The application in this process, for measures of one request at a time; requests pass all of it but the socket. */
export interface InProcess {
  readonly app: FastifyInstance;
  as(login: string): Promise<Ask>;
  close(): Promise<void>;
}

export async function inProcess(db: BenchDatabase, clock: () => Date = () => new Date()): Promise<InProcess> {
  const database = databaseOn(postgresPool(db.url, { max: 4, statementTimeoutMs: 600_000 }));
  const app = await createApp(database, {
    secret: 'bench secret, long enough to be one',
    clock,
    version: 'bench',
    logLevel: 'silent',
    rateLimit: 1_000_000_000,
    trustProxy: false,
    secure: false,
  });
  return {
    app,
    as: async (login) => {
      const session = await app.inject({ method: 'POST', url: '/api/session', payload: { login, password } });
      const cookie = session.cookies.map((c) => `${c.name}=${c.value}`).join('; ');
      return async <T>(method: 'GET' | 'POST', path: string, body?: unknown) => {
        const began = performance.now();
        const answer = await app.inject({
          method,
          url: path,
          headers: { cookie },
          ...(body === undefined ? {} : { payload: body as object }),
        });
        const ms = performance.now() - began;
        if (answer.statusCode !== 200)
          throw new Error(`${method} ${path} answered ${answer.statusCode}: ${answer.body.slice(0, 1_000)}`);
        return { ms, body: answer.json() as T };
      };
    },
    close: async () => {
      await app.close();
      await database.close();
    },
  };
}

/** A share (0.5, 0.95) of the times of `count` requests, after a few that are not counted. */
export async function timesOf(
  count: number,
  share: number,
  one: (i: number) => Promise<Answered<unknown>>,
): Promise<number> {
  const times: number[] = [];
  const warm = Math.max(8, Math.floor(count / 10));
  for (let i = 0; i < count + warm; i++) {
    const { ms } = await one(i);
    if (i >= warm) times.push(ms);
  }
  return percentile(times, share);
}
