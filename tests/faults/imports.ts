import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metricKeys } from '../../domain/records/facts/index.ts';
import type { ImportKind, ImportResult } from '../../domain/records/imports/index.ts';
import { openSheet } from '../../server/platform/sheets/index.ts';
import { form } from '../support/form.ts';
import { csvOf } from '../support/sheets.ts';
import { freshDatabase, freshFolder, startChild } from './kill.ts';

/**
 * kill −9 while a sheet is imported: the job goes on with the next start by itself and ends as if nothing had happened. No row
 * stands twice, none is lost, an import of all or nothing has left all or nothing in between, and the report marks each
 * bad row.
 */
export interface ImportsReport {
  readonly kills: number;
  /** Kills that met the job at work, and those after which rows of the unfinished import were there already. */
  readonly atWork: number;
  readonly partly: number;
  readonly rows: number;
  readonly faults: string[];
}

export interface ImportsOptions {
  readonly kills: number;
  readonly villages?: number;
  readonly metrics?: number;
  readonly serverUrl?: string | undefined;
  readonly random: () => number;
  readonly progress?: (done: number, total: number) => void;
}

const token = 'the token of the clerk who imports while the server dies';
const wrongEvery = 50;
interface Job {
  readonly phase: string | null;
  readonly done: number;
  readonly total: number;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  readonly error: string | null;
  readonly result: ImportResult | null;
}

interface Sheet {
  readonly bytes: Buffer;
  readonly rows: number;
  readonly wrong: number;
}

const villageCode = (n: number) => `w${n}`;

function villages(count: number): Sheet {
  const rows = Array.from({ length: count }, (_, n) => [
    villageCode(n),
    `第${n}村`,
    '村',
    't1',
    '农村',
    '2000-01-01',
    '测试',
  ]);
  return { bytes: csvOf('units', rows), rows: count, wrong: 0 };
}

/** Numbers of a year for each village; when `wrong`, one row in fifty names a unit that does not exist. */
function numbers(o: { villages: number; metrics: number; year: number; wrong: boolean }): Sheet {
  const rows: string[][] = [];
  let wrong = 0;
  for (let v = 0; v < o.villages; v++)
    for (const key of metricKeys.slice(0, o.metrics)) {
      const bad = o.wrong && rows.length % wrongEvery === wrongEvery - 1;
      if (bad) wrong++;
      const { year } = o;
      rows.push([bad ? `none${v}` : villageCode(v), '', key, String(year), '1', `${year}-06-30`, '年报', '', '']);
    }
  return { bytes: csvOf('facts', rows), rows: rows.length, wrong };
}

async function upload(port: number, kind: ImportKind, sheet: Sheet, mode: string): Promise<string> {
  const { payload, headers } = form({ mode }, { name: '数据.csv', bytes: sheet.bytes });
  const reply = await fetch(`http://127.0.0.1:${port}/api/imports/${kind}`, {
    method: 'POST',
    headers: { ...headers, cookie: `wuxing_session=${token}` },
    body: new Uint8Array(payload),
  });
  if (!reply.ok) throw new Error(`The upload was refused: ${reply.status} ${await reply.text()}`);
  return ((await reply.json()) as { jobId: string }).jobId;
}

const get = (port: number, path: string) =>
  fetch(`http://127.0.0.1:${port}${path}`, { headers: { cookie: `wuxing_session=${token}` } });

async function ended(port: number, id: string): Promise<Job> {
  for (let waited = 0; waited < 240_000; waited += 100) {
    const reply = await get(port, `/api/jobs/${id}`);
    if (!reply.ok) throw new Error(`The job cannot be read: ${reply.status} ${await reply.text()}`);
    const job = (await reply.json()) as Job;
    if (job.state === 'done' || job.state === 'failed') return job;
    await pause(100);
  }
  throw new Error('The import did not end within four minutes.');
}

/** Waits until a share of the work is done: a quarter of it is reading. Answers whether the job is at work then. */
async function reached(port: number, id: string, share: number): Promise<boolean> {
  for (;;) {
    const job = (await (await get(port, `/api/jobs/${id}`)).json()) as Job;
    if (job.state === 'done' || job.state === 'failed') return false;
    const part = job.total > 0 ? job.done / job.total : 0;
    const now =
      job.phase === 'writing' ? 0.25 + 0.75 * part : job.phase === 'reading' ? 0.25 * part : job.phase ? 1 : 0;
    if (job.state === 'running' && now >= share) return true;
    await pause(15);
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function marked(port: number, id: string): Promise<number> {
  const reply = await get(port, `/api/imports/${id}/report`);
  if (!reply.ok) return 0;
  let count = 0;
  const sheet = await openSheet(new Uint8Array(await reply.arrayBuffer()));
  for await (const row of sheet.rows()) if (row.cells.at(-1)?.text.includes('none')) count++;
  return count;
}

/** What the job must say in the end, whatever happened on its way. */
async function judge(port: number, id: string, sheet: Sheet, say: (what: string) => void): Promise<void> {
  const { state, error, result } = await ended(port, id);
  if (state !== 'done' || !result) return say(`ended ${state}: ${error}`);
  // Rows that were written before the kill are found again as rows that are there already.
  const settled = result.written + result.unchanged;
  if (result.rows !== sheet.rows || result.bad !== sheet.wrong || settled !== sheet.rows - sheet.wrong)
    say(
      `says ${JSON.stringify({ ...result, errors: result.errors.slice(0, 1) })} of ${sheet.rows} rows, ${sheet.wrong} of them wrong`,
    );
  const found = sheet.wrong > 0 ? await marked(port, id) : 0;
  if (found !== sheet.wrong) say(`its report marks ${found} of ${sheet.wrong} bad rows`);
}

interface Pending {
  readonly id: string;
  readonly mode: string;
  readonly sheet: Sheet;
}

export async function killWhileImporting(options: ImportsOptions): Promise<ImportsReport> {
  const place = options.serverUrl ? await freshDatabase(options.serverUrl) : freshFolder();
  const files = mkdtempSync(join(tmpdir(), 'wuxing-imported-'));
  const size = { villages: options.villages ?? 500, metrics: options.metrics ?? 60 };
  const faults: string[] = [];
  const over: Pending[] = [];
  let [atWork, partly] = [0, 0];
  let pending: Pending | null = null;
  const child = (more: { verify: boolean; spoil?: 'imported row' }) => startChild({ ...place, token, files, ...more });
  try {
    for (let n = 0; n <= options.kills; n++) {
      const last = n === options.kills;
      const { child: server, state } = await child({ verify: last });
      const say = (what: string) => void faults.push(`start ${n}: ${what}`);
      for (const fault of state.faults) say(fault);
      if (state.twice > 0) say(`${state.twice} numbers stand twice`);
      const rowsOf = (id: string) => state.imports.find((i) => i.id === id)?.rows ?? 0;
      for (const p of over)
        if (rowsOf(p.id) !== p.sheet.rows - p.sheet.wrong) say(`${rowsOf(p.id)} rows of import ${p.id} are left`);
      if (pending) {
        const there = rowsOf(pending.id);
        if (pending.mode === 'all-or-nothing' && there > 0 && there !== pending.sheet.rows)
          say(`${there} of ${pending.sheet.rows} rows were there, where all or none may be`);
        if (there > 0) partly++;
        await judge(state.port, pending.id, pending.sheet, say);
        over.push(pending);
        pending = null;
      } else if (n === 0) {
        const sheet = villages(size.villages);
        await judge(state.port, await upload(state.port, 'units', sheet, 'all-or-nothing'), sheet, say);
      }
      if (!last) {
        const mode = n % 2 === 0 ? 'good-rows' : 'all-or-nothing';
        const sheet = numbers({ ...size, year: 2005 + n, wrong: mode === 'good-rows' });
        pending = { id: await upload(state.port, 'facts', sheet, mode), mode, sheet };
        // Spread evenly, so that few kills reach the beginning as well as the end.
        if (await reached(state.port, pending.id, (n + options.random()) / options.kills)) atWork++;
        await pause(options.random() * 100);
        options.progress?.(n + 1, options.kills);
      }
      server.kill('SIGKILL');
    }
    const { child: server, state } = await child({ verify: true, spoil: 'imported row' });
    server.kill('SIGKILL');
    if (!state.faults.some((f) => f.startsWith('import '))) faults.push('a lost row was not noticed');
  } finally {
    await place.drop();
    rmSync(files, { recursive: true, force: true });
  }
  return { kills: options.kills, atWork, partly, rows: size.villages * size.metrics, faults };
}
