import { excel } from './excel.ts';
import type { Head } from './write.ts';

export interface TemplateColumn extends Head {
  readonly hint: string;
  readonly choices?: readonly string[];
}

export interface Template {
  readonly sheetName: string;
  readonly instructions: string;
  readonly columns: readonly TemplateColumn[];
}

const red = 'FFC00000';
/** Rows that carry the lists and the text format. */
const prepared = 2_000;

/**
 * A workbook to fill in: what to do in the first line, heads in the second (needed ones red and starred), text cells so that
 * long codes keep their digits, and lists out of a sheet that nobody sees.
 */
export async function templateXlsx(t: Template): Promise<Buffer> {
  const workbook = new (excel().Workbook)();
  const sheet = workbook.addWorksheet(t.sheetName, { views: [{ state: 'frozen', ySplit: 2 }] });
  const lists = workbook.addWorksheet('字典', { state: 'veryHidden' });
  sheet.getCell(1, 1).value = t.instructions;
  sheet.mergeCells(1, 1, 1, t.columns.length);
  sheet.getCell(1, 1).alignment = { wrapText: true, vertical: 'top' };
  sheet.getRow(1).height = 80;
  t.columns.forEach((column, i) => {
    const head = sheet.getCell(2, i + 1);
    head.value = column.required ? `* ${column.text}` : column.text;
    head.font = { bold: true, ...(column.required ? { color: { argb: red } } : {}) };
    head.note = column.hint;
    sheet.getColumn(i + 1).width = column.width;
    sheet.getColumn(i + 1).numFmt = '@';
    if (!column.choices) return;
    const letter = lists.getColumn(i + 1).letter;
    column.choices.forEach((choice, n) => {
      lists.getCell(n + 1, i + 1).value = choice;
    });
    for (let row = 3; row < prepared; row++)
      sheet.getCell(row, i + 1).dataValidation = {
        type: 'list',
        allowBlank: true,
        formulae: [`字典!$${letter}$1:$${letter}$${column.choices.length}`],
        showErrorMessage: true,
        errorTitle: t.sheetName,
        error: column.hint,
      };
  });
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
