import type { FastifyInstance } from 'fastify';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accounts, instance } from '../../../domain/records/accounts/index.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';
import { createApp } from '../../app.ts';
import { oidcProvider } from './providers.ts';

/** A real OpenID provider on this machine; whoever types a name at it is that person. */
async function startProvider(returnUrl: string): Promise<{ issuer: string; server: Server }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'wuxing',
        client_secret: 'a secret between the two',
        redirect_uris: [returnUrl],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    pkce: { required: () => true },
    findAccount: (_ctx: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, name: `名字${id}` }) }),
    cookies: { keys: ['only for this test'] },
    features: { devInteractions: { enabled: true } },
  });
  server.on('request', provider.callback());
  return { issuer, server };
}

type Jar = Map<string, string>;

/** A browser that keeps cookies of the provider and follows what it is told, until it is sent back to us. */
async function visit(jar: Jar, url: string, form?: Record<string, string>): Promise<Response> {
  const response = await fetch(url, {
    redirect: 'manual',
    headers: { cookie: [...jar].map(([k, v]) => `${k}=${v}`).join('; ') },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  for (const line of response.headers.getSetCookie()) {
    const [pair] = line.split(';');
    const at = pair!.indexOf('=');
    jar.set(pair!.slice(0, at), pair!.slice(at + 1));
  }
  return response;
}

async function authorise(start: string, login: string, returnUrl: string): Promise<URL> {
  const jar: Jar = new Map();
  let url = start;
  for (let hops = 0; hops < 20; hops++) {
    const response = await visit(jar, url);
    const location = response.headers.get('location');
    if (location) {
      url = new URL(location, url).href;
      if (url.startsWith(returnUrl)) return new URL(url);
      continue;
    }
    const page = await response.text();
    const action = /action="([^"]+)"/.exec(page)?.[1];
    if (!action) throw new Error(`The provider shows no form: ${page.slice(0, 300)}`);
    const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1] ?? 'login';
    const sent = await visit(jar, new URL(action, url).href, { prompt, login, password: 'any' });
    url = new URL(sent.headers.get('location')!, url).href;
    if (url.startsWith(returnUrl)) return new URL(url);
  }
  throw new Error('The provider sends us round in circles.');
}

const publicUrl = 'http://wuxing.test';
const returnUrl = `${publicUrl}/api/session/outside/oidc/return`;

let world: World;
let app: FastifyInstance;
let admin: Client;
let provider: { issuer: string; server: Server };

beforeAll(async () => {
  world = await createWorld();
  provider = await startProvider(returnUrl);
  app = await createApp(world.database, {
    secret: 'test secret, long enough to be one',
    clock: world.now,
    version: 'test',
    logLevel: 'silent',
    rateLimit: 1_000_000,
    trustProxy: false,
    secure: false,
    publicUrl,
    providers: [
      oidcProvider({
        issuer: provider.issuer,
        clientId: 'wuxing',
        clientSecret: 'a secret between the two',
        label: null,
        scopes: 'openid',
      }),
    ],
  });
  await world.person('root', world.units.county, [['admin', world.units.county]]);
  await world.person('li.si', world.units.eastVillage, [['branch-secretary', world.units.eastVillage]]);
  admin = await world.as('root');
});
afterAll(async () => {
  await app.close();
  provider.server.close();
  provider.server.closeAllConnections();
  await world.close();
});

const start = async (from = '/units') => {
  const reply = await app.inject({ url: `/api/session/outside/oidc?from=${encodeURIComponent(from)}` });
  return { url: reply.headers.location!, cookie: reply.cookies.map((c) => `${c.name}=${c.value}`).join('; '), reply };
};
const comeBack = (url: URL, cookie: string) => app.inject({ url: url.pathname + url.search, headers: { cookie } });
const sessionOf = (reply: Awaited<ReturnType<typeof comeBack>>) =>
  reply.cookies.find((c) => c.name === 'wuxing_session')?.value;
const link = async (login: string, subject: string | null) => {
  const { items } = await admin.ok(accounts.list, { query: { q: login } });
  const identity = subject === null ? null : { issuer: provider.issuer, subject };
  return admin.call(accounts.linkIdentity, { params: { id: items[0]!.id }, body: { identity } });
};

describe('signing in with an outside provider', () => {
  it('is offered on the sign-in page', async () => {
    const reply = await app.inject({ url: instance.show.path });
    expect(reply.json()).toMatchObject({ providers: [{ id: 'oidc', zh: '统一身份认证' }] });
    expect((await app.inject({ url: '/api/session/outside/other' })).statusCode).toBe(409);
  });

  it('asks with PKCE, state and nonce, each new every time', async () => {
    const [one, two] = [await start(), await start()];
    const first = new URL(one.url).searchParams;
    const second = new URL(two.url).searchParams;
    expect(first.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce']) {
      expect(first.get(name)!.length).toBeGreaterThanOrEqual(32);
      expect(first.get(name)).not.toBe(second.get(name));
    }
    expect(one.reply.headers['set-cookie']).toMatch(/HttpOnly/i);
    // What must stay between us and the provider is encrypted in the cookie.
    expect(decodeURIComponent(one.cookie)).not.toContain(first.get('state'));
  });

  it('opens nothing for somebody whom no administrator has linked', async () => {
    const { url, cookie } = await start();
    const reply = await comeBack(await authorise(url, 'stranger', returnUrl), cookie);
    expect(reply.statusCode).toBe(303);
    expect(reply.headers.location).toBe('/sign-in?problem=unlinked&subject=stranger');
    expect(sessionOf(reply)).toBeUndefined();
  });

  it('signs in the linked account with the duties it has here, and returns to where it began', async () => {
    expect((await link('li.si', 'cn-1001')).status).toBe(200);
    const { url, cookie } = await start('/units/3?tab=history');
    const reply = await comeBack(await authorise(url, 'cn-1001', returnUrl), cookie);
    expect(reply.headers.location).toBe('/units/3?tab=history');
    const me = await app.inject({ url: accounts.me.path, headers: { cookie: `wuxing_session=${sessionOf(reply)}` } });
    expect(me.json()).toMatchObject({ name: 'li.si', roles: [{ role: 'branch-secretary' }] });
  });

  it('links an identity with one account at a time', async () => {
    await world.person('wang.wu', world.units.westVillage);
    expect((await link('wang.wu', 'cn-1001')).code).toBe('identity-taken');
  });

  it('leads nobody on to another site', async () => {
    for (const from of ['https://evil.test/', '//evil.test/', '/\\evil.test/']) {
      const { url, cookie } = await start(from);
      const reply = await comeBack(await authorise(url, 'cn-1001', returnUrl), cookie);
      expect(reply.headers.location).toBe('/');
    }
  });

  it('refuses an answer to another question: no cookie, another state, used twice, or too late', async () => {
    const first = await start();
    const back = await authorise(first.url, 'cn-1001', returnUrl);
    expect((await comeBack(back, '')).headers.location).toBe('/sign-in?problem=expired');
    const other = await start();
    expect((await comeBack(back, other.cookie)).headers.location).toBe('/sign-in?problem=failed');
    expect((await comeBack(back, `${first.cookie}x`)).headers.location).toMatch(/problem=/);
    expect((await comeBack(back, first.cookie)).headers.location).toBe('/units');
    expect((await comeBack(back, first.cookie)).headers.location).toBe('/sign-in?problem=failed');
    const late = await start();
    const lateBack = await authorise(late.url, 'cn-1001', returnUrl);
    world.setNow(new Date(world.now().getTime() + 11 * 60_000).toISOString());
    expect((await comeBack(lateBack, late.cookie)).headers.location).toBe('/sign-in?problem=expired');
  });

  it('does not open a disabled account, and unlinking ends what is open', async () => {
    const { items } = await admin.ok(accounts.list, { query: { q: 'li.si' } });
    const params = { id: items[0]!.id };
    await admin.ok(accounts.disable, { params, body: { disabled: true } });
    const one = await start();
    const refused = await comeBack(await authorise(one.url, 'cn-1001', returnUrl), one.cookie);
    expect(refused.headers.location).toContain('problem=disabled');
    await admin.ok(accounts.disable, { params, body: { disabled: false } });
    const two = await start();
    const reply = await comeBack(await authorise(two.url, 'cn-1001', returnUrl), two.cookie);
    const headers = { cookie: `wuxing_session=${sessionOf(reply)}` };
    expect((await app.inject({ url: accounts.me.path, headers })).statusCode).toBe(200);
    await link('li.si', null);
    expect((await app.inject({ url: accounts.me.path, headers })).statusCode).toBe(401);
  });

  it('says that the provider cannot be reached, and tries again the next time', async () => {
    const away = oidcProvider({
      issuer: 'http://127.0.0.1:9',
      clientId: 'wuxing',
      clientSecret: null,
      label: null,
      scopes: 'openid',
    });
    for (let i = 0; i < 2; i++)
      await expect(away.begin(returnUrl)).rejects.toThrow(/fetch failed|ECONNREFUSED|bad port/);
  });
});
