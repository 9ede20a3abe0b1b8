import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface S3Server {
  readonly endpoint: string;
  readonly objects: Map<string, Buffer>;
  /** Requests that were refused because their signature or content hash was wrong. */
  readonly refused: string[];
  close(): Promise<void>;
}

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');

/** Computes the signature (AWS version 4) of a request again from the secret and compares. */
function signatureHolds(request: IncomingMessage, secret: string): boolean {
  const found = /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
    request.headers.authorization ?? '',
  );
  if (!found) return false;
  const [, credential = '', signed = '', signature] = found;
  const [, day = '', region = '', service = ''] = credential.split('/');
  const names = signed.split(';');
  if (!names.includes('host') || !names.includes('x-amz-content-sha256')) return false;
  const url = new URL(request.url!, 'http://store');
  const canonical = [
    request.method,
    url.pathname,
    url.searchParams.toString(),
    ...names.map((n) => `${n}:${String(request.headers[n]).trim()}`),
    '',
    signed,
    request.headers['x-amz-content-sha256'],
  ].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), service), 'aws4_request');
  return hmac(key, text).toString('hex') === signature;
}

/** A small S3-compatible store on this machine: one bucket, PUT, GET and HEAD, every request's signature checked. */
export async function startS3Server(bucket: string, secret: string): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const refused: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const claimed = request.headers['x-amz-content-sha256'];
      const whole = request.method !== 'PUT' || claimed === sha256(body);
      if (!signatureHolds(request, secret) || !whole) {
        refused.push(`${request.method} ${request.url}`);
        return response.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>');
      }
      const prefix = `/${bucket}/`;
      if (!request.url!.startsWith(prefix)) return response.writeHead(404).end();
      const key = request.url!.slice(prefix.length);
      if (request.method === 'PUT') {
        objects.set(key, body);
        return response.writeHead(200, { etag: '"1"' }).end();
      }
      const found = objects.get(key);
      if (!found) return response.writeHead(404).end();
      return response
        .writeHead(200, { 'content-length': found.length })
        .end(request.method === 'HEAD' ? undefined : found);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    refused,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
