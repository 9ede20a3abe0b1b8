import { mustHold, type Rq } from '../../platform/rq.ts';
import { all, sql, type Sql } from '../../platform/db/sql.ts';
import { readableBook } from '../../records/ledgers/index.ts';
import { getUnit } from '../../records/units/index.ts';
import { purposeWords, sourceWords } from './funds.ts';

// What a unit raised: into its own fund and straight into the books of its works, each amount once (M297).

interface Asked {
  readonly unitId: number;
  readonly year?: number | undefined;
  readonly source?: string | undefined;
  readonly purpose?: string | undefined;
}

const inYear = (year: number | undefined) =>
  year !== undefined && sql`l.on_day BETWEEN ${`${year}-01-01`}::date AND ${`${year}-12-31`}::date`;
const is = (column: Sql, value: string | undefined) =>
  value === undefined ? null : value === 'none' ? sql`${column} IS NULL` : sql`${column} = ${value}`;

/** Lines of books of the unit itself. What its fund hands to its own work was raised before and is not raised again. */
function raisedLines(rq: Rq, q: Asked): Sql {
  const own = sql`e.source_kind = 'fund-request' AND EXISTS (
    SELECT 1 FROM entries o JOIN books f ON f.id = o.book_id
    WHERE o.source_kind = 'fund-request' AND o.source_id = e.source_id AND f.kind = 'creation-fund' AND f.unit_id = b.unit_id
      AND ${readableBook(rq, 'f.unit_path')})`;
  return sql`FROM books b JOIN accounts a ON a.book_id = b.id JOIN entry_lines l ON l.account_id = a.id
    JOIN entries e ON e.id = l.entry_id WHERE ${all([
      sql`b.unit_id = ${q.unitId}`,
      sql`((b.kind = 'creation-fund' AND a.code = 'income:received')
        OR (b.kind = 'project' AND (a.code = 'income:funds' OR a.code LIKE 'income:funds:%') AND NOT coalesce(${own}, false)))`,
      inYear(q.year),
      is(sql`l.fund_source`, q.source),
      is(sql`l.purpose`, q.purpose),
      readableBook(rq),
    ])}`;
}

export async function raisedBy(rq: Rq, q: Asked) {
  const unit = await getUnit(rq, q.unitId);
  mustHold(rq, 'ledgers.read', unit.path);
  const rows = await rq.db.many<{
    source: string | null;
    purpose: string | null;
    raisedFen: number;
    givers: number;
  }>(sql`
    SELECT l.fund_source AS source, l.purpose, sum(-l.amount)::bigint AS "raisedFen",
      count(DISTINCT l.counterpart)::int AS givers ${raisedLines(rq, q)}
    GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`);
  const uses = await rq.db.many<{ purpose: string | null; spentFen: number }>(sql`
    SELECT l.purpose, sum(l.amount)::bigint AS "spentFen"
    FROM books b JOIN accounts a ON a.book_id = b.id JOIN entry_lines l ON l.account_id = a.id WHERE ${all([
      sql`b.unit_id = ${q.unitId}`,
      sql`((b.kind = 'creation-fund' AND a.code = 'expense:paid')
        OR (b.kind = 'project' AND a.class = 'expense' AND a.code NOT LIKE 'expense:contributed-%'))`,
      inYear(q.year),
      readableBook(rq),
    ])} GROUP BY 1 ORDER BY 2 DESC, 1`);
  return {
    unitId: unit.id,
    unitName: unit.name,
    raisedFen: rows.reduce((n, r) => n + r.raisedFen, 0),
    items: rows.map((r) => ({ ...r, sourceWords: sourceWords(r.source), purposeWords: purposeWords(r.purpose) })),
    uses: uses.map((u) => ({ ...u, words: purposeWords(u.purpose) })),
  };
}

export async function raisedPostings(rq: Rq, q: Asked & { limit: number; offset: number }) {
  const unit = await getUnit(rq, q.unitId);
  mustHold(rq, 'ledgers.read', unit.path);
  const from = raisedLines(rq, q);
  const { total, sumFen } = await rq.db.one<{ total: number; sumFen: number }>(
    sql`SELECT count(*)::int AS total, coalesce(sum(-l.amount), 0)::bigint AS "sumFen" ${from}`,
  );
  const items = await rq.db.many<{
    entryId: string;
    bookId: string;
    bookTitle: string;
    number: number;
    onDay: string;
    text: string;
    counterpart: string | null;
    document: string | null;
    amountFen: number;
  }>(sql`SELECT e.id AS "entryId", b.id AS "bookId", b.title AS "bookTitle", e.number, e.on_day AS "onDay", e.text,
      l.counterpart, e.document, -l.amount AS "amountFen" ${from}
    ORDER BY e.on_day DESC, b.id, e.number DESC, l.position LIMIT ${q.limit} OFFSET ${q.offset}`);
  return { items, total, sumFen };
}
