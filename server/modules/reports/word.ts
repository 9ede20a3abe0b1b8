import type * as Docx from 'docx';
import type { FilledReport } from '../../../domain/reports/index.ts';

/**
 * A report as a Word file in the layout of official documents (GB/T 9704-2012): A4, a text block of 156 × 225 mm with 22
 * lines of 28 characters, FangSong in size three, title in small-title Song, page numbers outside. The fonts are named and not
 * shipped: Word and WPS in an office have them.
 */

const millimetres = (mm: number) => Math.round((mm / 25.4) * 1440);
/** Half points: size three is 16 pt, size two 22 pt, size four 14 pt. */
const size = { body: 32, title: 44, page: 28, small: 21 } as const;
const latin = 'Times New Roman';
const font = (eastAsia: string) => ({ ascii: latin, hAnsi: latin, cs: latin, eastAsia });
const fonts = {
  body: font('仿宋_GB2312'),
  title: font('方正小标宋简体'),
  heading: font('黑体'),
  subheading: font('楷体_GB2312'),
  page: font('宋体'),
} as const;
type Font = (typeof fonts)[keyof typeof fonts];
/** 22 lines in 225 mm. */
const line = Math.round(millimetres(225) / 22);
const indent = { firstLine: size.body * 20 };

export interface WordOptions {
  /** Verification of the printed paper: code, address and a QR picture (PNG). */
  readonly proof: { readonly code: string; readonly address: string; readonly picture: Buffer } | null;
  readonly signed: { readonly by: string; readonly day: string } | null;
  /** Said in the header while an unofficial standard stands behind the stars. */
  readonly sample: boolean;
}

/** What stands where a figure is missing: visible, and never a zero. */
export const blankMark = '【　　】';

/** A date as documents write it: 2026年11月26日. */
export function documentDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

type Block = FilledReport['blocks'][number];
type Library = typeof Docx;

const looks: Readonly<Record<Block['kind'], { font: Font; points: number }>> = {
  title: { font: fonts.title, points: size.title },
  heading: { font: fonts.heading, points: size.body },
  subheading: { font: fonts.subheading, points: size.body },
  paragraph: { font: fonts.body, points: size.body },
};

function words(docx: Library, text: string, f: Font, points: number, blank = false) {
  return new docx.TextRun({ text, font: f, size: points, color: '000000', ...(blank ? { highlight: 'yellow' } : {}) });
}

function paragraphOf(docx: Library, report: FilledReport, block: Block) {
  const look = looks[block.kind];
  const children = block.pieces.map((piece) => {
    if ('text' in piece) return words(docx, piece.text, look.font, look.points);
    const display = report.figures[piece.figure]?.display ?? null;
    return words(docx, display ?? blankMark, look.font, look.points, display === null);
  });
  const spacing = { line, lineRule: docx.LineRuleType.EXACT };
  if (block.kind === 'title')
    return new docx.Paragraph({
      alignment: docx.AlignmentType.CENTER,
      heading: docx.HeadingLevel.TITLE,
      spacing: { ...spacing, line: Math.round(line * 1.35), after: line },
      children,
    });
  if (block.kind === 'paragraph')
    return new docx.Paragraph({ spacing, indent, alignment: docx.AlignmentType.JUSTIFIED, children });
  const heading = block.kind === 'heading' ? docx.HeadingLevel.HEADING_1 : docx.HeadingLevel.HEADING_2;
  return new docx.Paragraph({ spacing, indent, heading, children });
}

/** Who signs and when, four characters in from the right; then how the paper is checked. */
function closing(docx: Library, report: FilledReport, { signed, proof }: WordOptions) {
  const spacing = { line, lineRule: docx.LineRuleType.EXACT };
  const right = { alignment: docx.AlignmentType.RIGHT, indent: { right: size.body * 40 } };
  const said = (text: string, before = 0) =>
    new docx.Paragraph({
      ...right,
      spacing: { ...spacing, before },
      children: [words(docx, text, fonts.body, size.body)],
    });
  const parts = signed ? [said(report.unitName, line * 2), said(documentDay(signed.day))] : [];
  if (proof)
    parts.push(
      new docx.Paragraph({
        spacing: { before: line },
        children: [
          new docx.ImageRun({ type: 'png', data: proof.picture, transformation: { width: 88, height: 88 } }),
          words(docx, `　核验码 ${proof.code}　${proof.address}`, fonts.page, size.small),
        ],
      }),
    );
  return parts;
}

function pageNumber(docx: Library, alignment: 'left' | 'right') {
  const { CURRENT } = docx.PageNumber;
  const run = new docx.TextRun({ children: ['— ', CURRENT, ' —'], font: fonts.page, size: size.page });
  const inward = { left: size.page * 10, right: size.page * 10 };
  return new docx.Footer({ children: [new docx.Paragraph({ alignment, indent: inward, children: [run] })] });
}

function headerOf(docx: Library, sample: boolean) {
  const said = words(docx, '星级数据依据样例标准，非正式文件', fonts.page, size.small);
  const shown = new docx.Paragraph({ alignment: docx.AlignmentType.CENTER, children: [said] });
  return new docx.Header({ children: [sample ? shown : new docx.Paragraph({})] });
}

const page = {
  size: { width: millimetres(210), height: millimetres(297) },
  margin: {
    top: millimetres(37),
    bottom: millimetres(35),
    left: millimetres(28),
    right: millimetres(26),
    footer: millimetres(28),
    header: millimetres(20),
  },
};

/** The reports one after another, each on a new page; a single report is a list of one. */
export async function wordFile(title: string, reports: readonly FilledReport[], options: WordOptions): Promise<Buffer> {
  // Loaded with the first file: a server that only shows pages need not read it.
  const docx = await import('docx');
  const header = headerOf(docx, options.sample);
  const file = new docx.Document({
    title,
    creator: reports[0]!.unitName,
    evenAndOddHeaderAndFooters: true,
    styles: { default: { document: { run: { font: fonts.body, size: size.body, color: '000000' } } } },
    sections: reports.map((report, i) => ({
      properties: { page },
      headers: { default: header, even: header },
      footers: { default: pageNumber(docx, 'right'), even: pageNumber(docx, 'left') },
      children: [
        ...report.blocks.map((block) => paragraphOf(docx, report, block)),
        ...(i === reports.length - 1 ? closing(docx, report, options) : []),
      ],
    })),
  });
  return docx.Packer.toBuffer(file);
}
