import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Endpoint } from '../../domain/contract.ts';
import type { RoleName } from '../../domain/records/assignments/roles.ts';
import type { UnitType } from '../../domain/records/units/index.ts';
import { createApp } from '../../server/app.ts';
import type { Database } from '../../server/platform/db/database.ts';
import { sql } from '../../server/platform/db/sql.ts';
import { type Rq, system } from '../../server/platform/rq.ts';
import { hashPassword } from '../../server/platform/secrets.ts';
import { announceActorsChanged } from '../../server/records/accounts/index.ts';
import { createUnit, insertUnit } from '../../server/records/units/index.ts';
import { testDatabase } from './databases.ts';

export const testPassword = 'correct horse 五星';
let passwordHash: Promise<string> | undefined;

export interface Answer<T = unknown> {
  readonly status: number;
  readonly body: T;
  /** The code of the refusal, or undefined when it went well. */
  readonly code: string | undefined;
  readonly headers: Record<string, unknown>;
}

/** A query as one would write it: flags as booleans, numbers as numbers; they travel as text. */
type Loosely<T> = { [K in keyof T]: T[K] | boolean | number };

export interface Client {
  /** Calls an endpoint through HTTP; the types come from the contract. */
  call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
    endpoint: Endpoint<P, Q, B, R>,
    input?: { params?: z.input<P>; query?: Loosely<z.input<Q>>; body?: z.input<B>; headers?: Record<string, string> },
  ): Promise<Answer<z.output<R>>>;
  /** The same, and fails the test unless it answers 200. */
  ok<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
    endpoint: Endpoint<P, Q, B, R>,
    input?: { params?: z.input<P>; query?: Loosely<z.input<Q>>; body?: z.input<B>; headers?: Record<string, string> },
  ): Promise<z.output<R>>;
  raw(options: InjectOptions): Promise<Answer>;
}

export interface World {
  readonly app: FastifyInstance;
  readonly database: Database;
  readonly url: string | null;
  readonly units: Record<
    'county' | 'east' | 'west' | 'street' | 'eastVillage' | 'eastVillage2' | 'westVillage' | 'community',
    number
  >;
  /** Moves the clock of the whole instance; everything that asks for the time asks it. */
  setNow(moment: string): void;
  now(): Date;
  /** A person at a unit with roles, and an account; answers the person's id. */
  person(login: string, home: number, roles?: readonly [RoleName, number, string?][]): Promise<string>;
  /** A client signed in as that account; `visitor` when no login is named. */
  as(login?: string): Promise<Client>;
  asSystem<T>(work: (rq: Rq) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Registers fakes of nothing: a real application on a real database with a small fictional county in it. */
export async function createWorld(options: { now?: string; webFolder?: string } = {}): Promise<World> {
  const { database, drop, url } = await testDatabase();
  let now = new Date(options.now ?? '2026-03-02T09:00:00+08:00');
  const app = await createApp(database, {
    secret: 'test secret, long enough to be one',
    clock: () => now,
    version: 'test',
    logLevel: process.env['TEST_LOG'] ?? 'silent',
    rateLimit: 1_000_000,
    trustProxy: false,
    secure: false,
    ...(options.webFolder === undefined ? {} : { webFolder: options.webFolder }),
  });
  await app.ready();
  const asSystem = <T>(work: (rq: Rq) => Promise<T>) =>
    database.write([''], (db) => work({ actor: system, db, now, lang: 'zh' }));
  const units = await asSystem(countyOf);

  const world: World = {
    app,
    database,
    url,
    units,
    now: () => now,
    setNow: (moment) => {
      now = new Date(moment);
    },
    asSystem,
    person: (login, home, roles = []) => asSystem((rq) => addPerson(rq, login, home, roles)),
    as: async (login) => clientOf(app, login === undefined ? undefined : await cookieOf(app, login)),
    close: async () => {
      await app.close();
      await drop();
    },
  };
  return world;
}

async function countyOf(rq: Rq): Promise<World['units']> {
  const day = '2020-01-01';
  const base = { day, document: '测试', attributes: {} };
  const county = await insertUnit(rq, {
    code: 'c1',
    type: 'county',
    name: '示例县',
    parentId: null,
    parentPath: '',
    scheme: null,
    day,
    document: '测试',
    attributes: {},
    change: 'create',
  });
  const add = async (
    parentId: number,
    code: string,
    type: UnitType,
    name: string,
    scheme: 'rural' | 'urban' | null = null,
  ) => (await createUnit(rq, { ...base, parentId, code, type, name, scheme })).id;
  const east = await add(county, 't1', 'township', '东林镇');
  const west = await add(county, 't2', 'township', '西河乡');
  const street = await add(county, 's1', 'street', '向阳街道');
  return {
    county,
    east,
    west,
    street,
    eastVillage: await add(east, 'v1', 'village', '青石村', 'rural'),
    eastVillage2: await add(east, 'v2', 'village', '柳沟村', 'rural'),
    westVillage: await add(west, 'v3', 'village', '䩐勒桥村', 'rural'),
    community: await add(street, 'm1', 'community', '向阳社区', 'urban'),
  };
}

async function addPerson(
  rq: Rq,
  login: string,
  home: number,
  roles: readonly [RoleName, number, string?][],
): Promise<string> {
  passwordHash ??= hashPassword(testPassword);
  const personId = randomUUID();
  const { path } = await rq.db.one<{ path: string }>(sql`SELECT unit_path AS path FROM units WHERE id = ${home}`);
  await rq.db.run(
    sql`INSERT INTO people (id, name, unit_id, unit_path) VALUES (${personId}, ${login}, ${home}, ${path})`,
  );
  await rq.db.run(sql`INSERT INTO users (id, person_id, unit_path, login, password_hash)
    VALUES (${randomUUID()}, ${personId}, ${path}, ${login}, ${await passwordHash})`);
  for (const [role, unitId, star] of roles)
    await rq.db.run(sql`INSERT INTO assignments (id, role, person_id, unit_id, unit_path, star, from_day)
      SELECT ${randomUUID()}, ${role}, ${personId}, id, unit_path, ${star ?? null}, '2020-01-01' FROM units WHERE id = ${unitId}`);
  await announceActorsChanged(rq.db);
  return personId;
}

async function cookieOf(app: FastifyInstance, login: string): Promise<string> {
  const reply = await app.inject({ method: 'POST', url: '/api/session', payload: { login, password: testPassword } });
  if (reply.statusCode !== 200) throw new Error(`${login} cannot sign in: ${reply.body}`);
  return reply.cookies.map((c) => `${c.name}=${c.value}`).join('; ');
}

/** The whole of an answer; of live news, which never end, what comes within a moment. */
async function textOf(reply: LightMyRequestResponse, endless: boolean): Promise<string> {
  const stream = reply.stream();
  if (endless) setTimeout(() => reply.raw.res.destroy(), 50);
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(Buffer.from(chunk));
  } catch (error) {
    if (!endless) throw error;
  }
  return Buffer.concat(chunks).toString();
}

function clientOf(app: FastifyInstance, cookie: string | undefined): Client {
  const raw: Client['raw'] = async (options) => {
    const headers = { ...options.headers, ...(cookie ? { cookie } : {}) };
    const reply = await app.inject({ ...options, headers, payloadAsStream: true });
    const type = String(reply.headers['content-type']);
    const text = await textOf(reply, type.startsWith('text/event-stream'));
    const body: unknown = type.includes('json') ? JSON.parse(text) : text;
    return {
      status: reply.statusCode,
      body,
      code: (body as { error?: { code: string } }).error?.code,
      headers: reply.headers,
    };
  };
  const call: Client['call'] = async (endpoint, input = {}) => {
    let url = endpoint.path;
    for (const [name, value] of Object.entries((input.params ?? {}) as Record<string, unknown>))
      url = url.replace(`:${name}`, encodeURIComponent(String(value)));
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, unknown>))
      if (value !== undefined) query.set(name, String(value));
    const answer = await raw({
      method: endpoint.method,
      url: query.size > 0 ? `${url}?${query}` : url,
      headers: input.headers ?? {},
      ...(endpoint.method === 'GET' ? {} : { payload: (input.body ?? {}) as object }),
    });
    return answer as Answer<never>;
  };
  return {
    raw,
    call,
    ok: async (endpoint, input) => {
      const answer = await call(endpoint, input);
      if (answer.status !== 200)
        throw new Error(`${endpoint.name} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
  };
}
