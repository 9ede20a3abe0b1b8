import { z } from 'zod';
import type { Verb } from './grants.ts';
import type { Words } from './words.ts';

/** Who may call an endpoint at all: anyone, anyone who is signed in, or a holder of the verb on some unit. */
export type Permission = 'public' | 'session' | Verb;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * One endpoint, described once. The server implements it, the web calls it, the OpenAPI page and the tests read it.
 * A reply is parsed before it is sent, so a column that the contract does not name never leaves the house.
 */
export interface Endpoint<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  readonly name: string;
  readonly method: Method;
  readonly path: string;
  readonly permission: Permission;
  readonly summary: Words;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly reply: R;
  /** Answers something other than JSON (a file, a stream of events); the handler writes it. */
  readonly raw: boolean;
  /** Takes one uploaded file (multipart) instead of a JSON body. */
  readonly upload: boolean;
}

const nothing = z.object({});
type Nothing = typeof nothing;

interface Description<P, Q, B, R> {
  readonly name: string;
  readonly method: Method;
  readonly path: `/api/${string}`;
  readonly permission: Permission;
  readonly summary: Words;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly reply: R;
  readonly raw?: boolean;
  readonly upload?: boolean;
}

/** Describes an endpoint; what is left out is the empty object. */
export function endpoint<
  R extends z.ZodType,
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
>(d: Description<P, Q, B, R>): Endpoint<P, Q, B, R> {
  return {
    name: d.name,
    method: d.method,
    path: d.path,
    permission: d.permission,
    summary: d.summary,
    params: (d.params ?? nothing) as P,
    query: (d.query ?? nothing) as Q,
    body: (d.body ?? nothing) as B,
    reply: d.reply,
    raw: d.raw ?? false,
    upload: d.upload ?? false,
  };
}

/** What every refused or failed request answers. `details` name the place and the remedy. */
export const problem = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    requestId: z.string().optional(),
    details: z.array(z.object({ path: z.string(), message: z.string() })).default([]),
  }),
});
export type Problem = z.infer<typeof problem>;

/** Query of every list: no list is without a limit. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(20),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
});

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), total: z.number().int() });
}

/** Query booleans arrive as text. */
export const queryFlag = z.enum(['true', 'false']).transform((v) => v === 'true');

export const id = z.uuid();
export const unitId = z.coerce.number().int().positive().max(2_147_483_647);
/** A calendar day, `2026-03-31`; a day that does not exist is refused. */
export const day = z.iso.date();
/** Free text from a person: trimmed, without control characters, bounded. */
export const text = (max = 200, min = 1) =>
  z
    .string()
    .trim()
    .min(min)
    .max(max)
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ud800-\udfff]*$/u);

/** A moment in a reply: the database gives dates, the reader gets ISO text. */
export const moment = z.preprocess((v) => (v instanceof Date ? v.toISOString() : v), z.iso.datetime());
