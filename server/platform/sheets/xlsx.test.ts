import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { bytesOf, madeBooks } from '../../../tests/support/workbooks.ts';
import { zipOf } from '../../../tests/support/zip.ts';
import { inRoot } from '../paths.ts';
import { isSheetFailure, openSheet, sheetWriter } from './index.ts';
import { showsDay } from './workbook.ts';

async function textsOf(bytes: Uint8Array): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const row of (await openSheet(bytes)).rows()) rows.push(row.cells.map((c) => c.text));
  return rows;
}

const trimmed = (row: readonly string[]) => row.slice(0, row.findLastIndex((text) => text !== '') + 1);

async function problemOf(bytes: Uint8Array) {
  try {
    await textsOf(bytes);
    return null;
  } catch (error) {
    return isSheetFailure(error) ? error.sheetProblem : error;
  }
}

describe('workbooks of any program', () => {
  it('are read alike, whatever the order of their parts, their prefixes, targets and packing', async () => {
    await fc.assert(
      fc.asyncProperty(madeBooks, async (book) => {
        const expected = book.rows.map((row) => trimmed(row.map((cell) => cell.text)));
        expect(await textsOf(bytesOf(book))).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  it('broken at any byte are read as they were or refused, never with another error', async () => {
    const sample = bytesOf(fc.sample(madeBooks, { numRuns: 1, seed: 7 })[0]!);
    await fc.assert(
      fc.asyncProperty(fc.nat(sample.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const broken = Buffer.from(sample);
        broken[at]! ^= change;
        const problem = await problemOf(broken);
        expect(problem === null || typeof problem === 'string').toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('of LibreOffice keep days, rich text, results and the digits of long codes', async () => {
    const bytes = readFileSync(inRoot('tests', 'support', 'files', 'libreoffice-calc.xlsx'));
    expect(await textsOf(bytes)).toEqual([
      ['编码', '数值', '日期', '公式', '是否', '说明'],
      ['000123', '12.5', '2026-03-05', '25', '1', '䩐勒桥村'],
    ]);
  });

  it('read two hundred times at once answer the same two hundred times', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('表');
    for (let i = 0; i < 200; i++)
      sheet.addRow([`村${i}`, i, new Date(Date.UTC(2026, 0, 1 + i)), { formula: 'B1', result: i }]);
    book.addWorksheet('字典', { state: 'veryHidden' }).addRow(['no']);
    const bytes = Buffer.from(await book.xlsx.writeBuffer());
    const first = await textsOf(bytes);
    expect(first).toHaveLength(200);
    const all = await Promise.all(Array.from({ length: 200 }, () => textsOf(bytes)));
    expect(all.every((rows) => JSON.stringify(rows) === JSON.stringify(first))).toBe(true);
  });

  it('know days from numbers by their formats', () => {
    for (const format of ['yyyy-mm-dd', 'yyyy"年"m"月"', '[$-804]aaaa', 'm/d', 'h:mm', '[DBNum1][$-804]yyyy"年"'])
      expect([format, showsDay(format)]).toEqual([format, true]);
    for (const format of [
      'General',
      '0.00',
      '@',
      '#,##0.00_);[Red](#,##0.00)',
      '0"days"',
      '"¥"#,##0',
      '0.0E+00',
      '0\\d',
    ])
      expect([format, showsDay(format)]).toEqual([format, false]);
  });
});

describe('hostile workbooks', () => {
  const rels = (type: string, target: string) =>
    Buffer.from(`<Relationships><Relationship Id="r1" Type="x/${type}" Target="${target}"/></Relationships>`);
  const withSheet = (xml: string) =>
    zipOf([
      ['xl/workbook.xml', Buffer.from('<workbook><sheets><sheet r:id="r1"/></sheets></workbook>')],
      ['xl/_rels/workbook.xml.rels', rels('worksheet', 'worksheets/sheet1.xml')],
      ['xl/worksheets/sheet1.xml', Buffer.from(xml)],
    ]);
  const data = (inner: string) => withSheet(`<worksheet><sheetData>${inner}</sheetData></worksheet>`);

  it('cost no memory with endless texts, depths or far cells', async () => {
    const before = process.memoryUsage().rss;
    expect(await problemOf(data(`<row><c t="str"><v>${'x'.repeat(90_000_000)}</v></c></row>`))).toBe('bomb');
    expect(await problemOf(data('<a>'.repeat(1_000_000)))).toBe('bomb');
    expect(await problemOf(data(`<row><c ${'x'.repeat(3_000_000)}="1"/></row>`))).toBe('bomb');
    expect(await problemOf(data(`<!--${'<>'.repeat(3_000_000)}-->`))).toBe('bomb');
    expect(await problemOf(data('<row r="1"><c r="XFD1"><v>1</v></c></row>'))).toBe('too-wide');
    expect(await problemOf(data(`<row>${'<c><v>1</v></c>'.repeat(10_000)}</row>`))).toBe('too-wide');
    expect(await problemOf(data(`<row><c t="str"><v>${'x'.repeat(200_000)}</v></c></row>`))).toBe('long-cell');
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  });

  it('cannot declare anything, name what is not there, or lead outside', async () => {
    const declared = '<!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>';
    expect(await problemOf(withSheet(declared))).toBe('unreadable');
    expect(await problemOf(data('<row><c t="s"><v>5</v></c></row>'))).toBe('unreadable');
    expect(await problemOf(data('<row r="0"><c><v>5</v></c></row>'))).toBe('unreadable');
    expect(await problemOf(data('<row><c t="str"><v>&a;</v></c></row>'))).toBe('unreadable');
    for (const target of ['../../../../etc/passwd', 'file:///etc/passwd', 'worksheets/sheet2.xml'])
      expect(
        await problemOf(
          zipOf([
            ['xl/workbook.xml', Buffer.from('<workbook><sheets><sheet r:id="r1"/></sheets></workbook>')],
            ['xl/_rels/workbook.xml.rels', rels('worksheet', target)],
          ]),
        ),
      ).toBe('unreadable');
  });

  it('with macros are refused, under whatever name they come', async () => {
    const plain = [
      ['xl/workbook.xml', Buffer.from('<workbook><sheets><sheet r:id="r1"/></sheets></workbook>')],
      ['xl/_rels/workbook.xml.rels', rels('worksheet', 'worksheets/sheet1.xml')],
      ['xl/worksheets/sheet1.xml', Buffer.from('<worksheet><sheetData/></worksheet>')],
    ] as const;
    expect(await problemOf(zipOf(plain))).toBeNull();
    for (const part of ['xl/vbaProject.bin', 'xl/macrosheets/sheet1.xml', 'xl/activeX/activeX1.bin'])
      expect(await problemOf(zipOf([...plain, [part, Buffer.from('x')]]))).toBe('macros');
  });

  it('hold no character that a text cannot hold', async () => {
    const rows = await textsOf(
      data('<row><c t="inlineStr"><is><t>a_x0000_b_xD800_c_x000A_d_x005F_</t></is></c></row>'),
    );
    expect(rows).toEqual([['abc\nd_']]);
  });
});

describe('a large workbook', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wuxing-xlsx-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('of 50,000 rows and 10 columns is read by a process of less than 300 MB', async () => {
    const file = join(folder, 'large.xlsx');
    const out = createWriteStream(file);
    const heads = Array.from({ length: 10 }, (_, i) => ({ text: `列${i}`, width: 10 }));
    const writer = sheetWriter('xlsx', out, { sheetName: '表', heads });
    for (let i = 0; i < 50_000; i++) await writer.row(heads.map((_, j) => (j % 2 ? `村${i}-${j}` : String(i * j))));
    await writer.end();
    await finished(out);
    // Its own peak: what resourceUsage tells of a child begins with the size of the process that made it.
    const program = `
      import { existsSync, readFileSync } from 'node:fs';
      import { openSheet } from './server/platform/sheets/index.ts';
      let [rows, cells] = [0, 0];
      for await (const row of (await openSheet(readFileSync(process.argv[1]))).rows()) {
        rows++;
        cells += row.cells.length;
      }
      const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
      const peak = Number(/VmHWM:\\s+(\\d+) kB/.exec(status)?.[1] ?? process.resourceUsage().maxRSS);
      console.log(JSON.stringify({ rows, cells, mb: peak / 1024 }));`;
    const run = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program, file], {
      cwd: inRoot(),
      encoding: 'utf8',
    });
    expect(run.stderr).toBe('');
    const read = JSON.parse(run.stdout) as { rows: number; cells: number; mb: number };
    expect(read).toMatchObject({ rows: 50_001, cells: 500_010 });
    expect(read.mb).toBeLessThan(300);
  });
});
