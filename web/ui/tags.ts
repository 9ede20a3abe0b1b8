import { tagCatalogues } from '../../domain/records/cases/index.ts';
import { catalogueEndpoints } from '../../domain/records/catalogues/contract.ts';
import { useRead } from '../api/hooks.ts';
import { useSay } from '../words/use.ts';

function useTags(): { value: string; label: string; ended: boolean }[] {
  const say = useSay();
  const read = useRead(catalogueEndpoints.list);
  const lists = (read.data?.items ?? []).filter((c) => (tagCatalogues as readonly string[]).includes(c.name));
  return lists.flatMap((c) => c.items.map((item) => ({ value: item.key, label: say(item), ended: item.ended })));
}

/** Lines of work and themes that a case can be tagged with now, in the words of their catalogues. */
export function useTagOptions(): { value: string; label: string }[] {
  return useTags()
    .filter((tag) => !tag.ended)
    .map(({ value, label }) => ({ value, label }));
}

/** The words of tags, also of those that have ended since. */
export function useTagWords(): (tags: readonly string[]) => string[] {
  const words = new Map(useTags().map((tag) => [tag.value, tag.label]));
  return (tags) => tags.map((tag) => words.get(tag) ?? tag);
}
