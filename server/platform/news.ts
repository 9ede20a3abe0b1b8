import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { afterCommit } from './db/after.ts';
import type { Database, Scope } from './db/database.ts';
import { sql } from './db/sql.ts';
import type { Rq } from './rq.ts';

/** Something changed: what kind of thing, which one, and the unit path that decides who hears of it. */
export interface News {
  readonly kind: string;
  readonly id: string;
  readonly path: string;
}

interface Outbox {
  readonly items: Map<string, News>;
  timer: NodeJS.Timeout | null;
}

const outboxes = new WeakMap<Database, Outbox>();
const gatherMs = 30;
/** PostgreSQL takes at most 8,000 bytes in one notice. */
const payloadBytes = 7_000;

/**
 * Tells the pages that are open. It leaves after the commit, gathered over a few milliseconds: PostgreSQL lets only one
 * notifying transaction commit at a time, and records must not queue for the sake of news. What is lost when a process
 * dies in between is a hint to look again, never a record.
 */
export function announce(rq: Rq, news: News): void {
  afterCommit(rq.db, (database) => {
    const outbox = outboxes.get(database) ?? { items: new Map<string, News>(), timer: null };
    outboxes.set(database, outbox);
    outbox.items.set(`${news.kind} ${news.id} ${news.path}`, news);
    outbox.timer ??= setTimeout(() => send(database, outbox), gatherMs);
  });
}

function send(database: Database, outbox: Outbox): void {
  outbox.timer = null;
  const items = [...outbox.items.values()];
  outbox.items.clear();
  const payloads: string[] = [];
  let batch: News[] = [];
  for (const item of items) {
    if (JSON.stringify([...batch, item]).length > payloadBytes) {
      payloads.push(JSON.stringify(batch));
      batch = [];
    }
    batch.push(item);
  }
  if (batch.length > 0) payloads.push(JSON.stringify(batch));
  database
    .write([''], (tx) => tx.many(sql`SELECT pg_notify('news', p) FROM unnest(${payloads}::text[]) AS p`))
    // The database is closing or away; the pages look again by themselves when they come back.
    .catch(() => undefined);
}

interface Listener {
  readonly scopes: Scope;
  readonly hear: (news: News) => void;
  readonly end: () => void;
}

export interface NewsHub {
  /** Everything announced in any process, whoever may see it: for jobs and caches of the server itself. */
  subscribe(scopes: Scope, hear: (news: News) => void, end?: () => void): () => void;
  close(): Promise<void>;
}

/** One LISTEN for the process; each open page gets what lies in its scope. */
export async function newsHub(database: Database): Promise<NewsHub> {
  const listeners = new Set<Listener>();
  const stop = await database.listen('news', (payload) => {
    for (const news of JSON.parse(payload) as News[])
      for (const l of listeners) if (l.scopes.some((s) => news.path.startsWith(s))) l.hear(news);
  });
  // Whoever gains or loses a duty hears through a fresh connection with the new scope, or not at all.
  const stopActors = await database.listen('actors_changed', () => {
    for (const l of listeners) l.end();
  });
  return {
    subscribe: (scopes, hear, end = () => undefined) => {
      const listener = { scopes, hear, end };
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      for (const l of listeners) l.end();
      listeners.clear();
      await stop();
      await stopActors();
    },
  };
}

const heartbeatMs = 20_000;

/** Writes news to one page as server-sent events until it goes away. */
export function streamNews(
  hub: NewsHub,
  scopes: Scope,
  response: ServerResponse,
  headers: OutgoingHttpHeaders = {},
): void {
  response.writeHead(200, {
    ...headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    connection: 'keep-alive',
  });
  // Pages that were sent away together do not all come back in the same moment.
  response.write(`retry: ${1_000 + Math.floor(Math.random() * 4_000)}\n\n`);
  const heartbeat = setInterval(() => response.write(': still here\n\n'), heartbeatMs);
  const close = hub.subscribe(
    scopes,
    (news) => {
      // A page that does not read any more is let go instead of being written to without end.
      if (response.writableLength > 1_000_000) response.destroy();
      else response.write(`event: news\ndata: ${JSON.stringify(news)}\n\n`);
    },
    () => response.end(),
  );
  response.on('close', () => {
    clearInterval(heartbeat);
    close();
  });
}
