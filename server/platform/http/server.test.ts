import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testPassword, createWorld, type World } from '../../../tests/support/world.ts';
import { createApp } from '../../app.ts';
import { sql } from '../db/sql.ts';
import { redact } from './server.ts';

let world: World;
let cookie: string;

beforeAll(async () => {
  world = await createWorld();
  await world.person('organiser', world.units.county, [['organiser', world.units.county]]);
  cookie = await signedIn(world.app);
});
afterAll(() => world.close());

async function signedIn(app: FastifyInstance): Promise<string> {
  const reply = await app.inject({
    method: 'POST',
    url: '/api/session',
    payload: { login: 'organiser', password: testPassword },
  });
  return reply.cookies.map((c) => `${c.name}=${c.value}`).join('; ');
}

/** Another process of the same instance, with settings of its own. */
async function appWith(settings: { rateLimit?: number; secure?: boolean }): Promise<FastifyInstance> {
  const app = await createApp(world.database, {
    secret: 'test secret, long enough to be one',
    clock: () => world.now(),
    version: 'test',
    logLevel: 'silent',
    rateLimit: settings.rateLimit ?? 1_000_000,
    trustProxy: false,
    secure: settings.secure ?? false,
  });
  await app.ready();
  return app;
}

const unit = (code: string) => ({
  parentId: world.units.east,
  code,
  type: 'village',
  name: code,
  scheme: 'rural',
  day: '2026-01-01',
  document: '测试',
});

const create = (code: string, headers: Record<string, string> = {}) =>
  world.app.inject({ method: 'POST', url: '/api/units', headers: { cookie, ...headers }, payload: unit(code) });

const countOf = async (code: string) => {
  const find = sql`SELECT count(*)::int AS n FROM units WHERE code = ${code}`;
  return (await world.asSystem((rq) => rq.db.one<{ n: number }>(find))).n;
};

describe('what an operator asks', () => {
  it('is answered: alive, ready, and seconds by endpoint for Prometheus', async () => {
    expect((await world.app.inject('/healthz')).json()).toEqual({ ok: true });
    expect((await world.app.inject('/readyz')).json()).toEqual({ ok: true, database: world.database.kind });
    await world.app.inject({ url: '/api/units?limit=5', headers: { cookie } });
    const metrics = await world.app.inject('/metrics');
    expect(metrics.headers['content-type']).toContain('text/plain');
    expect(metrics.body).toMatch(/wuxing_http_seconds_count\{endpoint="units\.\w+",status="200"\} [1-9]/);
    expect(metrics.body).toContain('process_resident_memory_bytes');
  });
});

describe('the headers of every answer', () => {
  it('let a page run nothing from elsewhere and stand in no frame', async () => {
    for (const url of ['/', '/api/units', '/nowhere', '/api/openapi.json']) {
      const { headers } = await world.app.inject(url);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('upgrade-insecure-requests');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('same-origin');
    }
  });

  it('tell browsers to stay on https where there is some, and mark the cookie', async () => {
    const app = await appWith({ secure: true });
    const reply = await app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { login: 'organiser', password: testPassword },
    });
    expect(reply.headers['strict-transport-security']).toMatch(/max-age=\d{7,}/);
    const set = reply.cookies.find((c) => c.httpOnly);
    expect(set).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Lax', path: '/' });
    await app.close();
  });
});

describe('a page of another site', () => {
  it.each([
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['no origin at all, as from a sandbox', { origin: 'null' }],
    ['a neighbouring site', { 'sec-fetch-site': 'same-site' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
  ])('cannot write with the reader’s cookie: %s', async (_name, headers) => {
    expect((await create('foreign', headers)).statusCode).toBe(403);
    expect(await countOf('foreign')).toBe(0);
  });

  it('cannot write by a plain form either, but our own page can', async () => {
    const form = await world.app.inject({
      method: 'POST',
      url: '/api/units',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'code=form',
    });
    expect(form.statusCode).toBe(415);
    const own = { host: 'wuxing.example', origin: 'https://wuxing.example', 'sec-fetch-site': 'same-origin' };
    expect((await create('own-page', own)).statusCode).toBe(200);
  });
});

describe('a request that a phone sends again', () => {
  const key = (k: string) => ({ 'idempotency-key': k });

  it('gets the first answer, and nothing happens twice', async () => {
    const first = await create('again', key('phone-00001'));
    const second = await create('again', key('phone-00001'));
    expect([first.statusCode, second.statusCode]).toEqual([200, 200]);
    expect(second.body).toBe(first.body);
    expect([first.headers['idempotent-replay'], second.headers['idempotent-replay']]).toEqual([undefined, 'true']);
    expect(await countOf('again')).toBe(1);
  });

  it('happens once when it arrives eight times at once', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => create('at-once', key('phone-00002'))));
    expect(new Set(all.map((a) => `${a.statusCode} ${a.body}`)).size).toBe(1);
    expect(all[0]!.statusCode).toBe(200);
    expect(await countOf('at-once')).toBe(1);
  });

  it('is refused when the key was used for something else, and after a refusal may be mended', async () => {
    expect((await create('other', key('phone-00001'))).statusCode).toBe(429);
    expect(await countOf('other')).toBe(0);
    expect((await create('again', key('phone-00003'))).statusCode).toBe(409);
    expect((await create('mended', key('phone-00003'))).statusCode).toBe(200);
    expect((await create('x', key('short'))).statusCode).toBe(400);
  });
});

describe('too many requests', () => {
  it('from one address are refused for a while, in the same form as every refusal; watching is not counted', async () => {
    const app = await appWith({ rateLimit: 5 });
    const statuses: number[] = [];
    for (let i = 0; i < 7; i++)
      statuses.push((await app.inject({ url: '/api/units', headers: { cookie } })).statusCode);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
    const refused = await app.inject({ url: '/api/units', headers: { cookie } });
    expect(refused.json()).toMatchObject({ error: { code: 'http-429' } });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    for (let i = 0; i < 10; i++) expect((await app.inject('/healthz')).statusCode).toBe(200);
    await app.close();
  });
});

describe('logs', () => {
  it('show no mobile and no identity number, wherever it stands', () => {
    expect(redact('/api/people?q=13812345678')).toBe('/api/people?q=138***');
    expect(redact('11010519491231002X is not 110105194912310021')).toBe('110*** is not 110***');
    expect(redact('/api/units/42?day=2026-11-26&limit=200')).toBe('/api/units/42?day=2026-11-26&limit=200');
  });
});
