import { parse } from 'csv-parse';
import { Readable } from 'node:stream';
import { runs } from './runs.ts';
import { isSheetFailure, maxCell, maxColumns, type OpenSheet, sheetFailure, type SheetRow } from './types.ts';

/**
 * The text of a CSV file. A byte-order mark decides; without one it is UTF-8 if it can be, because text in another
 * encoding is almost never valid UTF-8, and else GB18030, in which Chinese Excel saves.
 */
export function decodeText(bytes: Uint8Array): string {
  const [a, b] = bytes;
  const attempts =
    a === 0xff && b === 0xfe ? ['utf-16le'] : a === 0xfe && b === 0xff ? ['utf-16be'] : ['utf-8', 'gb18030'];
  for (const encoding of attempts) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      // Text has no NUL; bytes that do are something else.
      if (!text.includes('\0')) return text;
    } catch {
      continue;
    }
  }
  throw sheetFailure('encoding');
}

/** Comma, tab (Excel's “Unicode text”) or semicolon, whichever the first lines have most of. */
function delimiterOf(text: string): string {
  const start = text.slice(0, 2_000);
  const count = (c: string) => start.split(c).length - 1;
  return [',', '\t', ';'].reduce((best, c) => (count(c) > count(best) ? c : best));
}

/** Characters of one row: as many as a wide table has, and no file that a forgotten quote makes one cell of. */
const maxRecord = 4 * maxCell;

export function openCsv(bytes: Uint8Array): OpenSheet {
  const text = decodeText(bytes);
  let rowCount = 0;
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) rowCount++;
  return {
    rowCount: rowCount + (text.endsWith('\n') ? 0 : 1),
    unpackedBytes: bytes.length,
    rows: () => rowsOf(text),
  };
}

async function* rowsOf(text: string): AsyncIterable<SheetRow> {
  const parser = Readable.from(pieces(text), { objectMode: false, encoding: 'utf8' }).pipe(
    parse({
      delimiter: delimiterOf(text),
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      max_record_size: maxRecord,
    }),
  );
  let number = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      number++;
      if (record.length > maxColumns) throw sheetFailure('too-wide', undefined, number);
      if (record.some((cell) => cell.length > maxCell)) throw sheetFailure('long-cell', undefined, number);
      yield { number, cells: record.map((cell) => ({ text: unescape(cell.trim()) })) };
    }
  } catch (error) {
    if (isSheetFailure(error)) throw error;
    const known = { CSV_MAX_RECORD_SIZE: 'long-cell', CSV_QUOTE_NOT_CLOSED: 'open-quote' } as const;
    // Rows that were read already may wait to be handed on; the parser itself knows how many it has met.
    const { code, records } = error as { code: keyof typeof known; records?: number };
    throw sheetFailure(known[code] ?? 'unreadable', error, (records ?? number) + 1);
  }
}

function* pieces(text: string): Iterable<string> {
  for (let i = 0; i < text.length; i += 65_536) yield text.slice(i, i + 65_536);
}

/** What our own export put before a text that looks like a formula goes away again. */
function unescape(cell: string): string {
  return cell.startsWith("'") && runs.test(cell.slice(1)) ? cell.slice(1) : cell;
}
