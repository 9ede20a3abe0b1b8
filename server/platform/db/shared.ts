import type { Socket } from 'node:net';
import { deserialize, serialize } from 'node:v8';
import { type Holder, type Lock, visit } from '../lock.ts';
import type { Connection, Pool, Result } from './database.ts';
import { turns } from './turns.ts';

/**
 * One embedded database for several processes: the one that holds the folder serves the others (`wuxing backup` beside a
 * running `wuxing serve`) through the socket of its lock. A visitor takes its turn like every request of the holder.
 * Whoever may open the socket may read the folder as well, so it asks for no password.
 */
type Ask =
  | { id: number; kind: 'acquire' }
  | { id: number; kind: 'release' }
  | { id: number; kind: 'query'; text: string; values: unknown[] }
  | { id: number; kind: 'script'; text: string };

type Say = { id: number; result: Result } | { id: number; message: string; code: string | undefined };

/** Frames on the wire: four bytes of length, then the value in V8's own form, which keeps dates and bytes what they are. */
function frames<T>(socket: Socket, heard: (value: T) => void): (value: unknown) => void {
  let parts: Buffer[] = [];
  let size = 0;
  // Bytes that must be there before the next look; a long frame is put together once, not with every chunk.
  let need = 4;
  socket.on('data', (chunk: Buffer) => {
    parts.push(chunk);
    size += chunk.length;
    while (size >= need) {
      const all = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
      const end = 4 + all.readUInt32LE(0);
      parts = [all];
      need = end;
      if (size < end) break;
      heard(deserialize(all.subarray(4, end)) as T);
      parts = [all.subarray(end)];
      size -= end;
      need = 4;
    }
  });
  return (value) => {
    const body = serialize(value);
    const head = Buffer.alloc(4);
    head.writeUInt32LE(body.length);
    socket.write(Buffer.concat([head, body]));
  };
}

/** Lets visitors of the lock use the pool. A visitor that goes away in the middle of a transaction is rolled back. */
export function servePool(lock: Lock, pool: Pool): void {
  lock.onVisitor((socket) => {
    let held: Connection | null = null;
    let gone = false;
    const say = frames<Ask>(socket, (ask) => {
      answer(ask).then(
        (result) => say({ id: ask.id, result } satisfies Say),
        (error: unknown) => {
          const e = error as Error & { code?: string };
          say({ id: ask.id, message: e.message, code: e.code } satisfies Say);
        },
      );
    });
    function release(): void {
      if (!held) return;
      // The session is not as its next user left it.
      held.scopes = null;
      pool.release(held);
      held = null;
    }
    async function answer(ask: Ask): Promise<Result> {
      const none: Result = { rows: [], count: 0 };
      if (ask.kind === 'acquire') {
        const connection = await pool.acquire();
        held = connection;
        if (gone) release();
        return none;
      }
      if (!held) throw new Error('No turn is taken.');
      if (ask.kind === 'release') release();
      else if (ask.kind === 'query') return held.query(ask.text, ask.values);
      else await held.script(ask.text);
      return none;
    }
    socket.on('close', () => {
      gone = true;
      held
        ?.script('ROLLBACK')
        .catch(() => undefined)
        .finally(release);
    });
  });
}

/** The pool of a visitor: every call travels to the holder. */
export async function visitingPool(folder: string, holder: Holder): Promise<Pool> {
  const socket = await visit(folder, holder);
  if (typeof socket === 'string') throw new Error(`The holder of ${folder} does not answer (${socket}).`);
  const waiting = new Map<number, { resolve: (r: Result) => void; reject: (e: Error) => void }>();
  let next = 0;
  let closed = false;
  const send = frames<Say>(socket, (say) => {
    const w = waiting.get(say.id);
    waiting.delete(say.id);
    if ('result' in say) w?.resolve(say.result);
    else w?.reject(Object.assign(new Error(say.message), { code: say.code }));
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    closed = true;
    for (const w of waiting.values()) w.reject(new Error('The process that holds the database has stopped.'));
    waiting.clear();
  });
  const ask = (question: Ask extends infer A ? (A extends Ask ? Omit<A, 'id'> : never) : never): Promise<Result> => {
    if (closed) return Promise.reject(new Error('The process that holds the database has stopped.'));
    return new Promise((resolve, reject) => {
      const id = ++next;
      waiting.set(id, { resolve, reject });
      send({ ...question, id });
    });
  };
  // One connection at a time, as with every embedded database: the holder's queue orders visitors, this one their tasks.
  const line = turns(3_600_000);
  const connection: Connection = {
    scopes: null,
    query: (text, values) => ask({ kind: 'query', text, values: [...values] }),
    script: async (text) => {
      await ask({ kind: 'script', text });
    },
  };
  return {
    kind: 'embedded',
    acquire: async () => {
      await line.take();
      connection.scopes = null;
      try {
        await ask({ kind: 'acquire' });
      } catch (error) {
        line.give();
        throw error;
      }
      return connection;
    },
    release: () => {
      void ask({ kind: 'release' }).catch(() => undefined);
      line.give();
    },
    listen: async () => async () => undefined,
    close: async () => {
      // The releases sent before are read first; the holder rolls back what is still open.
      socket.end();
    },
  };
}
