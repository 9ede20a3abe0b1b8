import {
  columnsFor,
  importFields,
  type ImportKind,
  type ImportMode,
  type ImportResult,
  importResult,
  type SheetFormat,
} from '../../../domain/records/imports/index.ts';
import type { Words } from '../../../domain/words.ts';
import { notFound } from '../../platform/errors.ts';
import { type FileStore, parseFields, receiveFile, savedAs } from '../../platform/files/index.ts';
import type { Wire } from '../../platform/http/routes.ts';
import { type Reader, sendWritten } from '../../platform/http/sending.ts';
import { enqueue, findJobInput, type JobContext } from '../../platform/jobs/index.ts';
import { record } from '../../platform/journal.ts';
import { type Rq, system } from '../../platform/rq.ts';
import { formatOf, media } from '../../platform/sheets/index.ts';
import { dayOf } from '../../platform/time.ts';
import type { ExportTo } from './exports.ts';
import { reportOf } from './report.ts';
import { fileFailure } from './rows.ts';
import { runImport } from './run.ts';
import { itemWords } from './subject-cells.ts';
import { kindWords, templateOf } from './templates.ts';

const noKind = notFound({ zh: '该类登记对象', en: 'kind of subject' });
const noImport = notFound({ zh: '该导入任务', en: 'import' });
const noReport = notFound({ zh: '错误报告', en: 'report' });

export const importJob = 'import';

interface Input {
  readonly kind: ImportKind;
  readonly mode: ImportMode;
  readonly name: string;
  readonly file: string;
}

/** The widest place where the actor runs imports: the job and its entries in the journal stand there. */
function placeOf(rq: Rq): string {
  if (rq.actor === system) return '';
  const paths = rq.actor.grants.filter((g) => g.verb === 'imports.run').map((g) => g.path);
  return paths.sort((a, b) => a.length - b.length)[0]!;
}

/** Keeps the file and puts the job into the line; the request ends here, however large the file is. */
export async function startImport(rq: Rq, kind: ImportKind, wire: Wire, files: FileStore): Promise<{ jobId: string }> {
  mustBeDeclared(kind);
  const { fields, bytes, name } = await receiveFile(wire);
  const { mode } = parseFields(importFields, fields, rq.lang);
  if (formatOf(bytes) === null) throw fileFailure('not-a-sheet');
  const file = await files.put(bytes);
  return wire.database.write(rq.actor.scopes, (db) =>
    begin({ ...rq, db }, { kind, mode, name: name.slice(0, 200), file }),
  );
}

async function begin(rq: Rq, input: Input): Promise<{ jobId: string }> {
  const path = placeOf(rq);
  const jobId = await enqueue(rq, importJob, input, path);
  await record(rq, { verb: 'import.start', subject: { kind: 'job', id: jobId }, path, after: input });
  return { jobId };
}

export async function acceptImport(rq: Rq, id: string, mode: ImportMode): Promise<{ jobId: string }> {
  const job = await findJobInput<Input>(rq, id, importJob);
  if (!job || job.state !== 'done') throw noImport;
  return begin(rq, { ...job.input, mode });
}

type Result = ImportResult & { readonly reportFile: string | null };

/** The job: reads, checks, writes, and leaves the report where there is something to report. */
export async function handleImport(job: JobContext, files: FileStore): Promise<Result> {
  const input = job.input as Input;
  const bytes = await files.read(input.file);
  if (!bytes) throw noImport;
  const { result, errors, table } = await runImport(job, bytes, input);
  if (errors.length === 0) return { ...result, reportFile: null };
  job.progress(result.rows, result.rows, 'reporting');
  const report = await reportOf(bytes, table, errors, input.kind, job.lang);
  return { ...result, reportFile: await files.put(report) };
}

export async function sendReport(rq: Rq, id: string, wire: Wire, files: FileStore): Promise<unknown> {
  const job = await wire.database.read(rq.actor.scopes, (db) => findJobInput<Input>({ ...rq, db }, id, importJob));
  const hash = (job?.result as Partial<Result> | null)?.reportFile;
  const bytes = hash ? await files.read(hash) : null;
  if (!job || !bytes) throw noReport;
  const { name } = importResult.parse(job.result);
  const format = formatOf(bytes) ?? 'csv';
  const title = `${name.replace(/\.[^.]*$/, '')}-${rq.lang === 'zh' ? '错误原因' : 'faults'}.${format}`;
  return wire.reply.headers({ ...savedAs(title), 'content-type': media[format] }).send(bytes);
}

/** Sheets of subjects exist for declared kinds only. */
export function mustBeDeclared(kind: ImportKind): void {
  if (columnsFor(kind).length === 0) throw noKind;
}

export async function sendTemplate(rq: Rq, kind: ImportKind, format: SheetFormat, wire: Wire): Promise<unknown> {
  mustBeDeclared(kind);
  const items = await wire.database.read(rq.actor.scopes, (db) => itemWords({ ...rq, db }));
  const word = rq.lang === 'zh' ? '导入模板' : ' template';
  return wire.reply
    .headers({ ...savedAs(`${kindWords(kind)[rq.lang]}${word}.${format}`), 'content-type': media[format] })
    .send(await templateOf(kind, format, rq.lang, items));
}

/** Sends rows as they are read, in the scope of whoever exports. */
export function sendExport(
  rq: Rq,
  name: Words,
  format: SheetFormat,
  wire: Wire,
  work: (read: Reader, to: ExportTo) => Promise<number>,
): unknown {
  const { lang, now } = rq;
  const file = { name: `${name[lang]}-${dayOf(now)}.${format}`, type: media[format] };
  return sendWritten(rq, wire, file, (read, out) => work(read, { out, format, lang, now }));
}
