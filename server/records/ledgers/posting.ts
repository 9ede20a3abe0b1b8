import { randomUUID } from 'node:crypto';
import { type BookKind, type ChartAccount, chartAccount } from '../../../domain/records/ledgers/index.ts';
import { json, sql, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { type BookRow, readable } from './rows.ts';

/** What an entry needs to know of its book and accounts, in one answer and without a lock. */
export interface Place extends Pick<
  BookRow,
  'id' | 'kind' | 'unitId' | 'unitPath' | 'measure' | 'headId' | 'openedOn' | 'closedThrough' | 'closedOn' | 'entries'
> {
  readonly accounts: readonly { readonly id: string; readonly code: string; readonly name: string }[];
}

export function findPlace(rq: Rq, bookId: string, codes: readonly string[]): Promise<Place | undefined> {
  return rq.db.find<Place>(sql`
    SELECT b.id, b.kind, b.unit_id AS "unitId", b.unit_path AS "unitPath", b.measure, b.parent_id AS "headId",
      b.opened_on AS "openedOn", b.closed_through AS "closedThrough", b.closed_on AS "closedOn", b.entries,
      (SELECT coalesce(json_agg(json_build_object('id', a.id, 'code', a.code, 'name', a.name)), '[]') FROM accounts a
        WHERE a.book_id = b.id AND a.code = ANY (${[...codes]}::text[])) AS accounts
    FROM books b WHERE b.id = ${bookId} AND ${readable(rq)}`);
}

/** Books are locked in the order of their ids, so that two who post in the same two books never wait for each other. */
export async function lockBooks(rq: Rq, ids: readonly string[]): Promise<void> {
  await rq.db.many(sql`SELECT id FROM books b WHERE b.id = ANY (${[...ids]}::uuid[]) AND ${visible(rq, 'b.unit_path')}
    ORDER BY b.id FOR UPDATE`);
}

export interface NewAccount {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly class: ChartAccount['class'];
  readonly subjectId: string | null;
  readonly personId: string | null;
}

/** The account of the chart itself, as a row. */
export function chartRow(kind: BookKind, code: string): NewAccount {
  const chart = chartAccount(kind, code)!;
  return { id: randomUUID(), code, name: chart.words.zh, class: chart.class, subjectId: null, personId: null };
}

/** Opens accounts with a balance of zero. The book is locked by the caller, so nobody opens the same one meanwhile. */
export async function insertAccounts(
  rq: Rq,
  book: { readonly id: string; readonly unitPath: string },
  rows: readonly NewAccount[],
): Promise<void> {
  await rq.db.run(sql`
    WITH a AS (
      INSERT INTO accounts (id, book_id, unit_path, code, name, class, subject_id, person_id)
      SELECT x.id, ${book.id}, ${book.unitPath}, x.code, x.name, x.class, x.subject_id, x.person_id FROM unnest(
        ${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.code)}::text[], ${rows.map((r) => r.name)}::text[],
        ${rows.map((r) => r.class)}::text[], ${rows.map((r) => r.subjectId)}::uuid[], ${rows.map((r) => r.personId)}::uuid[])
        AS x (id, code, name, class, subject_id, person_id)
      ON CONFLICT (book_id, code) DO NOTHING RETURNING id, book_id, unit_path)
    INSERT INTO account_balances (account_id, book_id, unit_path) SELECT id, book_id, unit_path FROM a`);
}

export interface Holder {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
}

export function findSubjects(rq: Rq, ids: readonly string[]): Promise<Holder[]> {
  return rq.db.many<Holder>(sql`SELECT s.id, s.kind, s.name FROM subjects s
    WHERE s.id = ANY (${[...ids]}::uuid[]) AND ${visible(rq, 's.unit_path')}`);
}

export function findPersons(rq: Rq, ids: readonly string[]): Promise<Holder[]> {
  return rq.db.many<Holder>(sql`SELECT p.id, 'person' AS kind, p.name FROM people p
    WHERE p.id = ANY (${[...ids]}::uuid[]) AND ${visible(rq, 'p.unit_path')}`);
}

/** Books among these that belong to the same tree as a book: its head, its branches, or branches of one head. */
export async function relatedBooks(rq: Rq, book: Place, ids: readonly string[]): Promise<Set<string>> {
  const found = await rq.db.many<{ id: string }>(sql`SELECT b.id FROM books b
    WHERE b.id = ANY (${[...ids]}::uuid[]) AND b.id <> ${book.id} AND ${visible(rq, 'b.unit_path')}
      AND (b.parent_id = ${book.id} OR b.id = ${book.headId}::uuid OR b.parent_id = ${book.headId}::uuid)`);
  return new Set(found.map((b) => b.id));
}

export interface LineRow {
  readonly id: string;
  readonly accountId: string;
  readonly amount: number;
  readonly subjectId: string | null;
  readonly counterpart: string | null;
  readonly counterpartBookId: string | null;
  readonly purpose: string | null;
  readonly fundSource: string | null;
  readonly note: string | null;
}

export interface EntryRow {
  readonly id: string;
  readonly bookId: string;
  readonly unitPath: string;
  readonly onDay: string;
  readonly text: string;
  readonly sourceKind: string | null;
  readonly sourceId: string | null;
  readonly attempt: number;
  readonly document: string | null;
  readonly reverses: string | null;
}

export interface Posted {
  readonly number: number;
  readonly balances: readonly { readonly accountId: string; readonly balance: number }[];
}

/**
 * Number, entry, lines and balances in one statement, behind one lock: that of the book's row. Undefined when the day has
 * been closed meanwhile. The lock is held until the transaction ends, so what comes after this is short.
 */
export function insertEntry(rq: Rq, e: EntryRow, lines: readonly LineRow[]): Promise<Posted | undefined> {
  const of = <K extends keyof LineRow>(key: K) => lines.map((l) => l[key]);
  return rq.db.find<Posted>(sql`
    WITH b AS (
      UPDATE books SET entries = entries + 1 WHERE id = ${e.bookId} AND closed_on IS NULL
        AND (closed_through IS NULL OR closed_through < ${e.onDay}::date) RETURNING id, unit_path, entries),
    e AS (
      INSERT INTO entries (id, book_id, unit_path, number, on_day, text, source_kind, source_id, attempt, document, reverses,
        posted_by, posted_at)
      SELECT ${e.id}::uuid, b.id, b.unit_path, b.entries, ${e.onDay}::date, ${e.text}, ${e.sourceKind}, ${e.sourceId}, ${e.attempt},
        ${e.document}, ${e.reverses}::uuid, ${rq.actor.personId}::uuid, ${rq.now}::timestamptz FROM b
      RETURNING id, book_id, unit_path, number, on_day),
    l AS (
      INSERT INTO entry_lines (id, entry_id, book_id, unit_path, on_day, account_id, position, amount, subject_id, counterpart,
        counterpart_book, purpose, fund_source, note)
      SELECT x.id, e.id, e.book_id, e.unit_path, e.on_day, x.account_id, x.position, x.amount, x.subject_id, x.counterpart,
        x.counterpart_book, x.purpose, x.fund_source, x.note
      FROM e CROSS JOIN unnest(${of('id')}::uuid[], ${of('accountId')}::uuid[], ${of('amount')}::bigint[],
        ${of('subjectId')}::uuid[], ${of('counterpart')}::text[], ${of('counterpartBookId')}::uuid[], ${of('purpose')}::text[],
        ${of('fundSource')}::text[], ${of('note')}::text[]) WITH ORDINALITY
        AS x (id, account_id, amount, subject_id, counterpart, counterpart_book, purpose, fund_source, note, position)
      RETURNING account_id, amount),
    k AS (
      UPDATE account_balances a SET balance = a.balance + s.amount
      FROM (SELECT account_id, sum(amount)::bigint AS amount FROM l GROUP BY account_id) s
      WHERE a.account_id = s.account_id RETURNING a.account_id, a.balance)
    SELECT e.number, (SELECT json_agg(json_build_object('accountId', k.account_id, 'balance', k.balance)) FROM k) AS balances
    FROM e`);
}

/** What was posted from a source in a book, the newest first. */
export function findFromSource(
  rq: Rq,
  bookId: string,
  source: { readonly kind: string; readonly id: string },
): Promise<{ id: string; number: number; attempt: number; reversed: boolean } | undefined> {
  return rq.db.find(sql`
    SELECT e.id, e.number, e.attempt, EXISTS (SELECT 1 FROM entries r WHERE r.reverses = e.id) AS reversed
    FROM entries e WHERE e.book_id = ${bookId} AND e.source_kind = ${source.kind} AND e.source_id = ${source.id}
      AND e.reverses IS NULL AND ${visible(rq, 'e.unit_path')} ORDER BY e.attempt DESC LIMIT 1`);
}

/** The first entry that was posted from each of these sources, in whatever book. */
export async function listPostedFrom(rq: Rq, kind: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await rq.db.many<{ sourceId: string; id: string }>(sql`
    SELECT DISTINCT ON (e.source_id) e.source_id AS "sourceId", e.id FROM entries e
    WHERE e.source_kind = ${kind} AND e.source_id = ANY (${[...ids]}::text[]) AND e.reverses IS NULL
      AND ${visible(rq, 'e.unit_path')} ORDER BY e.source_id, e.attempt DESC`);
  return new Map(found.map((f) => [f.sourceId, f.id]));
}

export async function insertBook(rq: Rq, b: Omit<BookRow, 'unitName' | 'branches' | 'entries'>): Promise<void> {
  await rq.db.run(sql`
    INSERT INTO books (id, kind, unit_id, unit_path, title, measure, parent_id, subject_id, case_id, opened_on, created_at, data)
    VALUES (${b.id}, ${b.kind}, ${b.unitId}, ${b.unitPath}, ${b.title}, ${b.measure}, ${b.headId}, ${b.subjectId}, ${b.caseId},
      ${b.openedOn}, ${rq.now}, ${json({})}::jsonb)`);
}

export async function setClosed(rq: Rq, id: string, through: string | null, on: string | null): Promise<void> {
  await rq.db.run(sql`UPDATE books SET closed_through = ${through}, closed_on = ${on} WHERE id = ${id}`);
}
