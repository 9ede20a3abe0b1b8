import fc from 'fast-check';

/** What this folder reads of an OpenAPI page. */
export interface Operation {
  readonly operationId: string;
  readonly method: string;
  /** With the places of parameters as `{name}`. */
  readonly path: string;
  readonly permission: string;
  readonly parameters: readonly { name: string; in: 'path' | 'query'; required: boolean; schema: Schema }[];
  readonly body: Schema | null;
  readonly upload: boolean;
}

export interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly default?: unknown;
}

interface Page {
  readonly paths: Record<
    string,
    Record<
      string,
      {
        operationId: string;
        'x-permission': string;
        parameters: Operation['parameters'];
        requestBody?: { content: Record<string, { schema: Schema }> };
      }
    >
  >;
}

export function operationsOf(page: unknown): Operation[] {
  return Object.entries((page as Page).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, o]) => ({
      operationId: o.operationId,
      method: method.toUpperCase(),
      path,
      permission: o['x-permission'],
      parameters: o.parameters,
      body: o.requestBody?.content['application/json']?.schema ?? null,
      upload: o.requestBody?.content['multipart/form-data'] !== undefined,
    })),
  );
}

/** What ids to put where the schema asks for one. */
export interface Ids {
  readonly unit: number;
  readonly uuid: string;
}

const unitLike = /unit|parent|under|^id$|^ids$|benchmark|from|into|to$/i;

/** One valid-looking value for a schema, with the given ids wherever an id belongs. */
export function sample(schema: Schema, ids: Ids, name = ''): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return sample(options.find((o) => o.type !== 'null') ?? options[0]!, ids, name);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((s) => sample(s, ids, name)));
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  if (type === 'object' || schema.properties) {
    const fields = Object.entries(schema.properties ?? {});
    return Object.fromEntries(fields.map(([key, inner]) => [key, sample(inner, ids, key)]));
  }
  if (type === 'array')
    return Array.from({ length: Math.max(1, schema.minItems ?? 1) }, () => sample(schema.items ?? {}, ids, name));
  if (type === 'integer' || type === 'number') return numberFor(schema, ids, name);
  if (type === 'boolean') return false;
  if (type === 'null') return null;
  if (type === 'string') return textFor(schema, ids);
  return {};
}

function numberFor(schema: Schema, ids: Ids, name: string): number {
  if (unitLike.test(name) && (schema.maximum ?? Infinity) >= ids.unit) return ids.unit;
  return Math.max(
    schema.minimum ?? 0,
    (schema.exclusiveMinimum ?? 0) + (schema.exclusiveMinimum === undefined ? 0 : 1),
  );
}

function textFor(schema: Schema, ids: Ids): string {
  if (schema.format === 'uuid') return ids.uuid;
  if (schema.format === 'date') return '2026-03-02';
  if (schema.format === 'date-time') return '2026-03-02T00:00:00Z';
  const lengths = { min: schema.minLength ?? 0, max: schema.maxLength ?? 200 };
  const plain = ['a1', '测试', 'a1b2c3d4e5f6', '2026', 'm1'].find(
    (t) => t.length >= lengths.min && t.length <= lengths.max && matches(schema.pattern, t),
  );
  if (plain !== undefined) return plain;
  if (schema.pattern) return fc.sample(fc.stringMatching(new RegExp(schema.pattern, 'u')), { seed: 1, numRuns: 1 })[0]!;
  return 'a'.repeat(lengths.min);
}

function matches(pattern: string | undefined, text: string): boolean {
  return pattern === undefined || new RegExp(pattern, 'u').test(text);
}

/** Whether the request names anything by id: then an answer about something outside must be a refusal. */
export function namesSomething(operation: Operation): boolean {
  const holdsId = (schema: Schema, name: string): boolean =>
    schema.format === 'uuid' ||
    (/integer|number/.test(String(schema.type)) && /unit|parent|under|^ids?$/i.test(name)) ||
    (schema.anyOf ?? schema.oneOf ?? []).some((s) => holdsId(s, name)) ||
    (schema.items !== undefined && holdsId(schema.items, name)) ||
    Object.entries(schema.properties ?? {}).some(([key, inner]) => holdsId(inner, key));
  return (
    operation.parameters.some((p) => holdsId(p.schema, p.name)) ||
    (operation.body !== null && holdsId(operation.body, ''))
  );
}

export interface Call {
  readonly method: string;
  readonly url: string;
  readonly payload?: string;
  readonly headers: Record<string, string>;
}

/** A request that fits the description; optional query fields are left out, or filled when `full` is set. */
export function callOf(operation: Operation, ids: Ids, full = false): Call {
  let url = operation.path;
  const query = new URLSearchParams();
  for (const p of operation.parameters) {
    const value = sample(p.schema, ids, p.name);
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    if (p.in === 'path') url = url.replace(`{${p.name}}`, encodeURIComponent(text));
    else if (p.name === 'limit') query.set('limit', '200');
    else if (p.required || (full && unitLike.test(p.name))) query.set(p.name, text);
  }
  const target = query.size > 0 ? `${url}?${query}` : url;
  if (operation.method === 'GET') return { method: 'GET', url: target, headers: {} };
  return {
    method: operation.method,
    url: target,
    payload: JSON.stringify(operation.body ? sample(operation.body, ids) : {}),
    headers: { 'content-type': 'application/json' },
  };
}
