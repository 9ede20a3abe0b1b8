import { type Cell, maxCell, maxColumns, type OpenSheet, sheetFailure, type SheetRow } from './types.ts';
import { openWorkbook, textOfRuns, type Workbook } from './workbook.ts';
import { readXml, type XmlReader } from './xml.ts';
import { openZip, unpacked } from './zip.ts';

/** Whole numbers beyond this have lost digits on their way into the file. */
const preciseDigits = 15;
const empty: Cell = { text: '' };

function numberText(n: number): string {
  // Excel keeps fifteen digits; the ones after are noise of the binary form.
  const text = String(Number(n.toPrecision(preciseDigits)));
  if (!text.includes('e')) return text;
  return n.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });
}

/** Days from the last of 1899 to the first of 1970, and from there to the count that begins in 1904. */
const serialOf1970 = 25_569;
const days1904 = 1_462;

function dayText(serial: number, from1904: boolean): string {
  const date = new Date(Math.round((serial - serialOf1970 + (from1904 ? days1904 : 0)) * 86_400_000));
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
}

/** A cell as it stands in the file. */
interface RawCell {
  type: string;
  style: number;
  value: string | null;
  inline: string | null;
  formula: boolean;
}

function numberCell(text: string, isDay: boolean, book: Workbook): Cell {
  const n = Number(text);
  if (text.trim() === '') return empty;
  if (!Number.isFinite(n)) return { text: text.trim() };
  if (isDay) return { text: dayText(n, book.from1904) };
  const long = Number.isInteger(n) && Math.abs(n) >= 10 ** preciseDigits;
  return long ? { text: numberText(n), problem: 'imprecise' } : { text: numberText(n) };
}

/** A cell's value as text. Of a formula only the result counts that was stored with it; nothing is ever computed here. */
function cellOf(raw: RawCell, book: Workbook): Cell {
  if (raw.type === 'inlineStr') return { text: (raw.inline ?? '').trim() };
  if (raw.value === null) return raw.formula ? { text: '', problem: 'formula' } : empty;
  switch (raw.type) {
    case 's': {
      const text = book.strings[Number(raw.value)];
      if (text === undefined) throw sheetFailure('unreadable');
      return { text: text.trim() };
    }
    case 'str':
      return { text: raw.value.trim() };
    case 'b':
      return { text: raw.value.trim() === '1' || raw.value.trim() === 'true' ? '1' : '0' };
    case 'e':
      return { text: raw.value.trim(), problem: 'formula' };
    case 'd':
      return { text: raw.value.trim().slice(0, 10) };
    default:
      return numberCell(raw.value, book.days[raw.style] ?? false, book);
  }
}

/** Number of the column that a reference such as AB12 begins with; 0 when it is none. */
function columnOf(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length; i++) {
    const letter = reference.charCodeAt(i) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
    if (column > maxColumns * 26) break;
  }
  return column;
}

/** Cells that are remembered because they come again: most columns of a table say few different things. */
const remembered = 4_096;

/**
 * A cell whose text is its own and not a part of the piece of file that it was cut from: a part keeps the whole piece in
 * memory for as long as the row is kept. What was met before is the same cell again.
 */
function ownCells(): (read: Cell) => Cell {
  const known = new Map<string, Cell>();
  return (read) => {
    if (read.problem !== undefined) return read;
    const there = known.get(read.text);
    if (there !== undefined) return there;
    const cell = { text: Buffer.from(read.text).toString() };
    if (known.size >= remembered) known.clear();
    known.set(cell.text, cell);
    return cell;
  };
}

/** Where the rows that were met gather until they are handed on. */
function sheetReader(book: Workbook, met: SheetRow[]): XmlReader {
  let row: { number: number; cells: Cell[] } | null = null;
  let lastRow = 0;
  let column = 0;
  let cell: RawCell | null = null;
  let inValue = false;
  const runs = textOfRuns();
  const own = ownCells();

  function closeCell(raw: RawCell) {
    const read = cellOf(raw, book);
    // Cells that only have a colour, often to the end of the sheet, take no place.
    if (read.text === '' && read.problem === undefined) return;
    const { cells, number } = row!;
    if (column > maxColumns) throw sheetFailure('too-wide', undefined, number);
    if (read.text.length > maxCell) throw sheetFailure('long-cell', undefined, number);
    while (cells.length < column - 1) cells.push(empty);
    cells[column - 1] = own(read);
  }

  return {
    open(name, a) {
      if (name === 'row') {
        lastRow = a['r'] === undefined ? lastRow + 1 : Number(a['r']);
        if (!Number.isSafeInteger(lastRow) || lastRow < 1) throw sheetFailure('unreadable');
        row = { number: lastRow, cells: [] };
        column = 0;
      } else if (name === 'c' && row) {
        column = a['r'] === undefined ? column + 1 : columnOf(a['r']);
        if (column < 1) throw sheetFailure('unreadable');
        cell = { type: a['t'] ?? 'n', style: Number(a['s'] ?? 0), value: null, inline: null, formula: false };
      } else if (cell) {
        if (name === 'v') [inValue, cell.value] = [true, ''];
        else if (name === 'f') cell.formula = true;
        else if (name === 'is') runs.begin();
        else runs.open(name);
      }
    },
    text(text) {
      if (inValue) cell!.value += text;
      else if (cell) runs.text(text);
    },
    close(name) {
      if (name === 'v') inValue = false;
      else if (name === 'row' && row) {
        met.push(row);
        row = null;
      } else if (cell) {
        if (name === 'c') {
          closeCell(cell);
          cell = null;
        } else if (name === 'is') cell.inline = runs.end();
        else runs.close(name);
      }
    },
  };
}

async function* rowsOf(book: Workbook): AsyncIterable<SheetRow> {
  const met: SheetRow[] = [];
  for await (const _ of readXml(unpacked(book.sheet), sheetReader(book, met))) {
    yield* met;
    met.length = 0;
  }
}

/**
 * Opens a workbook: the first sheet that is not hidden; others hold the lists of the template. The parts are read in the order
 * in which they need each other, whatever their order in the file is.
 */
export async function openXlsx(bytes: Uint8Array): Promise<OpenSheet> {
  const entries = await openZip(bytes);
  const book = await openWorkbook(entries);
  const unpackedBytes = [...entries.values()].reduce((sum, entry) => sum + entry.bytes, 0);
  return { rowCount: book.sheet.rows, unpackedBytes, rows: () => rowsOf(book) };
}
