import {
  type AgreementKind,
  agreementReason,
  type DuePosting,
  dueThrough,
} from '../../../domain/records/agreements/index.ts';
import { findBookKind } from '../../../domain/records/ledgers/all.ts';
import type { BookKind } from '../../../domain/records/ledgers/index.ts';
import { refuse } from '../../platform/errors.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { type BookRow, listBooks, listPostedFrom, postEntries } from '../ledgers/index.ts';
import { type AgreementRow, getAgreement, kindOf } from './rows.ts';
import * as store from './store.ts';

const sourceOf = (id: string, key: string) => `${id}#${key}`;

/** What the terms make due through a day, and in which entry each was posted. */
export async function duePostings(rq: Rq, agreementId: string, through: string): Promise<DuePosting[]> {
  const agreement = await getAgreement(rq, agreementId);
  return dueOf(rq, agreement, kindOf(agreement), through);
}

async function dueOf(rq: Rq, a: AgreementRow, kind: AgreementKind, through: string): Promise<DuePosting[]> {
  const due = dueThrough(kind, a, through);
  const posted = await listPostedFrom(
    rq,
    'agreement',
    due.map((p) => sourceOf(a.id, p.key)),
  );
  return due.map((p) => ({
    key: p.key,
    book: p.book,
    onDay: p.day,
    debit: p.debit,
    credit: p.credit,
    amount: p.amount,
    text: p.text,
    purpose: p.purpose ?? null,
    entryId: posted.get(sourceOf(a.id, p.key)) ?? null,
  }));
}

/** The open book of that kind at the agreement's unit: of one of its parties where the kind belongs to subjects. */
async function bookFor(
  rq: Rq,
  a: AgreementRow,
  kind: BookKind,
  subjectIds: readonly string[],
  asked: string | undefined,
): Promise<BookRow> {
  const { items } = await listBooks(rq, { kind: kind.kind, underPath: a.unitPath, open: true, limit: 200, offset: 0 });
  const fits = items.filter(
    (b) => b.unitId === a.unitId && (b.subjectId === null || !kind.ofSubject || subjectIds.includes(b.subjectId)),
  );
  const words = { book: kind.words.zh, bookEn: kind.words.en };
  if (asked !== undefined) {
    const found = fits.find((b) => b.id === asked.toLowerCase());
    if (!found) throw refuse(agreementReason('agreement-other-book'));
    return found;
  }
  if (fits.length === 0) throw refuse(agreementReason('agreement-no-book', words));
  if (fits.length > 1) throw refuse(agreementReason('agreement-which-book', words));
  return fits[0]!;
}

/** Posts what is due and not posted yet, all or nothing. An instalment that was reversed is not posted again by itself. */
export async function postDue(
  rq: Rq,
  agreementId: string,
  input: { readonly through: string; readonly bookId?: string | undefined },
): Promise<{ posted: number; items: DuePosting[] }> {
  const agreement = await getAgreement(rq, agreementId, { hold: true });
  const kind = kindOf(agreement);
  mustHold(rq, 'ledgers.write', agreement.unitPath);
  if (!kind.postings)
    throw refuse(agreementReason('agreement-posts-none', { kind: kind.words.zh, kindEn: kind.words.en }));
  if (agreement.state !== 'in-force' && agreement.state !== 'ended')
    throw refuse(agreementReason('agreement-not-in-force'));
  const today = dayOf(rq.now);
  const through = input.through < today ? input.through : today;
  const open = (await dueOf(rq, agreement, kind, through)).filter((p) => p.entryId === null);
  const parties = await store.listParties(rq, agreementId);
  const subjectIds = parties.flatMap((p) => p.subjectId ?? []);
  const books = new Map<string, { book: BookRow; kind: BookKind }>();
  for (const name of new Set(open.map((p) => p.book))) {
    const bookKind = findBookKind(name);
    if (!bookKind) throw new Error(`${kind.kind} posts in a book ${name} that is not declared.`);
    books.set(name, { kind: bookKind, book: await bookFor(rq, agreement, bookKind, subjectIds, input.bookId) });
  }
  /** The party whose own account it is, where the chart keeps one for each. */
  const holder = (bookKind: BookKind, account: string) => {
    const kinds = bookKind.accounts[account]?.perSubject;
    return kinds && parties.find((p) => p.subjectKind !== null && kinds.includes(p.subjectKind))?.subjectId;
  };
  // What fell due before a book was opened is in its opening balances.
  const fitting = open.filter((p) => p.onDay >= books.get(p.book)!.book.openedOn);
  const results = await postEntries(
    rq,
    fitting.map((p) => {
      const { book, kind: bookKind } = books.get(p.book)!;
      const line = (account: string, amount: number) => {
        const subjectId = holder(bookKind, account);
        const purpose = p.purpose !== null && Object.hasOwn(bookKind.purposes ?? {}, p.purpose) ? p.purpose : undefined;
        return { account, amount, purpose, ...(subjectId ? { subjectId } : {}) };
      };
      return {
        bookId: book.id,
        onDay: p.onDay,
        text: `${p.text.zh}（${agreement.title}）`,
        lines: [line(p.debit, p.amount), line(p.credit, -p.amount)],
        document: agreement.number ?? undefined,
        source: { kind: 'agreement', id: sourceOf(agreement.id, p.key) },
      };
    }),
  );
  return { posted: results.filter((r) => r.fresh).length, items: await dueOf(rq, agreement, kind, input.through) };
}
