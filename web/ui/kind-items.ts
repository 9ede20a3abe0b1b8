import { catalogueEndpoints } from '../../domain/records/catalogues/contract.ts';
import { useRead } from '../api/hooks.ts';
import type { FieldsOfKind } from './kind-fields.ts';

/**
 * A kind whose fields offer the items of their catalogues as the instance has them: in a form those in use
 * and what the record holds already, on a page and in a list those that have ended as well, because records name them still.
 */
export function useItems<K extends FieldsOfKind>(
  kind: K,
  use: 'form' | 'page',
  held: Readonly<Record<string, unknown>> = {},
): K {
  const wanted = Object.values(kind.fields ?? {}).some((f) => f.catalogue !== undefined);
  const read = useRead(catalogueEndpoints.list, {}, { when: wanted });
  if (!wanted || !kind.fields) return kind;
  const itemsOf = (catalogue: string, field: string) =>
    (read.data?.items.find((c) => c.name === catalogue)?.items ?? []).filter(
      (i) => use === 'page' || !i.ended || [held[field]].flat().includes(i.key),
    );
  const fields = Object.fromEntries(
    Object.entries(kind.fields).map(([name, f]) => [
      name,
      f.catalogue === undefined
        ? f
        : { ...f, choices: Object.fromEntries(itemsOf(f.catalogue, name).map((i) => [i.key, { zh: i.zh, en: i.en }])) },
    ]),
  );
  return { ...kind, fields };
}
