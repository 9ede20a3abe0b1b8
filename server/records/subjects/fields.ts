import type { z } from 'zod';
import type { FieldWords } from '../../../domain/records/subjects/index.ts';
import { sql, visible } from '../../platform/db/sql.ts';
import { invalid } from '../../platform/errors.ts';
import type { Rq } from '../../platform/rq.ts';
import { checkCatalogues } from '../catalogues/index.ts';

export interface Fielded {
  readonly data: z.ZodObject;
  readonly fields: Readonly<Record<string, FieldWords>>;
}

/** Fields of a kind as it wants them: nothing undeclared, items that stand in their catalogue, records that exist. */
export async function fieldsOf(
  rq: Rq,
  kind: Fielded,
  data: Readonly<Record<string, unknown>>,
  where = 'body.data',
  before: Readonly<Record<string, unknown>> = {},
): Promise<Record<string, unknown>> {
  const parsed = kind.data.safeParse(data);
  if (!parsed.success) {
    throw invalid(
      parsed.error.issues
        .slice(0, 50)
        .map((issue) => ({ path: [where, ...issue.path.map(String)].join('.'), message: issue.message })),
    );
  }
  await checkCatalogues(rq, kind.fields, parsed.data, where, before);
  await checkRefs(rq, kind.fields, parsed.data, where);
  return parsed.data;
}

/** What was there, with what is new; null takes a field away. */
export function merged(
  before: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>> | undefined,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...before, ...given }).filter(([, value]) => value !== null));
}

interface Ref {
  readonly field: string;
  readonly record: NonNullable<FieldWords['ref']>['record'];
  readonly kinds: readonly string[] | undefined;
  readonly id: string;
}

/** Names of tables come from here, never from a declaration or from input. */
const tables = {
  subject: sql`SELECT id::text AS id, kind, unit_path FROM subjects`,
  case: sql`SELECT id::text AS id, type AS kind, unit_path FROM cases`,
  agreement: sql`SELECT id::text AS id, kind, unit_path FROM agreements`,
  event: sql`SELECT id::text AS id, kind, unit_path FROM events`,
  unit: sql`SELECT id::text AS id, type AS kind, unit_path FROM units`,
};

/** Refuses the id of a record that the actor does not see or that is of another kind than the field wants. */
export async function checkRefs(
  rq: Rq,
  fields: Fielded['fields'],
  data: Readonly<Record<string, unknown>>,
  where: string,
): Promise<void> {
  const refs: Ref[] = Object.entries(fields).flatMap(([field, said]) => {
    const value = data[field];
    if (!said.ref || value === undefined || value === null) return [];
    const { record, kinds } = said.ref;
    return (Array.isArray(value) ? value : [value]).map((id) => ({
      field,
      record,
      kinds,
      id: String(id).toLowerCase(),
    }));
  });
  for (const record of new Set(refs.map((r) => r.record))) {
    const wanted = refs.filter((r) => r.record === record);
    const found = await rq.db.many<{ id: string; kind: string }>(sql`
      SELECT r.id, r.kind FROM (${tables[record]}) r
      WHERE r.id = ANY (${wanted.map((r) => r.id)}::text[]) AND ${visible(rq, 'r.unit_path')}`);
    const kindOf = new Map(found.map((f) => [f.id, f.kind]));
    const bad = wanted.filter((r) => !kindOf.has(r.id) || (r.kinds && !r.kinds.includes(kindOf.get(r.id)!)));
    if (bad.length > 0)
      throw invalid(
        bad.map((r) => ({
          path: `${where}.${r.field}`,
          message: { zh: '没有这条记录，或类别不符', en: 'There is no such record, or it is of another kind' },
        })),
      );
  }
}
