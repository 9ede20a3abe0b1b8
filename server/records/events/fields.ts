import type { z } from 'zod';
import type { FieldWords } from '../../../domain/records/subjects/kind.ts';
import { invalid } from '../../platform/errors.ts';
import type { Rq } from '../../platform/rq.ts';
import { checkCatalogues } from '../catalogues/index.ts';
import { checkRefs } from '../subjects/index.ts';

interface Fielded {
  readonly data?: z.ZodObject | undefined;
  readonly fields?: Readonly<Record<string, FieldWords>> | undefined;
}

/**
 * The fields of a kind as it wants them, and items that stand in their catalogue, records that exist; while something is planned, what is not
 * known yet may be left out.
 */
export async function fieldsOf(
  rq: Rq,
  { data: schema, fields }: Fielded,
  data: Record<string, unknown>,
  where: string,
  { planned = false, before = {} }: { planned?: boolean; before?: Readonly<Record<string, unknown>> } = {},
): Promise<Record<string, unknown>> {
  if (!schema) {
    if (Object.keys(data).length === 0) return {};
    throw invalid([{ path: where, message: { zh: '该类活动没有自有字段', en: 'This kind has no fields' } }]);
  }
  const parsed = (planned ? schema.partial() : schema).safeParse(data);
  if (!parsed.success)
    throw invalid(
      parsed.error.issues
        .slice(0, 50)
        .map((issue) => ({ path: [where, ...issue.path.map(String)].join('.'), message: issue.message })),
    );
  await checkCatalogues(rq, fields, parsed.data, where, before);
  await checkRefs(rq, fields ?? {}, parsed.data, where);
  return parsed.data;
}
