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
