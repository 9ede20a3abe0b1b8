import { incomeAccounts, incomeBooks, type IncomeKind, incomeKinds } from '../../../domain/economy/index.ts';
import { sql, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';

/** Uses of a profit and no cost of it. */
const uses = ['expense:head-contribution', 'expense:collective-contribution', 'expense:dividends'];

/** What a cooperative earned from one day through another, in fen, before anything of it was given away. */
export async function sumProfit(rq: Rq, bookId: string, from: string, through: string): Promise<number> {
  const { profit } = await rq.db.one<{ profit: number }>(sql`
    SELECT coalesce(-sum(l.amount), 0)::bigint AS profit FROM entry_lines l JOIN accounts a ON a.id = l.account_id
    WHERE l.book_id = ${bookId} AND a.class IN ('income', 'expense') AND l.on_day BETWEEN ${from}::date AND ${through}::date
      AND NOT EXISTS (SELECT 1 FROM unnest(${uses}::text[]) AS u (code) WHERE a.code = u.code OR a.code ^@ (u.code || ':'))
      AND ${visible(rq, 'l.unit_path')}`);
  return profit;
}

/** What was posted from an agreement so far, less what was turned round. */
export async function sumContributed(rq: Rq, bookId: string, agreementId: string): Promise<number> {
  const ofIt = sql`(x.source_kind = 'agreement' AND x.source_id ^@ ${`${agreementId}#profit-`})`;
  const { sum } = await rq.db.one<{ sum: number }>(sql`
    SELECT coalesce(sum(l.amount), 0)::bigint AS sum FROM entries e JOIN entry_lines l ON l.entry_id = e.id
    JOIN accounts a ON a.id = l.account_id JOIN entries x ON x.id = coalesce(e.reverses, e.id)
    WHERE e.book_id = ${bookId} AND ${ofIt} AND a.code = 'expense:head-contribution' AND ${visible(rq, 'e.unit_path')}`);
  return sum;
}

export interface Payment {
  readonly subjectId: string;
  readonly holderName: string;
  readonly unitName: string;
  readonly kind: IncomeKind;
}

/** The accounts with their kind of income, and every payment on them to one of these households. */
const payments = (rq: Rq, subjectIds: readonly string[]) => {
  const pairs = incomeKinds.flatMap((kind) => incomeAccounts[kind].map((code) => ({ kind, code })));
  return sql`FROM entry_lines l JOIN accounts a ON a.id = l.account_id JOIN books b ON b.id = l.book_id
    JOIN unnest(${pairs.map((p) => p.kind)}::text[], ${pairs.map((p) => p.code)}::text[]) AS k (kind, code)
      ON a.code = k.code OR a.code ^@ (k.code || ':')
    JOIN subjects s ON s.id = coalesce(l.subject_id, a.subject_id) JOIN units u ON u.id = s.unit_id
    WHERE s.id = ANY (${[...subjectIds]}::uuid[]) AND b.kind = ANY (${[...incomeBooks]}::text[])
      AND ${visible(rq, 'l.unit_path')}`;
};

const who = sql`s.id AS "subjectId", s.name AS "holderName", u.name AS "unitName", k.kind`;

export function sumIncomes(rq: Rq, subjectIds: readonly string[]) {
  return rq.db.many<Payment & { year: number; amount: number }>(sql`
    SELECT ${who}, extract(year FROM l.on_day)::int AS year, sum(l.amount)::bigint AS amount ${payments(rq, subjectIds)}
    GROUP BY s.id, s.name, u.name, k.kind, year ORDER BY year DESC LIMIT 400`);
}

export function listIncomes(rq: Rq, subjectId: string) {
  return rq.db.many<Payment & { onDay: string; amount: number; bookTitle: string }>(sql`
    SELECT ${who}, l.on_day AS "onDay", l.amount, b.title AS "bookTitle" ${payments(rq, [subjectId])}
    ORDER BY l.on_day DESC, l.entry_id DESC, l.position LIMIT 50`);
}
