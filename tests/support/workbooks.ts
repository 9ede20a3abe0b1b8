import fc from 'fast-check';
import { zipOf } from './zip.ts';

/** One cell of a workbook made by hand, and what reading it must answer. */
export interface MadeCell {
  /** The element, with P: where the prefix goes. */
  readonly xml: (reference: string) => string;
  readonly text: string;
  /** Its text when it stands in the list of shared strings. */
  readonly shared?: string;
}

export interface MadeBook {
  readonly rows: readonly (readonly MadeCell[])[];
  /** What programs do differently. */
  readonly prefix: string;
  readonly absolute: boolean;
  readonly references: boolean;
  readonly stored: boolean;
  readonly hiddenFirst: boolean;
  readonly order: readonly number[];
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const at = (reference: string) => (reference ? ` r="${reference}"` : '');

const word = fc.stringMatching(/^[a-z0-9<>&"'䩐勒桥村𠮷 .-]{0,12}$/u);
const day = fc.integer({ min: 0, max: 60_000 }).map((d) => new Date(Date.UTC(1930, 0, 1) + d * 86_400_000));
const serial = (date: Date) => date.getTime() / 86_400_000 + 25_569;

const plain = fc.oneof(
  fc.integer({ min: -1e12, max: 1e12 }).map((n) => n / 1000),
  fc.integer(),
);

/** Styles of `stylesXml`: 0 is general, 1 a day by number, 2 a day in Chinese, 3 a coloured number. */
const cells: fc.Arbitrary<MadeCell> = fc.oneof(
  word.map((w) => ({ xml: (r: string) => `<P:c${at(r)} t="s"><P:v>SHARED</P:v></P:c>`, text: w.trim(), shared: w })),
  word.map((w) => ({
    xml: (r: string) =>
      `<P:c${at(r)} t="inlineStr"><P:is><P:r><P:t xml:space="preserve">${escaped(w)}</P:t></P:r><P:rPh sb="0" eb="1"><P:t>yomi</P:t></P:rPh><P:r><P:t>!</P:t></P:r></P:is></P:c>`,
    text: `${w}!`.trim(),
  })),
  plain.map((n) => ({ xml: (r: string) => `<P:c${at(r)} s="3"><P:v>${n}</P:v></P:c>`, text: String(n) })),
  fc.tuple(day, fc.constantFrom(1, 2)).map(([d, style]) => ({
    xml: (r: string) => `<P:c${at(r)} s="${style}"><P:v>${serial(d)}</P:v></P:c>`,
    text: d.toISOString().slice(0, 10),
  })),
  fc
    .boolean()
    .map((b) => ({ xml: (r: string) => `<P:c${at(r)} t="b"><P:v>${b ? 1 : 0}</P:v></P:c>`, text: b ? '1' : '0' })),
  plain.map((n) => ({ xml: (r: string) => `<P:c${at(r)}><P:f>A1+1</P:f><P:v>${n}</P:v></P:c>`, text: String(n) })),
  word.map((w) => ({
    xml: (r: string) => `<P:c${at(r)} t="str"><P:f t="shared" si="0"/><P:v>${escaped(w)}</P:v></P:c>`,
    text: w.trim(),
  })),
  fc.constant({ xml: (r: string) => `<P:c${at(r)} s="1"/>`, text: '' }),
);

export const madeBooks: fc.Arbitrary<MadeBook> = fc.record({
  rows: fc.array(fc.array(cells, { minLength: 1, maxLength: 30 }), { maxLength: 12 }),
  prefix: fc.constantFrom('', 'x:', 'main:'),
  absolute: fc.boolean(),
  references: fc.boolean(),
  stored: fc.boolean(),
  hiddenFirst: fc.boolean(),
  order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7 }),
});

function letters(column: number): string {
  return column <= 26
    ? String.fromCharCode(64 + column)
    : letters(Math.floor((column - 1) / 26)) + letters(((column - 1) % 26) + 1);
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const relations = (list: readonly (readonly [string, string, string])[]) =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

/** The workbook as bytes. */
export function bytesOf(book: MadeBook): Buffer {
  const strings: string[] = [];
  const rows = book.rows.map((row, i) => {
    const made = row.map((cell, j) => {
      const xml = cell.xml(book.references ? `${letters(j + 1)}${i + 1}` : '');
      if (cell.shared === undefined) return xml;
      strings.push(cell.shared);
      return xml.replace('SHARED', String(strings.length - 1));
    });
    return `<P:row${book.references ? ` r="${i + 1}"` : ''}>${made.join('')}</P:row>`;
  });
  const root = (name: string, inner: string) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<P:${name} xmlns${book.prefix ? `:${book.prefix.slice(0, -1)}` : ''}="${main}" xmlns:rel="${office}">${inner}</P:${name}>`;
  const target = (name: string) => (book.absolute ? `/xl/${name}` : name);
  const sheets = [
    '<P:sheet name="表" sheetId="7" rel:id="rA"/>',
    `<P:sheet name="其他" sheetId="3" rel:id="rB"${book.hiddenFirst ? ' state="hidden"' : ''}/>`,
  ];
  if (book.hiddenFirst) sheets.reverse();
  const parts: [string, string][] = [
    ['_rels/.rels', relations([['r1', 'officeDocument', 'xl/workbook.xml']])],
    ['xl/workbook.xml', root('workbook', `<P:sheets>${sheets.join('')}</P:sheets>`)],
    [
      'xl/_rels/workbook.xml.rels',
      relations([
        ['rB', 'worksheet', target('worksheets/sheet1.xml')],
        ['rA', 'worksheet', target('worksheets/sheet9.xml')],
        ['rS', 'sharedStrings', target('sharedStrings.xml')],
        ['rT', 'styles', target('styles.xml')],
      ]),
    ],
    [
      'xl/sharedStrings.xml',
      root(
        'sst',
        strings
          .map((s, i) =>
            i % 2
              ? `<P:si><P:r><P:t xml:space="preserve">${escaped(s)}</P:t></P:r></P:si>`
              : `<P:si><P:t xml:space="preserve">${escaped(s)}</P:t><P:phoneticPr fontId="1"/></P:si>`,
          )
          .join(''),
      ),
    ],
    [
      'xl/styles.xml',
      root(
        'styleSheet',
        `<P:numFmts><P:numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><P:numFmt numFmtId="177" formatCode="[Red]0.00&quot;day&quot;_d"/></P:numFmts><P:cellStyleXfs><P:xf numFmtId="14"/></P:cellStyleXfs><P:cellXfs><P:xf numFmtId="0"/><P:xf numFmtId="14"/><P:xf numFmtId="176"/><P:xf numFmtId="177"/></P:cellXfs>`,
      ),
    ],
    [
      'xl/worksheets/sheet1.xml',
      root('worksheet', '<P:sheetData><P:row><P:c t="str"><P:v>no</P:v></P:c></P:row></P:sheetData>'),
    ],
    ['xl/worksheets/sheet9.xml', root('worksheet', `<P:sheetData>${rows.join('')}</P:sheetData>`)],
  ];
  return zipOf(
    book.order.map((i) => {
      const [name, xml] = parts[i]!;
      return [name, Buffer.from(xml.replaceAll('P:', book.prefix)), { stored: book.stored }] as const;
    }),
  );
}
