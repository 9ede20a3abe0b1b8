import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Endpoint } from '../../../domain/contract.ts';
import { visitor } from '../rq.ts';
import { langOf, type Mounting, noDatabase, parse } from './mount.ts';
import type { Route } from './routes.ts';

/** Asks an endpoint that is open to everyone, as a visitor, and answers what its contract lets out. */
export type AskOpen = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  input: { params?: unknown; query?: unknown; body?: unknown },
  wire: { request: FastifyRequest; reply: FastifyReply },
) => Promise<z.output<R>>;

/**
 * For pages that the server renders: they go through the same doors as the interface, with the same parsing in and out, so
 * that a page can show nothing that the interface would not. Only doors without a log-in can be asked.
 */
export function openDoors(routes: readonly Route[], m: Pick<Mounting, 'database' | 'clock'>): AskOpen {
  return async (endpoint, input, { request, reply }) => {
    const route = routes.find((r) => r.endpoint.name === endpoint.name);
    if (!route || endpoint.permission !== 'public') throw new Error(`${endpoint.name} is not open to everyone.`);
    const lang = langOf(request);
    const parsed = {
      params: parse(endpoint.params, input.params, 'params', lang),
      query: parse(endpoint.query, input.query, 'query', lang),
      body: parse(endpoint.body, input.body, 'body', lang),
    } as never;
    const rq = { actor: visitor, db: noDatabase, now: m.clock(), lang };
    const wire = { request, reply, database: m.database };
    const work = (db: typeof noDatabase) => route.handle({ ...rq, db }, parsed, wire);
    const result = route.loose ? await work(noDatabase) : await m.database.read(visitor.scopes, work);
    return endpoint.reply.parse(result ?? {}) as never;
  };
}
