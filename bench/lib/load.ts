import { connect, type Socket } from 'node:net';
import { percentile } from './timing.ts';

export interface Load {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly statuses: Readonly<Record<string, number>>;
}

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

export interface LoadOptions {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  /** One for each connection; fewer are taken in turn. */
  readonly cookies?: readonly string[];
  readonly next: (n: number) => Sent;
}

/**
 * Closed loop: each connection sends its next request when the answer to the last is in. A bare socket client, because a
 * full one would take as much of the machine as the server under it and hide the difference between two servers.
 */
export async function load(o: LoadOptions): Promise<Load> {
  const took: number[] = [];
  const statuses: Record<string, number> = {};
  const began = performance.now();
  const until = began + o.seconds * 1000;
  let n = 0;
  await Promise.all(
    Array.from({ length: o.connections }, async (_, i) => {
      const cookie = o.cookies?.[i % o.cookies.length];
      const line = await openLine(o.port);
      while (performance.now() < until) {
        const sent = performance.now();
        const status = await line.ask(textOf(o.next(n++), cookie));
        took.push(performance.now() - sent);
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
      line.close();
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  return {
    requests: took.length,
    perSecond: took.length / seconds,
    p50: percentile(took, 0.5),
    p95: percentile(took, 0.95),
    statuses,
  };
}

function textOf(sent: Sent, cookie: string | undefined): string {
  const head = `${sent.method} ${sent.path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${cookie ? `cookie: ${cookie}\r\n` : ''}`;
  if (sent.method === 'GET') return `${head}\r\n`;
  const body = JSON.stringify(sent.body ?? {});
  return `${head}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

interface Line {
  ask(text: string): Promise<string>;
  close(): void;
}

function openLine(port: number): Promise<Line> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1');
    let waiting: { resolve: (status: string) => void; reject: (error: Error) => void } | undefined;
    let held: Buffer = Buffer.alloc(0);
    let needed = -1;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      if (needed < 0) needed = sizeOf(held);
      if (needed < 0 || held.length < needed) return;
      const status = held.toString('latin1', 9, 12);
      held = held.subarray(needed);
      needed = -1;
      waiting?.resolve(status);
    });
    const fail = (error: Error) => (waiting ? waiting.reject(error) : reject(error));
    socket.on('error', fail);
    socket.on('close', () => fail(new Error('The server closed the connection.')));
    socket.on('connect', () =>
      resolve({
        ask: (text) =>
          new Promise((done, failed) => {
            waiting = { resolve: done, reject: failed };
            socket.write(text);
          }),
        close: () => {
          waiting = undefined;
          socket.removeAllListeners('close').destroy();
        },
      }),
    );
  });
}

/** Bytes of the whole answer, or −1 while its head is not complete. */
function sizeOf(held: Buffer): number {
  const end = held.indexOf('\r\n\r\n');
  if (end < 0) return -1;
  const length = /\r\ncontent-length: (\d+)/i.exec(held.toString('latin1', 0, end));
  if (!length) throw new Error('An answer without a length.');
  return end + 4 + Number(length[1]);
}
