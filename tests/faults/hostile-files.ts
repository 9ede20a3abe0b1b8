import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { columnsOf, type ImportKind } from '../../domain/records/imports/index.ts';
import { sheetWriter } from '../../server/platform/sheets/index.ts';
import { zipOf } from '../support/zip.ts';

/** A file that somebody may send, and what must come of it. */
export interface HostileFile {
  readonly what: string;
  readonly name: string;
  readonly kind: ImportKind;
  readonly bytes: Buffer;
  /**
   * Refused as a whole, with words that name the place and the remedy; taken up to rows that are named; or taken whole, however
   * odd it looks.
   */
  readonly comes:
    | { readonly refused: readonly [zh: RegExp, en: RegExp] }
    | { readonly rows: number; readonly bad: number; readonly says: readonly [zh: RegExp, en: RegExp] }
    | { readonly taken: number };
}

const facts = columnsOf.facts.map((c) => c.words.zh);
const units = columnsOf.units.map((c) => c.words.zh);
const fact = (value: string, source = '年报') => ['t1', '', 'population', '2025', value, '2025-06-30', source, '', ''];

const csv = (rows: readonly (readonly string[])[]) => rows.map((r) => r.join(',')).join('\r\n');

async function xlsx(rows: readonly (readonly string[])[], heads: readonly string[]): Promise<Buffer> {
  const out = new PassThrough();
  const whole = buffer(out);
  const writer = sheetWriter('xlsx', out, { sheetName: '表', heads: heads.map((text) => ({ text, width: 12 })) });
  for (const row of rows) await writer.row(row);
  await writer.end();
  return whole;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const cell = (text: string) => `<c t="inlineStr"><is><t>${escaped(text)}</t></is></c>`;
const row = (cells: readonly string[]) => `<row>${cells.map(cell).join('')}</row>`;
const sheet = (inner: string, before = '') => `${before}<worksheet><sheetData>${inner}</sheetData></worksheet>`;

/** A workbook made by hand, so that each of its parts can be what it should not be. */
function book(main: string, more: readonly (readonly [string, Buffer])[] = []): Buffer {
  const relation = (type: string, target: string, n: number) =>
    `<Relationship Id="r${n}" Type="x/${type}" Target="${target}"/>`;
  const strings = more.some(([name]) => name.includes('sharedStrings'))
    ? relation('sharedStrings', 'sharedStrings.xml', 2)
    : '';
  return zipOf([
    ['xl/workbook.xml', Buffer.from('<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>')],
    [
      'xl/_rels/workbook.xml.rels',
      Buffer.from(`<Relationships>${relation('worksheet', 'worksheets/sheet1.xml', 1)}${strings}</Relationships>`),
    ],
    ['xl/worksheets/sheet1.xml', Buffer.from(main)],
    ...more,
  ]);
}

const damaged = [/损坏.*另存为 xlsx/, /damaged.*save it as xlsx/] as const;
const noSheet = [/xlsx 或 csv.*另存为/, /xlsx and csv.*Save/] as const;
const bomb = [/解压后过大.*请删去/, /too large once unpacked.*Remove/] as const;
const macros = [/含有宏.*另存为/, /macros.*Save/] as const;
const wide = [/第 2 行超过 2000 列.*删去/, /Row 2 has more than 2000 columns.*Remove/] as const;
const heads = [/应为：单位编码.*重新下载模板/, /should be: Unit code.*Download the template/i] as const;
const encoding = [/文字编码.*保存为/, /encoding.*save/] as const;
const entities =
  '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>';

/** 编码,名称 … as Chinese Excel saves a csv: heads of numbers and one row, in GB18030. */
function gb18030(text: string): Buffer {
  const table = new Map<string, Buffer>();
  const decoder = new TextDecoder('gb18030');
  for (let a = 0xa1; a <= 0xf7; a++)
    for (let b = 0xa1; b <= 0xfe; b++) table.set(decoder.decode(Buffer.from([a, b])), Buffer.from([a, b]));
  return Buffer.concat([...text].map((c) => table.get(c) ?? Buffer.from(c)));
}

async function wrongKinds(): Promise<HostileFile[]> {
  const good = await xlsx([fact('1')], facts);
  const refused = (what: string, name: string, bytes: Buffer, says: readonly [RegExp, RegExp]): HostileFile => ({
    what,
    name,
    kind: 'facts',
    bytes,
    comes: { refused: says },
  });
  return [
    refused(
      'an old workbook under a new name',
      '数据.xlsx',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4096)]),
      noSheet,
    ),
    refused('a PDF called csv', '数据.csv', Buffer.from('%PDF-1.7\n1 0 obj'), noSheet),
    refused('a picture called xlsx', '数据.xlsx', Buffer.from('89504e470d0a1a0a', 'hex'), noSheet),
    refused('a document called xlsx', '数据.xlsx', zipOf([['word/document.xml', Buffer.from('<document/>')]]), noSheet),
    refused(
      'a page called xls',
      '数据.xls',
      Buffer.from('<html><table><tr><td>单位编码</td></tr></table></html>'),
      heads,
    ),
    refused('an empty zip', '数据.xlsx', zipOf([]), noSheet),
    ...[0.1, 0.5, 0.9, 0.99].map((share) =>
      refused(
        `a workbook cut off at ${share * 100} %`,
        '数据.xlsx',
        good.subarray(0, Math.floor(good.length * share)),
        damaged,
      ),
    ),
    refused('UTF-16 without a mark', '数据.csv', Buffer.from(csv([facts, fact('1')]), 'utf16le'), encoding),
    refused('bytes that are no text', '数据.csv', Buffer.from([0xff, 0xff, 0xff, 0x80, 0x81]), encoding),
    refused(
      'other heads',
      '数据.csv',
      Buffer.from(
        csv([
          ['__proto__', 'constructor', 'toString'],
          ['1', '2', '3'],
        ]),
      ),
      heads,
    ),
  ];
}

function bombs(): HostileFile[] {
  const zeros = Buffer.alloc(100 * 1024 * 1024);
  const refused = (what: string, bytes: Buffer, says: readonly [RegExp, RegExp], name = '数据.xlsx'): HostileFile => ({
    what,
    name,
    kind: 'facts',
    bytes,
    comes: { refused: says },
  });
  const many = Array.from({ length: 5 }, (_, n) => [`xl/worksheets/sheet${n + 2}.xml`, zeros] as const);
  const good = row(facts) + row(fact('1'));
  return [
    refused('a zip bomb', book(sheet(good), many), bomb),
    refused('a bomb of shared strings', book(sheet(good), [['xl/sharedStrings.xml', zeros]]), bomb),
    refused(
      'a bomb of many parts',
      book(
        sheet(good),
        Array.from({ length: 600 }, (_, n) => [`xl/media/${n}.bin`, Buffer.from('x')] as const),
      ),
      bomb,
    ),
    refused('one endless text', book(sheet(`<row><c t="str"><v>${'x'.repeat(90_000_000)}</v></c></row>`)), bomb),
    refused('a bomb of depth', book('<a>'.repeat(500_000)), bomb),
    refused('a bomb of entities in the sheet', book(sheet(row(['&c;']), entities)), damaged),
    refused(
      'a bomb of entities in the strings',
      book(sheet(good), [['xl/sharedStrings.xml', Buffer.from(`${entities}<sst><si><t>&c;</t></si></sst>`)]]),
      damaged,
    ),
    refused('macros under the name xlsx', book(sheet(good), [['xl/vbaProject.bin', Buffer.from('x')]]), macros),
    refused(
      'macros under their own name',
      book(sheet(good), [['xl/vbaProject.bin', Buffer.from('x')]]),
      macros,
      '数据.xlsm',
    ),
    refused('10,000 columns', book(sheet(row(facts) + row(Array.from({ length: 10_000 }, () => '1')))), wide),
    refused(
      '10,000 columns as csv',
      Buffer.from(csv([facts, Array.from({ length: 10_000 }, () => '1')])),
      wide,
      '数据.csv',
    ),
    refused('a cell of a million characters', book(sheet(row(facts) + row(fact('1', 'x'.repeat(900_000))))), [
      /第 2 行.*100000 字.*缩短/,
      /Row 2.*100000 characters.*Shorten/,
    ]),
    refused(
      'a quotation mark without its pair',
      Buffer.from(`${csv([facts])}\r\nt1,"population,2025\r\n${'t1,,,\r\n'.repeat(50)}`),
      [/第 2 行起有引号.*补齐/, /From row 2.*quotation mark.*Close/],
      '数据.csv',
    ),
    refused(
      'more rows than may be',
      Buffer.from(`${csv([facts])}\r\n${'t1,,population,2025,1,2025-06-30,x,,\r\n'.repeat(212_000)}`),
      [/最多导入 200000 行/, /At most 200000 rows/],
      '数据.csv',
    ),
  ];
}

async function oddRows(): Promise<HostileFile[]> {
  const id = '410123199001011234';
  const unit = (code: string, name: string) => [code, name, '村', 't1', '农村', '2024-01-01', '测试'];
  const typed = row(units) + `<row><c><v>${id}</v></c>${unit('', '某村').slice(1).map(cell).join('')}</row>`;
  // A sheet that nobody reads, large once unpacked, beside a small one with a wrong row: the report is made of the file.
  const beside = Buffer.from(sheet(row(fact('1')).repeat(300_000)));
  const formulas = ['=HYPERLINK("http://x","y")', '@SUM(A1)', '+1+cmd|calc', '-2+3', '＝1+1', '\t=1'];
  return [
    {
      what: 'an id of 18 digits typed as a number',
      name: '单位.xlsx',
      kind: 'units',
      bytes: book(sheet(typed)),
      comes: { rows: 1, bad: 1, says: [/编码.*超过 15 位.*设为文本后重新填写/, /Code.*15 digits.*make the cell text/] },
    },
    {
      what: 'a large sheet that nobody reads beside a small one with a wrong row',
      name: '数据.xlsx',
      kind: 'facts',
      bytes: book(sheet(row(facts) + row(fact('many'))), [['xl/worksheets/sheet2.xml', beside]]),
      comes: { rows: 1, bad: 1, says: [/数值.*不是数字：many/, /Value is not a number: many/] },
    },
    {
      what: 'formulas without results',
      name: '数据.xlsx',
      kind: 'facts',
      bytes: book(
        sheet(row(facts) + `<row>${fact('').slice(0, 4).map(cell).join('')}<c><f>WEBSERVICE("http://x")</f></c></row>`),
      ),
      comes: { rows: 1, bad: 1, says: [/数值.*公式没有结果/, /formula in Value has no result/] },
    },
    ...[
      gb18030(csv([facts, fact('3')])),
      Buffer.from(`\ufeff${csv([facts, fact('3')]).replaceAll(',', '\t')}`, 'utf16le'),
    ].map((bytes, i): HostileFile => ({
      what: ['a csv in GB18030', 'a csv in UTF-16'][i]!,
      name: '数据.csv',
      kind: 'facts',
      bytes,
      comes: { taken: 1 },
    })),
    {
      what: 'texts that look like formulas',
      name: '../../etc/数据".csv',
      kind: 'facts',
      bytes: Buffer.from(
        csv([
          facts,
          ...formulas.map((f, i) => [
            't1',
            '',
            'population',
            `${2010 + i}`,
            '3',
            `${2010 + i}-06-30`,
            `"${f.replaceAll('"', '""')}"`,
            '',
            '',
          ]),
        ]),
      ),
      comes: { taken: formulas.length },
    },
  ];
}

/** The files, the harmless looking ones last. */
export async function hostileFiles(): Promise<HostileFile[]> {
  return [...(await wrongKinds()), ...bombs(), ...(await oddRows())];
}
