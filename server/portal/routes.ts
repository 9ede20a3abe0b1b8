import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { reports } from '../../domain/reports/contract.ts';
import { deciding } from '../../domain/stars/contract-deciding.ts';
import type { Database } from '../platform/db/database.ts';
import { html, type Html } from '../platform/http/html.ts';
import { openDoors } from '../platform/http/inside.ts';
import { problemOf, refuseForeignWrites } from '../platform/http/mount.ts';
import type { Route } from '../platform/http/routes.ts';
import { dayOf } from '../platform/time.ts';
import { certificateBody, searchBody } from './certificates.ts';
import { noticeBody, noticesBody, nothingTyped, receiptBody, receivedBody, type Returned } from './notices.ts';
import { codeBody, verifiedBody } from './reports.ts';
import { page, type Reader, readerOf, script } from './page.ts';

export interface PortalSettings {
  readonly database: Database;
  readonly clock: () => Date;
  readonly secure: boolean;
  readonly publicUrl?: string;
}

/** Writing here takes more than reading: a few a minute are enough for one household, and too few to flood an office. */
const posting = { config: { rateLimit: { max: 20, timeWindow: '1 minute' } } };
const limit = 20;

function send(reply: FastifyReply, text: string, status = 200): FastifyReply {
  return reply.status(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(text);
}

const fieldsOf = (request: FastifyRequest) => (request.body ?? {}) as Record<string, string>;

/** What a refused form shows: the reason, and what had been typed. */
function returnedBy(error: unknown, request: FastifyRequest, typed: Record<string, string>) {
  const { status, error: said } = problemOf(error, request);
  const returned: Returned = { typed, message: said.message, details: said.details.map((d) => d.message) };
  return { status, returned };
}

/** Forms without script arrive as fields in one line; text with NUL is no text for the database. */
function readForms(app: FastifyInstance): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    const fields = Object.fromEntries(new URLSearchParams(body as string));
    const bad = Object.values(fields).some((value) => value.includes('\0'));
    if (bad) done(Object.assign(new Error('NUL'), { statusCode: 400 }));
    else done(null, fields);
  });
}

/** Pages for everyone, written by the server: they need no log-in and no script, and a first visit is one small answer. */
export async function servePortal(app: FastifyInstance, routes: readonly Route[], s: PortalSettings): Promise<void> {
  await app.register(async (portal) => {
    readForms(portal);
    portal.setErrorHandler((error, request, reply) => {
      const r = readerOf(request, reply);
      const { status, error: said } = problemOf(error, request);
      const details: Html = html`${said.details.map((d) => d.message).join(' ')}`;
      const body = html`<h1>${r.t('trouble')}</h1>
        <p class="note bad" role="alert">${said.message} ${details}</p>
        <p><a href="/open">${r.t('back')}</a></p>`;
      void send(reply, page(r, r.t('trouble'), body), status);
    });
    const ask = openDoors(routes, s);
    noticePages(portal, ask, s);
    receiptPages(portal, ask);
    certificatePages(portal, ask, s);
    reportPages(portal, ask);
    portal.get('/open/portal.js', (_request, reply) =>
      reply.type('text/javascript; charset=utf-8').header('cache-control', 'public, max-age=86400').send(script),
    );
  });
}

type Ask = ReturnType<typeof openDoors>;
type WithId = { Params: { id: string } };

function noticePages(app: FastifyInstance, ask: Ask, s: PortalSettings): void {
  app.get('/open', async (request, reply) => {
    const r = readerOf(request, reply);
    const asked = Number((request.query as { offset?: string }).offset ?? 0);
    const offset = Number.isSafeInteger(asked) && asked > 0 ? Math.min(asked, 100_000) : 0;
    const wire = { request, reply };
    const list = await ask(deciding.notices, { query: { limit: String(limit), offset: String(offset) } }, wire);
    return send(reply, page(r, r.t('title'), noticesBody(r, list, { offset, limit })));
  });

  const shown = async (r: Reader, request: FastifyRequest<WithId>, reply: FastifyReply, returned: Returned) => {
    const notice = await ask(deciding.notice, { params: request.params }, { request, reply });
    return page(r, notice.title, noticeBody(r, notice, returned));
  };
  app.get<WithId>('/open/:id', async (request, reply) =>
    send(reply, await shown(readerOf(request, reply), request, reply, nothingTyped)),
  );

  app.post<WithId>('/open/:id', posting, async (request, reply) => {
    refuseForeignWrites(request);
    const typed = fieldsOf(request);
    const contact = (typed['contact'] ?? '').trim() || null;
    const body = { unitId: Number(typed['unitId'] ?? ''), text: typed['text'] ?? '', contact };
    try {
      const given = await ask(deciding.object, { params: request.params, body }, { request, reply });
      // The receipt travels in a cookie of this page alone: not in an address that a shared phone would remember, and
      // loading the page again sends nothing twice.
      const kept = {
        path: '/open/received',
        httpOnly: true,
        sameSite: 'strict',
        maxAge: 600,
        secure: s.secure,
      } as const;
      void reply.setCookie('receipt', `${given.receipt}/${given.answerBy}`, kept);
      return await reply.redirect('/open/received', 303);
    } catch (error) {
      const { status, returned } = returnedBy(error, request, typed);
      return send(reply, await shown(readerOf(request, reply), request, reply, returned), status);
    }
  });

  app.get('/open/received', async (request, reply) => {
    const r = readerOf(request, reply);
    const found = /^([A-Z0-9-]{8,40})\/(\d{4}-\d\d-\d\d)$/.exec(request.cookies['receipt'] ?? '');
    const given = found ? { receipt: found[1]!, answerBy: found[2]! } : null;
    return send(reply, page(r, r.t('received'), receivedBody(r, given)));
  });
}

function receiptPages(app: FastifyInstance, ask: Ask): void {
  app.get('/open/receipts', async (request, reply) => {
    const r = readerOf(request, reply);
    return send(reply, page(r, r.t('ask-receipt'), receiptBody(r, nothingTyped, null)));
  });

  // Asked by form and not by address, so that the number does not stay in histories and logs.
  app.post('/open/receipts', posting, async (request, reply) => {
    refuseForeignWrites(request);
    const r = readerOf(request, reply);
    const receipt = (fieldsOf(request)['receipt'] ?? '').trim().toUpperCase();
    const typed = { receipt };
    try {
      const answer = await ask(deciding.receipt, { params: typed }, { request, reply });
      return send(reply, page(r, r.t('ask-receipt'), receiptBody(r, { ...nothingTyped, typed }, answer)));
    } catch (error) {
      const { status, returned } = returnedBy(error, request, typed);
      return send(reply, page(r, r.t('ask-receipt'), receiptBody(r, returned, null)), status);
    }
  });
}

function certificatePages(app: FastifyInstance, ask: Ask, s: PortalSettings): void {
  app.get('/certificates', async (request, reply) => {
    const r = readerOf(request, reply);
    const number = String((request.query as { number?: unknown }).number ?? '')
      .trim()
      .slice(0, 60);
    if (number !== '') return reply.redirect(`/certificates/${encodeURIComponent(number)}`, 303);
    return send(reply, page(r, r.t('certificate'), searchBody(r, nothingTyped)));
  });

  app.get<{ Params: { number: string } }>('/certificates/:number', async (request, reply) => {
    const r = readerOf(request, reply);
    const { number } = request.params;
    try {
      const found = await ask(deciding.certificate, { params: request.params }, { request, reply });
      const site = s.publicUrl ?? `${request.protocol}://${request.host}`;
      const address = new URL(`/certificates/${encodeURIComponent(found.number)}`, site).href;
      const body = await certificateBody(r, found, dayOf(s.clock()), address);
      return send(reply, page(r, `${r.t('certificate')} ${found.number}`, body));
    } catch (error) {
      const { status, returned } = returnedBy(error, request, { number });
      return send(reply, page(r, r.t('certificate'), searchBody(r, returned)), status);
    }
  });
}

function reportPages(app: FastifyInstance, ask: Ask): void {
  app.get('/verify', async (request, reply) => {
    const r = readerOf(request, reply);
    const code = String((request.query as { code?: unknown }).code ?? '')
      .trim()
      .slice(0, 20);
    if (code !== '') return reply.redirect(`/verify/${encodeURIComponent(code)}`, 303);
    return send(reply, page(r, r.t('verify-title'), codeBody(r, nothingTyped)));
  });

  app.get<{ Params: { code: string } }>('/verify/:code', async (request, reply) => {
    const r = readerOf(request, reply);
    const { code } = request.params;
    try {
      const found = await ask(reports.verify, { params: request.params }, { request, reply });
      return send(reply, page(r, found.title, verifiedBody(r, found)));
    } catch (error) {
      const { status, returned } = returnedBy(error, request, { code });
      return send(reply, page(r, r.t('verify-title'), codeBody(r, returned)), status);
    }
  });
}
