import {
  type Catalogue,
  catalogueNames,
  catalogueReason,
  type CatalogueView,
  findCatalogue,
  type Item,
  itemsReason,
  noLongerOffered,
  notListed,
  unlisted,
} from '../../../domain/records/catalogues/index.ts';
import type { FieldWords } from '../../../domain/records/subjects/kind.ts';
import { check, forbidden, invalid, notFound, refuse } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { type Rq, system } from '../../platform/rq.ts';
import { type CatalogueRow, keepSet, listSet } from './store.ts';

const declared = (catalogue: Catalogue): Item[] =>
  Object.entries(catalogue.items).map(([key, words]) => ({ key, ...words, ended: false }));

function viewOf(name: string, set: CatalogueRow | undefined): CatalogueView {
  const catalogue = findCatalogue(name);
  if (!catalogue) throw notFound({ zh: '该目录', en: 'catalogue' });
  return {
    name,
    words: { ...catalogue.words },
    sample: catalogue.sample && set === undefined,
    items: [...(set?.items ?? declared(catalogue))],
    document: set?.document ?? null,
    changedAt: (set?.changedAt ?? null) as unknown as string | null,
    version: set?.version ?? 0,
  };
}

export async function listCatalogues(rq: Rq): Promise<CatalogueView[]> {
  const set = new Map((await listSet(rq)).map((row) => [row.name, row]));
  return catalogueNames.map((name) => viewOf(name, set.get(name)));
}

export async function getCatalogue(rq: Rq, name: string): Promise<CatalogueView> {
  return viewOf(name, (await listSet(rq, [name]))[0]);
}

/** Catalogues are one for the whole instance; the change is journaled where the right to make it stands. */
function pathOfRight(rq: Rq): string {
  if (rq.actor === system) return '';
  const grant = rq.actor.grants.find((g) => g.verb === 'admin');
  if (!grant) throw forbidden('admin');
  return grant.path;
}

export async function setCatalogue(
  rq: Rq,
  name: string,
  input: { readonly version: number; readonly document: string; readonly items: readonly Item[] },
): Promise<CatalogueView> {
  const path = pathOfRight(rq);
  const before = await getCatalogue(rq, name);
  if (before.version !== input.version) throw refuse(catalogueReason('catalogue-changed'));
  check(itemsReason(before.items, input.items));
  if (!(await keepSet(rq, { name, ...input }))) throw refuse(catalogueReason('catalogue-changed'));
  await record(rq, {
    verb: 'catalogue.set',
    subject: { kind: 'catalogue', id: name },
    path,
    before: { items: before.items, document: before.document },
    after: { items: input.items, document: input.document },
  });
  return getCatalogue(rq, name);
}

/**
 * Refuses a value of a kind's fields that stands in no catalogue, and one that has ended unless the record named it already
 * (`before`).
 */
export async function checkCatalogues(
  rq: Rq,
  fields: Readonly<Record<string, FieldWords>> | undefined,
  data: Readonly<Record<string, unknown>>,
  path = 'body.data',
  before: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const used = Object.entries(fields ?? {}).filter(
    ([name, f]) => f.catalogue !== undefined && data[name] !== undefined,
  );
  if (used.length === 0) return;
  const names = [...new Set(used.map(([, f]) => f.catalogue!))];
  const set = new Map((await listSet(rq, names)).map((row) => [row.name, row]));
  const views = new Map(names.map((name) => [name, viewOf(name, set.get(name))]));
  const held = (field: string) => [before[field]].flat().map(String);
  const faults = unlisted(fields, data, (name, field) =>
    views.get(name)!.items.flatMap((item) => (item.ended && !held(field).includes(item.key) ? [] : [item.key])),
  );
  if (faults.length > 0)
    throw invalid(
      faults.map((f) => {
        const { words, items } = views.get(f.catalogue)!;
        const ended = items.find((item) => item.key === f.value);
        return {
          path: `${path}.${f.field}`,
          message: ended ? noLongerOffered(ended, words) : notListed(f.value, words),
        };
      }),
    );
}
