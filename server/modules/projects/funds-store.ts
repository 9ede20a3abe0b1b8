import type { FundSide, FundSum } from '../../../domain/projects/index.ts';
import { all, sql, type Sql, under } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { caseColumns, caseJoins, type CaseRow, readableCase } from '../../records/cases/index.ts';
import { readableBook } from '../../records/ledgers/index.ts';

/** What each account of a fund does to a source: money in, money out. */
const sideIs: Record<'received' | 'allocated' | 'paid' | 'returned', Sql> = {
  received: sql`a.code = 'income:received'`,
  allocated: sql`a.code = 'expense:allocated'`,
  paid: sql`a.code = 'expense:paid'`,
  returned: sql`a.code = 'expense:returned'`,
};
const opening = sql`a.code = 'equity:opening'`;
const counted = sql`(${opening} OR a.class IN ('income', 'expense'))`;

export interface YearSum {
  readonly bookId: string;
  readonly source: string | null;
  readonly carriedFen: number;
  readonly receivedFen: number;
  readonly allocatedFen: number;
  readonly paidFen: number;
  readonly returnedFen: number;
}

/** Of each source of these books: what was carried over into the year and what moved in it. */
export function sumYear(rq: Rq, bookIds: readonly string[], year: number): Promise<YearSum[]> {
  const inYear = sql`l.on_day >= ${`${year}-01-01`}::date`;
  const moved = (side: keyof typeof sideIs, sign: Sql) =>
    sql`coalesce(sum(${sign}l.amount) FILTER (WHERE ${inYear} AND ${sideIs[side]}), 0)::bigint`;
  return rq.db.many<YearSum>(sql`
    SELECT l.book_id AS "bookId", CASE WHEN ${opening} THEN NULL ELSE l.fund_source END AS source,
      coalesce(sum(-l.amount) FILTER (WHERE NOT ${inYear} OR ${opening}), 0)::bigint AS "carriedFen",
      ${moved('received', sql`-`)} AS "receivedFen", ${moved('allocated', sql``)} AS "allocatedFen",
      ${moved('paid', sql``)} AS "paidFen", ${moved('returned', sql``)} AS "returnedFen"
    FROM entry_lines l JOIN accounts a ON a.id = l.account_id
    WHERE l.book_id = ANY (${[...bookIds]}::uuid[]) AND l.on_day <= ${`${year}-12-31`}::date AND ${counted}
      AND ${readableBook(rq, 'l.unit_path')}
    GROUP BY 1, 2 ORDER BY 1, 2 NULLS LAST`);
}

/** Sums of a fund by source and purpose, since the book was opened. */
export function sumFund(rq: Rq, bookId: string): Promise<FundSum[]> {
  return rq.db.many<FundSum>(sql`
    SELECT CASE WHEN ${opening} THEN NULL ELSE l.fund_source END AS source, l.purpose,
      coalesce(sum(-l.amount) FILTER (WHERE a.class <> 'expense'), 0)::bigint AS received,
      coalesce(sum(l.amount) FILTER (WHERE a.class = 'expense'), 0)::bigint AS spent
    FROM entry_lines l JOIN accounts a ON a.id = l.account_id
    WHERE l.book_id = ${bookId} AND ${counted} AND ${readableBook(rq, 'l.unit_path')} GROUP BY 1, 2 ORDER BY 1, 2`);
}

export interface BudgetSum {
  readonly unitId: number;
  readonly source: string;
  readonly amountFen: number;
}

export interface GivenSum {
  readonly unitId: number;
  readonly source: string | null;
  readonly givenFen: number;
}

/** What units gave out of all their funds in a year, by source: a budget is the unit's, however many books it keeps. */
export function sumGiven(rq: Rq, unitIds: readonly number[], year: number): Promise<GivenSum[]> {
  return rq.db.many<GivenSum>(sql`
    SELECT b.unit_id AS "unitId", l.fund_source AS source, sum(l.amount)::bigint AS "givenFen"
    FROM books b JOIN accounts a ON a.book_id = b.id JOIN entry_lines l ON l.account_id = a.id
    WHERE b.kind = 'creation-fund' AND b.unit_id = ANY (${[...unitIds]}::int[]) AND (${sideIs.allocated} OR ${sideIs.paid})
      AND l.on_day BETWEEN ${`${year}-01-01`}::date AND ${`${year}-12-31`}::date AND ${readableBook(rq)}
    GROUP BY 1, 2`);
}

/** Two funds of one unit that are paid from at once are looked at one after the other. */
export async function lockBudget(rq: Rq, unitId: number): Promise<void> {
  await rq.db.many(sql`SELECT pg_advisory_xact_lock(7722, ${unitId}::int)`);
}

/** Budgets in force of units for a year, by source; several of one source add up. */
export function sumBudgets(rq: Rq, unitIds: readonly number[], year: number): Promise<BudgetSum[]> {
  return rq.db.many<BudgetSum>(sql`
    SELECT c.unit_id AS "unitId", c.data ->> 'fundSource' AS source, sum((c.data ->> 'amountFen')::bigint)::bigint AS "amountFen"
    FROM cases c WHERE c.type = 'fund-budget' AND c.state = 'in-force' AND c.unit_id = ANY (${[...unitIds]}::int[])
      AND c.data ->> 'year' = ${String(year)} AND ${readableCase(rq, false)} GROUP BY 1, 2`);
}

export function listBudgets(rq: Rq, unitId: number, year: number): Promise<CaseRow[]> {
  return rq.db.many<CaseRow>(sql`
    SELECT ${caseColumns(rq)}, 0 AS evidence FROM cases c ${caseJoins}
    WHERE c.type = 'fund-budget' AND c.unit_id = ${unitId} AND c.data ->> 'year' = ${String(year)} AND ${readableCase(rq, false)}
    ORDER BY c.opened_at, c.id LIMIT 200`);
}

export interface FundRef {
  readonly bookId: string;
  readonly title: string;
  readonly unitId: number;
  readonly unitName: string;
}

export async function listFunds(rq: Rq, q: { underPath?: string | undefined; limit: number; offset: number }) {
  const from = sql`FROM books b JOIN units u ON u.id = b.unit_id WHERE ${all([
    sql`b.kind = 'creation-fund'`,
    q.underPath !== undefined && under('b.unit_path', q.underPath),
    readableBook(rq),
  ])}`;
  const every = await rq.db.many<{ id: string }>(sql`SELECT b.id ${from} LIMIT 5000`);
  const items = await rq.db.many<FundRef>(sql`
    SELECT b.id AS "bookId", b.title, b.unit_id AS "unitId", u.name AS "unitName" ${from}
    ORDER BY b.unit_path, b.opened_on, b.id LIMIT ${q.limit} OFFSET ${q.offset}`);
  return { items, total: every.length, ids: every.map((b) => b.id) };
}

export interface FundPosting {
  readonly entryId: string;
  readonly bookId: string;
  readonly bookTitle: string;
  readonly number: number;
  readonly onDay: string;
  readonly text: string;
  readonly source: string | null;
  readonly purpose: string | null;
  readonly counterpart: string | null;
  readonly document: string | null;
  readonly amountFen: number;
  readonly requestId: string | null;
}

/** The lines that one sum of a year is made of: those of the year, of the years before it, or of both. */
function linesOf(side: FundSide, year: number): { readonly where: Sql; readonly sign: Sql } {
  const [first, last] = [sql`${`${year}-01-01`}::date`, sql`${`${year}-12-31`}::date`];
  const carried = sql`(l.on_day < ${first} OR ${opening})`;
  if (side === 'carried') return { where: sql`l.on_day <= ${last} AND ${carried} AND ${counted}`, sign: sql`-` };
  if (side === 'balance') return { where: sql`l.on_day <= ${last} AND ${counted}`, sign: sql`-` };
  const inYear = sql`l.on_day BETWEEN ${first} AND ${last}`;
  if (side === 'given') return { where: sql`${inYear} AND (${sideIs.allocated} OR ${sideIs.paid})`, sign: sql`` };
  return { where: sql`${inYear} AND ${sideIs[side]}`, sign: side === 'received' ? sql`-` : sql`` };
}

export interface OfFunds {
  readonly year: number;
  readonly side: FundSide;
  readonly source?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** The lines that one sum of these funds is made of, with the sum of all of them; in the direction of the sum. */
export async function listFundPostings(rq: Rq, of: Sql, q: OfFunds) {
  const { where, sign } = linesOf(q.side, q.year);
  const source = sql`CASE WHEN ${opening} THEN NULL ELSE l.fund_source END`;
  const from = sql`FROM entry_lines l JOIN accounts a ON a.id = l.account_id JOIN entries e ON e.id = l.entry_id
    JOIN books b ON b.id = l.book_id WHERE ${all([
      sql`b.kind = 'creation-fund'`,
      of,
      where,
      q.source === 'none' && sql`${source} IS NULL`,
      q.source !== undefined && q.source !== 'none' && sql`${source} = ${q.source}`,
      readableBook(rq, 'l.unit_path'),
    ])}`;
  const { total, sumFen } = await rq.db.one<{ total: number; sumFen: number }>(
    sql`SELECT count(*)::int AS total, coalesce(sum(${sign}l.amount), 0)::bigint AS "sumFen" ${from}`,
  );
  const items = await rq.db.many<FundPosting>(sql`
    SELECT e.id AS "entryId", b.id AS "bookId", b.title AS "bookTitle", e.number, e.on_day AS "onDay", e.text, ${source} AS source,
      l.purpose, l.counterpart, e.document, ${sign}l.amount AS "amountFen",
      CASE WHEN e.source_kind = 'fund-request' THEN e.source_id END AS "requestId"
    ${from} ORDER BY e.on_day DESC, b.id, e.number DESC, l.position LIMIT ${q.limit} OFFSET ${q.offset}`);
  return { items, total, sumFen };
}

/** The funds that a sum is about: one, those of a unit, or all below a path. */
export const theseFunds = {
  book: (id: string): Sql => sql`b.id = ${id}`,
  unit: (unitId: number): Sql => sql`b.unit_id = ${unitId}`,
  under: (path: string): Sql => under('b.unit_path', path),
};
