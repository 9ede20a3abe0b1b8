import { contributionOf } from '../../../domain/economy/index.ts';
import { nextDay } from '../../../domain/records/calendar/index.ts';
import { type Rq, system } from '../../platform/rq.ts';
import { type AgreementRow, listAgreements } from '../../records/agreements/index.ts';
import { type BookRow, listBooks, type NewPosting, postEntries } from '../../records/ledgers/index.ts';
import * as store from './store.ts';

/** The first day on which a book still takes entries: today at the latest, for nothing is closed before it is over. */
const firstOpen = (book: BookRow, after: string): string => {
  const day = book.closedThrough !== null && book.closedThrough > after ? book.closedThrough : after;
  return nextDay(day);
};

/** The agreement by which a branch contributes, as it stood on the last day that was closed. */
async function agreedOf(rq: Rq, branch: BookRow, through: string): Promise<AgreementRow | undefined> {
  const { items } = await listAgreements(rq, {
    kind: 'branch-profit',
    subject: branch.subjectId!,
    state: 'in-force',
    limit: 20,
    offset: 0,
  });
  return items.find((a) => a.fromDay <= through && (a.toDay === null || a.toDay >= through));
}

/**
 * Posts what a branch owes of the profit that is closed and has not contributed yet, in both books, on the first day that is
 * open in each (M419). Profit and contributions are those since the agreement came into force, so closing again after a
 * correction posts the difference alone; what was contributed too much is left to whoever keeps the books.
 */
async function settle(rq: Rq, branch: BookRow, head: BookRow): Promise<void> {
  const through = branch.closedThrough;
  if (through === null || branch.subjectId === null || branch.closedOn !== null || head.closedOn !== null) return;
  const agreed = await agreedOf(rq, branch, through);
  if (!agreed) return;
  const profit = await store.sumProfit(rq, branch.id, agreed.fromDay, through);
  const before = await store.sumContributed(rq, branch.id, agreed.id);
  const amount = contributionOf(profit, Number(agreed.terms['sharePercent'])) - before;
  if (amount <= 0) return;
  const source = { kind: 'agreement', id: `${agreed.id}#profit-${through}-${before}` };
  const text = `上缴总社利润（截至 ${through}，${agreed.title}）`;
  const postings: NewPosting[] = [
    {
      bookId: branch.id,
      onDay: firstOpen(branch, through),
      text,
      source,
      lines: [
        { account: 'expense:head-contribution', amount, counterpartBookId: head.id },
        { account: 'liability:head', amount: -amount, counterpartBookId: head.id },
      ],
    },
    {
      bookId: head.id,
      onDay: firstOpen(head, through),
      text: `分社${text}`,
      source,
      lines: [
        { account: 'asset:receivable', amount, counterpartBookId: branch.id },
        { account: 'income:branch-profit', amount: -amount, counterpartBookId: branch.id },
      ],
    },
  ];
  await postEntries(rq, postings);
}

const branchesAtOnce = 200;

/**
 * Closing a branch settles with its head, and closing a head with every branch: whoever keeps a branch alone may not see the
 * head's book, and then the head's own closing takes it up.
 */
export async function settleProfits(rq: Rq, book: BookRow): Promise<void> {
  if (book.kind !== 'cooperative' || book.closedOn !== null) return;
  const asRecords: Rq = { ...rq, actor: system };
  const kind = 'cooperative';
  if (book.headId !== null) {
    const head = (await listBooks(asRecords, { kind, id: book.headId, limit: 1, offset: 0 })).items[0];
    if (head) await settle(asRecords, book, head);
  }
  for (let offset = 0, all = 1; offset < all; offset += branchesAtOnce) {
    const { items, total } = await listBooks(asRecords, { kind, headId: book.id, limit: branchesAtOnce, offset });
    for (const branch of items) await settle(asRecords, branch, book);
    all = total;
  }
}
