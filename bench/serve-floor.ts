import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import pg from 'pg';
import type { Statement } from './lib/recorded.ts';

/** One thing that the bare handler can do: statements recorded from ours, and which of their values change. */
export interface Work {
  readonly method: string;
  readonly path: string;
  /** What stands behind the question mark, where that decides what is asked of the database. */
  readonly query?: string;
  readonly statements: readonly Statement[];
  /** The recorded value that stood for the request's subject; the request's own goes there. */
  readonly subject: string | null;
  /** Recorded ids that were new then; each request makes its own. */
  readonly fresh: readonly string[];
}

export interface FloorSettings {
  readonly url: string;
  readonly connections: number;
  readonly works: readonly Work[];
}

process.once('message', (settings) => {
  void floor(settings as FloorSettings).then((port) => process.send?.({ port }));
});

/** node:http and pg, nothing else: no log-in, no permission, no row-level security, no contract. */
async function floor({ url, connections, works }: FloorSettings): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  const names = new Map<string, string>();
  const nameOf = (text: string) => {
    if (!names.has(text)) names.set(text, `f${names.size}`);
    return names.get(text)!;
  };

  async function replay(work: Work, subject: string): Promise<unknown> {
    const ids = new Map(work.fresh.map((old) => [old, randomUUID() as string]));
    if (work.subject !== null) ids.set(work.subject, subject);
    const client = await pool.connect();
    const answer: unknown[] = [];
    try {
      for (const s of work.statements) {
        if (s.values === null) await client.query(s.text);
        else {
          const values = s.values.map((v) => exchangeIn(v, ids));
          answer.push((await client.query({ name: nameOf(s.text), text: s.text, values })).rows);
        }
      }
    } finally {
      client.release();
    }
    return answer;
  }

  const server = createServer((request, reply) => {
    const [path = '', query = ''] = (request.url ?? '').split('?');
    const work = works.find(
      (w) => w.method === request.method && matches(w.path, path) && (w.query ?? query) === query,
    );
    if (!work) {
      reply.writeHead(404, { 'content-length': 0 }).end();
      return;
    }
    void read(request).then(async (body) => {
      if (body !== '') JSON.parse(body);
      const text = JSON.stringify(await replay(work, path.split('/')[3] ?? ''));
      reply.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as { port: number }).port;
}

function exchangeIn(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((v: unknown) => exchangeIn(v, ids));
  return typeof value === 'string' ? exchange(value, ids) : value;
}

/** Ids also stand inside JSON parameters. */
function exchange(value: string, ids: ReadonlyMap<string, string>): string {
  const whole = ids.get(value);
  if (whole !== undefined) return whole;
  if (!value.startsWith('{')) return value;
  let text = value;
  for (const [old, now] of ids) if (text.includes(old)) text = text.replaceAll(old, now);
  return text;
}

function matches(pattern: string, path: string): boolean {
  const [a, b] = [pattern.split('/'), path.split('/')];
  return a.length === b.length && a.every((part, i) => part.startsWith(':') || part === b[i]);
}

function read(request: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += String(chunk)));
    request.on('end', () => resolve(body));
  });
}
