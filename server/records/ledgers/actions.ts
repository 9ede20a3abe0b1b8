import { randomUUID } from 'node:crypto';
import { findBookKind } from '../../../domain/records/ledgers/all.ts';
import {
  amountText,
  type BookKind,
  canClose,
  canCover,
  canDate,
  canHead,
  canPost,
  canReopen,
  canReverse,
  chartAccount,
  type EntryView,
  ledgerReason,
  type NewLine,
} from '../../../domain/records/ledgers/index.ts';
import { unitTypes } from '../../../domain/records/units/index.ts';
import { check, invalid, notFound, refuse } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { getCase } from '../cases/index.ts';
import { getUnit } from '../units/index.ts';
import { accountsFor } from './accounts.ts';
import * as posting from './posting.ts';
import { findEntry, listAccounts, viewOfEntry } from './reads.ts';
import { type BookRow, getBook, kindOf, noBook, noEntry } from './rows.ts';

/** A module's own bound on a kind of book, looked at with each posting behind the book's lock; it refuses by throwing. */
export type PostingGuard = (
  rq: Rq,
  posted: { book: posting.Place; onDay: string; lines: readonly (posting.LineRow & { readonly code: string })[] },
) => Promise<void>;
const guards = new Map<string, PostingGuard>();

export function guardPostings(kind: string, guard: PostingGuard): void {
  guards.set(kind, guard);
}

/** What other modules do when a book has been closed through a day, in the same transaction; wired in app.ts. */
export type ClosingWatcher = (rq: Rq, book: BookRow) => Promise<void>;
const closings = new Set<ClosingWatcher>();

export function watchClosings(watcher: ClosingWatcher): void {
  closings.add(watcher);
}

export interface OpenBook {
  readonly kind: string;
  readonly unitId: number;
  readonly title: string;
  readonly openedOn: string;
  readonly headId?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly caseId?: string | undefined;
}

/** Whom the book belongs to, as its kind wants it. */
async function checkBelonging(rq: Rq, kind: BookKind, input: OpenBook): Promise<void> {
  const names = { kind: kind.words.zh, kindEn: kind.words.en };
  const [subject] = input.subjectId ? await posting.findSubjects(rq, [input.subjectId]) : [];
  if (input.subjectId && !subject) throw notFound({ zh: '该主体', en: 'subject' });
  if ((subject && !kind.ofSubject?.includes(subject.kind)) || (kind.ofSubject && !subject && !kind.ofCase))
    throw refuse(ledgerReason('book-of-subject', names));
  const about = input.caseId ? await getCase(rq, input.caseId) : undefined;
  if ((about && !kind.ofCase?.includes(about.type)) || (kind.ofCase && !about && !subject))
    throw refuse(ledgerReason('book-of-case', names));
}

/** Opens a book with the chart of its kind. `ledgers.write` is needed at its unit. */
export async function openBook(rq: Rq, input: OpenBook): Promise<BookRow> {
  const kind = findBookKind(input.kind);
  if (!kind)
    throw invalid([{ path: 'body.kind', message: { zh: '没有这类账簿', en: 'There is no such kind of book' } }]);
  const unit = await getUnit(rq, input.unitId);
  mustHold(rq, 'ledgers.write', unit.path);
  if (!kind.on.includes(unit.type)) {
    const type = unitTypes[unit.type].words;
    throw refuse(
      ledgerReason('book-kind-unit', {
        kind: kind.words.zh,
        kindEn: kind.words.en,
        type: type.zh,
        typeEn: type.en,
      }),
    );
  }
  if (unit.validTo !== null) throw refuse(ledgerReason('book-unit-ended', { name: unit.name }));
  if (input.openedOn > dayOf(rq.now)) throw refuse(ledgerReason('book-opened-ahead'));
  if (input.headId) {
    const head = await getBook(rq, input.headId);
    check(canHead(kind, unit.path, { ...head, words: kindOf(head).words }));
  }
  await checkBelonging(rq, kind, input);
  const row = {
    ...input,
    id: randomUUID(),
    unitPath: unit.path,
    measure: kind.measure,
    headId: input.headId ?? null,
    subjectId: input.subjectId ?? null,
    caseId: input.caseId ?? null,
    closedThrough: null,
    closedOn: null,
  };
  await posting.insertBook(rq, row);
  const chart = Object.keys(kind.accounts).map((code) => posting.chartRow(kind, code));
  await posting.insertAccounts(rq, row, chart);
  await record(rq, { verb: 'book.open', subject: { kind: 'book', id: row.id }, path: unit.path, after: row });
  return getBook(rq, row.id);
}

export interface NewPosting {
  readonly bookId: string;
  readonly onDay: string;
  readonly text: string;
  readonly lines: readonly NewLine[];
  readonly document?: string | undefined;
  readonly source?: { readonly kind: string; readonly id: string } | undefined;
  /** Posts a source anew, once all that was posted from it has been turned round. */
  readonly again?: boolean | undefined;
}

/** The entry, and whether it was made now: what follows from one source is posted once, however often it is tried. */
export interface PostResult {
  readonly entry: EntryView;
  readonly fresh: boolean;
}

async function earlier(rq: Rq, input: NewPosting): Promise<{ entry: EntryView | null; attempt: number }> {
  if (!input.source) return { entry: null, attempt: 1 };
  // With a source somebody else may be posting the same at this moment: whoever comes second finds it behind the lock.
  await posting.lockBooks(rq, [input.bookId]);
  const former = await posting.findFromSource(rq, input.bookId, input.source);
  if (!former) return { entry: null, attempt: 1 };
  if (former.reversed && input.again) return { entry: null, attempt: former.attempt + 1 };
  if (input.again) throw refuse(ledgerReason('entry-source-posted', { number: former.number }));
  return { entry: await viewOfEntry(rq, (await findEntry(rq, former.id))!), attempt: 0 };
}

/** Posts one entry. The actor needs `ledgers.write` at the book's unit. */
export async function postEntry(rq: Rq, input: NewPosting): Promise<PostResult> {
  const codes = [...new Set(input.lines.flatMap((l) => accountCodes(l)))];
  const place = await posting.findPlace(rq, input.bookId, codes);
  if (!place) throw noBook;
  mustHold(rq, 'ledgers.write', place.unitPath);
  const { entry, attempt } = await earlier(rq, input);
  if (entry) return { entry, fresh: false };
  const kind = kindOf(place);
  check(canPost(kind, place, input, dayOf(rq.now)));
  const others = input.lines.flatMap((l) => l.counterpartBookId ?? []);
  if (others.length > 0) {
    const related = await posting.relatedBooks(rq, place, others);
    if (others.some((id) => !related.has(id))) throw refuse(ledgerReason('book-counterpart'));
  }
  const accounts = await accountsFor(rq, kind, place, input.lines);
  const lines = input.lines.map((l, i) => ({
    id: randomUUID(),
    accountId: accounts[i]!.id,
    amount: l.amount,
    subjectId: l.subjectId ?? null,
    counterpart: l.counterpart ?? null,
    counterpartBookId: l.counterpartBookId ?? null,
    purpose: l.purpose ?? null,
    fundSource: l.fundSource ?? null,
    note: l.note ?? null,
  }));
  const view = await write(rq, {
    kind,
    place,
    accounts,
    lines,
    entry: {
      id: randomUUID(),
      bookId: place.id,
      unitPath: place.unitPath,
      onDay: input.onDay,
      text: input.text,
      sourceKind: input.source?.kind ?? null,
      sourceId: input.source?.id ?? null,
      attempt,
      document: input.document ?? null,
      reverses: null,
    },
  });
  return { entry: view, fresh: true };
}

/** Posts in several books at once, all or nothing; the books are locked in one order, so that nobody waits in a circle. */
export async function postEntries(rq: Rq, inputs: readonly NewPosting[]): Promise<PostResult[]> {
  await posting.lockBooks(rq, [...new Set(inputs.map((i) => i.bookId))]);
  const results: PostResult[] = [];
  for (const input of inputs) results.push(await postEntry(rq, input));
  return results;
}

/** The codes a line may stand on: its own, or the one opened below it for a subject or a person. */
function accountCodes(l: NewLine): string[] {
  const holder = l.personId ?? l.subjectId;
  return holder ? [l.account, `${l.account}:${holder.toLowerCase()}`] : [l.account];
}

interface Writing {
  readonly kind: BookKind;
  readonly place: posting.Place;
  readonly entry: posting.EntryRow;
  readonly lines: readonly posting.LineRow[];
  /** Of each line, in the same order. */
  readonly accounts: readonly { readonly id: string; readonly code: string; readonly name: string }[];
}

/** Writes an entry with its lines, balances and journal row, and refuses what the book does not hold. */
async function write(rq: Rq, w: Writing): Promise<EntryView> {
  const posted = await posting.insertEntry(rq, w.entry, w.lines);
  if (!posted) {
    // Between the look at the book and the lock somebody closed the day.
    const place = await posting.findPlace(rq, w.place.id, []);
    throw refuse(
      (place && canDate(place, w.entry.onDay, dayOf(rq.now))) ?? ledgerReason('book-ended', { day: dayOf(rq.now) }),
    );
  }
  const changes = new Map<string, number>();
  w.lines.forEach((l) => changes.set(l.accountId, (changes.get(l.accountId) ?? 0) + l.amount));
  if (posted.balances.length !== changes.size) throw new Error(`Balances are missing in book ${w.place.id}.`);
  const codes = new Map(w.accounts.map((a) => [a.id, a.code]));
  check(
    canCover(
      w.kind,
      posted.balances.map((b) => ({
        code: codes.get(b.accountId)!,
        change: changes.get(b.accountId)!,
        balance: b.balance,
      })),
    ),
  );
  const lines = w.lines.map((l) => ({ ...l, code: codes.get(l.accountId)! }));
  await guards.get(w.kind.kind)?.(rq, { book: w.place, onDay: w.entry.onDay, lines });
  await record(rq, {
    verb: w.entry.reverses ? 'entry.reverse' : 'entry.post',
    subject: { kind: 'entry', id: w.entry.id },
    path: w.place.unitPath,
    after: journalOf(w, posted.number),
  });
  return {
    ...w.entry,
    number: posted.number,
    reversedBy: null,
    amount: w.lines.reduce((sum, l) => sum + Math.max(l.amount, 0), 0),
    postedByName: rq.actor.personId === null ? null : rq.actor.name,
    postedAt: rq.now.toISOString(),
    lines: w.lines.map((l, i) => ({
      ...l,
      account: w.accounts[i]!.code,
      accountName: chartAccount(w.kind, w.accounts[i]!.code)?.words[rq.lang] ?? w.accounts[i]!.name,
    })),
  };
}

/** What the journal keeps; of a private book the act and not whose points they are. */
function journalOf(w: Writing, number: number): Record<string, unknown> {
  const { bookId, onDay, reverses, sourceKind, sourceId, document, text } = w.entry;
  const act = { bookId, number, onDay, reverses, sourceKind, sourceId, document };
  if (w.kind.private) return act;
  const lines = w.lines.map((l, i) => ({
    account: w.accounts[i]!.code,
    amount: l.amount,
    purpose: l.purpose,
    fundSource: l.fundSource,
    counterpart: l.counterpart ?? l.counterpartBookId,
  }));
  return { ...act, text, lines };
}

/** Turns an entry round by another one; nothing that was posted is ever changed. */
export async function reverseEntry(
  rq: Rq,
  id: string,
  input: { readonly onDay: string; readonly reason: string },
): Promise<EntryView> {
  const found = await findEntry(rq, id);
  if (!found) throw noEntry;
  mustHold(rq, 'ledgers.write', found.unitPath);
  await posting.lockBooks(rq, [found.bookId]);
  // Looked at again behind the lock: somebody may have turned it round a moment ago.
  const e = (await findEntry(rq, id))!;
  const place = (await posting.findPlace(rq, e.bookId, []))!;
  check(canReverse(e, input.onDay) ?? canDate(place, input.onDay, dayOf(rq.now)));
  return write(rq, {
    kind: kindOf(place),
    place,
    accounts: e.lines.map((l) => ({ id: l.accountId, code: l.code, name: l.name })),
    lines: e.lines.map((l) => ({ ...l, id: randomUUID(), amount: -l.amount })),
    entry: {
      id: randomUUID(),
      bookId: e.bookId,
      unitPath: e.unitPath,
      onDay: input.onDay,
      text: input.reason,
      sourceKind: e.sourceKind,
      sourceId: e.sourceId,
      attempt: e.attempt,
      document: null,
      reverses: e.id,
    },
  });
}

async function lockedBook(rq: Rq, id: string): Promise<BookRow> {
  const book = await getBook(rq, id);
  mustHold(rq, 'ledgers.write', book.unitPath);
  await posting.lockBooks(rq, [id]);
  return getBook(rq, id);
}

/** Closes everything through a day; with `ends` the book itself, once nothing is left in it. */
export async function closeBook(
  rq: Rq,
  id: string,
  input: { readonly through: string; readonly ends?: boolean; readonly document?: string | undefined },
): Promise<BookRow> {
  const book = await lockedBook(rq, id);
  check(canClose(book, input.through, dayOf(rq.now)));
  if (input.ends) {
    const { items } = await listAccounts(rq, book, { limit: 1, offset: 0, left: true });
    const [left] = items;
    if (left)
      throw refuse(
        ledgerReason('book-not-empty', { account: left.name, balance: amountText(book.measure, left.balance) }),
      );
  }
  await posting.setClosed(rq, id, input.through, input.ends ? dayOf(rq.now) : null);
  await record(rq, {
    verb: 'book.close',
    subject: { kind: 'book', id },
    path: book.unitPath,
    before: { closedThrough: book.closedThrough },
    after: { closedThrough: input.through, ends: input.ends === true, document: input.document },
  });
  const closed = await getBook(rq, id);
  for (const watcher of closings) await watcher(rq, closed);
  return getBook(rq, id);
}

/** Opens a closed period again from a day on: a recorded act with its reason. */
export async function reopenBook(
  rq: Rq,
  id: string,
  input: { readonly from: string; readonly reason: string },
): Promise<BookRow> {
  const book = await lockedBook(rq, id);
  check(canReopen(book, input.from));
  const before = dayBefore(input.from);
  const through = before < book.openedOn ? null : before;
  await posting.setClosed(rq, id, through, null);
  await record(rq, {
    verb: 'book.reopen',
    subject: { kind: 'book', id },
    path: book.unitPath,
    before: { closedThrough: book.closedThrough },
    after: { closedThrough: through, reason: input.reason },
  });
  return getBook(rq, id);
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
