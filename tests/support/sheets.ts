import ExcelJS from 'exceljs';
import { columnsFor, type ImportKind, type ImportResult } from '../../domain/records/imports/index.ts';
import { jobs } from '../../domain/records/jobs/index.ts';
import { openSheet } from '../../server/platform/sheets/index.ts';
import { form } from './form.ts';
import { type Client, testPassword, type World } from './world.ts';

export const headsOf = (kind: ImportKind) => columnsFor(kind).map((c) => c.words.zh);

/** A csv of this kind as a clerk saves it. */
export function csvOf(kind: ImportKind, rows: readonly (readonly string[])[], heads = headsOf(kind)): Buffer {
  return Buffer.from(`\ufeff${[heads, ...rows].map((r) => r.join(',')).join('\r\n')}\r\n`);
}

export async function rowsOf(bytes: Uint8Array): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const row of (await openSheet(bytes)).rows()) rows.push(row.cells.map((c) => c.text));
  return rows;
}

export const upload = (client: Client, kind: ImportKind, bytes: Buffer, mode = 'all-or-nothing', name = '数据.csv') =>
  client.raw({ method: 'POST', url: `/api/imports/${kind}`, ...form({ mode }, { name, bytes }) });

/** Uploads, lets the job run and answers how it ended. */
export async function imported(
  world: World,
  client: Client,
  kind: ImportKind,
  bytes: Buffer,
  mode?: string,
  name?: string,
) {
  const answer = await upload(client, kind, bytes, mode, name);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  const { jobId } = answer.body as { jobId: string };
  await world.app.services.jobs.runJobsOnce();
  const job = await client.ok(jobs.get, { params: { id: jobId } });
  return { id: jobId, state: job.state, error: job.error, result: job.result as ImportResult };
}

/** A file as bytes, fetched by somebody who signs in for it. */
export async function fetched(
  world: World,
  login: string,
  url: string,
  lang = 'zh',
): Promise<{ status: number; bytes: Buffer; headers: Record<string, unknown> }> {
  const session = await world.app.inject({
    method: 'POST',
    url: '/api/session',
    payload: { login, password: testPassword },
  });
  const cookie = session.cookies.map((c) => `${c.name}=${c.value}`).join('; ');
  const answer = await world.app.inject({ method: 'GET', url, headers: { cookie, 'x-lang': lang } });
  return { status: answer.statusCode, bytes: answer.rawPayload, headers: answer.headers };
}

/** The template of this kind, filled in. */
export async function filledTemplate(
  world: World,
  login: string,
  kind: ImportKind,
  rows: readonly (readonly unknown[])[],
): Promise<Buffer> {
  const { bytes } = await fetched(world, login, `/api/imports/${kind}/template`);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  const sheet = book.worksheets[0]!;
  rows.forEach((row, i) => row.forEach((cell, j) => (sheet.getCell(3 + i, j + 1).value = cell as ExcelJS.CellValue)));
  return Buffer.from(await book.xlsx.writeBuffer());
}
