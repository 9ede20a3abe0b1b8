import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';

/**
 * Bytes under the hash of their content. The same content is kept once, never changes and needs no name from outside;
 * what it is called and who may see it stands in the records.
 */
export interface FileStore {
  /** Stores the bytes and answers their hash; the same bytes again change nothing. */
  put(bytes: Uint8Array): Promise<string>;
  /** The bytes as a stream; null when there are none under this hash. */
  open(hash: string): Promise<Readable | null>;
  /** All bytes at once, for files that are small enough. */
  read(hash: string): Promise<Buffer | null>;
  has(hash: string): Promise<boolean>;
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const hashShape = /^[0-9a-f]{64}$/;

/** `ab/cd/abcd…`: no folder grows too large. Anything that is no hash is refused before it becomes a path. */
export function placeOf(hash: string): string {
  if (!hashShape.test(hash)) throw new Error('Not the hash of a file.');
  return `${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`;
}
