import { createElement, type ReactNode } from 'react';
import type { z } from 'zod';
import type { FieldWords } from '../../domain/records/subjects/kind.ts';
import type { Field } from './Fields.tsx';
import { fieldsFrom } from './fields-from.ts';
import { RefName } from './RefName.tsx';
import { aside, semicolon } from '../words/punctuation.ts';
import type { Say } from '../words/use.ts';

export interface FieldsOfKind {
  readonly data?: z.ZodType | undefined;
  readonly fields?: Readonly<Record<string, FieldWords>> | undefined;
}

const shapeOf = (kind: FieldsOfKind) => (kind.data as z.ZodObject | undefined)?.shape ?? {};

/** The type of a field behind optional and default. */
function typeOf(schema: unknown): string {
  let def = (schema as { def?: { type: string; innerType?: unknown } }).def;
  while (def?.innerType) def = (def.innerType as { def: typeof def }).def;
  return def?.type ?? 'string';
}

/** How a field of a kind is asked for beyond what its schema says. */
function asked(said: FieldWords, type: string, required: boolean, say: Say): Partial<Field> {
  const { hint, choices, scale, ref } = said;
  return {
    ...(hint ? { hint: say(hint) } : {}),
    ...(type === 'array' ? { kind: choices ? ('many' as const) : ('area' as const) } : {}),
    ...(choices
      ? {
          ...(type === 'array' ? {} : { kind: 'select' as const }),
          options: Object.entries(choices).map(([value, words]) => ({ value, label: say(words) })),
        }
      : {}),
    ...(scale ? { kind: 'decimal' as const } : {}),
    ...(ref?.record === 'subject' ? { kind: 'subject' as const, subjectKinds: ref.kinds ?? [] } : {}),
    ...(ref?.record === 'unit' ? { kind: 'unit' as const } : {}),
    // A box that is not ticked says no, where the kind wants an answer.
    ...(type === 'boolean' && required ? { initial: false } : {}),
  };
}

/** The form of a kind: labels, hints, units and choices as the kind says them. */
export function kindFields(kind: FieldsOfKind, say: Say): Field[] {
  const fields = kind.fields ?? {};
  const shape = shapeOf(kind);
  const names = Object.keys(fields).filter((name) => !['record', 'object'].includes(typeOf(shape[name])));
  const label = ({ words, unit }: FieldWords) => (unit ? `${say(words)}${aside(say(unit))}` : say(words));
  const labels = Object.fromEntries(names.map((name) => [name, label(fields[name]!)]));
  const more = Object.fromEntries(
    names.map((name) => {
      const required = !(shape[name] as z.ZodType).safeParse(undefined).success;
      return [name, asked(fields[name]!, typeOf(shape[name]), required, say)];
    }),
  );
  return fieldsFrom(kind.data as z.ZodObject, labels as never, more as never);
}

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** What was typed, as the kind stores it: lists line by line, money in its smallest unit, records by their id. */
export function kindValues(kind: FieldsOfKind, typed: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const shape = shapeOf(kind);
  const stored = (name: string, value: unknown): unknown => {
    const { scale, ref } = kind.fields![name]!;
    if (scale) return Math.round(Number(value) * scale);
    if (ref && typeof value === 'object') return (value as { id: unknown }).id;
    return typeOf(shape[name]) === 'array' && !Array.isArray(value) ? lines(String(value)) : value;
  };
  return Object.fromEntries(
    Object.entries(typed)
      .filter(([name]) => kind.fields && name in kind.fields)
      .map(([name, value]) => [name, stored(name, value)]),
  );
}

/** A form of a kind that stands with what the record holds; what is emptied in it is taken away. */
export function kindFieldsOf(kind: FieldsOfKind, data: Readonly<Record<string, unknown>>, say: Say): Field[] {
  return kindFields(kind, say).map((f) => {
    const value = data[f.name];
    if (value === undefined || value === null) return f;
    const { scale, ref } = kind.fields![f.name]!;
    if (scale) return { ...f, initial: String(Number(value) / scale) };
    if (ref) return { ...f, initial: { id: value, name: '…' } };
    return { ...f, initial: f.kind === 'area' && Array.isArray(value) ? value.join('\n') : value };
  });
}

/** What a form of a kind changes: the fields as they are now, and null for those that were emptied. */
export function kindChanges(
  kind: FieldsOfKind,
  before: Readonly<Record<string, unknown>>,
  typed: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const now = kindValues(kind, typed);
  const emptied = Object.keys(kind.fields ?? {}).filter((name) => name in before && !(name in now));
  return { ...now, ...Object.fromEntries(emptied.map((name) => [name, null])) };
}

/** One value in words, with its unit. */
export function shownValue(words: FieldWords, value: unknown, say: Say): string {
  const one = (v: unknown): string => {
    if (typeof v === 'string' && words.choices?.[v]) return say(words.choices[v]);
    return typeof v === 'object' ? JSON.stringify(v) : String(v);
  };
  if (value === undefined || value === null || value === '') return '—';
  if (Array.isArray(value)) return value.map(one).join(semicolon());
  if (typeof value === 'boolean') return say(value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' });
  const number = words.scale && typeof value === 'number' ? (value / words.scale).toLocaleString('zh-CN') : one(value);
  return words.unit ? `${number} ${say(words.unit)}` : number;
}

/** The fields of a record in words, in the order of its kind. */
export function kindFacts(
  kind: FieldsOfKind,
  data: Readonly<Record<string, unknown>>,
  say: Say,
): [string, ReactNode][] {
  const shown = (words: FieldWords, value: unknown): ReactNode =>
    words.ref?.record === 'subject' && typeof value === 'string'
      ? createElement(RefName, { id: value })
      : shownValue(words, value, say);
  return Object.entries(kind.fields ?? {})
    .filter(([name]) => data[name] !== undefined && data[name] !== '' && data[name] !== null)
    .filter(([name]) => typeof data[name] !== 'object' || Array.isArray(data[name]))
    .map(([name, words]) => [say(words.words), shown(words, data[name])]);
}
