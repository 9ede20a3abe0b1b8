import { findBookKind } from '../../../domain/records/ledgers/all.ts';
import { type BookKind, chartAccount, chartCodeOf, type Measure } from '../../../domain/records/ledgers/index.ts';
import { all, sql, type Sql, visible } from '../../platform/db/sql.ts';
import { notFound } from '../../platform/errors.ts';
import { may, type Rq } from '../../platform/rq.ts';
import { permitted } from '../facts/index.ts';

export interface BookRow {
  readonly id: string;
  readonly kind: string;
  readonly unitId: number;
  readonly unitPath: string;
  readonly unitName: string;
  readonly title: string;
  readonly measure: Measure;
  readonly headId: string | null;
  readonly subjectId: string | null;
  readonly caseId: string | null;
  readonly openedOn: string;
  readonly closedThrough: string | null;
  readonly closedOn: string | null;
  readonly entries: number;
  readonly branches: number;
}

export const bookColumns = sql`b.id, b.kind, b.unit_id AS "unitId", b.unit_path AS "unitPath", u.name AS "unitName", b.title,
  b.measure, b.parent_id AS "headId", b.subject_id AS "subjectId", b.case_id AS "caseId", b.opened_on AS "openedOn",
  b.closed_through AS "closedThrough", b.closed_on AS "closedOn", b.entries,
  (SELECT count(*) FROM books x WHERE x.parent_id = b.id)::int AS branches`;

/** The books whose content the actor may read. */
export function readable(rq: Rq, column = 'b.unit_path'): Sql {
  return all([visible(rq, column), permitted(rq, 'ledgers.read', [column])]);
}

export const noBook = notFound({ zh: '该账簿', en: 'book' });
export const noEntry = notFound({ zh: '该分录', en: 'entry' });

export async function getBook(rq: Rq, id: string): Promise<BookRow> {
  const row = await rq.db.find<BookRow>(sql`
    SELECT ${bookColumns} FROM books b JOIN units u ON u.id = b.unit_id WHERE b.id = ${id} AND ${readable(rq)}`);
  if (!row) throw noBook;
  return row;
}

/** The kind of a book that exists; one that is no longer declared is a defect of the installation. */
export function kindOf(book: { readonly kind: string }): BookKind {
  const kind = findBookKind(book.kind);
  if (!kind) throw new Error(`No kind of book is declared as ${book.kind}.`);
  return kind;
}

/** In a private book only those who keep it see what single people and households have. */
export function seesAll(rq: Rq, book: { readonly kind: string; readonly unitPath: string }): boolean {
  return kindOf(book).private !== true || may(rq, 'ledgers.write', book.unitPath);
}

/** The code under which an account is shown: its own, or that of the chart where more would point at somebody. */
export function shownCode(rq: Rq, book: { readonly kind: string; readonly unitPath: string }, code: string): string {
  return seesAll(rq, book) ? code : chartCodeOf(kindOf(book), code);
}

/** An account's name: the chart's words, or whose account it is. */
export function accountName(rq: Rq, kind: BookKind, code: string, stored: string): string {
  return chartAccount(kind, code)?.words[rq.lang] ?? stored;
}
