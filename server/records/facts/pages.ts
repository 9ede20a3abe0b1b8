import { confidentialTypes } from '../../../domain/records/cases/all.ts';
import type { RecordKind } from '../../../domain/records/facts/index.ts';
import { all, sql, type Sql, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { permitted } from './store.ts';

// Who may read a number need not be allowed to open each of its records: a page is only named to those who may open it. What has
// no page of its own (a typed number, a duty, a designation) is told where it stands, and is named by its own id.

interface Counted {
  readonly kind: RecordKind;
  readonly id: string;
}

/**
 * The pages at which the actor may open these records: by kind and id the id that the page goes by. Confidential cases are
 * left out: whose they are is asked by the case itself.
 */
export async function pagesOf(rq: Rq, items: readonly Counted[]): Promise<(of: Counted) => string | null> {
  const ids = (kind: RecordKind) => items.filter((i) => i.kind === kind).map((i) => i.id);
  const open = (verb: Parameters<typeof permitted>[1], column: string): Sql =>
    all([visible(rq, column), permitted(rq, verb, [column])]);
  const rows = await rq.db.many<Counted & { page: string }>(sql`
    SELECT 'case' AS kind, c.id::text AS id, c.id::text AS page FROM cases c
      WHERE c.id = ANY (${ids('case')}::uuid[]) AND c.type <> ALL (${confidentialTypes()}::text[]) AND ${open('cases.read', 'c.unit_path')}
    UNION ALL SELECT 'event', e.id::text, e.id::text FROM events e
      WHERE e.id = ANY (${ids('event')}::uuid[]) AND ${open('records.read', 'e.unit_path')}
    UNION ALL SELECT 'subject', s.id::text, s.id::text FROM subjects s
      WHERE s.id = ANY (${ids('subject')}::uuid[]) AND ${open('records.read', 's.unit_path')}
    UNION ALL SELECT 'agreement', a.id::text, a.id::text FROM agreements a
      WHERE a.id = ANY (${ids('agreement')}::uuid[]) AND ${open('records.read', 'a.unit_path')}
    UNION ALL SELECT 'entry', l.id::text, b.id::text FROM entry_lines l JOIN books b ON b.id = l.book_id
      WHERE l.id = ANY (${ids('entry')}::uuid[]) AND ${open('ledgers.read', 'b.unit_path')}
    UNION ALL SELECT 'unit', u.id::text, u.id::text FROM units u
      WHERE u.id = ANY (${ids('unit')}::int[]) AND ${visible(rq, 'u.unit_path')}
    UNION ALL SELECT 'fact', f.id::text, f.id::text FROM facts f
      WHERE f.id = ANY (${ids('fact')}::uuid[]) AND ${open('facts.read', 'f.unit_path')}
    UNION ALL SELECT 'designation', d.id::text, d.id::text FROM designations d
      WHERE d.id = ANY (${ids('designation')}::uuid[]) AND ${open('stars.read', 'd.unit_path')}
    UNION ALL SELECT 'assignment', m.id::text, m.id::text FROM assignments m
      WHERE m.id = ANY (${ids('assignment')}::uuid[]) AND ${open('units.read', 'm.unit_path')}
    LIMIT ${items.length}`);
  const pages = new Map(rows.map((r) => [`${r.kind} ${r.id}`, r.page]));
  return ({ kind, id }) => pages.get(`${kind} ${id}`) ?? null;
}
