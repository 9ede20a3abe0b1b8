import { sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';

export interface Owner {
  readonly personId: string;
  /** Households for which the person answers. */
  readonly subjectIds: readonly string[];
  readonly kinds: readonly string[];
}

interface Movement {
  readonly onDay: string;
  readonly text: string | null;
  readonly purpose: string | null;
  readonly amount: number;
  readonly balance: number;
  readonly correction: boolean;
}

interface Account {
  readonly id: string;
  readonly kind: string;
  readonly bookTitle: string;
  readonly unitName: string;
  readonly holder: 'person' | 'household';
  readonly holderName: string;
  readonly balance: number;
  readonly granted: number;
  readonly spent: number;
  readonly total: number;
}

/** Accounts in books of these kinds that are somebody's own, each with its last movements. Called for the owner alone. */
export async function ownAccounts(
  rq: Rq,
  owner: Owner,
  page: { readonly limit: number; readonly offset: number },
): Promise<(Account & { readonly items: Movement[] })[]> {
  // What came in stands on the credit side of a debt to its owner. A correction takes back what it corrects.
  const came = sql`((-l.amount > 0) <> (e.reverses IS NOT NULL))`;
  const accounts = await rq.db.many<Account>(sql`
    SELECT a.id, b.kind, b.title AS "bookTitle", u.name AS "unitName",
      CASE WHEN a.person_id IS NULL THEN 'household' ELSE 'person' END AS holder, coalesce(p.name, s.name) AS "holderName",
      m.balance, m.granted, m.spent, m.total
    FROM accounts a JOIN books b ON b.id = a.book_id JOIN units u ON u.id = b.unit_id
    LEFT JOIN people p ON p.id = a.person_id LEFT JOIN subjects s ON s.id = a.subject_id
    CROSS JOIN LATERAL (SELECT coalesce(sum(-l.amount), 0)::bigint AS balance,
      coalesce(sum(-l.amount) FILTER (WHERE ${came}), 0)::bigint AS granted,
      coalesce(sum(l.amount) FILTER (WHERE NOT ${came}), 0)::bigint AS spent, count(*)::int AS total
      FROM entry_lines l JOIN entries e ON e.id = l.entry_id WHERE l.account_id = a.id) m
    WHERE b.kind = ANY (${[...owner.kinds]}::text[]) AND a.class = 'liability'
      AND (a.person_id = ${owner.personId} OR a.subject_id = ANY (${[...owner.subjectIds]}::uuid[]))
    ORDER BY b.kind, b.title, a.code LIMIT 50`);
  const found = [];
  for (const account of accounts) found.push({ ...account, items: await movementsOf(rq, account.id, page) });
  return found;
}

/** An entry that moves others' accounts as well may name them in its text, so its text is not shown. */
function movementsOf(rq: Rq, accountId: string, page: { readonly limit: number; readonly offset: number }) {
  return rq.db.many<Movement>(sql`
    SELECT e.on_day AS "onDay", l.purpose, -l.amount AS amount, e.reverses IS NOT NULL AS correction,
      sum(-l.amount) OVER (ORDER BY l.on_day, e.number, l.position)::bigint AS balance,
      CASE WHEN EXISTS (SELECT 1 FROM entry_lines o JOIN accounts oa ON oa.id = o.account_id
        WHERE o.entry_id = e.id AND oa.id <> ${accountId} AND (oa.person_id IS NOT NULL OR oa.subject_id IS NOT NULL))
        THEN NULL ELSE e.text END AS text
    FROM entry_lines l JOIN entries e ON e.id = l.entry_id WHERE l.account_id = ${accountId}
    ORDER BY l.on_day DESC, e.number DESC, l.position DESC LIMIT ${page.limit} OFFSET ${page.offset}`);
}
