// 50,000 rows into the running server out of one workbook, some of them wrong, and 50,000 rows out of it again: through the real
// upload and download, with the memory of the server's own process.
import { columnsOf, type ImportResult } from '../../domain/records/imports/index.ts';
import { openSheet, sheetWriter } from '../../server/platform/sheets/index.ts';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { form } from '../../tests/support/form.ts';
import type { BarName } from '../bars.ts';
import { type BenchDatabase, benchDatabase } from '../lib/databases.ts';
import type { Bench, Finding, Measure } from '../lib/measure.ts';
import { addPerson, signIn } from '../lib/people.ts';
import { type Server, startProduct } from '../lib/processes.ts';
import { figuresOf, metricsOf, sampleStandards } from '../lib/rural.ts';
import { growTree, ids, villagesOf } from '../lib/tree.ts';

const year = 2025;
/** Every so many rows one names a unit that does not exist. */
const wrongEvery = 100;

/** A workbook of numbers as a clerk sends it, and how many of its rows are wrong. */
async function workbook(
  villages: number,
  metrics: readonly string[],
): Promise<{ bytes: Buffer; rows: number; wrong: number }> {
  const columns = columnsOf.facts;
  const out = new PassThrough();
  const whole = buffer(out);
  const heads = columns.map((c) => ({ text: c.words.zh, width: c.width }));
  const writer = sheetWriter('xlsx', out, { sheetName: '数据', heads });
  let [rows, wrong] = [0, 0];
  for (let v = 0; v < villages; v++)
    for (const metric of metrics) {
      const bad = rows++ % wrongEvery === wrongEvery - 1;
      if (bad) wrong++;
      const row: Record<string, string> = {
        unit: bad ? `none${v}` : `b${ids.village(v)}`,
        metric,
        period: String(year),
        value: String(v % 2),
        asOf: `${year}-06-30`,
        source: '年报',
      };
      await writer.row(columns.map((c) => row[c.key] ?? null));
    }
  await writer.end();
  return { bytes: await whole, rows, wrong };
}

interface Job {
  readonly state: string;
  readonly phase: string | null;
  readonly done: number;
  readonly total: number;
  readonly error: string | null;
  readonly result: ImportResult | null;
}

interface Here {
  readonly server: Server;
  readonly url: string;
  readonly cookie: string;
}

async function started(db: BenchDatabase): Promise<Here> {
  const server = await startProduct(db.url);
  const url = `http://127.0.0.1:${server.port}`;
  return { server, url, cookie: await signIn(url, 'organiser') };
}

async function get(here: Here, path: string): Promise<Response> {
  const reply = await fetch(`${here.url}${path}`, { headers: { cookie: here.cookie } });
  if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${(await reply.text()).slice(0, 500)}`);
  return reply;
}

async function importOne(
  bench: Bench,
  db: BenchDatabase,
  sheet: Awaited<ReturnType<typeof workbook>>,
): Promise<Finding[]> {
  const here = await started(db);
  try {
    const { payload, headers } = form({ mode: 'good-rows' }, { name: '数据.xlsx', bytes: sheet.bytes });
    const began = performance.now();
    const sent = await fetch(`${here.url}/api/imports/facts`, {
      method: 'POST',
      headers: { ...headers, cookie: here.cookie },
      body: new Uint8Array(payload),
    });
    if (!sent.ok) throw new Error(await sent.text());
    const { jobId } = (await sent.json()) as { jobId: string };
    const told = new Set<string>();
    let job: Job;
    do {
      await new Promise((resolve) => setTimeout(resolve, 100));
      job = (await (await get(here, `/api/jobs/${jobId}`)).json()) as Job;
      if (job.state === 'running' && job.done > 0) told.add(`${job.phase} ${job.done}`);
    } while (job.state === 'waiting' || job.state === 'running');
    const seconds = (performance.now() - began) / 1000;
    const { result } = job;
    if (result?.written !== sheet.rows - sheet.wrong || result.bad !== sheet.wrong)
      throw new Error(job.error ?? JSON.stringify(result).slice(0, 500));
    const report = Buffer.from(await (await get(here, `/api/imports/${jobId}/report`)).arrayBuffer());
    let marked = 0;
    for await (const row of (await openSheet(report)).rows()) if (row.cells.at(-1)?.text.includes('none')) marked++;
    if (marked !== sheet.wrong) throw new Error(`The report marks ${marked} rows of ${sheet.wrong}.`);
    const { most } = here.server.memory();
    bench.say(`import: ${seconds.toFixed(1)} s, ${most.toFixed(0)} MB, progress told ${told.size} times`);
    return [
      {
        bar: 'sheets.import',
        value: seconds,
        note: `${sheet.rows} rows, ${sheet.wrong} of them wrong and marked in the report`,
      },
      { bar: 'sheets.import-memory', value: most, note: `progress told ${told.size} times` },
    ];
  } finally {
    await here.server.stop();
  }
}

async function exportOne(bench: Bench, db: BenchDatabase, rows: number): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const format of ['xlsx', 'csv'] as const) {
    const bars: Record<typeof format, BarName> = { xlsx: 'sheets.export-memory', csv: 'sheets.export-csv-memory' };
    const here = await started(db);
    try {
      const began = performance.now();
      const reply = await get(here, `/api/exports/facts?format=${format}`);
      const first = performance.now() - began;
      const bytes = Buffer.from(await reply.arrayBuffer());
      const seconds = (performance.now() - began) / 1000;
      let read = 0;
      for await (const row of (await openSheet(bytes)).rows()) if (row.cells.some((c) => c.text === '年报')) read++;
      if (read !== rows) throw new Error(`The ${format} holds ${read} of ${rows} rows.`);
      const { most } = here.server.memory();
      const note = `${rows} rows in ${seconds.toFixed(1)} s, ${(bytes.length / 1_048_576).toFixed(1)} MB, begins after ${first.toFixed(0)} ms`;
      bench.say(`export ${format}: ${note}, ${most.toFixed(0)} MB`);
      findings.push({ bar: bars[format], value: most, note });
    } finally {
      await here.server.stop();
    }
  }
  return findings;
}

async function run(bench: Bench) {
  const db = await benchDatabase('sheets');
  try {
    const tree = { counties: 1, townships: bench.quick ? 5 : 100, villages: 20 };
    await growTree(db, tree);
    await addPerson(db, 'organiser', 'organiser', ids.county(0));
    const keys = figuresOf(await sampleStandards(db), year).map((f) => f.key);
    bench.say('writing the workbook');
    const sheet = await workbook(villagesOf(tree), metricsOf(keys).slice(0, 25));
    const findings = await importOne(bench, db, sheet);
    findings.push(...(await exportOne(bench, db, sheet.rows - sheet.wrong)));
    return { findings };
  } finally {
    await db.drop();
  }
}

export const sheets: Measure = { name: 'sheets', minutes: 2, run };
