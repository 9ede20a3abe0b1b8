/** Full-width digits, letters and points as the ordinary ones, without spaces around. */
export function plain(text: string): string {
  return text.normalize('NFKC').trim();
}

const two = (s: string) => s.padStart(2, '0');

function real(year: string, month: string, day: string): string | null {
  const text = `${year}-${two(month)}-${two(day)}`;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? text : null;
}

/** Days since the end of 1899, as spreadsheets count: 1990 to 2099. Five digits are no other way to write a day. */
const serials = { first: 32_874, last: 73_050 };

function fromSerial(serial: number): string | null {
  if (serial < serials.first || serial > serials.last) return null;
  return new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10);
}

/**
 * A day as people write it (2026-7-1, 2026/7/1, 2026.7.1, 2026年7月1日, 20260701), or as a spreadsheet keeps it in a cell that
 * was formatted as text; null when it is none.
 */
export function readDay(text: string): string | null {
  const given = plain(text);
  if (/^\d{5}$/.test(given)) return fromSerial(Number(given));
  const found =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(given) ??
    /^(\d{4})年(\d{1,2})月(\d{1,2})日$/.exec(given) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(given);
  return found ? real(found[1]!, found[2]!, found[3]!) : null;
}

/** A period as people write it: 2026, 2026年, 2026Q3, 2026年3季度, 2026-11, 2026年11月; null when it is none. */
export function readPeriod(text: string): string | null {
  const given = plain(text).toUpperCase().replace(/\s/g, '');
  const year = /^((?:19|20)\d\d)年?$/.exec(given);
  if (year) return year[1]!;
  const quarter = /^((?:19|20)\d\d)(?:年?第?([1-4一二三四])季度?|-?Q([1-4]))$/.exec(given);
  if (quarter) {
    const word = quarter[2] ?? quarter[3]!;
    const number = '一二三四'.indexOf(word) + 1 || Number(word);
    return `${quarter[1]}Q${number}`;
  }
  const month = /^((?:19|20)\d\d)(?:[-/.](\d{1,2})|年(\d{1,2})月)$/.exec(given);
  if (!month) return null;
  const number = Number(month[2] ?? month[3]);
  return number >= 1 && number <= 12 ? `${month[1]}-${two(String(number))}` : null;
}

/** A number as people write it: 1,234.5 · １２３ · 1 234; null when it is none. The point decides, never the locale. */
export function readNumber(text: string): string | null {
  const given = plain(text).replace(/[\s']/g, '');
  const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(given) ? given.replaceAll(',', '') : given;
  return /^[+-]?\d+(\.\d+)?$/.test(grouped) ? grouped.replace(/^\+/, '') : null;
}
