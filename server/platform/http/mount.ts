import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Endpoint, Problem } from '../../../domain/contract.ts';
import { holds } from '../../../domain/grants.ts';
import type { Lang, Words } from '../../../domain/words.ts';
import type { Database, Tx } from '../db/database.ts';
import { json, sql } from '../db/sql.ts';
import { type Failure, crossSite, forbidden, invalid, isFailure, signInFirst, tooMany } from '../errors.ts';
import type { Actor } from '../rq.ts';
import type { Input, Route } from './routes.ts';

export interface Mounting {
  readonly database: Database;
  /** Who sends this request; the visitor when nobody is signed in. */
  readonly actorOf: (request: FastifyRequest) => Promise<Actor>;
  readonly clock: () => Date;
}

const zhErrors = z.locales.zhCN().localeError;
const enErrors = z.locales.en().localeError;

export function langOf(request: FastifyRequest): Lang {
  const asked = request.headers['x-lang'] ?? request.cookies?.['lang'] ?? request.headers['accept-language'] ?? 'zh';
  return /^en/i.test(String(asked)) ? 'en' : 'zh';
}

/** Reads input by its contract; throws with the place and the fault of each field, in the reader's language. */
export function parse<T extends z.ZodType>(schema: T, value: unknown, where: string, lang: Lang): z.output<T> {
  const result = schema.safeParse(value ?? {}, { error: lang === 'zh' ? zhErrors : enErrors });
  if (result.success) return result.data;
  throw invalid(
    result.error.issues
      .slice(0, 50)
      .map((issue) => ({ path: [where, ...issue.path].join('.'), message: issue.message })),
  );
}

function mayCall(endpoint: Endpoint, actor: Actor): void {
  if (endpoint.permission === 'public') return;
  if (actor.userId === null) throw signInFirst();
  if (endpoint.permission !== 'session' && !holds(actor.grants, endpoint.permission))
    throw forbidden(endpoint.permission);
}

/** A page of another site cannot make the reader's browser write here: browsers say where a request comes from. */
export function refuseForeignWrites(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  const origin = request.headers.origin;
  const foreign =
    (site !== undefined && site !== 'same-origin' && site !== 'none') ||
    (origin !== undefined && origin !== 'null' && URL.parse(origin)?.host !== request.headers.host);
  if (foreign || origin === 'null') throw crossSite();
}

export function mount(app: FastifyInstance, routes: readonly Route[], m: Mounting): void {
  for (const route of routes) {
    const { endpoint } = route;
    app.route({
      method: endpoint.method,
      url: endpoint.path,
      config: { endpoint: endpoint.name },
      handler: (request, reply) => answer(route, request, reply, m),
    });
  }
}

async function answer(route: Route, request: FastifyRequest, reply: FastifyReply, m: Mounting): Promise<unknown> {
  const { endpoint } = route;
  const lang = langOf(request);
  const reads = endpoint.method === 'GET';
  if (!reads) refuseForeignWrites(request);
  const actor = await m.actorOf(request);
  mayCall(endpoint, actor);
  const input = {
    params: parse(endpoint.params, request.params, 'params', lang),
    query: parse(endpoint.query, request.query, 'query', lang),
    body: endpoint.upload ? {} : parse(endpoint.body, request.body, 'body', lang),
  } as Input<never, never, never>;
  const now = m.clock();
  const wire = { request, reply, database: m.database };
  const work = (db: Tx) => route.handle({ actor, db, now, lang }, input, wire);

  if (route.loose) return finish(endpoint, await work(noDatabase), reply);
  if (reads) return finish(endpoint, await m.database.read(actor.scopes, work), reply);
  return writeOnce(route, request, reply, actor, m, work);
}

/** Loose routes open their own transactions; touching this one is a defect. */
export const noDatabase: Tx = Object.freeze({
  many: () => Promise.reject(new Error('A loose route opens its own transaction.')),
  find: () => Promise.reject(new Error('A loose route opens its own transaction.')),
  one: () => Promise.reject(new Error('A loose route opens its own transaction.')),
  run: () => Promise.reject(new Error('A loose route opens its own transaction.')),
});

function finish(endpoint: Endpoint, result: unknown, reply: FastifyReply): unknown {
  if (endpoint.raw || reply.sent) return result ?? reply;
  void reply.type('application/json; charset=utf-8');
  return JSON.stringify(endpoint.reply.parse(result ?? {}));
}

const keyShape = /^[\w-]{8,80}$/;

/**
 * A phone that lost the answer sends the same request again with the same Idempotency-Key: it gets the first answer and
 * nothing happens twice. The answer is kept in the transaction of the change.
 */
async function writeOnce(
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  actor: Actor,
  m: Mounting,
  work: (db: Tx) => Promise<unknown>,
): Promise<unknown> {
  const key = request.headers['idempotency-key'];
  const { endpoint } = route;
  if (key === undefined || actor.userId === null)
    return finish(endpoint, await m.database.write(actor.scopes, work), reply);
  if (typeof key !== 'string' || !keyShape.test(key))
    throw invalid([
      {
        path: 'headers.idempotency-key',
        message: { zh: '应为 8–80 位字母、数字、_ 或 -', en: '8 to 80 letters, digits, _ or -' },
      },
    ]);
  const hash = createHash('sha256')
    .update(json([endpoint.name, request.params, request.query, request.body ?? null]))
    .digest('hex');
  return m.database.write(actor.scopes, async (db) => {
    // One at a time per key: the second of two that arrive at once waits here, and then finds the answer of the first.
    await db.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`${actor.userId} ${key}`}, 0))`);
    const before = await db.find<{ request_hash: string; body: string }>(
      sql`SELECT request_hash, body FROM replies WHERE user_id = ${actor.userId} AND key = ${key}`,
    );
    if (before) {
      if (before.request_hash !== hash) throw tooMany(keyReused);
      void reply.type('application/json; charset=utf-8').header('idempotent-replay', 'true');
      return before.body;
    }
    const body = finish(endpoint, await work(db), reply) as string;
    await db.run(sql`INSERT INTO replies (user_id, key, request_hash, status, body, at)
      VALUES (${actor.userId}, ${key}, ${hash}, 200, ${body}, ${m.clock()})`);
    return body;
  });
}

const keyReused: Words = {
  zh: '同一个 Idempotency-Key 不能用于不同的请求。',
  en: 'One Idempotency-Key cannot serve two different requests.',
};

/** Database refusals that a caller can cause, in words. Anything else is a defect and answers 500 without details. */
function fromDatabase(error: unknown): Pick<Failure, 'status' | 'code' | 'words'> | null {
  const code = (error as { code?: string } | null)?.code;
  if (code === '23505')
    return {
      status: 409,
      code: 'already-there',
      words: { zh: '已有相同的记录，请刷新后再试。', en: 'The same record exists already; refresh and look again.' },
    };
  if (
    code === '23503' ||
    code === '23514' ||
    code === '22P02' ||
    code === '22003' ||
    code === '22021' ||
    code === '22007' ||
    code === '22008'
  )
    return {
      status: 400,
      code: 'invalid-input',
      words: { zh: '提交的内容与已有记录不一致。', en: 'What was sent does not fit the records.' },
    };
  if (code === '42501')
    return {
      status: 403,
      code: 'out-of-scope',
      words: { zh: '该单位不在您负责的范围内。', en: 'That unit is outside your scope.' },
    };
  if (code === '40001' || code === '40P01' || code === '57014' || code === '53300')
    return {
      status: 503,
      code: 'busy',
      words: { zh: '系统繁忙，请稍后重试。', en: 'The system is busy; try again shortly.' },
    };
  return null;
}

/** What is said about an error, whatever threw it: nothing of the inside, and always the number of the request. */
export function problemOf(error: unknown, request: FastifyRequest): { status: number; error: Problem['error'] } {
  const lang = langOf(request);
  const requestId = request.id;
  const known = isFailure(error) ? error : fromDatabase(error);
  if (known) {
    const details = ('details' in known ? (known as Failure).details : []).map((d) => ({
      path: d.path,
      message: typeof d.message === 'string' ? d.message : d.message[lang],
    }));
    return { status: known.status, error: { code: known.code, message: known.words[lang], requestId, details } };
  }
  const status = (error as { statusCode?: number }).statusCode;
  if (status !== undefined && status >= 400 && status < 500) {
    // Fastify's own refusals: a body that is no JSON, too large, of a wrong type, too many requests.
    const message = bodyWords(status)[lang];
    return { status, error: { code: `http-${status}`, message, requestId, details: [] } };
  }
  request.log.error({ err: error }, 'defect');
  const message =
    lang === 'zh'
      ? `系统出错，编号 ${requestId}，请联系管理员。`
      : `Something went wrong (${requestId}); tell the administrator.`;
  return { status: 500, error: { code: 'defect', message, requestId, details: [] } };
}

export function sayError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { status, error: said } = problemOf(error, request);
  void reply.status(status).send({ error: said });
}

function bodyWords(status: number): Words {
  if (status === 413) return { zh: '内容超过大小上限。', en: 'This is larger than allowed.' };
  if (status === 415) return { zh: '请以 JSON 提交。', en: 'Send JSON.' };
  if (status === 429) return { zh: '请求过于频繁，请稍后再试。', en: 'Too many requests; wait a little.' };
  if (status === 404) return { zh: '没有这个地址。', en: 'There is no such address.' };
  return { zh: '请求格式有误。', en: 'The request is malformed.' };
}
