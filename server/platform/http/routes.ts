import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Endpoint } from '../../../domain/contract.ts';
import type { Database } from '../db/database.ts';
import type { Rq } from '../rq.ts';

export interface Input<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
}

/** For the few handlers that answer a file or a stream, or that need the request itself (log-in, uploads). */
export interface Wire {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly database: Database;
}

export interface Route {
  readonly endpoint: Endpoint;
  readonly handle: (rq: Rq, input: Input<never, never, never>, wire: Wire) => Promise<unknown>;
  /** Runs without an open transaction; the handler opens what it needs through `wire.database`. */
  readonly loose: boolean;
}

/** Joins an endpoint with the action that answers it; the types of both come from the contract. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  handle: (rq: Rq, input: Input<z.output<P>, z.output<Q>, z.output<B>>, wire: Wire) => Promise<z.input<R> | void>,
  options: { loose?: boolean } = {},
): Route {
  return {
    endpoint: endpoint as unknown as Endpoint,
    handle: handle as unknown as Route['handle'],
    loose: options.loose ?? false,
  };
}
