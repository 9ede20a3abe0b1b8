import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { ChildSettings, ChildState } from './child.ts';
import { send } from './http.ts';

/** kill −9 under write load, again and again on the same database: what was answered with success is there afterwards. */
export interface KillReport {
  readonly database: 'postgres' | 'embedded';
  readonly kills: number;
  readonly acknowledged: number;
  /** Writes that had been sent and not answered when the process died: they may be there or not, but never in part. */
  readonly inFlight: number;
  readonly journalRows: number;
  readonly faults: string[];
}

export interface KillOptions {
  readonly kills: number;
  /** Address of a PostgreSQL server; embedded when left out. */
  readonly serverUrl?: string | undefined;
  readonly random: () => number;
  readonly progress?: (done: number, total: number) => void;
}

const token = 'the token of the organiser who writes while the server dies';
const writers = 8;

export async function killUnderLoad(options: KillOptions): Promise<KillReport> {
  const place = options.serverUrl ? await freshDatabase(options.serverUrl) : freshFolder();
  const acknowledged = new Set<string>();
  const faults: string[] = [];
  let inFlight = 0;
  let journalRows = 0;
  try {
    for (let n = 0; n < options.kills; n++) {
      const { child, state } = await startChild({ ...place, token, verify: false });
      missing(state, acknowledged, faults, n);
      const load = writeUnits(state, `k${n}-`, acknowledged);
      // Uniform over the first moments of the load: before the first answer as well as deep in it.
      await new Promise((resolve) => setTimeout(resolve, 5 + options.random() * (options.serverUrl ? 800 : 2_000)));
      child.kill('SIGKILL');
      inFlight += await load;
      options.progress?.(n + 1, options.kills);
    }
    const { child, state } = await startChild({ ...place, token, verify: true });
    missing(state, acknowledged, faults, options.kills);
    journalRows = state.journalRows;
    child.kill('SIGKILL');
  } finally {
    await place.drop();
  }
  const database = options.serverUrl ? 'postgres' : 'embedded';
  return { database, kills: options.kills, acknowledged: acknowledged.size, inFlight, journalRows, faults };
}

function missing(state: ChildState, acknowledged: ReadonlySet<string>, faults: string[], start: number): void {
  const there = new Set(state.codes);
  const lost = [...acknowledged].filter((code) => !there.has(code));
  if (lost.length > 0)
    faults.push(`start ${start}: ${lost.length} acknowledged writes are gone: ${lost.slice(0, 5).join(' ')}`);
  for (const fault of state.faults) faults.push(`start ${start}: ${fault}`);
}

export interface Place {
  readonly url: string | null;
  readonly folder: string | null;
  drop(): Promise<void>;
}

export function freshFolder(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'wuxing-kill-'));
  return {
    url: null,
    folder: join(folder, 'database'),
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

export async function freshDatabase(serverUrl: string): Promise<Place & { readonly url: string }> {
  const name = `wuxing_faults_${Date.now().toString(36)}`;
  const once = async (text: string) => {
    const client = new pg.Client({ connectionString: serverUrl });
    await client.connect();
    await client.query(text);
    await client.end();
  };
  await once(`CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, folder: null, drop: () => once(`DROP DATABASE ${name} WITH (FORCE)`) };
}

export function startChild(settings: ChildSettings): Promise<{ child: ChildProcess; state: ChildState }> {
  const child = fork(join(import.meta.dirname, 'child.ts'), [JSON.stringify(settings)], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + String(chunk)).slice(-4_000)));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The server did not start within a minute: ${said}`));
    }, 60_000);
    child.once('message', (state) => {
      clearTimeout(timer);
      resolve({ child, state: state as ChildState });
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The server ended (${code}) before it was ready: ${said}`));
    });
  });
}

/** Writes until the server stops answering; says how many writes were under way then. */
async function writeUnits(state: ChildState, prefix: string, acknowledged: Set<string>): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: writers });
  let count = 0;
  let open = 0;
  const writer = async () => {
    for (;;) {
      const code = `${prefix}${count++}`;
      const body = {
        parentId: state.township,
        code,
        type: 'village',
        name: code,
        scheme: 'rural',
        day: '2026-01-01',
        document: '测试',
      };
      open++;
      const reply = await send(agent, { port: state.port, token }, '/api/units', body).catch(() => null);
      if (reply === null) return;
      open--;
      if (reply.status === 200) acknowledged.add(code);
      else throw new Error(`A write was refused while the server was well: ${reply.status} ${reply.body}`);
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  agent.destroy();
  return open;
}
