import type { Reason } from '../../words.ts';
import { amountText, isBelow, naturalSign } from './amounts.ts';
import type { BookKind, ChartAccount } from './kind.ts';
import { ledgerReason } from './reasons.ts';

/** Sums of a book stay far inside the whole numbers that are exact in every program. */
export const largestAmount = 1_000_000_000_000;

export interface BookFacts {
  readonly openedOn: string;
  readonly closedThrough: string | null;
  readonly closedOn: string | null;
}

export interface LineFacts {
  /** Code in the chart of the kind; what is opened for a subject or a person stands below it. */
  readonly account: string;
  readonly amount: number;
  readonly purpose?: string | null | undefined;
  readonly fundSource?: string | null | undefined;
}

export function chartAccount(kind: BookKind, code: string): ChartAccount | undefined {
  return Object.hasOwn(kind.accounts, code) ? kind.accounts[code] : undefined;
}

/** The account of the chart to which a code belongs, for accounts opened below it too. */
export function chartCodeOf(kind: BookKind, code: string): string {
  const found = Object.keys(kind.accounts).filter((c) => isBelow(code, c));
  return found.sort((a, b) => b.length - a.length)[0] ?? code;
}

/** Whether something may be dated on this day in the book. */
export function canDate(book: BookFacts, day: string, today: string): Reason | null {
  if (book.closedOn !== null) return ledgerReason('book-ended', { day: book.closedOn });
  if (day > today) return ledgerReason('entry-ahead');
  if (day < book.openedOn) return ledgerReason('entry-before-book', { day: book.openedOn });
  if (book.closedThrough !== null && day <= book.closedThrough)
    return ledgerReason('entry-closed-period', { day: book.closedThrough });
  return null;
}

function lineReason(kind: BookKind, line: LineFacts): Reason | null {
  const chart = chartAccount(kind, line.account);
  if (!chart) return ledgerReason('entry-no-account', { account: line.account });
  if (Math.abs(line.amount) > largestAmount) return ledgerReason('entry-too-large');
  const { purpose, fundSource } = line;
  if (purpose && !Object.hasOwn(kind.purposes ?? {}, purpose)) return ledgerReason('entry-purpose', { purpose });
  if (fundSource && !Object.hasOwn(kind.fundSources ?? {}, fundSource))
    return ledgerReason('entry-fund-source', { source: fundSource });
  const account = chart.words.zh;
  if (chart.needs?.includes('purpose') && !purpose) return ledgerReason('entry-needs-purpose', { account });
  if (chart.needs?.includes('fundSource') && !fundSource) return ledgerReason('entry-needs-fund-source', { account });
  return null;
}

/** An entry balances, is dated in an open day, and says what its kind of book knows. */
export function canPost(
  kind: BookKind,
  book: BookFacts,
  entry: { readonly onDay: string; readonly lines: readonly LineFacts[] },
  today: string,
): Reason | null {
  const dated = canDate(book, entry.onDay, today);
  if (dated) return dated;
  for (const line of entry.lines) {
    const reason = lineReason(kind, line);
    if (reason) return reason;
  }
  const difference = entry.lines.reduce((sum, l) => sum + l.amount, 0);
  return difference === 0
    ? null
    : ledgerReason('entry-not-balanced', { difference: amountText(kind.measure, difference) });
}

/** Nobody spends what is not there: covered accounts that this entry draws on stay at or above zero. */
export function canCover(
  kind: BookKind,
  drawn: readonly { readonly code: string; readonly change: number; readonly balance: number }[],
): Reason | null {
  for (const { code, change, balance } of drawn) {
    const covered = kind.covered?.find((c) => isBelow(code, c));
    if (covered === undefined) continue;
    const chart = kind.accounts[covered]!;
    const sign = naturalSign(chart.class);
    if (change * sign < 0 && balance * sign < 0)
      return ledgerReason('entry-not-covered', {
        account: chart.words.zh,
        balance: amountText(kind.measure, balance * sign),
      });
  }
  return null;
}

/** A correction is another entry that turns this one round, once, and no reversal is turned round itself. */
export function canReverse(
  entry: {
    readonly number: number;
    readonly onDay: string;
    readonly reverses: string | null;
    readonly reversedBy: string | null;
  },
  onDay: string,
): Reason | null {
  if (entry.reverses !== null) return ledgerReason('entry-is-reversal');
  if (entry.reversedBy !== null) return ledgerReason('entry-reversed', { number: entry.number });
  return onDay < entry.onDay ? ledgerReason('entry-reversal-before', { day: entry.onDay }) : null;
}

export function canClose(book: BookFacts, through: string, today: string): Reason | null {
  if (book.closedOn !== null) return ledgerReason('book-ended', { day: book.closedOn });
  if (through >= today) return ledgerReason('close-ahead');
  if (through < book.openedOn) return ledgerReason('entry-before-book', { day: book.openedOn });
  return book.closedThrough !== null && through <= book.closedThrough
    ? ledgerReason('close-already', { day: book.closedThrough })
    : null;
}

/** Opens everything from a day on again. */
export function canReopen(book: BookFacts, from: string): Reason | null {
  if (book.closedOn !== null) return ledgerReason('book-ended', { day: book.closedOn });
  return book.closedThrough === null || book.closedThrough < from
    ? ledgerReason('reopen-not-closed', { day: from })
    : null;
}

interface HeadFacts {
  readonly kind: string;
  readonly words: { readonly zh: string; readonly en: string };
  readonly title: string;
  readonly measure: string;
  readonly unitPath: string;
  readonly closedOn: string | null;
}

/** Whether a book of this kind at this unit may consolidate into that head. */
export function canHead(kind: BookKind, unitPath: string, head: HeadFacts): Reason | null {
  if (!kind.heads?.includes(head.kind))
    return ledgerReason('book-head-kind', {
      kind: kind.words.zh,
      kindEn: kind.words.en,
      head: head.words.zh,
      headEn: head.words.en,
    });
  if (kind.measure !== head.measure) return ledgerReason('book-head-measure');
  if (!unitPath.startsWith(head.unitPath)) return ledgerReason('book-head-above');
  return head.closedOn === null ? null : ledgerReason('book-head-closed', { title: head.title });
}
