import type { Writable } from 'node:stream';
import { amountText, measureFacts } from '../../../domain/records/ledgers/index.ts';
import type { SheetFormat } from '../../../domain/records/imports/index.ts';
import type { Reader } from '../../platform/http/sending.ts';
import type { Rq } from '../../platform/rq.ts';
import { sheetWriter } from '../../platform/sheets/index.ts';
import { type Span, statementOf } from './reports.ts';
import { type BookRow, kindOf } from './rows.ts';

const heads = {
  zh: ['日期', '编号', '摘要', '科目', '用途', '资金来源', '对方', '借方', '贷方', '余额'],
  en: ['Day', 'Number', 'Text', 'Account', 'Purpose', 'Source', 'Other side', 'Debit', 'Credit', 'Balance'],
} as const;
const widths = [12, 8, 40, 24, 14, 14, 20, 16, 16, 16];
const words = {
  zh: { opening: '期初余额', closing: '期末余额', sheet: '明细账' },
  en: { opening: 'Opening', closing: 'Closing', sheet: 'Statement' },
} as const;

/** Without zeros at the end, so that a spreadsheet program takes it for the number it is. */
function cell(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** The statement as a sheet with the official heads: opening, every movement, closing. */
export async function writeStatement(
  read: Reader,
  out: Writable,
  book: BookRow,
  q: Span & { readonly account: string; readonly format: SheetFormat },
  lang: Rq['lang'],
): Promise<void> {
  const first = await read((rq) => statementOf(rq, book, { ...q, limit: 1_000, offset: 0 }));
  const money = (amount: number) => cell(amountText(book.measure, amount));
  const { symbol } = measureFacts[book.measure];
  const writer = sheetWriter(q.format, out, {
    sheetName: words[lang].sheet,
    title:
      `${book.unitName} ${book.title} ${first.accountName} (${symbol}) ${q.from ?? book.openedOn} – ${q.to ?? ''}`.trim(),
    heads: heads[lang].map((text, i) => ({ text, width: widths[i]! })),
  });
  const kind = kindOf(book);
  const named = (of: typeof kind.purposes, name: string | null) =>
    name === null ? null : (of?.[name]?.[lang] ?? name);
  await writer.row([
    q.from ?? book.openedOn,
    null,
    words[lang].opening,
    null,
    null,
    null,
    null,
    null,
    null,
    money(first.opening),
  ]);
  for (let page = first, offset = 0; page.items.length > 0;) {
    for (const m of page.items)
      await writer.row([
        m.onDay,
        String(m.number),
        m.text,
        m.accountName,
        named(kind.purposes, m.purpose),
        named(kind.fundSources, m.fundSource),
        m.counterpart,
        m.debit === 0 ? null : money(m.debit),
        m.credit === 0 ? null : money(m.credit),
        money(m.balance),
      ]);
    offset += page.items.length;
    if (offset >= page.total) break;
    page = await read((rq) => statementOf(rq, book, { ...q, limit: 1_000, offset }));
  }
  const { debit, credit, closing } = first;
  await writer.row([
    q.to ?? null,
    null,
    words[lang].closing,
    null,
    null,
    null,
    null,
    money(debit),
    money(credit),
    money(closing),
  ]);
  await writer.end();
}
