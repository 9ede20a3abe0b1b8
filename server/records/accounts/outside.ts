import type { FastifyReply } from 'fastify';
import { type OutsideProblem, outside } from '../../../domain/records/accounts/index.ts';
import { type Route, route, type Wire } from '../../platform/http/routes.ts';
import { record } from '../../platform/journal.ts';
import { type Rq, system } from '../../platform/rq.ts';
import { lockText, unlockText } from '../../platform/secrets.ts';
import { accountReason } from '../../../domain/records/accounts/index.ts';
import { refuse } from '../../platform/errors.ts';
import type { Identity, IdentityProvider } from './providers.ts';
import { openSession } from './signing.ts';
import * as store from './store.ts';

const keepCookie = 'wuxing_outside';
const keepMinutes = 10;

interface Kept {
  readonly provider: string;
  readonly from: string;
  readonly until: number;
  readonly keep: Readonly<Record<string, string>>;
}

export interface OutsideSettings {
  readonly providers: readonly IdentityProvider[];
  /** The address of this instance as the browser knows it; the provider sends people back there. */
  readonly publicUrl: string;
  readonly secure: boolean;
  readonly signedIn: (wire: Wire, token: string) => void;
}

/** Only a place of this site is returned to: a link must not lead people on to another. */
const localPath = (path: string | undefined) => (path && /^\/(?![/\\])/.test(path) ? path : '/');

function back(reply: FastifyReply, problem: OutsideProblem, subject?: string): FastifyReply {
  const query = new URLSearchParams({ problem, ...(subject ? { subject } : {}) });
  return reply.redirect(`/sign-in?${query}`, 303);
}

export function outsideRoutes(settings: OutsideSettings): Route[] {
  const cookieOptions = {
    path: '/api/session/outside',
    httpOnly: true,
    sameSite: 'lax',
    secure: settings.secure,
  } as const;
  const returnUrl = (id: string) => `${settings.publicUrl}/api/session/outside/${id}/return`;
  const providerOf = (id: string) => {
    const provider = settings.providers.find((p) => p.id === id);
    if (!provider) throw refuse(accountReason('provider-unknown'));
    return provider;
  };

  async function start(rq: Rq, id: string, from: string | undefined, wire: Wire): Promise<FastifyReply> {
    const provider = providerOf(id);
    try {
      const { url, keep } = await provider.begin(returnUrl(id));
      const kept: Kept = { provider: id, from: localPath(from), until: rq.now.getTime() + keepMinutes * 60_000, keep };
      const options = { ...cookieOptions, maxAge: keepMinutes * 60 };
      return wire.reply.setCookie(keepCookie, lockText('outside', JSON.stringify(kept)), options).redirect(url, 303);
    } catch (error) {
      wire.request.log.warn({ err: error }, 'identity provider');
      return back(wire.reply, 'unreachable');
    }
  }

  async function finish(rq: Rq, id: string, wire: Wire): Promise<FastifyReply> {
    const provider = providerOf(id);
    const { reply, request } = wire;
    const text = unlockText('outside', request.cookies[keepCookie] ?? '');
    const kept = text === null ? null : (JSON.parse(text) as Kept);
    void reply.clearCookie(keepCookie, cookieOptions);
    if (!kept || kept.provider !== id || kept.until < rq.now.getTime()) return back(reply, 'expired');
    let identity: Identity;
    try {
      const query = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : '';
      identity = await provider.finish(new URL(returnUrl(id) + query), kept.keep);
    } catch (error) {
      request.log.warn({ err: error }, 'identity provider');
      return back(reply, 'failed');
    }
    const result = await enter({ ...rq, actor: system }, identity, wire);
    if ('problem' in result) return back(reply, result.problem, identity.subject);
    settings.signedIn(wire, result.token);
    return reply.redirect(kept.from, 303);
  }

  return [
    route(outside.start, (rq, { params, query }, wire) => start(rq, params.provider, query.from, wire), {
      loose: true,
    }),
    route(outside.finish, (rq, { params }, wire) => finish(rq, params.provider, wire), { loose: true }),
  ];
}

/** Being known elsewhere opens nothing by itself: an administrator has linked the identity with an account, or not. */
async function enter(rq: Rq, identity: Identity, wire: Wire): Promise<{ token: string } | { problem: OutsideProblem }> {
  return wire.database.write([''], async (db) => {
    const inside: Rq = { ...rq, db };
    const user = await store.findUserByIdentity(db, identity.issuer, identity.subject);
    if (!user) return { problem: 'unlinked' };
    if (user.disabled) {
      await record(inside, { verb: 'session.refused', subject: { kind: 'user', id: user.id }, path: user.unitPath });
      return { problem: 'disabled' };
    }
    const from = { address: wire.request.ip, agent: wire.request.headers['user-agent'] ?? null };
    return { token: await openSession(inside, user, from) };
  });
}
