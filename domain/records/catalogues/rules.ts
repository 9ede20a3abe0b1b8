import { type Reason, reasons, type Words } from '../../words.ts';
import type { FieldWords } from '../subjects/kind.ts';

export const catalogueReason = reasons({
  'catalogue-twice': { zh: '“{key}”出现了两次。', en: '“{key}” stands in it twice.' },
  'catalogue-lost': {
    zh: '“{key}”已被使用过，只能停用，不能删除。',
    en: '“{key}” may have been used already: it can be ended but not taken out.',
  },
  'catalogue-empty': { zh: '至少保留一项有效内容。', en: 'At least one item stays in use.' },
  'catalogue-changed': {
    zh: '该目录刚刚被他人更新，请刷新后再改。',
    en: 'Somebody else has just changed this catalogue; refresh and look again.',
  },
});

/** Names the catalogue and where it is edited, so that whoever is refused knows whom to ask. */
export function notListed(value: string, catalogue: Words): Words {
  return {
    zh: `“${value}”不在目录“${catalogue.zh}”中；目录由管理员在“系统管理—目录”维护。`,
    en: `“${value}” is not in the catalogue “${catalogue.en}”; an administrator edits it under Administration, Catalogues.`,
  };
}

/** An item that ended is refused in new records by its own words, so that it is not taken for a typing error. */
export function noLongerOffered(item: Words, catalogue: Words): Words {
  return {
    zh: `“${item.zh}”已停用，不能再选；目录“${catalogue.zh}”由管理员在“系统管理—目录”维护。`,
    en: `“${item.en}” has ended and can no longer be chosen; an administrator edits the catalogue “${catalogue.en}” under Administration, Catalogues.`,
  };
}

export interface Item {
  readonly key: string;
  readonly zh: string;
  readonly en: string;
  /** No longer offered; records that name it keep it. */
  readonly ended: boolean;
}

/** A catalogue grows and its items end; what a record names is never taken from under it. */
export function itemsReason(before: readonly Item[], after: readonly Item[]): Reason | null {
  const keys = after.map((i) => i.key);
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  if (twice !== undefined) return catalogueReason('catalogue-twice', { key: twice });
  const lost = before.find((i) => !keys.includes(i.key));
  if (lost) return catalogueReason('catalogue-lost', { key: lost.key });
  return after.some((i) => !i.ended) ? null : catalogueReason('catalogue-empty');
}

export interface Unlisted {
  readonly field: string;
  readonly catalogue: string;
  readonly value: string;
}

/** Values of a kind's fields that stand in no catalogue of theirs. `known` answers the keys that a field may hold. */
export function unlisted(
  fields: Readonly<Record<string, FieldWords>> | undefined,
  data: Readonly<Record<string, unknown>>,
  known: (catalogue: string, field: string) => readonly string[],
): Unlisted[] {
  return Object.entries(fields ?? {}).flatMap(([field, said]) => {
    const value = data[field];
    if (said.catalogue === undefined || value === undefined || value === null) return [];
    const catalogue = said.catalogue;
    const values = (Array.isArray(value) ? value : [value]).map(String);
    return values.filter((v) => !known(catalogue, field).includes(v)).map((v) => ({ field, catalogue, value: v }));
  });
}
