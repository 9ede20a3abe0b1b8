import {
  columnsFor,
  type Heads,
  type ImportKind,
  importReason,
  plain,
  readDay,
  readHeads,
} from '../../../domain/records/imports/index.ts';
import type { Lang, Reason } from '../../../domain/words.ts';
import { invalid } from '../../platform/errors.ts';
import {
  type Cell,
  maxCell,
  maxColumns,
  type OpenSheet,
  type SheetFailure,
  type SheetProblem,
} from '../../platform/sheets/index.ts';

/** A row of the sheet, its cells under the keys of their columns. */
export interface RawRow {
  readonly row: number;
  readonly cells: Readonly<Record<string, Cell>>;
}

export interface RowError {
  readonly row: number;
  readonly column: string | null;
  readonly reason: Reason;
}

/** A row that can be read; whether it may be written is another question. */
export interface Parsed<T> {
  readonly row: number;
  readonly value: T;
}

/** What happened to the rows of one batch. */
export interface Applied {
  readonly errors: RowError[];
  readonly unchanged: number;
  readonly written: number;
}

const problems: Readonly<Record<SheetProblem, (place: { row: string }) => Reason>> = {
  'not-a-sheet': () => importReason('import-not-a-sheet'),
  unreadable: () => importReason('import-unreadable'),
  encoding: () => importReason('import-encoding'),
  bomb: () => importReason('import-bomb'),
  macros: () => importReason('import-macros'),
  'too-wide': ({ row }) => importReason('import-too-wide', { row, max: maxColumns }),
  'long-cell': ({ row }) => importReason('import-long-cell', { row, max: maxCell }),
  'open-quote': ({ row }) => importReason('import-open-quote', { row }),
};

/** A failure of the whole file, in words. */
export function fileFailure(problem: SheetFailure | SheetProblem | Reason) {
  const known = typeof problem === 'string' ? { sheetProblem: problem } : problem;
  const reason =
    'sheetProblem' in known ? problems[known.sheetProblem]({ row: 'row' in known ? String(known.row) : '?' }) : known;
  return invalid([{ path: 'file', message: reason.words }], reason.words);
}

/** Lines in which the head row may stand: the template's has instructions above. */
const headWithin = 5;

export interface Table {
  readonly headRow: number;
  readonly heads: readonly string[];
  rows(): AsyncIterable<RawRow>;
}

const isEmpty = (cells: readonly Cell[]) => cells.every((c) => c.text === '' && c.problem === undefined);

/** Finds the head row; refuses a sheet with other heads and says which are expected. */
export async function findTable(sheet: OpenSheet, kind: ImportKind, lang: Lang): Promise<Table> {
  for await (const row of sheet.rows()) {
    if (row.number > headWithin) break;
    const texts = row.cells.map((c) => c.text);
    const heads = readHeads(columnsFor(kind), texts);
    if (heads) return { headRow: row.number, heads: texts, rows: () => below(sheet, row.number, heads) };
  }
  const expected = columnsFor(kind)
    .map((c) => c.words[lang])
    .join(lang === 'zh' ? '、' : ', ');
  throw fileFailure(importReason('import-heads', { heads: expected }));
}

async function* below(sheet: OpenSheet, headRow: number, { keys }: Heads): AsyncIterable<RawRow> {
  for await (const row of sheet.rows()) {
    // Rows that only carry formats are no rows.
    if (row.number <= headRow || isEmpty(row.cells)) continue;
    const cells: Record<string, Cell> = {};
    keys.forEach((key, i) => {
      if (key !== null) cells[key] = row.cells[i] ?? { text: '' };
    });
    // A row with nothing but a remark in the error column is none either.
    if (!isEmpty(Object.values(cells))) yield { row: row.number, cells };
  }
}

/** Reads the cells of one row and gathers what is wrong with them. */
export interface RowReader {
  readonly errors: RowError[];
  fail(column: string | null, reason: Reason): void;
  /** Text of a cell; '' when it is empty and need not be filled. */
  text(column: string, max?: number): string;
  day(column: string): string;
  /** How the column is called in the reader's language. */
  head(column: string): string;
}

export function rowReader(kind: ImportKind, raw: RawRow, lang: Lang): RowReader {
  const errors: RowError[] = [];
  const fail: RowReader['fail'] = (column, reason) => errors.push({ row: raw.row, column, reason });
  const columns = new Map(columnsFor(kind).map((c) => [c.key, c]));
  const text: RowReader['text'] = (key, max = 200) => {
    const column = columns.get(key)!;
    const head = column.words[lang];
    const cell = raw.cells[key] ?? { text: '' };
    if (cell.problem === 'formula') fail(key, importReason('row-formula-error', { head }));
    else if (cell.problem === 'imprecise') fail(key, importReason('row-imprecise', { head }));
    else if (cell.text === '' && column.required) fail(key, importReason('row-needed', { head }));
    else if (cell.text.length > max) fail(key, importReason('row-too-long', { head, max }));
    // The same characters that every other text of the platform is kept free of.
    return cell.text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Surrogate}/gu, '').trim();
  };
  return {
    errors,
    fail,
    text,
    head: (key) => columns.get(key)!.words[lang],
    day: (key) => {
      const before = errors.length;
      const given = text(key, 40);
      const day = readDay(given);
      if (errors.length === before && day === null)
        fail(key, importReason('row-not-a-day', { head: columns.get(key)!.words[lang], value: plain(given) }));
      return day ?? '';
    },
  };
}

/** Rows that say the same thing as one above them: the key is what may be said once. */
export function repeats(seen: Map<string, number>, key: string, row: number): Reason | null {
  const first = seen.get(key);
  if (first !== undefined) return importReason('row-repeated', { row: first });
  seen.set(key, row);
  return null;
}
