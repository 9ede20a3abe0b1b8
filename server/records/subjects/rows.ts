import { findSubjectKind } from '../../../domain/records/subjects/all.ts';
import type { SubjectItem, SubjectKind } from '../../../domain/records/subjects/index.ts';
import { all, sql, type Sql, visible } from '../../platform/db/sql.ts';
import { invalid, notFound } from '../../platform/errors.ts';
import type { Rq } from '../../platform/rq.ts';
import { permitted } from '../facts/index.ts';

export interface SubjectRow {
  readonly id: string;
  readonly kind: string;
  readonly unitId: number;
  readonly unitPath: string;
  readonly unitName: string;
  readonly name: string;
  readonly code: string | null;
  readonly place: string | null;
  readonly parentId: string | null;
  readonly parentName: string | null;
  readonly leadUnitId: number | null;
  readonly leadUnitName: string | null;
  readonly state: string;
  readonly star: string | null;
  readonly tags: readonly string[];
  readonly fromDay: string;
  readonly toDay: string | null;
  readonly changedAt: Date;
  readonly version: number;
  readonly data: Record<string, unknown>;
}

export const subjectColumns = sql`s.id, s.kind, s.unit_id AS "unitId", s.unit_path AS "unitPath", u.name AS "unitName", s.name,
  s.code, s.place, s.parent_id AS "parentId", p.name AS "parentName", s.lead_unit_id AS "leadUnitId", lu.name AS "leadUnitName",
  s.state, s.star, s.tags, s.from_day AS "fromDay", s.to_day AS "toDay", s.changed_at AS "changedAt", s.version, s.data`;

export const subjectJoins = sql`JOIN units u ON u.id = s.unit_id LEFT JOIN subjects p ON p.id = s.parent_id
  LEFT JOIN units lu ON lu.id = s.lead_unit_id`;

/** The subjects that the actor may read. */
export function readable(rq: Rq, column = 's.unit_path'): Sql {
  return all([visible(rq, column), permitted(rq, 'records.read', [column])]);
}

export const noSubject = notFound({ zh: '该登记对象', en: 'subject' });

export async function findSubject(rq: Rq, id: string): Promise<SubjectRow | null> {
  const row = await rq.db.find<SubjectRow>(
    sql`SELECT ${subjectColumns} FROM subjects s ${subjectJoins} WHERE s.id = ${id} AND ${readable(rq)}`,
  );
  return row ?? null;
}

export async function getSubject(rq: Rq, id: string): Promise<SubjectRow> {
  const row = await findSubject(rq, id);
  if (!row) throw noSubject;
  return row;
}

/** The kind of an entry that exists; one that is no longer declared is a defect of the installation. */
export function kindOf(s: { readonly kind: string }): SubjectKind {
  const kind = findSubjectKind(s.kind);
  if (!kind) throw new Error(`No kind of subject is declared as ${s.kind}.`);
  return kind;
}

export function kindNamed(name: string): SubjectKind {
  const kind = findSubjectKind(name);
  if (kind) return kind;
  throw invalid([{ path: 'body.kind', message: { zh: '没有这类登记对象', en: 'There is no such kind of subject' } }]);
}

export function itemOf(s: SubjectRow): Omit<SubjectItem, 'changedAt'> & { readonly changedAt: Date } {
  const kind = kindOf(s);
  const stateWords = kind.states[s.state]?.words ?? { zh: s.state, en: s.state };
  return { ...s, tags: [...s.tags], kindWords: kind.words, stateWords };
}
