import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { inRoot } from '../paths.ts';
import type { Connection, Pool, Result } from './database.ts';
import type { Answer, Engine, Question, Settings } from './embedded-worker.ts';
import { turns } from './turns.ts';

export interface EmbeddedOptions {
  /** Longest a statement may run; PGlite itself knows no bound. */
  readonly statementTimeoutMs?: number;
  /** Longest a caller waits for its turn before it is told that the system is busy. */
  readonly turnTimeoutMs?: number;
  /** Content of a new database in memory; tests load a migrated one. */
  readonly image?: Uint8Array;
}

/**
 * PGlite behind a worker thread, because it would block the thread it runs in. It has one session: the pool hands it to
 * one user at a time, first come first served, so a transaction is never mixed with another request's queries. When the
 * worker ends (a statement over its bound, a crash in the engine), whoever was waiting gets the error and the next caller
 * a new worker on the same folder.
 */
export async function embeddedPool(folder: string | null, options: EmbeddedOptions = {}): Promise<Pool> {
  if (folder !== null && !existsSync(join(folder, 'PG_VERSION'))) await makeFolder(folder, options);
  let session = await startSession(folder, options);
  const channels = new Map<string, Set<(payload: string) => void>>();
  const line = turns(options.turnTimeoutMs ?? 60_000);
  let closed = false;
  session.hear(tell);

  function tell(channel: string, payload: string): void {
    for (const heard of channels.get(channel) ?? []) heard(payload);
  }

  /** A worker that ended is replaced by the next one who needs it; what was in memory only is gone for good. */
  async function alive(): Promise<Session> {
    const dead = session.dead();
    if (!dead) return session;
    if (folder === null || closed) throw dead;
    session = await startSession(folder, options);
    session.hear(tell);
    connection.scopes = null;
    for (const channel of channels.keys()) await session.ask({ kind: 'listen', channel });
    return session;
  }

  const connection: Connection = {
    scopes: null,
    query: (text, values) => session.ask({ kind: 'query', text, values: values as unknown[] }),
    script: async (text) => {
      await session.ask({ kind: 'script', text });
    },
  };

  async function acquire(): Promise<Connection> {
    await line.take();
    try {
      await alive();
      return connection;
    } catch (error) {
      line.give();
      throw error;
    }
  }

  return {
    kind: 'embedded',
    acquire,
    release: () => line.give(),
    listen: async (channel, heard) => {
      const set = channels.get(channel) ?? new Set();
      channels.set(channel, set.add(heard));
      // In its own turn: inside somebody's transaction a rollback would undo it.
      await acquire();
      try {
        if (set.size === 1) await session.ask({ kind: 'listen', channel });
      } finally {
        line.give();
      }
      return async () => {
        set.delete(heard);
      };
    },
    close: async () => {
      await line.take().catch(() => undefined);
      closed = true;
      await session.close();
      // Whoever still waits is told that it is over.
      line.give();
    },
  };
}

/**
 * Making a database takes four times the memory of running it, and a thread gives none back: it gets one of its own. It
 * is made beside its place and then moved there, so that a process killed meanwhile leaves no half-made one.
 */
async function makeFolder(folder: string, options: EmbeddedOptions): Promise<void> {
  const draft = `${folder}.making`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  await (await startSession(draft, options)).close();
  renameSync(draft, folder);
}

type Asked = Question extends infer Q ? (Q extends { id: number } ? Omit<Q, 'id'> : never) : never;

interface Session {
  ask(question: Asked): Promise<Result>;
  hear(heard: (channel: string, payload: string) => void): void;
  dead(): Error | null;
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** One worker with its database, and the questions it has not answered yet. */
async function startSession(folder: string | null, options: EmbeddedOptions): Promise<Session> {
  const worker = startWorker({ folder, image: options.image, engine: await engine() });
  const timeoutMs = options.statementTimeoutMs ?? 120_000;
  const waiting = new Map<number, Waiting>();
  let heard: (channel: string, payload: string) => void = () => undefined;
  let next = 0;
  let dead: Error | null = null;

  function fail(error: Error): void {
    dead ??= error;
    for (const w of waiting.values()) {
      clearTimeout(w.timer);
      w.reject(dead);
    }
    waiting.clear();
  }

  worker.on('message', (answer: Answer) => {
    if (answer.kind === 'notice') return heard(answer.channel, answer.payload);
    const w = waiting.get(answer.id);
    if (!w) return;
    waiting.delete(answer.id);
    clearTimeout(w.timer);
    if (answer.kind === 'failed') w.reject(Object.assign(new Error(answer.message), { code: answer.code }));
    else w.resolve({ rows: answer.rows, count: answer.count });
  });
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`The embedded database has stopped (${code}).`)));

  function ask(question: Asked, boundMs = timeoutMs): Promise<Result> {
    if (dead) return Promise.reject(dead);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        // The same code as a server gives for a statement over its bound.
        fail(Object.assign(new Error(`A statement ran longer than ${boundMs} ms.`), { code: '57014' }));
        void worker.terminate();
      }, boundMs);
      const id = ++next;
      waiting.set(id, { resolve, reject, timer });
      worker.postMessage({ ...question, id });
    });
  }

  const session: Session = {
    ask,
    hear: (h) => {
      heard = h;
    },
    dead: () => dead,
    close: async () => {
      if (!dead) await ask({ kind: 'close' }).catch(() => undefined);
      dead ??= new Error('The database is closed.');
      await worker.terminate();
    },
  };
  // The first answer comes when the database is open; repairing it after a crash may take its time.
  await ask({ kind: 'script', text: 'SELECT 1' }, Math.max(timeoutMs, 600_000));
  return session;
}

// What of it is used here: the types of Node leave it to those of the browser.
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<Engine> };
let compiled: Promise<Engine> | undefined;

/**
 * The program of the database, compiled once a process and handed to its workers: what one of them has translated into fast code
 * is fast for the next as well (a database is made by one worker and run by another, tests start hundreds).
 */
function engine(): Promise<Engine> {
  const file = join(dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite')), 'pglite.wasm');
  compiled ??= readFile(file).then((bytes) => WebAssembly.compile(bytes));
  return compiled;
}

function startWorker(workerData: Settings): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('./embedded-worker.js', import.meta.url), { workerData });
  // Tests run the sources, and Node 20 reads no TypeScript by itself.
  const loader = JSON.stringify(pathToFileURL(inRoot('node_modules', 'tsx', 'dist', 'esm', 'api', 'index.mjs')).href);
  const file = JSON.stringify(new URL('./embedded-worker.ts', import.meta.url).href);
  return new Worker(`import(${loader}).then((tsx) => { tsx.register(); return import(${file}); })`, {
    eval: true,
    workerData,
  });
}
