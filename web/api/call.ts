import type { z } from 'zod';
import type { Endpoint, Problem } from '../../domain/contract.ts';

export interface Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly params?: z.input<P>;
  readonly query?: z.input<Q>;
  readonly body?: z.input<B>;
  /** The file of an upload endpoint, and the fields that stand before it. */
  readonly file?: File;
  readonly fields?: Readonly<Record<string, string | undefined>>;
}

/** What a refused request leaves in the hands of the page: the reason in the reader's language and the places it names. */
export interface Refusal extends Error {
  readonly refusal: true;
  readonly status: number;
  readonly code: string;
  readonly details: readonly { path: string; message: string }[];
}

export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && 'refusal' in error;
}

function refusal(status: number, code: string, message: string, details: Refusal['details'] = []): Refusal {
  return Object.assign(new Error(message), { refusal: true as const, status, code, details });
}

/** The address of an endpoint with its parameters, for calls and for plain links to files. */
export function addressOf(endpoint: Pick<Endpoint, 'path'>, input: { params?: unknown; query?: unknown } = {}): string {
  let path = endpoint.path;
  for (const [name, value] of Object.entries((input.params ?? {}) as Record<string, unknown>))
    path = path.replace(`:${name}`, encodeURIComponent(String(value)));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, unknown>))
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value));
  return query.size > 0 ? `${path}?${query}` : path;
}

const offline = {
  'zh-CN': '连接不上服务器，请检查网络后重试。',
  en: 'The server cannot be reached; check the network and try again.',
};

async function refused(reply: Response): Promise<Refusal> {
  const body = (await reply.json().catch(() => null)) as Problem | null;
  const { code = `http-${reply.status}`, message = reply.statusText, details = [] } = body?.error ?? {};
  return refusal(reply.status, code, message, details);
}

/** Calls an endpoint; its reply was parsed by the server against the same contract. Throws a Refusal. */
export async function call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  input: Input<P, Q, B> = {},
  signal?: AbortSignal,
): Promise<z.output<R>> {
  const reads = endpoint.method === 'GET';
  let body: BodyInit | null = null;
  const headers: Record<string, string> = { accept: 'application/json' };
  if (input.file) {
    const form = new FormData();
    for (const [name, value] of Object.entries(input.fields ?? {})) if (value !== undefined) form.append(name, value);
    form.append('file', input.file, input.file.name);
    body = form;
  } else if (!reads) {
    headers['content-type'] = 'application/json';
    body = JSON.stringify(input.body ?? {});
  }
  if (!reads) headers['idempotency-key'] = requestKey();
  const reply = await fetch(addressOf(endpoint, input), {
    method: endpoint.method,
    headers,
    body,
    credentials: 'same-origin',
    signal: signal ?? null,
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw refusal(0, 'offline', document.documentElement.lang === 'en' ? offline.en : offline['zh-CN']);
  });
  if (!reply.ok) throw await refused(reply);
  return (await reply.json()) as z.output<R>;
}

/** `crypto.randomUUID` exists only on secure origins; an office server is often plain http. */
function requestKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}
