import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * A large package that few requests need, loaded by the first that does: an idle server neither waits for it at its start
 * nor holds it in memory.
 */
export function later<T>(name: string): () => T {
  let loaded: T | undefined;
  return () => (loaded ??= require(name) as T);
}
