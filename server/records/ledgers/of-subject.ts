import { bookKinds } from '../../../domain/records/ledgers/all.ts';
import { chartAccount, type HeldAccount } from '../../../domain/records/ledgers/index.ts';
import type { SubjectLink } from '../../../domain/records/subjects/index.ts';
import { all, join, sql, type Sql, under } from '../../platform/db/sql.ts';
import { type Rq, system } from '../../platform/rq.ts';
import { getSubject } from '../subjects/index.ts';
import { natural } from './reads.ts';
import { accountName, bookColumns, type BookRow, kindOf, readable } from './rows.ts';

const openWords = { zh: '在用', en: 'In use' };
const closedWords = { zh: '已结束', en: 'Closed' };
const privateKinds = Object.values(bookKinds).flatMap((k) => (k.private ? [k.kind] : []));

/** What stands for one household or person in a private book is shown to those who keep the book, as everywhere. */
function shown(rq: Rq): Sql {
  if (rq.actor === system) return sql`TRUE`;
  const paths = rq.actor.grants.filter((g) => g.verb === 'ledgers.write').map((g) => g.path);
  const kept =
    paths.length === 0
      ? sql`FALSE`
      : sql`(${join(
          paths.map((p) => under('b.unit_path', p)),
          ' OR ',
        )})`;
  return sql`(b.kind <> ALL (${privateKinds}::text[]) OR ${kept})`;
}

/** Books about an entry of the register, and those in which an account is kept for it. */
export async function bookLinks(rq: Rq, subjectId: string, limit: number): Promise<SubjectLink[]> {
  const rows = await rq.db.many<BookRow>(sql`
    SELECT ${bookColumns} FROM books b JOIN units u ON u.id = b.unit_id
    WHERE ${readable(rq)} AND (b.subject_id = ${subjectId}
      OR (b.id IN (SELECT a.book_id FROM accounts a WHERE a.subject_id = ${subjectId}) AND ${shown(rq)}))
    ORDER BY b.kind, b.title, b.id LIMIT ${limit}`);
  return rows.map((b) => ({
    record: 'book',
    id: b.id,
    kind: b.kind,
    kindWords: kindOf(b).words,
    title: b.title,
    state: b.closedOn === null ? 'open' : 'closed',
    stateWords: b.closedOn === null ? openWords : closedWords,
    onDay: b.openedOn,
  }));
}

interface Found extends Omit<HeldAccount, 'bookWords'> {
  readonly kind: string;
}

/** Each account with the balance that is kept of it, in its natural direction. */
export async function accountsOf(rq: Rq, subjectId: string, q: { limit: number; offset: number }) {
  const subject = await getSubject(rq, subjectId);
  const where = all([sql`a.subject_id = ${subject.id}`, readable(rq, 'a.unit_path'), shown(rq)]);
  const from = sql`FROM accounts a JOIN books b ON b.id = a.book_id JOIN account_balances k ON k.account_id = a.id WHERE ${where}`;
  const { total } = await rq.db.one<{ total: number }>(sql`SELECT count(*)::int AS total ${from}`);
  const rows = await rq.db.many<Found>(sql`
    SELECT a.code, a.name, a.class, a.subject_id AS "subjectId", k.balance, b.id AS "bookId", b.title AS "bookTitle", b.measure,
      b.kind ${from} ORDER BY b.kind, b.title, a.code LIMIT ${q.limit} OFFSET ${q.offset}`);
  return {
    total,
    items: rows.map(({ kind: name, ...a }) => {
      const kind = kindOf({ kind: name });
      // The account below the chart's is named after whose it is; its reader wants to know what it is.
      const chart = chartAccount(kind, a.code.slice(0, a.code.lastIndexOf(':')));
      return {
        ...a,
        bookWords: kind.words,
        name: chart ? chart.words[rq.lang] : accountName(rq, kind, a.code, a.name),
        balance: natural(a.class as Parameters<typeof natural>[0], a.balance),
      };
    }),
  };
}
