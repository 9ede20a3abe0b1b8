import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type FileStore, hashOf, placeOf } from './store.ts';

const isMissing = (error: unknown) => (error as { code?: string }).code === 'ENOENT';

/** Files in a folder. A file appears under its name only when all its bytes are on the disk. */
export function diskStore(folder: string): FileStore {
  const at = (hash: string) => join(folder, placeOf(hash));
  const has = (hash: string) =>
    access(at(hash), constants.R_OK).then(
      () => true,
      () => false,
    );
  return {
    has,
    put: async (bytes) => {
      const hash = hashOf(bytes);
      if (await has(hash)) return hash;
      const path = at(hash);
      await mkdir(dirname(path), { recursive: true });
      const unfinished = `${path}.${randomUUID()}`;
      const file = await open(unfinished, 'wx');
      try {
        await file.writeFile(bytes);
        await file.sync();
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      } finally {
        await file.close();
      }
      await rename(unfinished, path);
      return hash;
    },
    open: async (hash) => {
      try {
        return (await open(at(hash), 'r')).createReadStream();
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    read: async (hash) => {
      try {
        return await readFile(at(hash));
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
  };
}
