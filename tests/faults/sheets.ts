import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportResult } from '../../domain/records/imports/index.ts';
import type { Lang } from '../../domain/words.ts';
import { runs } from '../../server/platform/sheets/runs.ts';
import { form } from '../support/form.ts';
import { parse } from 'csv-parse/sync';
import { type HostileFile, hostileFiles } from './hostile-files.ts';
import { freshDatabase, freshFolder, startChild } from './kill.ts';

/**
 * Hostile files through the real upload of a running server, in both languages: each is refused in words that name the place and
 * the remedy, or read for what it is; nothing of it stays half done, the server lives on, and its memory stays in bounds.
 */
export interface SheetsReport {
  readonly files: number;
  /** The most memory that the server took while it had one of these files, in MB above what it took before. */
  readonly worst: { readonly mb: number; readonly what: string };
  readonly faults: string[];
}

export interface SheetsOptions {
  readonly serverUrl?: string | undefined;
  /** Only files whose description matches. */
  readonly only?: RegExp;
  /** Instead of the files' own: to see that what comes otherwise is noticed. */
  readonly expect?: HostileFile['comes'];
  readonly maxMb?: number;
  readonly progress?: (done: number, total: number) => void;
}

const token = 'the token of the clerk who sends hostile files';
const langs = ['zh', 'en'] as const;

interface Job {
  readonly state: string;
  readonly error: string | null;
  readonly result: ImportResult | null;
}

interface Server {
  readonly port: number;
  readonly pid: number;
}

/** The most that the process has held since the last time it was forgotten, in MB; 0 where the system does not tell. */
const told = (pid: number) => existsSync(`/proc/${pid}/clear_refs`);
const memory = {
  forget: (pid: number) => told(pid) && writeFileSync(`/proc/${pid}/clear_refs`, '5'),
  of: (pid: number, name: 'VmHWM' | 'VmRSS') =>
    told(pid)
      ? Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
      : 0,
};

async function get(to: Server, path: string): Promise<Response> {
  return fetch(`http://127.0.0.1:${to.port}${path}`, { headers: { cookie: `wuxing_session=${token}` } });
}

async function json<T>(to: Server, path: string): Promise<T> {
  const reply = await get(to, path);
  if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${await reply.text()}`);
  return (await reply.json()) as T;
}

/** Sends the file and waits for its end: what a reader is told, in one text. */
async function send(to: Server, file: HostileFile, lang: Lang): Promise<{ told: string; result: ImportResult | null }> {
  const { payload, headers } = form({ mode: 'all-or-nothing' }, { name: file.name, bytes: file.bytes });
  const reply = await fetch(`http://127.0.0.1:${to.port}/api/imports/${file.kind}`, {
    method: 'POST',
    headers: { ...headers, cookie: `wuxing_session=${token}`, 'x-lang': lang },
    body: new Uint8Array(payload),
  });
  const body = (await reply.json()) as { jobId?: string; error?: { message: string } };
  if (reply.status === 400 || reply.status === 413) return { told: body.error!.message, result: null };
  if (reply.status !== 200) throw new Error(`answered ${reply.status}: ${JSON.stringify(body)}`);
  for (let waited = 0; waited < 120_000; waited += 50) {
    const job = await json<Job>(to, `/api/jobs/${body.jobId}`);
    if (job.state === 'failed') return { told: job.error ?? '', result: null };
    if (job.state === 'done') {
      // The report is fetched as a reader would.
      if (job.result!.report && !(await get(to, `/api/imports/${body.jobId}/report`)).ok)
        throw new Error('there is no report');
      return { told: job.result!.errors.map((e) => e.message).join('\n'), result: job.result };
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the import does not end');
}

/** What came otherwise than it should. */
function judge(
  comes: HostileFile['comes'],
  lang: Lang,
  { told, result }: Awaited<ReturnType<typeof send>>,
): string | null {
  const at = langs.indexOf(lang);
  if ('refused' in comes) {
    if (result) return `was read: ${JSON.stringify({ ...result, errors: result.errors.slice(0, 1) })}`;
    return comes.refused[at]!.test(told) ? null : `says “${told}”`;
  }
  if (!result) return `was refused: ${told}`;
  if ('taken' in comes) {
    // The second time the same rows are there already.
    const settled = result.written + result.unchanged;
    return settled === comes.taken && result.bad === 0 ? null : `wrote ${settled} of ${comes.taken} rows: ${told}`;
  }
  if (result.rows !== comes.rows || result.bad !== comes.bad || result.written > 0)
    return `says ${JSON.stringify(result)}`;
  return comes.says[at]!.test(told) ? null : `says “${told}”`;
}

/** What a change of the records shows in. */
async function counts(to: Server): Promise<string> {
  const total = async (path: string) => (await json<{ total: number }>(to, path)).total;
  return JSON.stringify([await total('/api/facts?limit=1'), await total('/api/units?limit=1')]);
}

/** What was taken goes out again without a cell that a spreadsheet program would run. */
async function exported(to: Server): Promise<string[]> {
  const text = await (await get(to, '/api/exports/facts?format=csv')).text();
  const cells = (parse(text, { bom: true }) as string[][]).flat();
  const running = cells.filter((c) => runs.test(c) && !/^[+-]?\d+(\.\d+)?$/.test(c));
  return running.map((c) => `the export has the cell ${c}`);
}

export async function sendHostileSheets(options: SheetsOptions = {}): Promise<SheetsReport> {
  const place = options.serverUrl ? await freshDatabase(options.serverUrl) : freshFolder();
  const folder = mkdtempSync(join(tmpdir(), 'wuxing-hostile-'));
  const faults: string[] = [];
  const files = (await hostileFiles()).filter((f) => options.only?.test(f.what) ?? true);
  let worst = { mb: 0, what: '' };
  const { child, state } = await startChild({ ...place, token, verify: false, files: folder });
  const to = { port: state.port, pid: child.pid! };
  try {
    for (const [i, file] of files.entries()) {
      const comes = options.expect ?? file.comes;
      const before = await counts(to);
      memory.forget(to.pid);
      const base = memory.of(to.pid, 'VmRSS');
      for (const lang of langs) {
        const said = await send(to, file, lang).then(
          (answer) => judge(comes, lang, answer),
          (error: Error) => error.message,
        );
        if (said !== null) faults.push(`${file.what} (${lang}): ${said}`);
      }
      const mb = Math.round(memory.of(to.pid, 'VmHWM') - base);
      if (mb > worst.mb) worst = { mb, what: file.what };
      if (mb > (options.maxMb ?? 400)) faults.push(`${file.what}: the server took ${mb} MB more`);
      if (!('taken' in file.comes) && (await counts(to)) !== before)
        faults.push(`${file.what}: something of it was written`);
      options.progress?.(i + 1, files.length);
    }
    faults.push(...(await exported(to)));
    if (child.exitCode !== null) faults.push(`the server ended (${child.exitCode})`);
  } finally {
    child.kill('SIGKILL');
    await place.drop();
    rmSync(folder, { recursive: true, force: true });
  }
  return { files: files.length, worst, faults };
}
