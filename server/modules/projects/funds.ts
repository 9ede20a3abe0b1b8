import { canGive, canSpend, fundPurposes, type FundRow } from '../../../domain/projects/index.ts';
import { fundSources } from '../../../domain/records/ledgers/declare.ts';
import type { Words } from '../../../domain/words.ts';
import { check, notFound } from '../../platform/errors.ts';
import { may, type Rq, system } from '../../platform/rq.ts';
import { itemOf } from '../../records/cases/index.ts';
import { getBook, type PostingGuard } from '../../records/ledgers/index.ts';
import * as store from './funds-store.ts';

export const openingWords: Words = { zh: '期初结余（未注明来源）', en: 'Opening balance, no source named' };
const anyPurpose: Words = { zh: '不限用途', en: 'any purpose' };

export function sourceWords(source: string | null): Words {
  if (source === null) return openingWords;
  return (fundSources as Readonly<Record<string, Words>>)[source] ?? { zh: source, en: source };
}
export function purposeWords(purpose: string | null): Words {
  if (purpose === null) return anyPurpose;
  return (fundPurposes as Readonly<Record<string, Words>>)[purpose] ?? { zh: purpose, en: purpose };
}

type Moved = Omit<store.YearSum, 'bookId' | 'source'>;
const still: Moved = { carriedFen: 0, receivedFen: 0, allocatedFen: 0, paidFen: 0, returnedFen: 0 };

/** `givenFen`: out of all funds of the unit, because the budget is the unit's. */
function rowOf(
  source: string | null,
  words: Words,
  moved: Moved,
  { budgetFen, givenFen }: { budgetFen: number | null; givenFen: number },
): FundRow {
  const { carriedFen, receivedFen, allocatedFen, paidFen, returnedFen } = moved;
  return {
    source,
    words,
    budgetFen,
    carriedFen,
    receivedFen,
    allocatedFen,
    paidFen,
    returnedFen,
    balanceFen: carriedFen + receivedFen - allocatedFen - paidFen - returnedFen,
    givenFen,
    budgetLeftFen: budgetFen === null ? null : budgetFen - givenFen,
  };
}

/** A budget that is there for some sources is nothing for the others: they were given no money in that year. */
function rowsOf(
  sums: readonly store.YearSum[],
  budgets: readonly store.BudgetSum[],
  given: readonly store.GivenSum[],
): FundRow[] {
  const sources = [...new Set([...sums.map((s) => s.source), ...budgets.map((b) => b.source)])];
  const order: readonly (string | null)[] = [...Object.keys(fundSources), null];
  return sources
    .sort((a, b) => order.indexOf(a) - order.indexOf(b))
    .map((source) => {
      const budget = budgets.filter((b) => b.source === source).reduce((n, b) => n + b.amountFen, 0);
      return rowOf(source, sourceWords(source), sums.find((s) => s.source === source) ?? still, {
        budgetFen: budgets.length === 0 || source === null ? null : budget,
        givenFen: sumGiven(given.filter((g) => g.source === source)),
      });
    });
}

const totalWords: Words = { zh: '合计', en: 'Total' };

const sumGiven = (given: readonly store.GivenSum[]) => given.reduce((n, g) => n + g.givenFen, 0);

function totalOf(rows: readonly Moved[], budgetFen: number | null, givenFen: number): FundRow {
  const sum = { ...still };
  for (const row of rows) for (const key of Object.keys(still) as (keyof Moved)[]) sum[key] += row[key];
  return rowOf(null, totalWords, sum, { budgetFen, givenFen });
}

const budgetOf = (budgets: readonly store.BudgetSum[]) =>
  budgets.length === 0 ? null : budgets.reduce((n, b) => n + b.amountFen, 0);

/** Creation funds of a place in a year, with the sum of all of them. */
export async function listFunds(
  rq: Rq,
  q: { underPath?: string | undefined; year: number; limit: number; offset: number },
) {
  const { items, total, ids } = await store.listFunds(rq, q);
  const sums = await store.sumYear(rq, ids, q.year);
  const units = [...new Set(items.map((i) => i.unitId))];
  const [budgets, given] = [await store.sumBudgets(rq, units, q.year), await store.sumGiven(rq, units, q.year)];
  return {
    total,
    sum: totalOf(sums, null, 0),
    items: items.map((f) => ({
      ...f,
      year: q.year,
      total: totalOf(
        sums.filter((s) => s.bookId === f.bookId),
        budgetOf(budgets.filter((b) => b.unitId === f.unitId)),
        sumGiven(given.filter((g) => g.unitId === f.unitId)),
      ),
    })),
  };
}

export async function getFundBook(rq: Rq, id: string) {
  const book = await getBook(rq, id);
  if (book.kind !== 'creation-fund') throw notFound({ zh: '该创建资金账', en: 'creation fund' });
  return book;
}

/** A fund by source in a year: budget, carried over, received, given, left; and what may go to one purpose only. */
export async function fundOf(rq: Rq, id: string, year: number) {
  const book = await getFundBook(rq, id);
  const budgets = await store.sumBudgets(rq, [book.unitId], year);
  const given = await store.sumGiven(rq, [book.unitId], year);
  const rows = rowsOf(await store.sumYear(rq, [id], year), budgets, given);
  const sums = await store.sumFund(rq, id);
  return {
    bookId: id,
    title: book.title,
    unitId: book.unitId,
    unitName: book.unitName,
    year,
    total: totalOf(rows, budgetOf(budgets), sumGiven(given)),
    rows,
    restricted: sums
      .filter((s) => s.source !== null && s.purpose !== null && s.received > 0)
      .map((s) => ({
        source: s.source!,
        sourceWords: sourceWords(s.source),
        purpose: s.purpose!,
        purposeWords: purposeWords(s.purpose),
        receivedFen: s.received,
        spentFen: s.spent,
        leftFen: Math.max(0, s.received - s.spent),
      })),
    budgets: (await store.listBudgets(rq, book.unitId, year)).map((c) => ({
      ...itemOf(rq, c),
      source: String(c.data['fundSource']),
      amountFen: Number(c.data['amountFen']),
    })),
    mayBudget: may(rq, 'cases.write', book.unitPath),
    mayPost: may(rq, 'ledgers.write', book.unitPath) && book.closedOn === null,
  };
}

const postingOf = ({ source, purpose, ...p }: store.FundPosting) => ({
  ...p,
  sourceWords: sourceWords(source),
  purposeWords: purpose === null ? null : purposeWords(purpose),
});

/** What a sum of a fund is made of. What is left of a budget opens to all that its unit gave, from whichever fund. */
export async function fundPostings(rq: Rq, id: string, q: store.OfFunds) {
  const book = await getFundBook(rq, id);
  const of = q.side === 'given' ? store.theseFunds.unit(book.unitId) : store.theseFunds.book(id);
  const { items, total, sumFen } = await store.listFundPostings(rq, of, q);
  return { total, sumFen, items: items.map(postingOf) };
}

/** The same of all funds of a place together. */
export async function allFundPostings(rq: Rq, underPath: string | undefined, q: store.OfFunds) {
  const { items, total, sumFen } = await store.listFundPostings(rq, store.theseFunds.under(underPath ?? ''), q);
  return { total, sumFen, items: items.map(postingOf) };
}

/**
 * Each posting of a creation fund, from wherever it comes: no source gives more than it holds, what came for one purpose goes
 * to no other, and no year of the unit goes over its budget, from however many funds it gives. It is asked behind the lock of
 * the book and of the unit's budget, so two who pay at once are told in turn.
 */
export const holdFund: PostingGuard = async (rq, { book, onDay, lines }) => {
  const touched = lines.filter(
    (l) => l.amount > 0 && (l.code === 'equity:opening' || /^(income|expense):/.test(l.code)),
  );
  if (touched.length === 0) return;
  // The sums are those of the book, whoever posts in it.
  const asBook: Rq = { ...rq, actor: system };
  const sums = await store.sumFund(asBook, book.id);
  for (const line of touched) {
    const source = line.code === 'equity:opening' ? null : line.fundSource;
    const names = { source: sourceWords(source), purpose: purposeWords(line.purpose) };
    check(canSpend(sums, source, line.purpose, names, Math.abs(line.amount)));
  }
  const given = touched.filter((l) => l.amount > 0 && (l.code === 'expense:allocated' || l.code === 'expense:paid'));
  if (given.length === 0) return;
  const year = Number(onDay.slice(0, 4));
  await store.lockBudget(asBook, book.unitId);
  const budgets = await store.sumBudgets(asBook, [book.unitId], year);
  if (budgets.length === 0) return;
  const all = await store.sumGiven(asBook, [book.unitId], year);
  // What was there when the book was opened names no source, and no budget is made for it.
  for (const source of new Set(given.flatMap((l) => l.fundSource ?? []))) {
    const budget = budgets.filter((b) => b.source === source).reduce((n, b) => n + b.amountFen, 0);
    check(canGive(year, budget, sumGiven(all.filter((g) => g.source === source)), sourceWords(source)));
  }
};
