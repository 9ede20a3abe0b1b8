import type { z } from 'zod';
import {
  type CellType,
  cellType,
  type Column,
  fieldKey,
  flagWords,
  plain,
  readDay,
  readNumber,
} from '../../../domain/records/imports/index.ts';
import type { FieldWords, SubjectKind } from '../../../domain/records/subjects/index.ts';
import type { Lang, Words } from '../../../domain/words.ts';
import type { Rq } from '../../platform/rq.ts';
import { listCatalogues } from '../catalogues/index.ts';
import type { SubjectRow } from '../subjects/index.ts';

// Cells of a kind's own fields: how each is read and written, so that what was exported comes back as it was.

export interface Item extends Words {
  readonly key: string;
}
export type Items = (catalogue: string) => readonly Item[];

/** The choices of every catalogue as the instance has them today, without those that have ended. */
export async function itemWords(rq: Rq): Promise<Items> {
  const all = new Map((await listCatalogues(rq)).map((c) => [c.name, c.items.filter((i) => !i.ended)]));
  return (catalogue) => all.get(catalogue) ?? [];
}

/** Several in one cell, however they were set apart. */
const parts = (text: string) =>
  text
    .split(/[;；\n]/)
    .map((p) => p.trim())
    .filter((p) => p !== '');

const same = (a: string, b: string) => plain(a).toLowerCase() === plain(b).toLowerCase();

/** The key of a choice named by its words in either language, or by the key itself; what is none stays as it was written. */
function chosen(choices: Iterable<readonly [string, Words]>, text: string): string {
  for (const [key, w] of choices) if (same(text, key) || same(text, w.zh) || same(text, w.en)) return key;
  return text;
}

const truths = [
  ['true', flagWords.yes],
  ['false', flagWords.no],
] as const;

function fen(text: string): number | string {
  const number = readNumber(text);
  if (number === null || !/^-?\d+(\.\d{1,2})?$/.test(number)) return text;
  return Math.round(Number(number) * 100);
}

/** What a cell says; what cannot be read stays text, and the kind's schema says what is wrong with it. */
export function readCell(type: CellType, said: FieldWords, text: string, items: Items): unknown {
  const ofCatalogue = () => items(said.catalogue ?? '').map((i) => [i.key, i] as const);
  switch (type) {
    case 'whole':
    case 'decimal': {
      const number = readNumber(text);
      return number === null ? text : Number(number);
    }
    case 'money':
      return fen(text);
    case 'day':
      return readDay(text) ?? text;
    case 'flag': {
      const truth = chosen(truths, text);
      return truth === 'true' ? true : truth === 'false' ? false : text;
    }
    case 'choice':
      return chosen(Object.entries(said.choices ?? {}), text);
    case 'item':
      return chosen(ofCatalogue(), text);
    case 'items':
      return parts(text).map((p) => chosen(ofCatalogue(), p));
    case 'texts':
      return parts(text);
    case 'text':
      return text;
  }
}

/** How a value stands in a cell. */
export function writtenCell(type: CellType, said: FieldWords, value: unknown, items: Items, lang: Lang): string | null {
  if (value === undefined || value === null) return null;
  const item = (key: unknown) => items(said.catalogue ?? '').find((i) => i.key === key)?.[lang] ?? String(key);
  const between = lang === 'zh' ? '；' : '; ';
  if (type === 'money') return ((value as number) / 100).toFixed(2);
  if (type === 'flag') return (value ? flagWords.yes : flagWords.no)[lang];
  if (type === 'choice') return said.choices?.[String(value)]?.[lang] ?? String(value);
  if (type === 'item') return item(value);
  if (type === 'items') return (value as unknown[]).map(item).join(between);
  if (type === 'texts') return (value as string[]).join(between);
  return String(value);
}

export function fieldTypes(kind: SubjectKind): { name: string; key: string; type: CellType; said: FieldWords }[] {
  return Object.entries(kind.fields).map(([name, said]) => ({
    name,
    key: fieldKey(name),
    type: cellType(kind.data.shape[name] as z.ZodType, said),
    said,
  }));
}

type Exported = SubjectRow & {
  readonly unitCode: string;
  readonly parentCode: string | null;
  readonly leadCode: string | null;
};

export function cellOf(kind: SubjectKind, column: Column, s: Exported, items: Items, lang: Lang): string | null {
  switch (column.key) {
    case 'unit':
      return s.unitCode;
    case 'unitName':
      return s.unitName;
    case 'name':
      return s.name;
    case 'code':
      return s.code;
    case 'place':
      return s.place;
    case 'parent':
      return s.parentCode;
    case 'lead':
      return s.leadCode;
    case 'state':
      return kind.states[s.state]?.words[lang] ?? s.state;
    case 'fromDay':
      return s.fromDay;
    default: {
      const name = column.key.slice(fieldKey('').length);
      const said = kind.fields[name]!;
      return writtenCell(cellType(kind.data.shape[name] as z.ZodType, said), said, s.data[name], items, lang);
    }
  }
}
