import { openCsv } from './csv.ts';
import { type OpenSheet, sheetFailure } from './types.ts';
import { openXlsx } from './xlsx.ts';

export const media = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const;

/** What a file is by its bytes: a zip must be a workbook, everything else must be text. */
export function formatOf(bytes: Uint8Array): 'xlsx' | 'csv' | null {
  const [a, b, c, d] = bytes;
  if (a === 0x50 && b === 0x4b && c === 3 && d === 4) return 'xlsx';
  // Old Office files, PDF, pictures and programs begin with bytes that no table begins with.
  const start = bytes.subarray(0, 4);
  const foreign = ['d0cf11e0', '25504446', '89504e47', 'ffd8ff', '7f454c46', '504b0506', '1f8b', '52617221'];
  const hex = Buffer.from(start).toString('hex');
  return foreign.some((f) => hex.startsWith(f)) ? null : 'csv';
}

/** Opens a sheet out of bytes that a stranger may have made; refuses what is none. */
export async function openSheet(bytes: Uint8Array): Promise<OpenSheet> {
  const format = formatOf(bytes);
  if (format === null) throw sheetFailure('not-a-sheet');
  return format === 'xlsx' ? openXlsx(bytes) : openCsv(bytes);
}
