// The exact cheapest cover: which items to take so that their weights reach a need, at the least effort, then with the
// fewest items, then with the most headroom. The three are added up item by item and compared in that order, so a partial
// choice that has no more weight and no better key can never win and is dropped (Nemhauser–Ullmann). The items are worked
// in two halves that are then matched, which bounds the work at 2^(n/2) even for efforts made to resist pruning.

export type Item = {
  /** Positive integer. */
  weight: number;
  /** Positive integer. */
  effort: number;
  /** Points still above the present ones. */
  headroom: number;
};

type Choice = { weight: number; effort: number; count: number; headroom: number; item: number; before: Choice | null };

const none: Choice = { weight: 0, effort: 0, count: 0, headroom: 0, item: -1, before: null };

/** Indexes of the chosen items in rising order, or null when all together are not enough. */
export function cheapestCover(items: readonly Item[], need: number): number[] | null {
  if (need <= 0) return [];
  // Alternating halves share the heavy and the light items evenly.
  const left = frontier(items, (index) => index % 2 === 0, need);
  const right = frontier(items, (index) => index % 2 === 1, need);
  let best: { left: Choice; right: Choice } | null = null;
  let at = right.length - 1;
  for (const choice of left) {
    const rest = need - choice.weight;
    if ((right[at]?.weight ?? 0) < rest) continue;
    while (at > 0 && (right[at - 1]?.weight ?? 0) >= rest) at -= 1;
    const other = right[at] ?? none;
    if (!best || compareSums(choice, other, best.left, best.right) < 0) best = { left: choice, right: other };
  }
  return best && [...itemsOf(best.left), ...itemsOf(best.right)].sort((a, b) => a - b);
}

/** All choices of one half that are worth keeping: by rising key, each heavier than every cheaper one. */
function frontier(items: readonly Item[], mine: (index: number) => boolean, need: number): Choice[] {
  let kept: Choice[] = [none];
  items.forEach((item, index) => {
    if (!mine(index)) return;
    const taken = kept.map((choice): Choice => ({
      weight: Math.min(need, choice.weight + item.weight),
      effort: choice.effort + item.effort,
      count: choice.count + 1,
      headroom: choice.headroom + item.headroom,
      item: index,
      before: choice,
    }));
    kept = merge(kept, taken);
  });
  return kept;
}

function merge(a: readonly Choice[], b: readonly Choice[]): Choice[] {
  const merged: Choice[] = [];
  let heaviest = -1;
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const left = a[i];
    const right = b[j];
    const next = !right || (left && compareSums(left, none, right, none) <= 0) ? left : right;
    if (!next) break;
    if (next === left) i += 1;
    else j += 1;
    if (next.weight > heaviest) {
      merged.push(next);
      heaviest = next.weight;
    }
  }
  return merged;
}

/** Compares a + b with c + d: effort, then count, then headroom (more is better). */
function compareSums(a: Choice, b: Choice, c: Choice, d: Choice): number {
  return (
    a.effort + b.effort - (c.effort + d.effort) ||
    a.count + b.count - (c.count + d.count) ||
    c.headroom + d.headroom - (a.headroom + b.headroom)
  );
}

function itemsOf(choice: Choice): number[] {
  const items: number[] = [];
  for (let at: Choice | null = choice; at && at.item >= 0; at = at.before) items.push(at.item);
  return items;
}
