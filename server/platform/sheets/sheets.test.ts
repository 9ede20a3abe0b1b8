import ExcelJS from 'exceljs';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { zipOf } from '../../../tests/support/zip.ts';
import { formatOf, harmless, isSheetFailure, openSheet, sheetWriter, templateXlsx } from './index.ts';

async function textsOf(bytes: Uint8Array): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const row of (await openSheet(bytes)).rows()) rows.push(row.cells.map((c) => c.text));
  return rows;
}

async function cellsOf(bytes: Uint8Array) {
  for await (const row of (await openSheet(bytes)).rows()) return row.cells;
  return [];
}

const problemOf = async (bytes: Uint8Array) => {
  try {
    await textsOf(bytes);
    return null;
  } catch (error) {
    return isSheetFailure(error) ? error.sheetProblem : error;
  }
};

async function workbook(fill: (sheet: ExcelJS.Worksheet) => void): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  fill(book.addWorksheet('表'));
  book.addWorksheet('其他').addRow(['not this']);
  return Buffer.from(await book.xlsx.writeBuffer());
}

describe('csv', () => {
  const text = '编码,名称\r\nv1,"䩐勒桥村, ""东"""\r\n';
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 with mark and tabs', Buffer.from(`\ufeff${text.replaceAll(',', '\t').replace('村\t', '村,')}`, 'utf16le')],
    ['semicolons', Buffer.from(text.replaceAll(',', ';').replace('村;', '村,'))],
    ['line feeds only', Buffer.from(text.replaceAll('\r\n', '\n'))],
  ])('in %s', async (_name, bytes) => {
    expect(await textsOf(bytes)).toEqual([
      ['编码', '名称'],
      ['v1', '䩐勒桥村, "东"'],
    ]);
  });

  it('in GB18030, as Chinese Excel saves it', async () => {
    // 编码,名称 / v1,青石村
    const bytes = Buffer.from('b1e0c2eb2cc3fbb3c60d0a76312cc7e0caafb4e50d0a', 'hex');
    expect(await textsOf(bytes)).toEqual([
      ['编码', '名称'],
      ['v1', '青石村'],
    ]);
  });

  it('that is none is refused', async () => {
    expect(await problemOf(Buffer.from('a,b\0c'))).toBe('encoding');
    expect(await problemOf(Buffer.from([0xff, 0xff, 0xff, 0x80, 0x81]))).toBe('encoding');
    expect(await problemOf(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toBe('not-a-sheet');
    expect(await problemOf(Buffer.from(`a\n"${'x'.repeat(200_000)}`))).toBe('open-quote');
    expect(await problemOf(Buffer.from(`a\n"${'x'.repeat(200_000)}"\n`))).toBe('long-cell');
    expect(await problemOf(Buffer.from(`a\n"${'x,\n'.repeat(200_000)}`))).toBe('long-cell');
    expect(await problemOf(Buffer.from(`a\n${'x,'.repeat(10_000)}`))).toBe('too-wide');
    expect(formatOf(Buffer.from('%PDF-1.7'))).toBeNull();
  });
});

describe('xlsx', () => {
  it('reads numbers, days, rich text, links and results of formulas as text, from the first sheet only', async () => {
    const bytes = await workbook((sheet) => {
      sheet.addRow([
        ' 文本 ',
        12.5,
        0.1 + 0.2,
        new Date(Date.UTC(2020, 6, 1)),
        { richText: [{ text: '富' }, { text: '文本' }] },
        { text: '链接', hyperlink: 'https://example.org' },
        { formula: 'A1+1', result: 7 },
        true,
        0.0000001,
      ]);
    });
    expect(await textsOf(bytes)).toEqual([
      ['文本', '12.5', '0.3', '2020-07-01', '富文本', '链接', '7', '1', '0.0000001'],
    ]);
  });

  it('notices a long number whose last digits are lost, a formula without result and an error', async () => {
    const bytes = await workbook((sheet) => {
      sheet.addRow([
        Number('410123199001011234'),
        '410123199001011234',
        { formula: '1/0', result: { error: '#DIV/0!' } },
        { formula: 'NOW()' },
      ]);
    });
    const cells = await cellsOf(bytes);
    expect(cells.map((c) => c.problem)).toEqual(['imprecise', undefined, 'formula', 'formula']);
    expect(cells[1]!.text).toBe('410123199001011234');
  });

  it('knows how many rows there are and does not trip over formatted empty ones', async () => {
    const bytes = await workbook((sheet) => {
      for (let i = 0; i < 30; i++) sheet.addRow([i]);
      for (let i = 31; i < 60; i++) sheet.getCell(i, 1).font = { bold: true };
    });
    const sheet = await openSheet(bytes);
    expect(sheet.rowCount).toBeGreaterThanOrEqual(30);
    expect((await textsOf(bytes)).filter((r) => r.some(Boolean))).toHaveLength(30);
  });

  it('that is broken off, or no workbook, is refused', async () => {
    const whole = await workbook((sheet) => sheet.addRow(['a']));
    expect(await problemOf(whole.subarray(0, whole.length / 2))).toBe('unreadable');
    expect(await problemOf(zipOf([['readme.txt', Buffer.from('no workbook')]]))).toBe('not-a-sheet');
    expect(await problemOf(Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(200, 7)]))).toBe('unreadable');
  });
});

describe('hostile zips', () => {
  const zeros = Buffer.alloc(100 * 1024 * 1024);
  const book: [string, Buffer] = ['xl/workbook.xml', Buffer.from('<workbook/>')];

  it('that unpack to gigabytes are refused before anything is unpacked, whatever sizes they claim', async () => {
    const big = (n: number, lie = {}): [string, Buffer, object] => [`xl/worksheets/sheet${n}.xml`, zeros, lie];
    const honest = zipOf([book, big(1), big(2), big(3), big(4), big(5)]);
    expect(honest.length).toBeLessThan(2 * 1024 * 1024);
    const before = process.memoryUsage().rss;
    expect(await problemOf(honest)).toBe('bomb');
    expect(await problemOf(zipOf([book, ...[1, 2, 3, 4, 5].map((n) => big(n, { claim: 10 }))]))).toBe('bomb');
    expect(await problemOf(zipOf([book, ['xl/sharedStrings.xml', zeros]]))).toBe('bomb');
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
  });

  it('whose front and directory differ are refused', async () => {
    expect(await problemOf(zipOf([book, ['xl/worksheets/sheet1.xml', Buffer.from('<x/>'), { hide: true }]]))).toBe(
      'unreadable',
    );
  });
});

describe('written sheets', () => {
  const heads = [
    { text: '名称', width: 10 },
    { text: '数值', width: 10 },
  ];
  const rows: [string, string][] = [
    ['=HYPERLINK("http://x")', '-5'],
    ['@SUM(A1)', '12.50'],
    ['+86 1', '007'],
    ['村, "东"\n西', '123456789012345678'],
    ['＝cmd|x', "'引号"],
  ];

  it.each(['csv', 'xlsx'] as const)('come back as they were, in %s', async (format) => {
    const out = new PassThrough();
    const whole = buffer(out);
    const writer = sheetWriter(format, out, { sheetName: '表', heads });
    for (const row of rows) await writer.row(row);
    await writer.end();
    const bytes = await whole;
    expect(await textsOf(bytes)).toEqual([['名称', '数值'], ...rows]);
    if (format === 'csv') {
      const text = bytes.toString('utf8');
      expect(text.startsWith('\ufeff')).toBe(true);
      expect(text).toContain(`"'=HYPERLINK(""http://x"")",-5\r\n`);
    } else {
      const book = new ExcelJS.Workbook();
      await book.xlsx.load(bytes as unknown as ExcelJS.Buffer);
      const types = book.worksheets[0]!.getRow(2).getCell(1).type;
      expect(types).not.toBe(ExcelJS.ValueType.Formula);
    }
  });

  it('hide what a spreadsheet program would run, and leave numbers alone', () => {
    expect(['=1', '+1', '-1', '-1.5', '@x', '\tx', '-x', 'a=1', ''].map(harmless)).toEqual([
      "'=1",
      '+1',
      '-1',
      '-1.5',
      "'@x",
      "'\tx",
      "'-x",
      'a=1',
      '',
    ]);
    // Full width signs and signs behind blanks are formulas to some programs.
    expect(['＝1+1', '＠x', ' =1', '\n=1', '－5', ' 1', '−5'].map(harmless)).toEqual([
      "'＝1+1",
      "'＠x",
      "' =1",
      "'\n=1",
      "'－5",
      ' 1',
      '−5',
    ]);
  });

  it('templates carry instructions, needed heads in red, lists and text cells', async () => {
    const bytes = await templateXlsx({
      sheetName: '单位',
      instructions: '填写说明',
      columns: [
        { text: '编码', width: 20, required: true, hint: '编码' },
        { text: '类型', width: 10, hint: '类型', choices: ['村', '社区'] },
      ],
    });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(bytes as unknown as ExcelJS.Buffer);
    const sheet = book.worksheets[0]!;
    expect(sheet.getCell(2, 1).value).toBe('* 编码');
    expect(sheet.getCell(2, 1).font.color?.argb).toBe('FFC00000');
    expect(sheet.getCell(3, 2).dataValidation).toMatchObject({ type: 'list', formulae: ['字典!$B$1:$B$2'] });
    expect(sheet.getColumn(1).numFmt).toBe('@');
    expect(book.getWorksheet('字典')!.state).toBe('veryHidden');
    expect((await textsOf(bytes))[1]).toEqual(['* 编码', '类型']);
  });
});
