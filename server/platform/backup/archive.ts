import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

/** What the manifest says of each part. */
export interface Part {
  readonly name: string;
  readonly bytes: number;
  readonly sm3: string;
}

export interface ArchiveWriter {
  readonly parts: readonly Part[];
  add(name: string, bytes: Buffer): Promise<void>;
  /** Makes the file appear under its name; until then it is called `.partial`. */
  finish(): Promise<void>;
  abandon(): Promise<void>;
}

const block = 512;
export const sm3 = (bytes: Buffer) => createHash('sm3').update(bytes).digest('hex');

/** The head of one entry in the old, universal form of tar (ustar), so that `tar tzf` shows what is inside. */
function tarHead(name: string, size: number, at: Date): Buffer {
  const head = Buffer.alloc(block);
  const octal = (value: number, width: number) => value.toString(8).padStart(width - 1, '0');
  if (Buffer.byteLength(name) > 100) throw new Error(`Too long a name in the archive: ${name}`);
  head.write(name, 0);
  head.write(octal(0o600, 8), 100);
  head.write(octal(0, 8), 108);
  head.write(octal(0, 8), 116);
  head.write(octal(size, 12), 124);
  head.write(octal(Math.floor(at.getTime() / 1000), 12), 136);
  head.write('        ', 148);
  head.write('0', 156);
  head.write('ustar\u000000', 257);
  let sum = 0;
  for (const byte of head) sum += byte;
  head.write(`${octal(sum, 7)}\u0000 `, 148);
  return head;
}

/** A compressed tar file, written from front to end. */
export async function writeArchive(file: string, at: Date): Promise<ArchiveWriter> {
  const partial = `${file}.partial`;
  const handle = await open(partial, 'w', 0o600);
  const out = createWriteStream('', { fd: handle.fd, autoClose: false });
  // Little compression for much speed: while an embedded database is read, its other users wait.
  const gzip = createGzip({ level: 3 });
  gzip.pipe(out);
  let failure: Error | null = null;
  for (const stream of [gzip, out]) stream.on('error', (error: Error) => (failure ??= error));
  const parts: Part[] = [];

  async function write(bytes: Buffer): Promise<void> {
    if (failure) throw failure;
    if (!gzip.write(bytes)) await Promise.race([once(gzip, 'drain'), once(out, 'error')]);
    if (failure) throw failure;
  }

  return {
    parts,
    add: async (name, bytes) => {
      await write(tarHead(name, bytes.length, at));
      await write(bytes);
      if (bytes.length % block > 0) await write(Buffer.alloc(block - (bytes.length % block)));
      parts.push({ name, bytes: bytes.length, sm3: sm3(bytes) });
    },
    finish: async () => {
      await write(Buffer.alloc(2 * block));
      gzip.end();
      await finished(out);
      await handle.sync();
      await handle.close();
      await rename(partial, file);
    },
    abandon: async () => {
      gzip.destroy();
      out.destroy();
      await handle.close().catch(() => undefined);
      await rm(partial, { force: true });
    },
  };
}

export interface Entry {
  readonly name: string;
  readonly bytes: Buffer;
}

/** No part is larger than this; a forged head must not make us ask for all the memory there is. */
const largest = 256 * 1024 * 1024;

function readHead(head: Buffer): { name: string; size: number } | null {
  if (head.every((byte) => byte === 0)) return null;
  const text = (from: number, to: number) => head.toString('utf8', from, to).replace(/\u0000.*$/s, '');
  const size = parseInt(text(124, 136), 8);
  if (text(257, 262) !== 'ustar' || !Number.isSafeInteger(size) || size < 0 || size > largest)
    throw new Error('This is not a backup, or it is damaged.');
  return { name: text(0, 100), size };
}

/** The parts of an archive one after the other, each whole. */
export async function* readArchive(file: string): AsyncGenerator<Entry> {
  try {
    yield* readEntries(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('Z_'))
      throw new Error(`This is not a backup, or it is damaged (${message}).`, { cause: error });
    throw error;
  }
}

async function* readEntries(file: string): AsyncGenerator<Entry> {
  const gunzip = createGunzip();
  const source = createReadStream(file);
  source.on('error', (error) => gunzip.destroy(error));
  let buffered: Buffer[] = [];
  let size = 0;
  let wanted: { name: string; size: number } | null = null;
  const need = () => (wanted === null ? block : Math.ceil(wanted.size / block) * block);
  for await (const chunk of source.pipe(gunzip)) {
    buffered.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    while (size >= need()) {
      const all = buffered.length === 1 ? buffered[0]! : Buffer.concat(buffered);
      const length = need();
      const piece = all.subarray(0, length);
      buffered = [all.subarray(length)];
      size -= length;
      if (wanted === null) {
        wanted = readHead(piece);
        if (wanted === null) return;
      } else {
        yield { name: wanted.name, bytes: piece.subarray(0, wanted.size) };
        wanted = null;
      }
    }
  }
  throw new Error('The backup ends before its end: it is damaged.');
}
