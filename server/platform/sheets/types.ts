/** One cell as text, and what is wrong with it where something is. */
export interface Cell {
  readonly text: string;
  /** A formula without a result, or a number of which Excel has lost the last digits. */
  readonly problem?: 'formula' | 'imprecise';
}

export interface SheetRow {
  /** Line in the file, as a spreadsheet program numbers it. */
  readonly number: number;
  readonly cells: readonly Cell[];
}

export interface OpenSheet {
  /** Rows of the first sheet, as far as that is known before reading. */
  readonly rowCount: number;
  /** What the whole file unpacks to, parts that are not read included. */
  readonly unpackedBytes: number;
  rows(): AsyncIterable<SheetRow>;
}

/** Wider tables are none; a cell far to the right would only cost memory. */
export const maxColumns = 2_000;
/** Longest cell that is read; longer ones are no cells but files. */
export const maxCell = 100_000;

export type SheetProblem =
  'not-a-sheet' | 'unreadable' | 'encoding' | 'bomb' | 'macros' | 'too-wide' | 'long-cell' | 'open-quote';

/** Thrown while opening or reading a file that is no sheet or a hostile one. */
export interface SheetFailure extends Error {
  readonly sheetProblem: SheetProblem;
  /** The row in which it was met, where there is one. */
  readonly row?: number;
}

export function sheetFailure(sheetProblem: SheetProblem, cause?: unknown, row?: number): SheetFailure {
  const error = Object.assign(new Error(`Sheet: ${sheetProblem}`, { cause }), { sheetProblem });
  return row === undefined ? error : Object.assign(error, { row });
}

export function isSheetFailure(error: unknown): error is SheetFailure {
  return error instanceof Error && 'sheetProblem' in error;
}
