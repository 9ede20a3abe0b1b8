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
  rows(): AsyncIterable<SheetRow>;
}

export type SheetProblem = 'not-a-sheet' | 'unreadable' | 'encoding' | 'bomb';

/** Thrown while opening or reading a file that is no sheet or a hostile one. */
export interface SheetFailure extends Error {
  readonly sheetProblem: SheetProblem;
}

export function sheetFailure(sheetProblem: SheetProblem, cause?: unknown): SheetFailure {
  return Object.assign(new Error(`Sheet: ${sheetProblem}`, { cause }), { sheetProblem });
}

export function isSheetFailure(error: unknown): error is SheetFailure {
  return error instanceof Error && 'sheetProblem' in error;
}
