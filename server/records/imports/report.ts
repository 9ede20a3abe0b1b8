import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { errorColumn, type ImportKind, tidyHead } from '../../../domain/records/imports/index.ts';
import type { Lang } from '../../../domain/words.ts';
import { formatOf, markXlsx, openSheet, sheetWriter } from '../../platform/sheets/index.ts';
import type { RowError, Table } from './rows.ts';
import { inWords } from './run.ts';

/**
 * Workbooks up to this size come back with all their formats; larger ones as plain rows, so that memory stays bounded. What
 * counts is what all parts unpack to: a small file may hold a large sheet that nobody reads.
 */
const markable = { unpackedBytes: 16 * 1024 * 1024, rows: 20_000 };

/** The file as it came, bad rows coloured, with a last column that says what is wrong with each. */
export async function reportOf(
  bytes: Uint8Array,
  table: Pick<Table, 'headRow' | 'heads'>,
  errors: readonly RowError[],
  kind: ImportKind,
  lang: Lang,
): Promise<Buffer> {
  const messages = new Map<number, string>();
  for (const e of inWords(errors, kind, lang)) {
    const before = messages.get(e.row);
    messages.set(e.row, before === undefined ? e.message : `${before}${lang === 'zh' ? '；' : '; '}${e.message}`);
  }
  const head = errorColumn[lang];
  const format = formatOf(bytes) ?? 'csv';
  const sheet = await openSheet(bytes);
  if (format === 'xlsx' && sheet.unpackedBytes <= markable.unpackedBytes && sheet.rowCount <= markable.rows) {
    const marked = await markXlsx(bytes, { headRow: table.headRow, head, errors: messages }).catch(() => null);
    // Some workbooks that can be read cannot be written again as they are; the rows are what matters.
    if (marked) return marked;
  }

  const known = [errorColumn.zh, errorColumn.en].map(tidyHead);
  const column = table.heads.findIndex((h) => known.includes(tidyHead(h)));
  const heads = column === -1 ? [...table.heads, head] : table.heads;
  const at = column === -1 ? table.heads.length : column;
  const out = new PassThrough();
  const whole = buffer(out);
  const writer = sheetWriter(format, out, { sheetName: 'Sheet1', heads: heads.map((text) => ({ text, width: 20 })) });
  for await (const row of sheet.rows()) {
    if (row.number <= table.headRow) continue;
    const message = messages.get(row.number) ?? null;
    const cells: (string | null)[] = heads.map((_, i) => row.cells[i]?.text ?? null);
    cells[at] = message;
    await writer.row(cells, { bad: message !== null });
  }
  await writer.end();
  return whole;
}
