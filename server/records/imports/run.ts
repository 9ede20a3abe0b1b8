import type { ImportKind, ImportMode, ImportResult } from '../../../domain/records/imports/index.ts';
import { importReason } from '../../../domain/records/imports/index.ts';
import { columnsFor, subjectKindOf } from '../../../domain/records/imports/index.ts';
import type { SubjectKind } from '../../../domain/records/subjects/index.ts';
import type { Lang } from '../../../domain/words.ts';
import { announce } from '../../platform/news.ts';
import type { Rq } from '../../platform/rq.ts';
import { isSheetFailure, openSheet } from '../../platform/sheets/index.ts';
import { applyFacts, factState, parseFact } from './fact-rows.ts';
import { type Applied, fileFailure, findTable, type Parsed, type RawRow, type RowError, type Table } from './rows.ts';
import { applySubjects, ownersFirst, parseSubject, type SubjectLine, subjectState } from './subject-rows.ts';
import { kindWords } from './templates.ts';
import { applyUnits, parentsFirst, parseUnit, unitState } from './unit-rows.ts';

/** What an import stands on: a job's context, or the command line's. */
export interface ImportIo {
  readonly id: string;
  readonly path: string;
  readonly lang: Lang;
  pause(): Promise<void>;
  progress(done: number, total: number, phase?: string): void;
  read<T>(work: (rq: Rq) => Promise<T>): Promise<T>;
  write<T>(work: (rq: Rq) => Promise<T>): Promise<T>;
}

export interface ImportInput {
  readonly kind: ImportKind;
  readonly mode: ImportMode;
  /** Name of the file as it was uploaded. */
  readonly name: string;
  readonly maxRows?: number;
}

export interface Imported {
  readonly result: ImportResult;
  /** Every row's faults, for the report. */
  readonly errors: readonly RowError[];
  readonly table: Pick<Table, 'headRow' | 'heads'>;
}

/** Rows of one upload; the command line sets its own bound. */
export const maxRowsUploaded = 200_000;
const batchRows = 2_500;
/** Rows of one transaction where good rows count by themselves: others get a turn in between. */
const chunkRows = 20_000;
const errorsShown = 100;

interface Kind<T> {
  parse(raw: RawRow, seen: Map<string, number>, lang: Lang): Parsed<T> | RowError[];
  order(rows: Parsed<T>[]): { rows: Parsed<T>[]; errors: RowError[] };
  /** A fresh memory and the step that uses it; a transaction that is rolled back forgets its memory. */
  begin(): (
    rq: Rq,
    rows: readonly Parsed<T>[],
    to: { write: boolean; jobId: string; path: string },
  ) => Promise<Applied>;
}

const factsKind: Kind<Parameters<typeof applyFacts>[1][number]['value']> = {
  parse: parseFact,
  order: (rows) => ({ rows, errors: [] }),
  begin: () => {
    const state = factState();
    return (rq, rows, to) => applyFacts(rq, rows, state, to);
  },
};
const unitsKind: Kind<Parameters<typeof applyUnits>[1][number]['value']> = {
  parse: parseUnit,
  order: parentsFirst,
  begin: () => {
    const state = unitState();
    return (rq, rows, to) => applyUnits(rq, rows, state, to);
  },
};

const subjectsKind = (sheet: ImportKind, kind: SubjectKind): Kind<SubjectLine> => ({
  parse: (raw, seen, lang) => parseSubject(sheet, kind, raw, seen, lang),
  order: (rows) => ownersFirst(rows),
  begin: () => {
    const state = subjectState();
    return (rq, rows, to) => applySubjects(rq, kind, rows, state, to);
  },
});

export function runImport(io: ImportIo, bytes: Uint8Array, input: ImportInput): Promise<Imported> {
  if (input.kind === 'facts') return run(io, bytes, input, factsKind);
  if (input.kind === 'units') return run(io, bytes, input, unitsKind);
  const kind = subjectKindOf(input.kind);
  if (!kind) throw fileFailure(importReason('import-no-kind'));
  return run(io, bytes, input, subjectsKind(input.kind, kind));
}

/** Opens, and says in words what is wrong with a file that cannot be. */
async function opened(bytes: Uint8Array, input: ImportInput, lang: Lang) {
  try {
    const sheet = await openSheet(bytes);
    return { sheet, table: await findTable(sheet, input.kind, lang) };
  } catch (error) {
    throw isSheetFailure(error) ? fileFailure(error) : error;
  }
}

async function run<T>(io: ImportIo, bytes: Uint8Array, input: ImportInput, kind: Kind<T>): Promise<Imported> {
  const max = input.maxRows ?? maxRowsUploaded;
  const { sheet, table } = await opened(bytes, input, io.lang);
  if (sheet.rowCount > max + 10_000) throw fileFailure(importReason('import-too-many', { max }));
  const errors: RowError[] = [];
  const parsed: Parsed<T>[] = [];
  const seen = new Map<string, number>();
  let count = 0;
  try {
    for await (const raw of table.rows()) {
      if (++count > max) throw fileFailure(importReason('import-too-many', { max }));
      const row = kind.parse(raw, seen, io.lang);
      if (Array.isArray(row)) errors.push(...row);
      else parsed.push(row);
      if (count % batchRows === 0) {
        io.progress(count, Math.max(sheet.rowCount, count), 'reading');
        await io.pause();
      }
    }
  } catch (error) {
    throw isSheetFailure(error) ? fileFailure(error) : error;
  }
  if (count === 0) throw fileFailure(importReason('import-empty'));
  const ordered = kind.order(parsed);
  errors.push(...ordered.errors);
  const applied = await applyAll(io, input.mode, ordered.rows, errors.length > 0, kind);
  errors.push(...applied.errors);
  return { result: resultOf(io.lang, input, count, errors, applied), errors, table };
}

const nothing: Applied = { errors: [], unchanged: 0, written: 0 };

function added(a: Applied, b: Applied): Applied {
  a.errors.push(...b.errors);
  return { errors: a.errors, unchanged: a.unchanged + b.unchanged, written: a.written + b.written };
}

/** Thrown to undo a transaction in which a bad row was found; carries what was found out. */
interface Undone {
  readonly undone: Applied;
}

async function applyAll<T>(
  io: ImportIo,
  mode: ImportMode,
  rows: readonly Parsed<T>[],
  badAlready: boolean,
  kind: Kind<T>,
): Promise<Applied> {
  const to = { jobId: io.id, path: io.path };
  if (mode === 'check' || (mode === 'all-or-nothing' && badAlready)) {
    const step = kind.begin();
    let sum: Applied = { ...nothing, errors: [] };
    for (const batch of batches(rows, batchRows)) {
      sum = added(sum, await io.read((rq) => step(rq, batch.rows, { ...to, write: false })));
      io.progress(batch.end, rows.length, 'checking');
      await io.pause();
    }
    return mode === 'check' ? sum : { ...sum, written: 0 };
  }
  if (mode === 'all-or-nothing') return allOrNothing(io, rows, kind);
  const step = kind.begin();
  let sum: Applied = { ...nothing, errors: [] };
  for (const chunk of batches(rows, chunkRows)) {
    // What is committed is committed: after a crash the job runs again and finds these rows unchanged.
    sum = added(
      sum,
      await io.write((rq) => writeBatches(io, rq, chunk.rows, step, { at: chunk.start, of: rows.length })),
    );
    await io.pause();
  }
  return sum;
}

async function allOrNothing<T>(io: ImportIo, rows: readonly Parsed<T>[], kind: Kind<T>): Promise<Applied> {
  try {
    return await io.write(async (rq) => {
      const all = await writeBatches(io, rq, rows, kind.begin(), { at: 0, of: rows.length });
      if (all.errors.length > 0) throw Object.assign(new Error('bad rows'), { undone: all });
      return all;
    });
  } catch (error) {
    const { undone } = error as Partial<Undone>;
    if (!undone) throw error;
    return { ...undone, written: 0 };
  }
}

async function writeBatches<T>(
  io: ImportIo,
  rq: Rq,
  rows: readonly Parsed<T>[],
  step: ReturnType<Kind<T>['begin']>,
  place: { at: number; of: number },
): Promise<Applied> {
  let sum: Applied = { ...nothing, errors: [] };
  for (const batch of batches(rows, batchRows)) {
    sum = added(sum, await step(rq, batch.rows, { write: true, jobId: io.id, path: io.path }));
    io.progress(place.at + batch.end, place.of, 'writing');
    await io.pause();
  }
  if (sum.written > 0) announce(rq, { kind: 'import', id: io.id, path: io.path });
  return sum;
}

function* batches<T>(rows: readonly T[], size: number): Iterable<{ rows: readonly T[]; start: number; end: number }> {
  for (let i = 0; i < rows.length; i += size)
    yield { rows: rows.slice(i, i + size), start: i, end: Math.min(i + size, rows.length) };
}

/** Faults in the words of the reader, in the order of the rows. */
export function inWords(errors: readonly RowError[], kind: ImportKind, lang: Lang) {
  const heads = new Map(columnsFor(kind).map((c) => [c.key, c.words[lang]]));
  return [...errors]
    .sort((a, b) => a.row - b.row)
    .map((e) => ({
      row: e.row,
      column: e.column === null ? null : (heads.get(e.column) ?? e.column),
      message: e.reason.words[lang],
    }));
}

function resultOf(
  lang: Lang,
  input: ImportInput,
  rows: number,
  errors: readonly RowError[],
  applied: Applied,
): ImportResult {
  const bad = new Set(errors.map((e) => e.row)).size;
  return {
    kind: input.kind,
    kindWords: kindWords(input.kind),
    name: input.name,
    mode: input.mode,
    rows,
    good: rows - bad,
    bad,
    unchanged: applied.unchanged,
    written: input.mode === 'check' ? 0 : applied.written,
    errors: inWords(errors, input.kind, lang).slice(0, errorsShown),
    report: bad > 0,
  };
}
