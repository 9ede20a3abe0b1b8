import { join } from 'node:path';
import { diskStore } from './disk.ts';
import { s3Store } from './s3.ts';
import type { FileStore } from './store.ts';

/**
 * The store of an instance: S3-compatible where `S3_ENDPOINT`, `S3_BUCKET`, `S3_ACCESS_KEY` and `S3_SECRET_KEY` are set,
 * else the folder `files` below the data folder.
 */
export function fileStoreFrom(env: Readonly<Record<string, string | undefined>>, dataFolder: string): FileStore {
  const endpoint = env['S3_ENDPOINT'];
  if (!endpoint) return diskStore(join(dataFolder, 'files'));
  const needed = (name: string) => {
    const value = env[name];
    if (!value) throw new Error(`S3_ENDPOINT is set, so ${name} must be set, too.`);
    return value;
  };
  return s3Store({
    endpoint,
    bucket: needed('S3_BUCKET'),
    accessKey: needed('S3_ACCESS_KEY'),
    secretKey: needed('S3_SECRET_KEY'),
    region: env['S3_REGION'] || 'us-east-1',
  });
}
