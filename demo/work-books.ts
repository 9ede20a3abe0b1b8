import { findBookKind } from '../domain/records/ledgers/all.ts';
import { type BookKind, chartAccount } from '../domain/records/ledgers/index.ts';
import { insertMany } from './ground.ts';
import type { Laying } from './work-insert.ts';
import { type BookRow, idOf, type Line, type Work } from './work-kit.ts';

/**
 * Books as the ledger itself would have kept them: the accounts that were ever posted to, one for each household that was
 * paid, entries in the order of their days, lines that balance (the database looks again when the transaction ends), and
 * balances that are the sums of their lines.
 */

interface Account {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly class: string;
  readonly subject: string | null;
}

function kindOf(book: BookRow): BookKind {
  const kind = findBookKind(book.kind);
  if (!kind) throw new Error(`The demo keeps a book of kind ${book.kind}, which is not declared.`);
  return kind;
}

const codeOf = (kind: BookKind, line: Line) =>
  line.subject !== undefined && chartAccount(kind, line.account)?.perSubject
    ? `${line.account}:${line.subject}`
    : line.account;

function accountsOf(book: BookRow, names: ReadonlyMap<string, string>): Account[] {
  const kind = kindOf(book);
  const account = (code: string, chart: string, subject: string | null): Account => {
    const of = chartAccount(kind, chart);
    if (!of) throw new Error(`Books of kind ${book.kind} have no account ${chart}.`);
    const name = subject === null ? of.words.zh : names.get(subject)!;
    return { id: idOf(`${book.id}/account/${code}`), code, name, class: of.class, subject };
  };
  const accounts = new Map<string, Account>();
  for (const line of book.entries.flatMap((e) => e.lines)) {
    const code = codeOf(kind, line);
    if (!accounts.has(code)) accounts.set(code, account(code, line.account, line.subject ?? null));
  }
  return [...accounts.values()];
}

async function insertBookRows(l: Laying, books: readonly BookRow[]): Promise<void> {
  const columns = {
    id: 'uuid',
    kind: 'text',
    unit_id: 'int',
    unit_path: 'text',
    title: 'text',
    measure: 'text',
    parent_id: 'uuid',
    subject_id: 'uuid',
    case_id: 'uuid',
    opened_on: 'date',
    entries: 'int',
    created_at: 'timestamptz',
  };
  const heads = books.toSorted((a, b) => Number(a.head !== undefined) - Number(b.head !== undefined));
  const rows = heads.map((b) => ({
    id: b.id,
    kind: b.kind,
    unit_id: l.unit(b.at),
    unit_path: l.path(b.at),
    title: b.title,
    measure: kindOf(b).measure,
    parent_id: b.head ?? null,
    subject_id: b.subject ?? null,
    case_id: b.case ?? null,
    opened_on: b.opened,
    entries: b.entries.length,
    created_at: `${b.opened}T09:00:00+08:00`,
  }));
  await insertMany(l.rq.db, 'books', columns, rows);
}

async function insertAccountRows(l: Laying, books: readonly BookRow[], accounts: ReadonlyMap<string, Account[]>) {
  const columns = {
    id: 'uuid',
    book_id: 'uuid',
    unit_path: 'text',
    code: 'text',
    name: 'text',
    class: 'text',
    subject_id: 'uuid',
  };
  const rows = books.flatMap((b) =>
    accounts.get(b.id)!.map((a) => ({
      id: a.id,
      book_id: b.id,
      unit_path: l.path(b.at),
      code: a.code,
      name: a.name,
      class: a.class,
      subject_id: a.subject,
    })),
  );
  await insertMany(l.rq.db, 'accounts', columns, rows);
  const balances = new Map<string, number>();
  for (const b of books)
    for (const line of b.entries.flatMap((e) => e.lines)) {
      const id = idOf(`${b.id}/account/${codeOf(kindOf(b), line)}`);
      balances.set(id, (balances.get(id) ?? 0) + line.amount);
    }
  await insertMany(
    l.rq.db,
    'account_balances',
    { account_id: 'uuid', book_id: 'uuid', unit_path: 'text', balance: 'bigint' },
    rows.map((a) => ({
      account_id: a.id,
      book_id: a.book_id,
      unit_path: a.unit_path,
      balance: balances.get(a.id) ?? 0,
    })),
  );
}

interface Posted {
  readonly book: BookRow;
  readonly id: string;
  readonly number: number;
  readonly entry: BookRow['entries'][number];
}

async function insertEntryRows(l: Laying, posted: readonly Posted[]): Promise<void> {
  const columns = {
    id: 'uuid',
    book_id: 'uuid',
    unit_path: 'text',
    number: 'int',
    on_day: 'date',
    text: 'text',
    document: 'text',
    source_kind: 'text',
    source_id: 'text',
    posted_at: 'timestamptz',
  };
  const rows = posted.map((p) => ({
    id: p.id,
    book_id: p.book.id,
    unit_path: l.path(p.book.at),
    number: p.number,
    on_day: p.entry.on,
    text: p.entry.text,
    document: p.entry.document ?? null,
    source_kind: p.entry.source?.kind ?? null,
    source_id: p.entry.source?.id ?? null,
    posted_at: `${p.entry.on}T15:00:00+08:00`,
  }));
  await insertMany(l.rq.db, 'entries', columns, rows);
}

async function insertLines(l: Laying, posted: readonly Posted[]): Promise<void> {
  const columns = {
    id: 'uuid',
    entry_id: 'uuid',
    book_id: 'uuid',
    account_id: 'uuid',
    unit_path: 'text',
    on_day: 'date',
    position: 'int',
    amount: 'bigint',
    counterpart_book: 'uuid',
    subject_id: 'uuid',
    purpose: 'text',
    fund_source: 'text',
  };
  const rows = posted.flatMap((p) =>
    p.entry.lines.map((line, i) => ({
      id: idOf(`${p.id}/line/${i}`),
      entry_id: p.id,
      book_id: p.book.id,
      account_id: idOf(`${p.book.id}/account/${codeOf(kindOf(p.book), line)}`),
      unit_path: l.path(p.book.at),
      on_day: p.entry.on,
      position: i + 1,
      amount: line.amount,
      counterpart_book: line.book ?? null,
      subject_id: line.subject ?? null,
      purpose: line.purpose ?? null,
      fund_source: line.fundSource ?? null,
    })),
  );
  await insertMany(l.rq.db, 'entry_lines', columns, rows);
}

export async function insertBooks(l: Laying, { books, subjects }: Work): Promise<void> {
  const names = new Map(subjects.map((s) => [s.id, s.name]));
  const accounts = new Map(books.map((b) => [b.id, accountsOf(b, names)]));
  await insertBookRows(l, books);
  await insertAccountRows(l, books, accounts);
  const posted = books.flatMap((book) =>
    book.entries
      .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
      .map((entry, i) => ({ book, entry, number: i + 1, id: idOf(`${book.id}/entry/${i + 1}`) })),
  );
  await insertEntryRows(l, posted);
  await insertLines(l, posted);
}
