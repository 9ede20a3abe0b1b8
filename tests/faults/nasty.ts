import fc from 'fast-check';
import type { Schema } from './schema-inputs.ts';

const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

/** Texts that have broken other programs. */
export const nastyTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\uffff\u202e\u200b',
  '\u0007\u001b[31m',
  "'; DROP TABLE units; --",
  "' OR '1'='1",
  '" OR ""="',
  '%',
  '_',
  '\\',
  '%%%%%%%%%%%%%%%%%%%%',
  '{{7*7}}${7*7}<%= 7*7 %>',
  '<script>alert(1)</script>',
  '../../../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  'file:///etc/passwd',
  '=cmd|calc',
  'NaN',
  'Infinity',
  '-1',
  '1e400',
  '9007199254740993',
  '99999999999999999999999999',
  '2147483648',
  '0x10',
  '1;2',
  '2026-02-30',
  '0000-00-00',
  '999999-01-01',
  '+275760-09-13',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'true',
  '[object Object]',
  '䩐勒桥村'.repeat(60),
  'ا'.repeat(300),
  'a'.repeat(5_000),
  '👨‍👩‍👧‍👦'.repeat(50),
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '{1,2}',
  '1.2.3.',
];

export const nastyValues: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  -0,
  2_147_483_648,
  Number.MAX_SAFE_INTEGER,
  1e308,
  5e-324,
  [],
  {},
  [[]],
  [null],
  { __proto__: 1 },
  { constructor: { prototype: { x: 1 } } },
  Array.from({ length: 300 }, (_, i) => i),
  ...nastyTexts,
];

/** Bodies that are wrong as a whole, with the type they claim to have. */
export const nastyBodies: readonly { type: string | undefined; payload: string }[] = [
  { type: 'application/json', payload: '' },
  { type: 'application/json', payload: '{' },
  { type: 'application/json', payload: 'null' },
  { type: 'application/json', payload: '[]' },
  { type: 'application/json', payload: '"text"' },
  { type: 'application/json', payload: '12' },
  { type: 'application/json', payload: '{"__proto__":{"admin":true}}' },
  { type: 'application/json', payload: '{"a":"\\u0000"}' },
  { type: 'application/json', payload: '{"a":"\\ud800"}' },
  { type: 'application/json', payload: '\ufeff{}' },
  { type: 'application/json', payload: deep(20_000) },
  { type: 'application/json', payload: JSON.stringify({ a: 'x'.repeat(1_200_000) }) },
  { type: 'application/json; charset=utf-16', payload: '{}' },
  { type: 'text/plain', payload: 'hello' },
  { type: 'application/xml', payload: '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>' },
  { type: 'application/x-www-form-urlencoded', payload: 'a=1&b=2' },
  { type: 'multipart/form-data; boundary=x', payload: '--x\r\nContent-Disposition: form-data; name="file"\r\n\r\n' },
  { type: 'multipart/form-data', payload: 'no boundary' },
  { type: undefined, payload: 'bytes' },
];

/** A value of any shape, or one that nearly fits. */
const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...nastyValues),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.integer(),
  fc.double(),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
);

/** Values for a schema: mostly fitting, now and then with something else in one place. */
export function arbitraryFor(
  schema: Schema,
  fitting: (schema: Schema, name: string) => unknown,
  name = '',
): fc.Arbitrary<unknown> {
  const own = fc.constant(fitting(schema, name));
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return fc.oneof({ weight: 3, arbitrary: own }, ...options.map((o) => arbitraryFor(o, fitting, name)));
  if (schema.properties) {
    const fields = Object.fromEntries(
      Object.entries(schema.properties).map(([key, inner]) => [key, arbitraryFor(inner, fitting, key)]),
    );
    const whole = fc.record(fields, { requiredKeys: [...(schema.required ?? [])] });
    const broken = fc.record(fields, { requiredKeys: [] });
    return fc.oneof(
      { weight: 4, arbitrary: whole },
      { weight: 2, arbitrary: broken },
      { weight: 1, arbitrary: anything },
    );
  }
  if (schema.items)
    return fc.oneof(
      { weight: 4, arbitrary: fc.array(arbitraryFor(schema.items, fitting, name), { maxLength: 4 }) },
      { weight: 1, arbitrary: anything },
    );
  if (schema.enum)
    return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...schema.enum) }, { weight: 1, arbitrary: anything });
  return fc.oneof({ weight: 5, arbitrary: own }, { weight: 2, arbitrary: anything });
}
