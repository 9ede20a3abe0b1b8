import { PassThrough, type Writable } from 'node:stream';
import { savedAs } from '../files/index.ts';
import type { Rq } from '../rq.ts';
import type { Wire } from './routes.ts';

/** Reads with the scope of whoever asks; each page is a short read of its own, so that nobody waits for a long one. */
export type Reader = <T>(work: (rq: Rq) => Promise<T>) => Promise<T>;

export function readerOf(rq: Rq, wire: Pick<Wire, 'database'>): Reader {
  return (work) => wire.database.read(rq.actor.scopes, (db) => work({ ...rq, db }));
}

/** Sends a file as it is written; a fault in the middle breaks the answer off, so that no half is taken for a whole. */
export function sendWritten(
  rq: Rq,
  wire: Wire,
  file: { readonly name: string; readonly type: string },
  work: (read: Reader, out: Writable) => Promise<unknown>,
): unknown {
  const out = new PassThrough();
  work(readerOf(rq, wire), out).catch((error: unknown) => {
    wire.request.log.error({ err: error }, 'export');
    out.destroy(error as Error);
  });
  return wire.reply.headers({ ...savedAs(file.name), 'content-type': file.type }).send(out);
}
