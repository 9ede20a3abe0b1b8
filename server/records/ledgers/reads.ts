import { type AccountClass, chartAccount, type EntryView, naturalSign } from '../../../domain/records/ledgers/index.ts';
import { all, likeText, sql, type Sql, under } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { accountName, bookColumns, type BookRow, kindOf, readable, seesAll, shownCode } from './rows.ts';

export interface BookSearch {
  readonly underPath?: string | undefined;
  readonly id?: string | undefined;
  readonly kind?: string | undefined;
  readonly headId?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly caseId?: string | undefined;
  readonly open?: boolean | undefined;
  readonly q?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

export async function listBooks(rq: Rq, s: BookSearch): Promise<{ items: BookRow[]; total: number }> {
  const where = all([
    readable(rq),
    s.underPath !== undefined && under('b.unit_path', s.underPath),
    s.id !== undefined && sql`b.id = ${s.id}`,
    s.kind !== undefined && sql`b.kind = ${s.kind}`,
    s.headId !== undefined && sql`b.parent_id = ${s.headId}`,
    s.subjectId !== undefined && sql`b.subject_id = ${s.subjectId}`,
    s.caseId !== undefined && sql`b.case_id = ${s.caseId}`,
    s.open === true && sql`b.closed_on IS NULL`,
    s.open === false && sql`b.closed_on IS NOT NULL`,
    s.q ? sql`b.title ILIKE ${`%${likeText(s.q)}%`}` : null,
  ]);
  const { total } = await rq.db.one<{ total: number }>(sql`SELECT count(*)::int AS total FROM books b WHERE ${where}`);
  const items = await rq.db.many<BookRow>(sql`
    SELECT ${bookColumns} FROM books b JOIN units u ON u.id = b.unit_id WHERE ${where}
    ORDER BY b.unit_path, b.kind, b.title, b.id LIMIT ${s.limit} OFFSET ${s.offset}`);
  return { items, total };
}

export interface AccountRow {
  readonly code: string;
  readonly name: string;
  readonly class: AccountClass;
  readonly subjectId: string | null;
  readonly balance: number;
}

/** Accounts with their kept balances, in the natural direction of each. `left` keeps assets and debts that are not zero. */
export async function listAccounts(
  rq: Rq,
  book: BookRow,
  q: { below?: string | undefined; left?: boolean; limit: number; offset: number },
): Promise<{ items: AccountRow[]; total: number }> {
  const kind = kindOf(book);
  const whole = seesAll(rq, book);
  const { below } = q;
  // Where single accounts are not shown, each account of the chart stands for all below it.
  const code = whole ? sql`a.code` : chartCodeSql(kind.accounts);
  const where = all([
    sql`a.book_id = ${book.id}`,
    below !== undefined && sql`(a.code = ${below} OR a.code ^@ ${`${below}:`})`,
    readable(rq, 'a.unit_path'),
  ]);
  const rows = sql`SELECT ${code} AS code, min(a.name) AS name, a.class, sum(k.balance)::bigint AS balance,
      ${whole ? sql`min(a.subject_id::text)` : sql`NULL`} AS "subjectId"
    FROM accounts a JOIN account_balances k ON k.account_id = a.id WHERE ${where} GROUP BY 1, a.class
    HAVING ${q.left ? sql`sum(k.balance) <> 0 AND a.class IN ('asset', 'liability')` : sql`TRUE`}`;
  const { total } = await rq.db.one<{ total: number }>(sql`SELECT count(*)::int AS total FROM (${rows}) r`);
  const items = await rq.db.many<AccountRow>(sql`SELECT * FROM (${rows}) r ORDER BY ${classOrder('r.class')}, r.code
    LIMIT ${q.limit} OFFSET ${q.offset}`);
  return {
    total,
    items: items.map((a) => ({
      ...a,
      name: accountName(rq, kind, a.code, a.name),
      balance: natural(a.class, a.balance),
    })),
  };
}

/** Zero without a sign: −0 would be another number in a comparison. */
export function natural(of: AccountClass, amount: number): number {
  return amount === 0 ? 0 : amount * naturalSign(of);
}

const order = ['asset', 'liability', 'equity', 'income', 'expense'];
export function classOrder(column: 'a.class' | 'r.class'): Sql {
  return column === 'a.class'
    ? sql`array_position(${order}::text[], a.class)`
    : sql`array_position(${order}::text[], r.class)`;
}

/** The account of the chart to which a row's code belongs; the longest one that fits. */
export function chartCodeSql(accounts: Readonly<Record<string, unknown>>): Sql {
  return sql`coalesce((SELECT c FROM unnest(${Object.keys(accounts)}::text[]) AS c
    WHERE a.code = c OR a.code ^@ (c || ':') ORDER BY length(c) DESC LIMIT 1), a.code)`;
}

const entryColumns = sql`e.id, e.book_id AS "bookId", e.unit_path AS "unitPath", e.number, e.on_day AS "onDay", e.text, e.document,
  e.source_kind AS "sourceKind", e.source_id AS "sourceId", e.attempt, e.reverses,
  (SELECT r.id FROM entries r WHERE r.reverses = e.id) AS "reversedBy",
  (SELECT coalesce(sum(l.amount) FILTER (WHERE l.amount > 0), 0)::bigint FROM entry_lines l WHERE l.entry_id = e.id) AS amount,
  p.name AS "postedByName", e.posted_at AS "postedAt"`;

export interface EntryFound {
  readonly id: string;
  readonly bookId: string;
  readonly unitPath: string;
  readonly number: number;
  readonly onDay: string;
  readonly text: string;
  readonly document: string | null;
  readonly sourceKind: string | null;
  readonly sourceId: string | null;
  readonly attempt: number;
  readonly reverses: string | null;
  readonly reversedBy: string | null;
  readonly amount: number;
  readonly postedByName: string | null;
  readonly postedAt: Date;
}

export interface LineFound {
  readonly accountId: string;
  readonly code: string;
  readonly name: string;
  readonly amount: number;
  readonly subjectId: string | null;
  readonly counterpart: string | null;
  readonly counterpartBookId: string | null;
  readonly purpose: string | null;
  readonly fundSource: string | null;
  readonly note: string | null;
}

export interface EntrySearch {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly q?: string | undefined;
  readonly sourceKind?: string | undefined;
  readonly sourceId?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

export async function listEntries(rq: Rq, book: BookRow, s: EntrySearch) {
  const where = all([
    sql`e.book_id = ${book.id}`,
    readable(rq, 'e.unit_path'),
    s.from !== undefined && sql`e.on_day >= ${s.from}::date`,
    s.to !== undefined && sql`e.on_day <= ${s.to}::date`,
    s.q ? sql`e.text ILIKE ${`%${likeText(s.q)}%`}` : null,
    s.sourceKind !== undefined && sql`e.source_kind = ${s.sourceKind}`,
    s.sourceId !== undefined && sql`e.source_id = ${s.sourceId}`,
  ]);
  const { total } = await rq.db.one<{ total: number }>(
    sql`SELECT count(*)::int AS total FROM entries e WHERE ${where}`,
  );
  const items = await rq.db.many<EntryFound>(sql`
    SELECT ${entryColumns} FROM entries e LEFT JOIN people p ON p.id = e.posted_by WHERE ${where}
    ORDER BY e.on_day DESC, e.number DESC LIMIT ${s.limit} OFFSET ${s.offset}`);
  return { items: items.map((e) => (seesAll(rq, book) ? e : { ...e, text: '' })), total };
}

export async function findEntry(rq: Rq, id: string): Promise<(EntryFound & { lines: LineFound[] }) | undefined> {
  const e = await rq.db.find<EntryFound>(sql`
    SELECT ${entryColumns} FROM entries e LEFT JOIN people p ON p.id = e.posted_by
    WHERE e.id = ${id} AND ${readable(rq, 'e.unit_path')}`);
  if (!e) return undefined;
  const lines = await rq.db.many<LineFound>(sql`
    SELECT l.account_id AS "accountId", a.code, a.name, l.amount, l.subject_id AS "subjectId", l.counterpart,
      l.counterpart_book AS "counterpartBookId", l.purpose, l.fund_source AS "fundSource", l.note
    FROM entry_lines l JOIN accounts a ON a.id = l.account_id WHERE l.entry_id = ${id} AND ${readable(rq, 'l.unit_path')}
    ORDER BY l.position`);
  return { ...e, lines };
}

/** An entry as its reader may see it. */
export async function viewOfEntry(
  rq: Rq,
  e: EntryFound & { readonly lines: readonly LineFound[] },
): Promise<EntryView> {
  const book = await rq.db.one<{ kind: string; unitPath: string }>(
    sql`SELECT b.kind, b.unit_path AS "unitPath" FROM books b WHERE b.id = ${e.bookId} AND ${readable(rq)}`,
  );
  const kind = kindOf(book);
  const whole = seesAll(rq, book);
  return {
    ...e,
    text: whole ? e.text : '',
    postedAt: e.postedAt.toISOString(),
    lines: e.lines.map((l) => {
      const code = shownCode(rq, book, l.code);
      const open = whole || code === l.code;
      return {
        ...l,
        account: code,
        accountName: accountName(rq, kind, code, chartAccount(kind, code)?.words.zh ?? l.name),
        subjectId: open ? l.subjectId : null,
        counterpart: open ? l.counterpart : null,
        note: whole ? l.note : null,
      };
    }),
  };
}
