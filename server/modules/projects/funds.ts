import { canGive, canSpend, fundPurposes, type FundRow, type FundSide } from '../../../domain/projects/index.ts';
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

function rowOf(source: string | null, words: Words, moved: Moved, budgetFen: number | null): FundRow {
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
    budgetLeftFen: budgetFen === null ? null : budgetFen - allocatedFen - paidFen,
  };
}

/** A budget that is there for some sources is nothing for the others: they were given no money in that year. */
function rowsOf(sums: readonly store.YearSum[], budgets: readonly store.BudgetSum[]): FundRow[] {
  const sources = [...new Set([...sums.map((s) => s.source), ...budgets.map((b) => b.source)])];
  const order: readonly (string | null)[] = [...Object.keys(fundSources), null];
  return sources
    .sort((a, b) => order.indexOf(a) - order.indexOf(b))
    .map((source) => {
      const budget = budgets.filter((b) => b.source === source).reduce((n, b) => n + b.amountFen, 0);
      return rowOf(
        source,
        sourceWords(source),
        sums.find((s) => s.source === source) ?? still,
        budgets.length === 0 || source === null ? null : budget,
      );
    });
}

const totalWords: Words = { zh: '合计', en: 'Total' };

function totalOf(rows: readonly Moved[], budgetFen: number | null): FundRow {
  const sum = { ...still };
  for (const row of rows) for (const key of Object.keys(still) as (keyof Moved)[]) sum[key] += row[key];
  return rowOf(null, totalWords, sum, budgetFen);
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
  const budgets = await store.sumBudgets(rq, [...new Set(items.map((i) => i.unitId))], q.year);
  return {
    total,
    sum: totalOf(sums, null),
    items: items.map((f) => ({
      ...f,
      year: q.year,
      total: totalOf(
        sums.filter((s) => s.bookId === f.bookId),
        budgetOf(budgets.filter((b) => b.unitId === f.unitId)),
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
  const rows = rowsOf(await store.sumYear(rq, [id], year), budgets);
  const sums = await store.sumFund(rq, id);
  return {
    bookId: id,
    title: book.title,
    unitId: book.unitId,
    unitName: book.unitName,
    year,
    total: totalOf(rows, budgetOf(budgets)),
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

export async function fundPostings(
  rq: Rq,
  id: string,
  q: { year: number; side: FundSide; source?: string | undefined; limit: number; offset: number },
) {
  await getFundBook(rq, id);
  const { items, total, sumFen } = await store.listFundPostings(rq, id, q);
  return {
    total,
    sumFen,
    items: items.map(({ source, purpose, ...p }) => ({
      ...p,
      sourceWords: sourceWords(source),
      purposeWords: purpose === null ? null : purposeWords(purpose),
    })),
  };
}

/**
 * Each posting of a creation fund, from wherever it comes: no source gives more than it holds, what came for one purpose goes
 * to no other, and no year goes over its budget. It is asked behind the book's lock, so two who pay at once are told in turn.
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
  const year = Number(onDay.slice(0, 4));
  const budgets = await store.sumBudgets(asBook, [book.unitId], year);
  if (budgets.length === 0) return;
  const rows = rowsOf(await store.sumYear(asBook, [book.id], year), budgets);
  const given = touched.filter((l) => l.amount > 0 && (l.code === 'expense:allocated' || l.code === 'expense:paid'));
  for (const line of given) {
    const row = rows.find((r) => r.source === line.fundSource);
    if (row) check(canGive(year, row.budgetFen, row.allocatedFen + row.paidFen, row.words));
  }
};
