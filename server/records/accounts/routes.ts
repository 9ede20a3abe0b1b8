import type { z } from 'zod';
import type { Endpoint } from '../../../domain/contract.ts';
import { accounts, instance } from '../../../domain/records/accounts/index.ts';
import { tooMany } from '../../platform/errors.ts';
import { type Route, route, type Wire } from '../../platform/http/routes.ts';
import { limiter } from '../../platform/limiter.ts';
import { type Rq, system } from '../../platform/rq.ts';
import * as actions from './actions.ts';
import { sessionCookie, type SignedIn } from './actors.ts';
import { checkLink, findInstance, foundInstance } from './founding.ts';
import { type OutsideSettings, outsideRoutes } from './outside.ts';
import type { IdentityProvider } from './providers.ts';
import * as factor from './second-factor.ts';
import { signIn } from './signing.ts';
import * as store from './store.ts';

const ok = { ok: true } as const;

export interface AccountSettings {
  readonly secure: boolean;
  readonly secret?: string;
  readonly publicUrl?: string;
  readonly providers?: readonly IdentityProvider[];
  /** Requests a minute and address; signing in gets a twentieth of it. */
  readonly rateLimit?: number;
}

export function setSessionCookie(wire: Wire, token: string, secure: boolean): void {
  void wire.reply.setCookie(sessionCookie, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: 14 * 86_400,
  });
}

const slower = tooMany({
  zh: '登录尝试过于频繁，请稍候一分钟再试。',
  en: 'Too many sign-in attempts; wait a minute.',
});

/** How often an address and an account may try passwords and codes. */
interface Patience {
  address(rq: Rq, key: string): void;
  account(rq: Rq, login: string): void;
}

function patience(settings: AccountSettings): Patience {
  const perMinute = Math.max(5, Math.ceil((settings.rateLimit ?? 1_200) / 20));
  const byAddress = limiter(perMinute, 60_000);
  // A whole office often shares one address, so the account itself is bounded more tightly than the address.
  const byAccount = limiter(Math.ceil(perMinute / 3), 60_000);
  return {
    address: (rq, key) => {
      if (!byAddress.allow(key, rq.now)) throw slower;
    },
    account: (rq, login) => {
      if (!byAccount.allow(login.trim().toLowerCase(), rq.now)) throw slower;
    },
  };
}

/**
 * One's own account is found by its id and not by a scope: whoever has no duty now, or belongs to a unit outside what they
 * answer for, still changes their own password. What runs here asks for the actor's own id and nothing else.
 */
function own<B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<z.ZodType, z.ZodType, B, R>,
  work: (rq: Rq, body: z.output<B>) => Promise<z.input<R>>,
): Route {
  const reads = endpoint.method === 'GET';
  return route(
    endpoint,
    (rq, { body }, { database }) =>
      database[reads ? 'read' : 'write']([''], (db) => work({ ...rq, db }, body as z.output<B>)),
    { loose: true },
  );
}

const sessionOf = (rq: Rq) => (rq.actor as SignedIn).sessionId;

/** Signing in and out, and where one is signed in. */
function sessionRoutes(settings: AccountSettings, bounds: Patience): Route[] {
  return [
    route(
      accounts.signIn,
      async (rq, { body }, wire) => {
        bounds.address(rq, wire.request.ip);
        bounds.account(rq, body.login);
        const from = { address: wire.request.ip, agent: wire.request.headers['user-agent'] ?? null };
        const result = await signIn(wire.database, rq.now, { ...body, ...from });
        if ('refused' in result) throw result.refused;
        setSessionCookie(wire, result.token, settings.secure);
        return ok;
      },
      { loose: true },
    ),
    route(accounts.signOut, async (rq, _input, { reply }) => {
      await actions.signOut(rq, sessionOf(rq));
      void reply.clearCookie(sessionCookie, { path: '/' });
      return ok;
    }),
    route(accounts.sessions, async (rq) => {
      const items = await store.listSessions(rq);
      return { items: items.map((s) => ({ ...s, current: s.id === sessionOf(rq) })) };
    }),
    route(accounts.revoke, async (rq, { params }) => {
      await actions.revoke(rq, params.id);
      return ok;
    }),
  ];
}

/** Everything about one's own account. */
function ownRoutes(bounds: Patience): Route[] {
  const careful = (rq: Rq) => bounds.address(rq, rq.actor.userId!);
  return [
    own(accounts.me, actions.showMe),
    own(accounts.changePassword, async (rq, body) => {
      careful(rq);
      await actions.changePassword(rq, body, sessionOf(rq));
      return ok;
    }),
    own(accounts.setLang, async (rq, body) => {
      await actions.setLang(rq, body.lang);
      return ok;
    }),
    own(accounts.totp, async (rq) => {
      const user = await store.findUser(rq.db, rq.actor.userId!);
      return { enabled: Boolean(user?.totpSecret) };
    }),
    own(accounts.enrolTotp, (rq, body) => {
      careful(rq);
      return factor.beginTotp(rq, body.password);
    }),
    own(accounts.confirmTotp, async (rq, body) => {
      careful(rq);
      await factor.confirmTotp(rq, body.code);
      return ok;
    }),
    own(accounts.disableTotp, async (rq, body) => {
      careful(rq);
      await factor.disableTotp(rq, body.password, body.code);
      return ok;
    }),
  ];
}

/** What administrators do with accounts of others. */
const adminRoutes: Route[] = [
  route(accounts.list, (rq, { query }) => store.listUsers(rq, query.q, query.limit, query.offset)),
  route(accounts.create, (rq, { body }) => actions.createUser(rq, body)),
  route(accounts.disable, async (rq, { params, body }) => {
    await actions.setDisabled(rq, params.id, body.disabled);
    return ok;
  }),
  route(accounts.resetLink, (rq, { params }) => actions.resetLink(rq, params.id)),
  route(accounts.resetTotp, async (rq, { params }) => {
    await factor.resetTotp(rq, params.id);
    return ok;
  }),
  route(accounts.linkIdentity, async (rq, { params, body }) => {
    await actions.linkIdentity(rq, params.id, body.identity);
    return ok;
  }),
];

/** One-time links, and the first set-up of an instance. */
function setUpRoutes(settings: AccountSettings): Route[] {
  const asSystem = <T>(rq: Rq, wire: Wire, work: (rq: Rq) => Promise<T>) =>
    wire.database.write([''], (db) => work({ ...rq, actor: system, db }));
  return [
    route(accounts.setUp, (rq, { body }, wire) => asSystem(rq, wire, (r) => actions.setUp(r, body)), { loose: true }),
    route(instance.checkLink, (rq, { body }, wire) => asSystem(rq, wire, (r) => checkLink(r, body.token)), {
      loose: true,
    }),
    route(
      instance.found,
      (rq, { body }, wire) => asSystem(rq, wire, (r) => foundInstance(r, body, settings.secret ?? '')),
      { loose: true },
    ),
    route(instance.show, async (rq) => {
      const found = await findInstance(rq.db);
      return {
        ready: found !== undefined,
        name: found?.name ?? null,
        demo: found?.kind === 'demo',
        providers: (settings.providers ?? []).map((p) => ({ id: p.id, ...p.words })),
      };
    }),
  ];
}

export function accountRoutes(settings: AccountSettings): Route[] {
  const outside: OutsideSettings = {
    providers: settings.providers ?? [],
    publicUrl: settings.publicUrl ?? 'http://localhost:8080',
    secure: settings.secure,
    signedIn: (wire, token) => setSessionCookie(wire, token, settings.secure),
  };
  const bounds = patience(settings);
  return [
    ...sessionRoutes(settings, bounds),
    ...ownRoutes(bounds),
    ...adminRoutes,
    ...setUpRoutes(settings),
    ...outsideRoutes(outside),
  ];
}
