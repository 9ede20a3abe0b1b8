import { catalogueEndpoints } from '../../domain/records/catalogues/contract.ts';
import { useRead } from '../api/hooks.ts';
import type { FieldsOfKind } from './kind-fields.ts';

/**
 * A kind whose fields offer the items of their catalogues as the instance has them: in a form those in use, on a page and in
 * a list those that have ended as well, because records name them still.
 */
export function useItems<K extends FieldsOfKind>(kind: K, use: 'form' | 'page'): K {
  const wanted = Object.values(kind.fields ?? {}).some((f) => f.catalogue !== undefined);
  const read = useRead(catalogueEndpoints.list, {}, { when: wanted });
  if (!wanted || !kind.fields) return kind;
  const itemsOf = (name: string) =>
    (read.data?.items.find((c) => c.name === name)?.items ?? []).filter((i) => use === 'page' || !i.ended);
  const fields = Object.fromEntries(
    Object.entries(kind.fields).map(([name, f]) => [
      name,
      f.catalogue === undefined
        ? f
        : { ...f, choices: Object.fromEntries(itemsOf(f.catalogue).map((i) => [i.key, { zh: i.zh, en: i.en }])) },
    ]),
  );
  return { ...kind, fields };
}
