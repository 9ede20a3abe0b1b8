import { ledgers } from '../../../domain/tasks/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { type Say, useSay } from '../../words/use.ts';

/** The criteria of the standards in force at a unit, with the work under way for each. */
export const useCriteria = (under: number) => useRead(ledgers.criteria, { query: { under } });

/** Stars and criteria of the standards in force at a unit, to choose from and to say in words. */
export function useStarChoices(under: number) {
  const say: Say = useSay();
  const standards = useCriteria(under).data?.standards ?? [];
  const stars = new Map(standards.flatMap((s) => s.stars.map((star) => [star.star, say(star.words)] as const)));
  return {
    nameOf: (star: string) => stars.get(star) ?? star,
    stars: [...stars].map(([value, label]) => ({ value, label })),
    criteria: standards.flatMap((s) =>
      s.items.map((i) => ({ value: i.criterion, label: `${stars.get(i.star) ?? i.star} · ${say(i.words)}` })),
    ),
  };
}
