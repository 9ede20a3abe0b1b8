import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Database } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { notFound } from '../errors.ts';
import { sayError } from './mount.ts';

export interface HttpSettings {
  readonly logLevel: string;
  /** Requests a minute and address; log-in has a lower one of its own. */
  readonly rateLimit: number;
  readonly trustProxy: boolean;
  /** Served over TLS (directly or by the proxy in front): cookies are marked secure and browsers are told to stay on it. */
  readonly secure: boolean;
}

/**
 * Hides what must not stand in logs: mobile numbers and 18-digit identity numbers, wherever they appear, and the secret of
 * a calendar's address.
 */
export function redact(text: string): string {
  return text
    .replace(/(event-feeds\/)[\w-]{20,}/g, '$1***')
    .replace(/\d{17}[\dXx]|1\d{10}/g, (found) => `${found.slice(0, 3)}***`);
}

/** The bare HTTP server with everything that is the same for every endpoint. */
export async function httpServer(database: Database, settings: HttpSettings): Promise<FastifyInstance> {
  const app = fastify({
    logger: {
      level: settings.logLevel,
      serializers: {
        req: (request) => ({ method: request.method, url: redact(request.url) }),
        err: (error: Error) => ({ type: error.name, message: redact(error.message), stack: redact(error.stack ?? '') }),
      },
    },
    genReqId: () => randomUUID(),
    trustProxy: settings.trustProxy,
    bodyLimit: 1024 * 1024,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
    // An address that is broken or too long fails before any route: it gets the same form of answer.
    frameworkErrors: (error, request, reply) => sayError(error, request, reply),
  });
  await app.register(cookie);
  const fixed = await helmetHeaders(settings);
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(fixed);
    if (/%00/.test(request.url)) throw Object.assign(new Error('NUL'), { statusCode: 400 });
  });
  await app.register(rateLimit, { global: true, max: settings.rateLimit, timeWindow: '1 minute' });
  await app.register(multipart, { limits: { files: 1, fileSize: 20 * 1024 * 1024, fields: 20, parts: 21 } });
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    // PostgreSQL's text holds no NUL; refused here once instead of in every field.
    if ((body as string).includes('\\u0000')) return done(Object.assign(new Error('NUL'), { statusCode: 400 }));
    if (body === '') return done(null, {});
    try {
      done(null, JSON.parse(body as string));
    } catch {
      done(Object.assign(new Error('not JSON'), { statusCode: 400 }));
    }
  });
  app.setErrorHandler((error, request, reply) => sayError(error, request, reply));
  app.setNotFoundHandler((request, reply) => sayError(notFound({ zh: '这个地址', en: 'address' }), request, reply));
  watch(app, database);
  return app;
}

/**
 * The strict headers. They are the same for every answer, so helmet is asked once, by a server that nobody reaches: asked
 * with every request it takes as long as the whole contract.
 */
async function helmetHeaders(settings: HttpSettings): Promise<Record<string, string>> {
  const probe = fastify();
  await probe.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        // antd writes its styles into the page.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        scriptSrc: ["'self'"],
        connectSrc: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        upgradeInsecureRequests: settings.secure ? [] : null,
      },
    },
    hsts: settings.secure,
    referrerPolicy: { policy: 'same-origin' },
  });
  probe.get('/', async () => '');
  const { headers } = await probe.inject('/');
  await probe.close();
  const own = ['content-type', 'content-length', 'date', 'connection'];
  return Object.fromEntries(Object.entries(headers).flatMap(([k, v]) => (own.includes(k) ? [] : [[k, String(v)]])));
}

/** Health, readiness and figures for the operator. */
function watch(app: FastifyInstance, database: Database): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'wuxing_http_seconds',
    help: 'Seconds to answer, by endpoint and status',
    labelNames: ['endpoint', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const endpoint = (request.routeOptions.config as { endpoint?: string }).endpoint ?? 'other';
    seconds.observe({ endpoint, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
  });
  const unlimited = { config: { rateLimit: false } };
  app.get('/healthz', unlimited, async () => ({ ok: true }));
  app.get('/readyz', unlimited, async (_request, reply) => {
    try {
      await database.read([], (tx) => tx.one(sql`SELECT 1 AS ready`));
      return { ok: true, database: database.kind };
    } catch {
      return reply.status(503).send({ ok: false });
    }
  });
  app.get('/metrics', unlimited, async (_request, reply) => {
    void reply.type(registry.contentType);
    return registry.metrics();
  });
}
