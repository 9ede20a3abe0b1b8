import type { z } from 'zod';
import type { Field } from './Fields.tsx';

interface Definition {
  readonly type: string;
  readonly innerType?: Inner;
  readonly entries?: Record<string, string>;
  readonly checks?: readonly {
    readonly _zod: { readonly def: { readonly check: string; readonly maximum?: number } };
  }[];
  readonly format?: string;
}

interface Inner {
  readonly def: Definition;
}

/** Looks through optional, nullable and default to the schema inside. */
function inner(schema: Inner): { def: Definition; required: boolean } {
  let { def } = schema;
  let required = true;
  while (def.innerType && ['optional', 'nullable', 'default', 'prefault'].includes(def.type)) {
    required = false;
    def = def.innerType.def;
  }
  return { def, required };
}

function kindOf(def: Definition, max: number | undefined): Field['kind'] {
  if (def.type === 'enum') return 'select';
  if (def.type === 'number') return 'number';
  if (def.type === 'boolean') return 'check';
  if (def.format === 'date') return 'day';
  return (max ?? 0) > 250 ? 'area' : 'text';
}

/**
 * Fields of a form from the schema of a kind: which are needed, how long a text may be, what can be chosen. Labels come
 * from the page, because the schema has none in the reader's language.
 */
export function fieldsFrom<S extends z.ZodObject>(
  schema: S,
  labels: Partial<Record<keyof z.input<S> & string, string>>,
  more: Partial<Record<keyof z.input<S> & string, Partial<Field>>> = {},
): Field[] {
  return Object.entries(labels as Record<string, string>).map(([name, label]) => {
    const { def, required } = inner((schema.shape as Record<string, unknown>)[name] as Inner);
    const max = def.checks?.map((c) => c['_zod'].def).find((check) => check.check === 'max_length')?.maximum;
    return {
      name,
      label,
      kind: kindOf(def, max),
      required: required && def.type !== 'boolean',
      ...(max === undefined ? {} : { max }),
      ...(def.entries ? { options: Object.values(def.entries).map((value) => ({ value, label: value })) } : {}),
      ...(more as Record<string, Partial<Field>>)[name],
    };
  });
}
