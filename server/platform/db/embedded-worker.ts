import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, types } from '@electric-sql/pglite';
import { Statements } from './embedded-statements.ts';

export type Question =
  | { kind: 'query'; id: number; text: string; values: unknown[] }
  | { kind: 'script'; id: number; text: string }
  | { kind: 'listen'; id: number; channel: string }
  | { kind: 'close'; id: number };

/** A compiled program; its type belongs to the browser's. */
export type Engine = object;

export interface Settings {
  readonly folder: string | null;
  readonly image: Uint8Array | undefined;
  readonly engine: Engine;
}

export type Answer =
  | { kind: 'rows'; id: number; rows: unknown[]; count: number }
  | { kind: 'failed'; id: number; message: string; code: string | undefined }
  | { kind: 'notice'; channel: string; payload: string };

const settings = workerData as Settings;
const port = parentPort;
if (!port) throw new Error('The embedded database runs in a worker thread.');

// Small shares of memory and log: this is the database of one office, not of a server. Its log grows to the bound before
// it is reused, and the buffers lie in the process beside the file cache of the system, which holds the pages anyway.
const configuration = ['shared_buffers = 32MB', 'max_wal_size = 64MB', 'min_wal_size = 32MB'];

// The same values as the server driver gives: counts are numbers, days are text.
const db = await PGlite.create({
  ...(settings.folder ? { dataDir: settings.folder } : {}),
  postgresqlconf: configuration,
  pgliteWasmModule: settings.engine,
  ...(settings.image ? { loadDataDir: new Blob([settings.image as Uint8Array<ArrayBuffer>]) } : {}),
  parsers: { [types.INT8]: (v: string) => Number(v), [types.DATE]: (v: string) => v },
});

const statements = new Statements(db);
const say = (answer: Answer) => port.postMessage(answer);

async function answer(q: Question): Promise<void> {
  if (q.kind === 'query') {
    const { rows, count } = await statements.run(q.text, q.values);
    say({ kind: 'rows', id: q.id, rows, count });
    return;
  }
  if (q.kind === 'script') {
    await db.exec(q.text);
    if (/\b(CREATE|ALTER|DROP)\b/i.test(q.text)) await statements.forget();
  } else if (q.kind === 'listen')
    await db.listen(q.channel, (payload) => say({ kind: 'notice', channel: q.channel, payload }));
  else await db.close();
  say({ kind: 'rows', id: q.id, rows: [], count: 0 });
}

// One after the other, as they were asked: a text that is known already does not overtake one that has to be planned first.
let line: Promise<void> = Promise.resolve();
port.on('message', (q: Question) => {
  line = line
    .then(() => answer(q))
    .catch((error: unknown) => {
      const e = error as Error & { code?: string };
      say({ kind: 'failed', id: q.id, message: e.message, code: e.code });
    });
});
