import type { Writable } from 'node:stream';
import { once } from 'node:events';
import { type AccountClass, amountText, chartCodeOf, measureFacts } from '../../../domain/records/ledgers/index.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Reader } from '../../platform/http/sending.ts';
import type { Rq } from '../../platform/rq.ts';
import type { TreeBook } from './reports.ts';
import { kindOf, readable, seesAll } from './rows.ts';

const types: Readonly<Record<AccountClass, string>> = {
  asset: 'A',
  liability: 'L',
  equity: 'E',
  income: 'R',
  expense: 'X',
};

/** Characters that would end a description, begin a comment or a tag, or part payee from note. */
function plain(text: string): string {
  return text
    .replace(/[\r\n\t\v\f\u2028\u2029]+/gu, ' ')
    .replaceAll(';', '；')
    .replaceAll('|', '｜')
    .trim();
}

/** A tag ends at a comma. */
const tag = (name: string, value: string) => `${name}:${plain(value).replaceAll(',', '，').replaceAll(':', '：')}`;

interface Row {
  readonly id: string;
  readonly number: number;
  readonly onDay: string;
  readonly text: string;
  readonly reverses: number | null;
  readonly document: string | null;
  readonly lines: readonly {
    readonly code: string;
    readonly class: AccountClass;
    readonly amount: number;
    readonly purpose: string | null;
    readonly fundSource: string | null;
  }[];
}

interface Cursor {
  readonly day: string;
  readonly number: number;
}

/**
 * A page of entries after a cursor. What is posted while the export runs has a number above the one the book had when it
 * began and is left out, so the whole is one consistent state.
 */
function page(rq: Rq, book: TreeBook, to: string | undefined, after: Cursor): Promise<Row[]> {
  return rq.db.many<Row>(sql`
    SELECT e.id, e.number, e.on_day AS "onDay", e.text, (SELECT r.number FROM entries r WHERE r.id = e.reverses) AS reverses,
      e.document, (SELECT json_agg(json_build_object('code', a.code, 'class', a.class, 'amount', l.amount, 'purpose', l.purpose,
        'fundSource', l.fund_source) ORDER BY l.position) FROM entry_lines l JOIN accounts a ON a.id = l.account_id
        WHERE l.entry_id = e.id) AS lines
    FROM entries e WHERE e.book_id = ${book.id} AND e.number <= ${book.entries} AND ${readable(rq, 'e.unit_path')}
      AND (e.on_day, e.number) > (${after.day}::date, ${after.number}::int)
      AND e.on_day <= ${to ?? '9999-12-31'}::date
    ORDER BY e.on_day, e.number LIMIT 1000`);
}

/** The root under which a book's accounts stand: unit code and a running number, in characters every program takes. */
function rootsOf(books: readonly TreeBook[]): Map<string, string> {
  return new Map(books.map((b, i) => [b.id, `${b.unitCode}-${i + 1}`]));
}

/**
 * Books as plain-text accounting that hledger and its relatives read: accounts and commodities declared, every posting with
 * the balance after it, so that whoever checks the file checks our balances too.
 */
export async function writePlainText(
  read: Reader,
  out: Writable,
  books: readonly TreeBook[],
  to: string | undefined,
): Promise<void> {
  const write = async (text: string) => {
    if (!out.write(text)) await once(out, 'drain');
  };
  const roots = rootsOf(books);
  const { symbol, digits } = measureFacts[books[0]!.measure];
  await write(
    `decimal-mark .\ncommodity ${digits === 0 ? `1000. ${symbol}` : `1000.${'0'.repeat(digits)} ${symbol}`}\n\n`,
  );
  for (const book of books) {
    await write(`; ${plain(book.unitName)} ${plain(book.title)}\n`);
    const accounts = await read((rq) => accountsOf(rq, book));
    for (const [code, of] of accounts) await write(`account ${roots.get(book.id)}:${code}  ; type:${types[of]}\n`);
  }
  for (const book of books) {
    const balances = new Map<string, number>();
    const hidden = await read(async (rq) => !seesAll(rq, book));
    let after: Cursor = { day: '0001-01-01', number: 0 };
    for (;;) {
      const rows = await read((rq) => page(rq, book, to, after));
      for (const row of rows) await write(entryText(row, book, roots.get(book.id)!, balances, hidden));
      if (rows.length < 1000) break;
      const last = rows.at(-1)!;
      after = { day: last.onDay, number: last.number };
    }
  }
  out.end();
}

async function accountsOf(rq: Rq, book: TreeBook): Promise<Map<string, AccountClass>> {
  const rows = await rq.db.many<{ code: string; class: AccountClass }>(sql`SELECT a.code, a.class FROM accounts a
    WHERE a.book_id = ${book.id} AND ${readable(rq, 'a.unit_path')} ORDER BY a.code`);
  const hidden = !seesAll(rq, book);
  return new Map(rows.map((r) => [hidden ? chartCodeOf(kindOf(book), r.code) : r.code, r.class]));
}

function entryText(row: Row, book: TreeBook, root: string, balances: Map<string, number>, hidden: boolean): string {
  const { symbol } = measureFacts[book.measure];
  const tags = [
    ...(row.reverses === null ? [] : [tag('reverses', String(row.reverses))]),
    ...(row.document === null || hidden ? [] : [tag('document', row.document)]),
  ];
  const head = `\n${row.onDay} (${row.number}) ${hidden ? '' : plain(row.text)}`.trimEnd();
  const lines = row.lines.map((l) => {
    const code = hidden ? chartCodeOf(kindOf(book), l.code) : l.code;
    const balance = (balances.get(code) ?? 0) + l.amount;
    balances.set(code, balance);
    const named = [
      ...(l.purpose === null ? [] : [tag('purpose', l.purpose)]),
      ...(l.fundSource === null ? [] : [tag('source', l.fundSource)]),
    ];
    const amount = `${amountText(book.measure, l.amount)} ${symbol} = ${amountText(book.measure, balance)} ${symbol}`;
    return `    ${root}:${code}  ${amount}${named.length > 0 ? `  ; ${named.join(', ')}` : ''}\n`;
  });
  return `${head}${tags.length > 0 ? `  ; ${tags.join(', ')}` : ''}\n${lines.join('')}`;
}
