import type ExcelJS from 'exceljs';
import { excel } from './excel.ts';
import { openZip } from './zip.ts';

const pink = 'FFFFC7CE';

/**
 * The same workbook back, with its lists, notes and formats: bad rows coloured, and a last column that says what is wrong.
 * For workbooks of ordinary size; it holds the whole file in memory.
 */
export async function markXlsx(
  bytes: Uint8Array,
  mark: { headRow: number; head: string; errors: ReadonlyMap<number, string> },
): Promise<Buffer> {
  await openZip(bytes);
  const workbook = new (excel().Workbook)();
  // The type of the library asks for an older Buffer than Node's.
  await workbook.xlsx.load(Buffer.from(bytes) as unknown as ExcelJS.Buffer);
  // The sheet that was read: the first that a person sees.
  const sheet = workbook.worksheets.find((s) => s.state === 'visible') ?? workbook.worksheets[0]!;
  const heads = sheet.getRow(mark.headRow);
  let column = 0;
  heads.eachCell((cell, i) => {
    if (String(cell.value ?? '') === mark.head) column = i;
  });
  if (column === 0) column = heads.cellCount + 1;
  heads.getCell(column).value = mark.head;
  heads.getCell(column).font = { bold: true };
  sheet.getColumn(column).width = 50;
  const last = sheet.rowCount;
  for (let n = mark.headRow + 1; n <= last; n++) {
    const text = mark.errors.get(n);
    const row = sheet.getRow(n);
    if (text === undefined) {
      // What an earlier report said of a row that is right now goes away.
      if (row.getCell(column).value !== null) row.getCell(column).value = null;
      continue;
    }
    row.getCell(column).value = text;
    for (let i = 1; i <= column; i++) {
      const cell = row.getCell(i);
      // Cells of a loaded workbook share their styles, so the colour goes onto a style of the cell's own.
      cell.style = { ...cell.style, fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: pink } } };
    }
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
