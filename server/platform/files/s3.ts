import { AwsClient } from 'aws4fetch';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { type FileStore, hashOf, placeOf } from './store.ts';

export interface S3Settings {
  /** `https://s3.example.cn`; the bucket follows as the first part of the path, which every compatible store takes. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: string;
}

/** Files in an S3-compatible store (AWS, MinIO, Ceph, Alibaba OSS and others), every request signed. */
export function s3Store(settings: S3Settings): FileStore {
  const client = new AwsClient({
    accessKeyId: settings.accessKey,
    secretAccessKey: settings.secretKey,
    region: settings.region,
    service: 's3',
    retries: 3,
  });
  const at = (hash: string) => `${settings.endpoint.replace(/\/+$/, '')}/${settings.bucket}/${placeOf(hash)}`;

  async function ask(hash: string, init: RequestInit): Promise<Response | null> {
    const response = await client.fetch(at(hash), init);
    if (response.ok) return response;
    await response.body?.cancel();
    if (response.status === 404) return null;
    throw new Error(`The file store answered ${response.status} to ${init.method}.`);
  }
  const has = async (hash: string) => {
    const response = await ask(hash, { method: 'HEAD' });
    await response?.body?.cancel();
    return response !== null;
  };
  return {
    has,
    put: async (bytes) => {
      const hash = hashOf(bytes);
      if (await has(hash)) return hash;
      // The hash that names the object also lets the store check that it received these bytes and no others.
      const headers = { 'content-type': 'application/octet-stream', 'x-amz-content-sha256': hash };
      const response = await ask(hash, { method: 'PUT', headers, body: bytes as Uint8Array<ArrayBuffer> });
      if (response === null) throw new Error('The file store has no such bucket.');
      await response.body?.cancel();
      return hash;
    },
    open: async (hash) => {
      const response = await ask(hash, { method: 'GET' });
      return response?.body ? Readable.fromWeb(response.body as ReadableStream) : null;
    },
    read: async (hash) => {
      const response = await ask(hash, { method: 'GET' });
      return response && Buffer.from(await response.arrayBuffer());
    },
  };
}
