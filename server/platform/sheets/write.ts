import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { excel } from './excel.ts';
import { runs } from './runs.ts';

export interface Head {
  readonly text: string;
  readonly width: number;
  readonly required?: boolean;
}

export interface SheetStyle {
  /** Line above the heads, over the whole width: what this is, as of when. */
  readonly title?: string;
  readonly heads: readonly Head[];
  readonly sheetName: string;
}

export interface SheetWriter {
  row(cells: readonly (string | null)[], options?: { bad?: boolean }): Promise<void>;
  end(): Promise<void>;
}

const pink = 'FFFFC7CE';
const red = 'FFC00000';

/** Text that a spreadsheet program would take for a formula is made plain text; numbers stay what they are. */
export function harmless(cell: string): string {
  return runs.test(cell) && !/^[+-]?\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell;
}

function csvCell(cell: string | null): string {
  const text = harmless(cell ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** UTF-8 with byte-order mark, by which Excel knows it, and lines as RFC 4180 has them. */
export function csvWriter(out: Writable, style: SheetStyle): SheetWriter {
  const write = async (text: string) => {
    if (!out.write(text)) await once(out, 'drain');
  };
  let begun = false;
  const begin = async () => {
    if (begun) return;
    begun = true;
    await write(`\ufeff${style.heads.map((h) => csvCell(h.text)).join(',')}\r\n`);
  };
  return {
    row: async (cells) => {
      await begin();
      await write(`${cells.map(csvCell).join(',')}\r\n`);
    },
    end: async () => {
      await begin();
      out.end();
    },
  };
}

/** Rows go out as they come; nothing is kept. Cells are text or numbers, so nothing in them can run. */
export function xlsxWriter(out: Writable, style: SheetStyle): SheetWriter {
  const workbook = new (excel().stream.xlsx.WorkbookWriter)({ stream: out, useStyles: true, useSharedStrings: false });
  const sheet = workbook.addWorksheet(style.sheetName, {
    views: [{ state: 'frozen', ySplit: style.title ? 2 : 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.columns = style.heads.map((h) => ({ width: h.width }));
  if (style.title) {
    const title = sheet.addRow([style.title]);
    sheet.mergeCells(1, 1, 1, style.heads.length);
    title.font = { bold: true, size: 14 };
    title.commit();
  }
  const heads = sheet.addRow(style.heads.map((h) => (h.required ? `* ${h.text}` : h.text)));
  heads.eachCell((cell, i) => {
    cell.font = { bold: true, ...(style.heads[i - 1]?.required ? { color: { argb: red } } : {}) };
  });
  heads.commit();
  let rows = 0;
  return {
    row: async (cells, options) => {
      const row = sheet.addRow(
        cells.map((c) => (c !== null && /^-?\d{1,15}(\.\d+)?$/.test(c) && !/^0\d/.test(c) ? numberCell(c) : c)),
      );
      if (options?.bad) row.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: pink } };
      row.commit();
      // The writer buffers in memory; now and then it must be let write.
      if (++rows % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
    },
    end: async () => {
      sheet.commit();
      await workbook.commit();
    },
  };
}

/** A number only where the cell says exactly the same as the text. */
function numberCell(text: string): number | string {
  const n = Number(text);
  return String(n) === text ? n : text;
}

export function sheetWriter(format: 'xlsx' | 'csv', out: Writable, style: SheetStyle): SheetWriter {
  return format === 'xlsx' ? xlsxWriter(out, style) : csvWriter(out, style);
}
