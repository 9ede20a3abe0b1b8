import {
  type AccountClass,
  chartAccount,
  chartCodeOf,
  ledgerReason,
  type Movement,
  type Statement,
} from '../../../domain/records/ledgers/index.ts';
import { all, sql, type Sql } from '../../platform/db/sql.ts';
import { refuse } from '../../platform/errors.ts';
import type { Rq } from '../../platform/rq.ts';
import { chartCodeSql, classOrder, natural } from './reads.ts';
import { accountName, type BookRow, kindOf, readable, seesAll, shownCode } from './rows.ts';

export interface Span {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const upTo = (to: string | undefined): Sql => (to === undefined ? sql`TRUE` : sql`l.on_day <= ${to}::date`);
const since = (from: string | undefined): Sql => (from === undefined ? sql`TRUE` : sql`l.on_day >= ${from}::date`);

/** The lines of an account and of those opened below it. */
function linesOf(rq: Rq, book: BookRow, code: string): Sql {
  return all([
    sql`l.book_id = ${book.id} AND (a.code = ${code} OR a.code ^@ ${`${code}:`})`,
    readable(rq, 'l.unit_path'),
  ]);
}

interface Account {
  readonly code: string;
  readonly name: string;
  readonly class: AccountClass;
}

async function getAccount(rq: Rq, book: BookRow, code: string): Promise<Account> {
  const kind = kindOf(book);
  const chart = chartAccount(kind, code);
  if (chart) return { code, name: chart.words[rq.lang], class: chart.class };
  const found = seesAll(rq, book)
    ? await rq.db.find<Account>(sql`SELECT a.code, a.name, a.class FROM accounts a
        WHERE a.book_id = ${book.id} AND a.code = ${code} AND ${readable(rq, 'a.unit_path')}`)
    : undefined;
  if (!found) throw refuse(ledgerReason('entry-no-account', { account: code }));
  return found;
}

interface Sums {
  readonly opening: number;
  readonly debit: number;
  readonly credit: number;
  readonly count: number;
}

/** What an account held before a period and what moved in it. Without a first day the period begins with the book. */
function sums(where: Sql, { from, to }: Span): Sql {
  const before = from === undefined ? sql`FALSE` : sql`l.on_day < ${from}::date`;
  const within = all([since(from), upTo(to)]);
  return sql`coalesce(sum(l.amount) FILTER (WHERE ${before}), 0)::bigint AS opening,
    coalesce(sum(l.amount) FILTER (WHERE ${within} AND l.amount > 0), 0)::bigint AS debit,
    coalesce(-sum(l.amount) FILTER (WHERE ${within} AND l.amount < 0), 0)::bigint AS credit,
    count(*) FILTER (WHERE ${within})::int AS count
    FROM entry_lines l JOIN accounts a ON a.id = l.account_id WHERE ${where}`;
}

/** Opening, every movement with the balance after it, closing; the sums are those of the whole period on every page. */
export async function statementOf(
  rq: Rq,
  book: BookRow,
  q: Span & { readonly account: string; readonly limit: number; readonly offset: number },
): Promise<Statement> {
  const account = await getAccount(rq, book, q.account);
  const kind = kindOf(book);
  const where = linesOf(rq, book, q.account);
  const s = await rq.db.one<Sums>(sql`SELECT ${sums(where, q)}`);
  const rows = await rq.db.many<Movement & { amount: number; sum: number; stored: string }>(sql`
    SELECT e.id AS "entryId", e.number, e.on_day AS "onDay", e.text, a.code AS account, a.name AS stored, l.amount,
      sum(l.amount) OVER (ORDER BY l.on_day, e.number, l.position)::bigint AS sum, l.purpose, l.fund_source AS "fundSource",
      coalesce(l.counterpart, x.title) AS counterpart, l.note, e.reverses
    FROM entry_lines l JOIN accounts a ON a.id = l.account_id JOIN entries e ON e.id = l.entry_id
    LEFT JOIN books x ON x.id = l.counterpart_book
    WHERE ${where} AND ${since(q.from)} AND ${upTo(q.to)}
    ORDER BY l.on_day, e.number, l.position LIMIT ${q.limit} OFFSET ${q.offset}`);
  const whole = seesAll(rq, book);
  return {
    account: account.code,
    accountName: account.name,
    class: account.class,
    opening: natural(account.class, s.opening),
    debit: s.debit,
    credit: s.credit,
    closing: natural(account.class, s.opening + s.debit - s.credit),
    total: s.count,
    items: rows.map(({ amount, sum, stored, ...m }) => {
      const code = shownCode(rq, book, m.account);
      return {
        ...m,
        account: code,
        accountName: accountName(rq, kind, code, stored),
        ...(whole ? {} : { text: '', note: null, counterpart: null }),
        debit: Math.max(amount, 0),
        credit: Math.max(-amount, 0),
        balance: natural(account.class, s.opening + sum),
      };
    }),
  };
}

interface BalanceRow extends Sums {
  readonly code: string;
  readonly class: AccountClass;
}

/** The trial balance of a period, an account of the chart a row. Both sides are equal, because every entry balances. */
export async function balancesOf(rq: Rq, book: BookRow, span: Span) {
  const kind = kindOf(book);
  const where = all([sql`l.book_id = ${book.id}`, readable(rq, 'l.unit_path')]);
  const rows = await rq.db.many<BalanceRow>(sql`
    SELECT r.* FROM (SELECT ${chartCodeSql(kind.accounts)} AS code, a.class, ${sums(where, span)} GROUP BY 1, 2) r
    ORDER BY ${classOrder('r.class')}, r.code`);
  const items = rows.map((r) => ({
    code: r.code,
    name: accountName(rq, kind, r.code, r.code),
    class: r.class,
    opening: natural(r.class, r.opening),
    debit: r.debit,
    credit: r.credit,
    closing: natural(r.class, r.opening + r.debit - r.credit),
  }));
  const side = (of: 'debit' | 'credit') => items.reduce((sum, r) => sum + r[of], 0);
  return { items, debit: side('debit'), credit: side('credit') };
}

/** The books of a tree that the actor may read, the head first. */
export function treeOf(rq: Rq, book: BookRow): Promise<TreeBook[]> {
  return rq.db.many<TreeBook>(sql`
    WITH RECURSIVE tree AS (
      SELECT ${book.id}::uuid AS id, 0 AS depth
      UNION SELECT b.id, t.depth + 1 FROM books b JOIN tree t ON b.parent_id = t.id)
    SELECT b.id, b.kind, b.title, u.name AS "unitName", u.code AS "unitCode", b.unit_path AS "unitPath", b.measure,
      b.parent_id AS "headId", b.entries
    FROM tree t JOIN books b ON b.id = t.id JOIN units u ON u.id = b.unit_id WHERE ${readable(rq)}
    ORDER BY t.depth, b.unit_path, b.title, b.id`);
}

export interface TreeBook extends Pick<
  BookRow,
  'id' | 'kind' | 'title' | 'unitName' | 'unitPath' | 'measure' | 'headId' | 'entries'
> {
  readonly unitCode: string;
}

interface ResultRow {
  readonly kind: string;
  readonly code: string;
  readonly class: 'income' | 'expense';
  readonly purpose: string | null;
  readonly fundSource: string | null;
  readonly amount: number;
}

/** Income and expense by account, purpose and source: of one book, or of all that consolidate into it. */
export async function resultsOf(rq: Rq, book: BookRow, q: Span & { readonly tree?: boolean | undefined }) {
  const books = q.tree ? await treeOf(rq, book) : [book];
  const rows = await rq.db.many<ResultRow>(sql`
    SELECT b.kind, a.code, a.class, l.purpose, l.fund_source AS "fundSource", sum(l.amount)::bigint AS amount
    FROM entry_lines l JOIN accounts a ON a.id = l.account_id JOIN books b ON b.id = l.book_id
    WHERE l.book_id = ANY (${books.map((b) => b.id)}::uuid[]) AND a.class IN ('income', 'expense')
      AND ${since(q.from)} AND ${upTo(q.to)} AND ${readable(rq, 'l.unit_path')}
    GROUP BY 1, 2, 3, 4, 5`);
  const items = new Map<string, { name: string } & Omit<ResultRow, 'kind'>>();
  for (const r of rows) {
    const kind = kindOf(r);
    const code = chartCodeOf(kind, r.code);
    const key = [r.class, code, r.purpose, r.fundSource].join('\n');
    const before = items.get(key)?.amount ?? 0;
    const name = accountName(rq, kind, code, code);
    const { purpose, fundSource } = r;
    items.set(key, { class: r.class, code, name, purpose, fundSource, amount: before + natural(r.class, r.amount) });
  }
  const list = [...items.values()]
    .filter((r) => r.amount !== 0)
    .sort((a, b) => b.class.localeCompare(a.class) || a.code.localeCompare(b.code) || b.amount - a.amount);
  const total = (of: ResultRow['class']) => list.filter((r) => r.class === of).reduce((sum, r) => sum + r.amount, 0);
  return {
    items: list,
    income: total('income'),
    expense: total('expense'),
    result: total('income') - total('expense'),
  };
}

interface CellRow {
  readonly bookId: string;
  readonly code: string;
  readonly class: AccountClass;
  readonly amount: number;
  readonly counterpartBookId: string | null;
}

/**
 * Head and branches added up. A line whose other side is a book of the same tree falls out on both sides; when one side is
 * not posted yet, the difference is told instead of being hidden.
 */
export async function consolidationOf(rq: Rq, book: BookRow, to: string | undefined) {
  const books = await treeOf(rq, book);
  const ids = books.map((b) => b.id);
  const rows = await rq.db.many<CellRow>(sql`
    SELECT l.book_id AS "bookId", a.code, a.class, sum(l.amount)::bigint AS amount,
      CASE WHEN l.counterpart_book = ANY (${ids}::uuid[]) THEN l.counterpart_book END AS "counterpartBookId"
    FROM entry_lines l JOIN accounts a ON a.id = l.account_id
    WHERE l.book_id = ANY (${ids}::uuid[]) AND ${upTo(to)} AND ${readable(rq, 'l.unit_path')} GROUP BY 1, 2, 3, 5`);
  const kinds = new Map(books.map((b) => [b.id, kindOf(b)]));
  const cells = rows.map((r) => ({ ...r, code: chartCodeOf(kinds.get(r.bookId)!, r.code) }));
  const between = cells.filter((c) => c.counterpartBookId !== null);
  const sum = (list: readonly CellRow[]) => list.reduce((total, c) => total + c.amount, 0);
  const codes = new Map(cells.map((c) => [c.code, c]));
  const items = [...codes.values()].sort(byClass).map(({ code, class: of, bookId }) => {
    const here = cells.filter((c) => c.code === code);
    const all = sum(here);
    const out = sum(between.filter((c) => c.code === code));
    return {
      code,
      name: accountName(rq, kinds.get(bookId)!, code, code),
      class: of,
      sum: natural(of, all),
      eliminated: natural(of, out),
      consolidated: natural(of, all - out),
      byBook: books
        .map((b) => ({ bookId: b.id, balance: natural(of, sum(here.filter((c) => c.bookId === b.id))) }))
        .filter((b) => here.some((c) => c.bookId === b.bookId)),
    };
  });
  const eliminations = [...groups(between).values()].map((list) => ({
    bookId: list[0]!.bookId,
    counterpartBookId: list[0]!.counterpartBookId!,
    code: list[0]!.code,
    amount: sum(list),
  }));
  return { books, items, eliminations, unmatched: sum(between) };
}

function groups(cells: readonly CellRow[]): Map<string, CellRow[]> {
  const found = new Map<string, CellRow[]>();
  for (const c of cells) {
    const key = [c.bookId, c.counterpartBookId, c.code].join(' ');
    found.set(key, [...(found.get(key) ?? []), c]);
  }
  return found;
}

const classes = ['asset', 'liability', 'equity', 'income', 'expense'];
function byClass(a: CellRow, b: CellRow): number {
  return classes.indexOf(a.class) - classes.indexOf(b.class) || a.code.localeCompare(b.code);
}
