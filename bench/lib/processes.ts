import { type ChildProcess, fork, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from '../../server/platform/paths.ts';

export interface Server {
  readonly port: number;
  /** Milliseconds from its start to its first right answer. */
  readonly readyMs: number;
  /** Resident memory of the process, in MB: now, and the most it has been. */
  memory(): { now: number; most: number };
  stop(): Promise<void>;
}

/** Resident memory as the system counts it; only the process itself is asked where there is no /proc. */
function memoryOf(child: ChildProcess): { now: number; most: number } {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const of = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
  return { now: of('VmRSS'), most: of('VmHWM') };
}

function stopped(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done();
    child.once('exit', () => done());
    child.kill(signal);
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** The server as people start it, in production mode on a PostgreSQL database; only the rate limit is out of the way. */
export function startProduct(
  url: string,
  more: { env?: Record<string, string>; flags?: string[] } = {},
): Promise<Server> {
  return startWuxing(
    'serve',
    { DATABASE_URL: url, RATE_LIMIT: '10000000', LOG_LEVEL: 'warn', ...more.env },
    more.flags,
  );
}

/** `wuxing serve` or `wuxing demo` from the build, ready when it says so itself. */
export async function startWuxing(command: string, env: Record<string, string>, flags: string[] = []): Promise<Server> {
  const folder = env['DATA_DIR'] ?? mkdtempSync(join(tmpdir(), 'wuxing-bench-'));
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, [...flags, inRoot('bin', 'wuxing.js'), command], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      NODE_ENV: 'production',
      WUXING_SECRET: 'a9K2-qLx7 Zr4v Tn8m Wd3h Yb6s Pj1c',
      HOST: '127.0.0.1',
      PORT: String(port),
      ...env,
      DATA_DIR: folder,
    },
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-20_000)));
  while (!(await isReady(port))) {
    if (child.exitCode !== null) throw new Error(`wuxing ${command} ended (${child.exitCode}): ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return {
    port,
    readyMs: performance.now() - began,
    memory: () => memoryOf(child),
    stop: async () => {
      await stopped(child, 'SIGTERM');
      if (env['DATA_DIR'] === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function isReady(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/readyz`).then(
    (reply) => reply.ok,
    () => false,
  );
}

/** Starts the bare handler of this folder in a process of its own. */
export function startFloor(settings: unknown): Promise<Server> {
  const began = performance.now();
  const child = fork(join(import.meta.dirname, '..', 'serve-floor.ts'), [], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  child.send(settings as object);
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The bare handler ended (${code}).`)));
    child.once('message', (ready) => {
      const { port } = ready as { port: number };
      const readyMs = performance.now() - began;
      resolve({ port, readyMs, memory: () => memoryOf(child), stop: () => stopped(child, 'SIGKILL') });
    });
  });
}
